#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Checks, or with --fix sets, the formatting of all C++ files."""

import argparse
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tree  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="format the files instead of complaining")
    parser.add_argument("--tool", default="clang-format")
    parser.add_argument("root", type=pathlib.Path)
    arguments = parser.parse_args()

    files = [str(arguments.root / path) for path in tree.project_files(arguments.root) if path.suffix in (".cpp", ".h")]
    if not files:
        print("no C++ files found", file=sys.stderr)
        return 1
    mode = ["-i"] if arguments.fix else ["--dry-run", "-Werror", "--ferror-limit=1"]
    return subprocess.run([arguments.tool, "--style=file", *mode, *files]).returncode


if __name__ == "__main__":
    sys.exit(main())
