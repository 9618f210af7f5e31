#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT
"""QueryModel beside QSqlQueryModel: medians of interleaved runs, on a private server with a million rows.

    tests/benchmarks/models/run.py --build build/tests [--repeats 5] [--rows 1000000] [--server mariadb-10.11]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

FIGURES = {
    "peak_bytes": ("peak memory, per byte on the wire", "{:.2f}"),
    "first_paint_ms": ("first rows painted after the first packet, ms", "{:.1f}"),
    "all_ms": ("all rows there, ms", "{:.0f}"),
    "longest_turn_ms": ("longest turn of the event loop, ms", "{:.1f}"),
    "longest_own_turn_ms": ("the same, processor time of its own, ms", "{:.1f}"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True, help="where CMake has built")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--server", default="mariadb-10.11")
    arguments = parser.parse_args()
    subprocess.run(["cmake", "--build", arguments.build, "--target", "bench-querymodel", "bench-servers"],
                   check=True, stdout=subprocess.DEVNULL)
    programs = arguments.build / "tests/benchmarks"
    server = subprocess.Popen([programs / "peers/bench-servers", arguments.server, str(arguments.rows)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    if not line:
        sys.exit("The server did not start.")
    results = {"qasyncmysql": [], "qtsql": []}
    try:
        port = str(json.loads(line)["port"])
        for repeat in range(arguments.repeats):
            for model in sorted(results, reverse=repeat % 2 == 1):
                done = subprocess.run([programs / "models/bench-querymodel", model, port, str(arguments.rows)],
                                      env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True,
                                      stdout=subprocess.PIPE, text=True)
                result = json.loads(done.stdout)
                if result["rows"] != arguments.rows:
                    sys.exit(f"{model} has {result['rows']} rows.")
                result["peak_bytes"] /= result["wire_bytes"]
                results[model].append(result)
    finally:
        server.stdin.close()
        server.wait()
    print(f"| medians of {arguments.repeats} runs, {arguments.rows:,} rows, {arguments.server} | QueryModel | QSqlQueryModel |")
    print("|---|---:|---:|")
    for name, (title, form) in FIGURES.items():
        values = [form.format(statistics.median(run[name] for run in results[model])) for model in results]
        print(f"| {title} | {values[0]} | {values[1]} |")


if __name__ == "__main__":
    main()
