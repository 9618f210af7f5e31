#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Measures QAsyncMySql beside other clients on this machine, and prints the tables of doc/performance.md.

Builds the programs of peers/ (preset release), starts private servers with a million rows, and runs peers x workloads several
times over, interleaved, the order of the peers rotating. What counts is the processor time of the client: the server has its
own process. Figures of different runs are not to be compared; the ratios within one are what to trust.

  run.py                                everything: half an hour
  run.py --workloads read_rows_text --peers QAsyncMySql,libmariadb
  run.py --smoke                        tiny numbers, one repeat: does it all still work?
  run.py --report results.jsonl         the tables of an earlier run
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]

# What is run: the parameters, and those of --smoke.
WORKLOADS = {
    "roundtrip_text": ("n=20000", "n=20"),
    "point_select_stmt": ("n=20000", "n=20"),
    "pipeline": ("n=20000 batch=100", "n=20 batch=10"),
    "read_rows_text": ("n=1000000", "n=100"),
    "read_rows_binary": ("n=1000000", "n=100"),
    "read_rows_buffered": ("n=1000000", "n=100"),
    "compressed_rows": ("n=200000", "n=100"),
    "big_blob": ("n=5", "n=1"),
    "bulk_insert": ("n=100000", "n=1000"),
    "load_local": ("n=100000", "n=1000"),
    "pool_concurrent": ("n=100000 conns=16", "n=64 conns=4"),
    "pool_checkout": ("n=100000 conns=16", "n=64 conns=4"),
    "connect_plain": ("n=500", "n=2"),
    "connect_tls": ("n=200", "n=2"),
}

ONE_AT_A_TIME = ["roundtrip_text", "point_select_stmt"]
# The columns: the program, further arguments and environment, and the workloads it is there for (None: all).
PEERS = {
    "QAsyncMySql": ("qasyncmysql", [], {}, None),
    "QAsyncMySql, no glib": ("qasyncmysql", [], {"QT_NO_GLIB": "1"}, [*ONE_AT_A_TIME, "pipeline", "pool_concurrent"]),
    "QAsyncMySql, then()": ("qasyncmysql", ["how=then"], {}, ["roundtrip_text"]),
    "QAsyncMySql, no reset": ("qasyncmysql", ["how=unchanged"], {}, ["pool_checkout"]),
    "libmariadb": ("libmariadb", [], {}, None),
    "Boost.MySQL": ("boostmysql", [], {}, None),
    "QtSql": ("qtsql", [], {}, None),
    "QtSql, posted": ("qtsql", ["posted=1"], {}, ONE_AT_A_TIME),
}


