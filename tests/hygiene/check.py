#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Checks the house rules that a compiler does not see. Usage: check.py <source folder>"""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import catalogue  # noqa: E402
import documentation  # noqa: E402
import layers  # noqa: E402
import pitfalls  # noqa: E402
import tree  # noqa: E402

MAXIMUM_LINES = 600
CODE = {".cpp", ".h", ".qml", ".py", ".sh", ".cmake", ".js"}
CPP = {".cpp", ".h"}

# (rule, applies to, pattern, message). Patterns are looked for line by line, outside of comments.
FORBIDDEN = [
    ("qt-defines", lambda path: True,
     re.compile(r"#\s*undef\s+QT_(NO|USE|STRICT)_|-UQT_(NO|USE|STRICT)_|remove_definitions\(.*QT_(NO|USE|STRICT)_"),
     "the strict defines of Qt are not to be loosened"),
    ("qt-defines", lambda path: path.suffix in CPP,
     re.compile(r"#\s*define\s+QT_(NO_(CAST|URL_CAST|KEYWORDS|FOREACH|CONTEXTLESS|NARROWING)|USE_QSTRINGBUILDER|STRICT_ITERATORS)"),
     "the strict defines of Qt are set by the build, for all files alike"),
    ("qt-private", lambda path: path.suffix in CPP,
     re.compile(r"#\s*include\s*<(Qt\w+/)?(private/|\w*_p\.h|.*/private/)"),
     "no private header of Qt: it would tie us to one patch release"),
    ("take-result", lambda path: path.suffix in CPP,
     re.compile(r"\btakeResult\s*\("),
     "QFuture::takeResult() crashes in continuations on Qt 6.4; use result()"),
    ("qt-module-include", lambda path: path.parts[0] == "include",
     re.compile(r"#\s*include\s*<Q(?!AsyncMySql/)(?!t[A-Z]\w*/)\w+>|#\s*include\s*<Qt[A-Z]\w*>"),
     "public headers name Qt's headers in full: <QtCore/QString>"),
    ("sans-io", lambda path: path.parts[:2] == ("src", "protocol"),
     re.compile(r"#\s*include\s*<(QtNetwork/.*|QtCore/)?(Q\w*Socket|QIODevice|QTimer|QElapsedTimer|QDeadlineTimer|QDateTime|QThread)>|\bQ_OBJECT\b"),
     "the protocol core knows no object, no device and no clock"),
    # GUI life 6: what waits in a program's event loop holds its windows.
    ("no-waiting", lambda path: path.parts[0] in ("src", "qml") and path.parts[:2] != ("src", "testing"),
     re.compile(r"\bwaitFor(Connected|ReadyRead|BytesWritten|Disconnected|Encrypted|Finished)\s*\(|\bQEventLoop\b|\bprocessEvents\b"),
     "the library never waits and never runs an event loop"),
    ("no-qtsql", lambda path: path.parts[0] in ("include", "src", "qml"),
     re.compile(r"#\s*include\s*<QtSql/|#\s*include\s*<QSql"),
     "the library does not use QtSql"),
    ("machine-path", lambda path: path.suffix in CODE or path.name == "CMakeLists.txt",
     re.compile(r"(?<![\w.])/(root|home/\w+|work|Users/\w+)/"),
     "a path of somebody's machine"),
]
# The rules themselves, and their tests, have to name what they look for.
EXEMPT = pathlib.PurePosixPath("tests/hygiene")


def reuse_patterns(root):
    """The paths that REUSE.toml gives a licence to, for files that cannot carry a comment."""
    manifest = root / "REUSE.toml"
    if not manifest.is_file():
        return []
    patterns = []
    for match in re.finditer(r"^path\s*=\s*(\[[^\]]*\]|\"[^\"]*\")", manifest.read_text(), re.MULTILINE):
        patterns += re.findall(r"\"([^\"]*)\"", match.group(1))
    return [re.compile(re.escape(p).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") + "$") for p in patterns]


def licence_faults(root, files):
    covered = reuse_patterns(root)
    for path in files:
        if path.parts[0] == "LICENSES" or path.name in ("LICENSE", "REUSE.toml") or path.suffix == ".license":
            continue
        if any(pattern.match(str(path)) for pattern in covered) or (root / f"{path}.license").is_file():
            continue
        head = (root / path).read_bytes()[:1024]
        if any(tag not in head for tag in (b"SPDX-FileCopyright" b"Text: ", b"SPDX-License-" b"Identifier: MIT")):
            yield path, 1, "no SPDX tags (a file without comments belongs into REUSE.toml)"


def without_comments(text):
    """Comments blanked, line numbers kept. Good enough for patterns: strings with // in them only lose their tail."""
    text = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.DOTALL)
    return re.sub(r"//[^\n]*", "", text)


def text_faults(path, text):
    lines = text.split("\n")
    count = len(lines) - 1
    if path.suffix in CODE and count > MAXIMUM_LINES:
        yield path, 1, f"{count} lines, more than {MAXIMUM_LINES}: two things live in this file"
    if text and not text.endswith("\n"):
        yield path, count + 1, "no newline at the end"
    if "\r" in text:
        yield path, 1, "carriage returns"
    if path.suffix in CODE or path.name == "CMakeLists.txt":
        for number, line in enumerate(lines, 1):
            if line != line.rstrip():
                yield path, number, "blanks at the end of the line"
            if "\t" in line:
                yield path, number, "a tab"
    if path.suffix == ".h" and not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield path, 1, "no #pragma once"

    if EXEMPT in path.parents:
        return
    code = without_comments(text) if path.suffix in CPP else text
    for number, line in enumerate(code.split("\n"), 1):
        for rule, applies, pattern, message in FORBIDDEN:
            if applies(path) and pattern.search(line):
                yield path, number, f"{rule}: {message}"


def check(root):
    """All faults of the project, as (path, line, message)."""
    files = tree.project_files(root)
    texts = {path: text for path in files if (text := tree.read_text(root / path)) is not None}
    faults = list(licence_faults(root, files))
    for path, text in texts.items():
        if path.parts[0] != "LICENSES":
            faults += text_faults(path, text)
    faults += layers.faults(texts)
    faults += documentation.faults(texts)
    faults += catalogue.faults(texts)
    faults += pitfalls.faults(texts)
    return faults, len(files)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = pathlib.Path(sys.argv[1])
    faults, count = check(root)
    for path, line, message in faults:
        print(f"{path}:{line}: {message}")
    print(f"{count} files, {len(faults)} faults")
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
