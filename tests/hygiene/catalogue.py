# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Each number of doc/catalogue.md is borne by a test, and each that a test bears is in it."""

import pathlib
import re

LIST = pathlib.PurePath("doc", "catalogue.md")
SIZES = {"F": 30, "G": 24, "T": 18, "A": 24, "O": 15, "C": 20, "R": 20, "P": 24, "Z": 10, "B": 14}
_NUMBER = r"[FGTAOCRPZB]\d\d"
_SPAN = re.compile(rf"\b({_NUMBER})\b(?: to ({_NUMBER})\b)?")
_ROW = re.compile(rf"^\| ({_NUMBER}) \|", re.MULTILINE)
_NAME = re.compile(rf'"({_NUMBER}(?: to {_NUMBER})? )')  # of a row of a test's data
_COMMENT = re.compile(r"^((?:(?://|/\*|   ).*\n)+)void tst_\w+::\w+\(\)", re.MULTILINE)


def spans(text):
    for first, last in _SPAN.findall(text):
        for number in range(int(first[1:]), int((last or first)[1:]) + 1):
            yield f"{first[0]}{number:02}"


def borne(texts):
    """The numbers that tests bear: {number: path of one}."""
    found = {}
    for path, text in texts.items():
        if path.parts[0] == "tests" and path.name.startswith("tst_") and path.suffix == ".cpp":
            for part in _NAME.findall(text) + _COMMENT.findall(text):
                found.update((number, path) for number in spans(part))
    return found


def faults(texts):
    """Yields (path, line, message) for each number without a test, and each that is not in the catalogue."""
    if LIST not in texts:
        return
    listed = _ROW.findall(texts[LIST])
    wanted = [f"{series}{number:02}" for series, size in SIZES.items() for number in range(1, size + 1)]
    if listed != wanted:
        yield LIST, 1, "the numbers are not those of each series, in order"
    tests = borne(texts)
    for number in listed:
        if number not in tests:
            line = texts[LIST][: texts[LIST].index(f"| {number} |")].count("\n") + 1
            yield LIST, line, f"no test bears the number {number}"
    for number in sorted(set(tests) - set(listed)):
        yield tests[number], 1, f"{number} is not in {LIST}"
