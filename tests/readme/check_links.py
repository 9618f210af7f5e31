#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Relative links in README.md and doc/*.md lead to files and headings that are there. Usage: check_links.py <source folder>"""

import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(path):
    """The names that a forge gives to the headings of a Markdown file."""
    names = set()
    for heading in re.findall(r"^#+ +(.*)$", path.read_text(), re.MULTILINE):
        names.add(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-"))
    return names


def main():
    root = pathlib.Path(sys.argv[1])
    pages = [page for page in [root / "README.md", *sorted((root / "doc").glob("*.md"))] if page.is_file()]
    faults = []
    count = 0
    for page in pages:
        text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            count += 1
            name, _, anchor = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            if not file.exists():
                faults.append(f"{page.relative_to(root)}: {target} is not there")
            elif anchor and file.suffix == ".md" and anchor not in anchors(file):
                faults.append(f"{page.relative_to(root)}: {target}: there is no such heading")
    print("\n".join(faults) or f"{count} links lead somewhere")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
