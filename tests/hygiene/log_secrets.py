#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""No password of a test may stand in what the tests print. Passwords that are looked for begin with "sentinel-" in the sources of the
tests. Usage: log_secrets.py <source folder> <log>..."""

import pathlib
import re
import sys

_SENTINEL = re.compile(r'"(sentinel-[\w-]+)"')


def sentinels(texts):
    """The passwords to look for, from the texts of the tests."""
    return sorted({found for text in texts for found in _SENTINEL.findall(text)})


def faults(log, passwords):
    """Yields (line, password) for each that stands in the log."""
    for number, line in enumerate(log.split("\n"), 1):
        for password in passwords:
            if password in line:
                yield number, password


def main():
    root = pathlib.Path(sys.argv[1])
    passwords = sentinels(path.read_text() for path in sorted((root / "tests").rglob("*")) if path.suffix in (".cpp", ".h", ".qml"))
    if not passwords:
        print("no test has a password that begins with \"sentinel-\"")
        return 1
    found = 0
    for name in sys.argv[2:]:
        for line, password in faults(pathlib.Path(name).read_text(errors="replace"), passwords):
            print(f"{name}:{line}: the password {password} of a test was printed")
            found += 1
    print(f"{len(passwords)} passwords were looked for, {found} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