# bench-eventloop: what a user interface feels. The same with --smoke.
EVENT_LOOP = {
    "stream n=100000": "stream n=100",
    "stream n=1000000": "stream n=1000",
    "stream n=10000000": "stream n=10000",
    "cancel": "cancel times=2 n=100000",
    "cells": "cells n=100",
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def build(folder, targets):
    if not (folder / "build.ninja").is_file():
        subprocess.run(["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"], check=True,
                       stdout=sys.stderr)
    subprocess.run(["cmake", "--build", folder, "--target", *targets], check=True, stdout=sys.stderr)


class Server:
    """A private server; it ends with this object."""

    def __init__(self, program, identity, rows, cpu):
        prefix = ["taskset", "-c", cpu] if cpu else []
        self.process = subprocess.Popen([*prefix, program, identity, str(rows)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise RuntimeError(f"{identity} could not be started")
        self.facts = json.loads(line)
        self.port = self.facts["port"]
        self.name = ("MySQL " if "mysql" in identity else "MariaDB ") + self.facts["version"].split("-")[0]

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def run_once(command, environment, timeout):
    try:
        done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return {"error": "timeout"}
    line = next((line for line in done.stdout.splitlines() if line.startswith("{")), None)
    if done.returncode != 0 or line is None:
        return {"error": (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]}
    return json.loads(line)


def measure(arguments, programs, out):
    servers = []
    failed = False
    try:
        for identity in arguments.servers.split(","):
            say(f"starting {identity}")
            servers.append(Server(programs / "bench-servers", identity, arguments.rows, arguments.pin))
        skipped = set()
        for repeat in range(arguments.repeats):
            for workload in arguments.workloads.split(","):
                parameters = WORKLOADS[workload][1 if arguments.smoke else 0].split()
                for server in servers:
                    names = [n for n in arguments.peers if PEERS[n][3] is None or workload in PEERS[n][3]]
                    turn = repeat % max(len(names), 1)
                    for name in names[turn:] + names[:turn]:
                        if (name, workload, server.name) in skipped:
                            continue
                        program, more, environment, _ = PEERS[name]
                        prefix = ["taskset", "-c", arguments.pin] if arguments.pin else []
                        result = run_once([*prefix, str(programs / f"bench-{program}"), workload, str(server.port),
                                           *parameters, *more], environment, arguments.timeout)
                        if "error" in result or "unsupported" in result:
                            skipped.add((name, workload, server.name))
                        failed = failed or "error" in result
                        result.update(peer=name, server=server.name, workload=workload, parameters=" ".join(parameters),
                                      repeat=repeat, pinned=arguments.pin or "")
                        out.write(json.dumps(result) + "\n")
                        out.flush()
                        say(f"{repeat} {server.name} {workload} {name}: " + (
                            result.get("error") or result.get("unsupported")
                            or f"{result['user_s'] + result['sys_s']:.4f} s"))
            for workload, short in EVENT_LOOP.items() if arguments.event_loop else ():
                for server in servers:
                    kind, *parameters = (short if arguments.smoke else workload).split()
                    result = run_once([str(programs / "bench-eventloop"), kind, str(server.port), *parameters], {},
                                      arguments.timeout)
                    failed = failed or "error" in result
                    result.update(peer="event loop", server=server.name, workload=workload, pinned="")
                    out.write(json.dumps(result) + "\n")
                    say(f"{repeat} {server.name} {workload}: " + (result.get("error") or "done"))
    finally:
        for server in servers:
            server.stop()
    return not failed


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def machine():
    lines = {}
    release = pathlib.Path("/etc/os-release")
    if release.is_file():
        lines = dict(line.split("=", 1) for line in release.read_text(encoding="utf-8").splitlines() if "=" in line)
    system = lines.get("PRETTY_NAME", platform.system()).strip('"')
    return f"{datetime.date.today()}, {os.cpu_count()} × {processor()}, {system}"


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value >= 1 else f"{value:.3g}"


def checksums_agree(runs):
    good = True
    for workload, server in sorted({(w, s) for w, s, _ in runs}):
        seen = collections.defaultdict(set)
        for (w, s, peer), results in runs.items():
            if (w, s) == (workload, server):
                for result in results:
                    if result.get("check"):
                        seen[result["check"]].add(peer)
        if len(seen) > 1:
            print(f"**The checksums of {workload} on {server} differ: {dict(seen)}**\n")
            good = False
    return good


def report_event_loop(runs):
    """What is seen from the event loop while rows stream; medians, of the longest ones the longest."""
    for server in sorted({key[1] for key in runs}):
        def of(workload, field, pick=statistics.median):
            return pick(result[field] for result in runs[workload, server])
        print(f"{server}: while rows stream\n")
        print("| rows | processor s | peak MiB | first row ms | event p99 ms | longest ms (of them busy) | frames late |")
        print("|---:|---:|---:|---:|---:|---:|---:|")
        for workload in EVENT_LOOP:
            if not workload.startswith("stream") or (workload, server) not in runs:
                continue
            seconds = statistics.median(r["user_s"] + r["sys_s"] for r in runs[workload, server])
            print(f"| {int(of(workload, 'rows')):,} | {number(seconds)} | {of(workload, 'max_rss_kib') / 1024:.0f} "
                  f"| {of(workload, 'p50_us') / 1000:.1f} | {of(workload, 'event_p99_ms'):.2f} "
                  f"| {of(workload, 'event_max_ms', max):.1f} ({of(workload, 'event_busy_max_ms', max):.1f}) "
                  f"| {int(of(workload, 'late_frames'))} of {int(of(workload, 'frames'))} |")
        if ("cancel", server) in runs and ("cells", server) in runs:
            print(f"\nFrom cancel() to an idle connection: {of('cancel', 'p50_us') / 1000:.1f} ms, at most "
                  f"{of('cancel', 'p99_us', max) / 1000:.1f} ms. A cell of a result that is held takes "
                  f"{of('cells', 'bytes_per_cell'):.1f} bytes ({of('cells', 'bytes') / of('cells', 'rows') / 6:.1f} on the "
                  "wire).\n")


def report(lines):
    runs = collections.defaultdict(list)
    event_loop = collections.defaultdict(list)
    for line in lines:
        result = json.loads(line)
        if "user_s" not in result:
            continue
        if result["peer"] == "event loop":
            event_loop[result["workload"], result["server"]].append(result)
        else:
            runs[result["workload"], result["server"], result["peer"]].append(result)
    peers = [p for p in PEERS if any(key[2] == p for key in runs)]
    good = checksums_agree(runs)

    def median(key, of):
        return statistics.median(of(result) for result in runs[key]) if key in runs else None

    print(f"{machine()}; medians of {max((len(r) for r in runs.values()), default=0)} runs.\n")
    for server in sorted({key[1] for key in runs}):
        pinned = any(r["pinned"] for key, results in runs.items() if key[1] == server for r in results)
        print(f"{server}{', client and server on one core' if pinned else ''}: processor seconds of the client "
              "(and × libmariadb)\n")
        print("| workload | " + " | ".join(peers) + " |\n|---|" + "---:|" * len(peers))
        for workload in WORKLOADS:
            base = median((workload, server, "libmariadb"), lambda r: r["user_s"] + r["sys_s"])
            cells = []
            for peer in peers:
                seconds = median((workload, server, peer), lambda r: r["user_s"] + r["sys_s"])
                cells.append("–" if seconds is None else number(seconds) + (f" ({seconds / base:.2f})" if base else ""))
            if any(cell != "–" for cell in cells):
                print(f"| {workload} | " + " | ".join(cells) + " |")
        memory = [p for p in peers if ("read_rows_buffered", server, p) in runs]
        if memory:
            wire = max(median(("read_rows_buffered", server, p), lambda r: r["bytes"]) for p in memory) / 2**20
            print(f"\nPeak memory of read_rows_buffered, {wire:.0f} MiB on the wire: " + ", ".join(
                f"{p} {median(('read_rows_buffered', server, p), lambda r: r['max_rss_kib']) / 1024:.0f} MiB"
                for p in memory) + ".")
        print()
    report_event_loop(event_loop)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=SOURCE / "build" / "release", help="where to build")
    parser.add_argument("--no-build", action="store_true", help="take the programs as they are")
    parser.add_argument("--servers", default="mariadb-10.11,mysql-9.7")
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    parser.add_argument("--peers", default="", help="names separated by semicolons; default: all there are")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the table that is read")
    parser.add_argument("--pin", metavar="CPU", help="run client and server on this processor: steadier for one-at-a-time work")
    parser.add_argument("--timeout", type=float, default=300, help="of one run, in seconds")
    parser.add_argument("--out", type=pathlib.Path, help="append the results here, a line of JSON each")
    parser.add_argument("--event-loop", action="store_true", help="what a user interface feels, too (bench-eventloop)")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--report", type=pathlib.Path, help="only print the tables of such a file")
    arguments = parser.parse_args()
    if arguments.report:
        return 0 if report(arguments.report.read_text(encoding="utf-8").splitlines()) else 1
    if arguments.smoke:
        arguments.rows, arguments.repeats, arguments.event_loop = 1_000, 1, True
    if arguments.pin and not shutil.which("taskset"):
        sys.exit("--pin needs taskset (util-linux)")
    if not arguments.no_build:
        build(arguments.build, ["bench_peers"])
    programs = arguments.build / "tests" / "benchmarks" / "peers"
    there = [name for name, peer in PEERS.items() if (programs / f"bench-{peer[0]}").is_file()]
    arguments.peers = [p for p in arguments.peers.split(";") if p] or there
    for name in set(PEERS) - set(there):
        say(f"left out: {name} (its library is not here)")
    out = arguments.out or arguments.build / "benchmarks.jsonl"
    before = len(out.read_text(encoding="utf-8").splitlines()) if out.is_file() else 0
    with out.open("a", encoding="utf-8") as file:
        good = measure(arguments, programs, file)
    good = report(out.read_text(encoding="utf-8").splitlines()[before:]) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
