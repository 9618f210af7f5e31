# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Each pitfall in doc/pitfalls.md has tests, which exist and say its number."""

import pathlib
import re

_LIST = pathlib.PurePath("doc", "pitfalls.md")
_ROW = re.compile(r"^\| (\d+) \|")
_TEST = re.compile(r"(tst_\w+)((?: `\w+`,?)*)")
COUNT = 40


def faults(texts):
    """Yields (path, line, message) for each number without tests, and each test that is not there."""
    if _LIST not in texts:
        return
    tests = {path.stem: text for path, text in texts.items() if path.name.startswith("tst_")}
    numbers = []
    for number, line in enumerate(texts[_LIST].split("\n"), 1):
        if not (match := _ROW.match(line)):
            continue
        pitfall = match.group(1)
        numbers.append(int(pitfall))
        named = _TEST.findall(line)
        if not named:
            yield _LIST, number, f"pitfall {pitfall} has no test"
        for test, functions in named:
            if test not in tests:
                yield _LIST, number, f"there is no test {test}"
                continue
            for function in re.findall(r"`(\w+)`", functions):
                place = re.search(rf"((?:^(?://|/\*|   ).*\n)*)^void \w+::{function}\(\)", tests[test], re.MULTILINE)
                if not place:
                    yield _LIST, number, f"{test} has no function {function}()"
                elif not re.search(rf"[Pp]itfalls? .*\b{pitfall}\b", place.group(1)):
                    yield _LIST, number, f"{test}: the comment of {function}() does not say \"Pitfall {pitfall}\""
    if numbers != list(range(1, COUNT + 1)):
        yield _LIST, 1, f"the numbers are not 1 to {COUNT}"
