#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""The code in README.md is the code in examples/snippets, which is compiled. Usage: check_snippets.py <source folder>"""

import pathlib
import re
import sys

SNIPPET = re.compile(r"^//! \[(\w+)\]\n(.*?)^//! \[\1\]\n", re.MULTILINE | re.DOTALL)


def main():
    root = pathlib.Path(sys.argv[1])
    readme = (root / "README.md").read_text()
    blocks = [block.strip() for block in re.findall(r"^```(?:cpp|qml)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)]
    snippets = {}
    for path in sorted((root / "examples" / "snippets").iterdir()):
        if path.suffix in (".cpp", ".qml"):
            for name, text in SNIPPET.findall(path.read_text()):
                snippets[name] = (path.relative_to(root), text.strip())
    faults = []
    for name, (path, text) in snippets.items():
        if text not in blocks:
            faults.append(f"{path}: the snippet [{name}] does not stand in README.md as it is here")
    known = {text for _, text in snippets.values()}
    for block in blocks:
        if block not in known:
            faults.append("README.md: code that is no snippet, so nobody compiles it: " + block.split("\n")[0])
    if len(snippets) < 3:
        faults.append(f"only {len(snippets)} snippets were found")
    print("\n".join(faults) or f"{len(snippets)} snippets are the same")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
