#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Compares what the parts of the library cost in two commits: instructions (valgrind), and nanoseconds.

  compare.py [BASE [HEAD]]     BASE: a commit, HEAD~ by default; HEAD: another, or else the files as they lie here

Instructions are the difference of two runs of different lengths, and the same on a busy machine; only what changes by more
than --threshold is printed, unless --all is given. The benchmark itself is that of HEAD, so that both are measured alike,
where it compiles in BASE. Needs valgrind; without it only the time is measured.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[3]
HERE = pathlib.Path("tests/benchmarks/parts")
COUNTS = (2_000, 14_800) # a difference that is a multiple of all batches


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, **more)


def check_out(commit, folder):
    """The tree of commit, with the benchmark as it lies here."""
    run("git", "-C", SOURCE, "worktree", "add", "--detach", "--force", folder, commit, stdout=sys.stderr)
    shutil.rmtree(folder / HERE, ignore_errors=True)
    shutil.copytree(SOURCE / HERE, folder / HERE)


def build(source, folder):
    if not (folder / "build.ninja").is_file():
        run("cmake", "-S", source, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
            "-DQASYNCMYSQL_BUILD_EXAMPLES=OFF", "-DQASYNCMYSQL_BUILD_QML=OFF", stdout=sys.stderr)
    run("cmake", "--build", folder, "--target", "bench-parts", stdout=sys.stderr)
    return folder / HERE / "bench-parts"


def nanoseconds(program, names):
    best = {}
    for name in names:
        out = run(program, name, capture_output=True, text=True).stdout
        best[name] = json.loads(out)["ns"]
    return best


def instructions(program, names):
    counted = {}
    for name in names:
        seen = []
        for count in COUNTS:
            done = run("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, name, count,
                       capture_output=True, text=True)
            seen.append(int(re.search(r"Collected : (\d+)", done.stderr)[1]))
        counted[name] = (seen[1] - seen[0]) / (COUNTS[1] - COUNTS[0])
    return counted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", nargs="?", default="HEAD~")
    parser.add_argument("head", nargs="?")
    parser.add_argument("--build", type=pathlib.Path, default=SOURCE / "build" / "compare")
    parser.add_argument("--only", default="", help="a regular expression for names of parts")
    parser.add_argument("--threshold", type=float, default=2, help="percent")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--no-time", action="store_true", help="count instructions only")
    arguments = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        trees = []
        try:
            for role, commit in (("base", arguments.base), ("head", arguments.head)):
                tree = SOURCE
                if commit:
                    tree = pathlib.Path(scratch) / role
                    check_out(commit, tree)
                    trees.append(tree)
                # The build lies beside the tree: what a compiler has seen once, ccache knows.
                figures.append([build(tree, arguments.build / role if not commit else pathlib.Path(scratch) / f"build-{role}")])
            programs = [figure[0] for figure in figures]
            names = run(programs[1], "--list", capture_output=True, text=True).stdout.splitlines()
            names = [name for name in names if re.search(arguments.only, name)]
            columns = []
            if shutil.which("valgrind"):
                columns.append(("instructions", [instructions(program, names) for program in programs]))
            if not arguments.no_time or not columns:
                columns.append(("ns", [nanoseconds(program, names) for program in programs]))
        finally:
            for tree in trees:
                run("git", "-C", SOURCE, "worktree", "remove", "--force", tree)
    print("| part | " + " | ".join(f"{kind}: base | head | change" for kind, _ in columns) + " |")
    print("|---|" + "---:|---:|---:|" * len(columns))
    for name in names:
        cells = []
        changed = False
        for position, (_, (base, head)) in enumerate(columns):
            change = (head[name] / base[name] - 1) * 100 if base[name] else 0
            changed = changed or (position == 0 and abs(change) >= arguments.threshold)
            cells.append(f"{base[name]:,.1f} | {head[name]:,.1f} | {change:+.1f} %")
        if changed or arguments.all:
            print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
