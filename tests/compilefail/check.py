#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Compiles each case of a file, and looks whether the compiler refuses it in the expected words.

Usage: check.py <file> <folder for the precompiled header> <compiler> <options>...
"""

import pathlib
import re
import subprocess
import sys


def cases(text):
    """The cases of a file: name, and the expectations as (compiler or "", pattern)."""
    found = {}
    name = None
    for line in text.split("\n"):
        if match := re.match(r"#(?:el)?if defined\(CASE_(\w+)\)", line):
            name = match.group(1)
            found[name] = []
        elif line.startswith("#endif"):
            name = None
        elif name and (match := re.match(r"\s*// expect(?: (\w+))?: (.*)", line)):
            found[name].append((match.group(1) or "", match.group(2)))
    return found


class Compiler:
    def __init__(self, program, options, folder):
        self._command = [program, *options, "-w", "-fsyntax-only"]
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        self.name = "clang" if "clang" in version else "gcc"
        # The same headers for each case: read once.
        header = folder / "prelude.h"
        header.write_text("#include \"unit/expressions/shop.h\"\n")
        if self.name == "gcc":
            subprocess.run([program, *options, "-w", "-x", "c++-header", str(header), "-o", f"{header}.gch"], check=True)
            self._command += ["-include", str(header), "-Winvalid-pch"]

    def messages(self, source, case):
        """What it says to the case; None if it compiles it."""
        run = subprocess.run([*self._command, *([f"-DCASE_{case}"] if case else []), str(source)],
                             capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, check=False)
        return None if run.returncode == 0 else run.stderr


def main():
    source = pathlib.Path(sys.argv[1])
    compiler = Compiler(sys.argv[3], sys.argv[4:], pathlib.Path(sys.argv[2]))
    faults = 0

    def fault(text):
        nonlocal faults
        faults += 1
        print(text)

    if said := compiler.messages(source, None):
        fault(f"without a case it should compile:\n{said}")
    all_cases = cases(source.read_text())
    for case, expectations in all_cases.items():
        said = compiler.messages(source, case)
        if said is None:
            fault(f"{case}: compiles, and should not")
            continue
        if not any(not name for name, _ in expectations):
            fault(f"{case}: expects nothing")
        for name, pattern in expectations:
            if name in ("", compiler.name) and not re.search(pattern, said):
                fault(f"{case}: no message with \"{pattern}\" in:\n{said}")
    print(f"{len(all_cases)} cases, {faults} faults ({compiler.name})")
    return 1 if faults or not all_cases else 0


if __name__ == "__main__":
    sys.exit(main())
