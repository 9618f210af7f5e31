#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""The checks must find what they are there for: each is shown a small project with one fault in it."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import catalogue  # noqa: E402
import check  # noqa: E402
import log_secrets  # noqa: E402

TAGS = "// SPDX-FileCopyright" "Text: 2026 Somebody\n// SPDX-License-" "Identifier: MIT\n"
HEADER = TAGS + "#pragma once\n"

SOUND = {
    "src/protocol/framing.h": HEADER,
    "src/protocol/framing.cpp": TAGS + '#include "protocol/framing.h"\n',
    "src/client/connection.cpp": TAGS + '#include <QAsyncMySql/connection.h>\n#include "protocol/framing.h"\n',
    "src/pool/pool.cpp": TAGS + "#include <QAsyncMySql/connection.h>\n",
    "src/testing/fakeserver.cpp": TAGS + "#include <QAsyncMySql/connection.h>\n",
    "include/QAsyncMySql/connection.h": HEADER + "#include <QtCore/QObject>\n",
    "include/QAsyncMySql/result.h": HEADER,
    "data.json": "{}\n",
    "REUSE.toml": 'version = 1\n[[annotations]]\npath = ["*.json"]\n',
}


class Faults(unittest.TestCase):
    def faults(self, changes):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, content in {**SOUND, **changes}.items():
                if content is None:
                    continue
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(content)
            return [f"{path}:{line}: {message}" for path, line, message in check.check(root)[0]]

    def assert_fault(self, name, content, part, line=None):
        found = self.faults({name: content})
        place = f"{name}:{line}:" if line else f"{name}:"
        self.assertTrue(any(fault.startswith(place) and part in fault for fault in found), found)
        self.assertEqual(len(found), 1, found)

    def test_a_sound_project_has_none(self):
        self.assertEqual(self.faults({}), [])

    def test_licence_tags(self):
        self.assert_fault("src/client/a.cpp", "int a;\n", "SPDX")
        self.assert_fault("src/client/a.cpp", TAGS.split("\n")[0] + "\n", "SPDX")
        self.assert_fault("doc/picture.png", "no comment possible\n", "SPDX")
        self.assert_fault("doc/other.json", "[]\n", "SPDX")

    def test_long_file(self):
        self.assertEqual(self.faults({"src/client/a.cpp": TAGS + "\n" * 598}), [])
        self.assert_fault("src/client/a.cpp", TAGS + "\n" * 599, "601 lines")

    def test_layers(self):
        for name, include, line in [
            ("src/protocol/a.cpp", '#include "client/core.h"', 3),
            ("src/protocol/a.cpp", "#include <QAsyncMySql/connection.h>", 3),
            ("src/client/a.cpp", '#include "pool/core.h"', 3),
            ("src/values/a.cpp", '#include "client/core.h"', 3),
            ("src/pool/a.cpp", '#include "models/core.h"', 3),
            ("src/client/a.cpp", '#include "testing/server.h"', 3),
            ("src/testing/a.cpp", '#include "models/core.h"', 3),
        ]:
            with self.subTest(name=name, include=include):
                self.assert_fault(name, TAGS + include + "\n", "includes", line)

    def test_public_header_of_a_layer(self):
        # connection.h belongs to the client, because connection.cpp does.
        self.assert_fault("include/QAsyncMySql/connection.h", HEADER + '#include "pool/core.h"\n', "layer client", 4)

    def test_header_without_source_has_the_layer_of_its_includes(self):
        through = {"include/QAsyncMySql/result.h": HEADER + "#include <QAsyncMySql/connection.h>\n",
                   "src/protocol/a.cpp": TAGS + "#include <QAsyncMySql/result.h>\n"}
        self.assertTrue(any("layer protocol includes" in fault for fault in self.faults(through)))

    def test_forbidden(self):
        for name, line, part in [
            ("src/client/a.cpp", "#undef QT_NO_CAST_FROM_ASCII", "qt-defines"),
            ("src/client/a.cpp", "#define QT_NO_KEYWORDS", "qt-defines"),
            ("src/client/a.cpp", "#include <QtCore/private/qobject_p.h>", "qt-private"),
            ("src/client/a.cpp", "auto r = future.takeResult();", "take-result"),
            ("src/protocol/a.cpp", "#include <QTcpSocket>", "sans-io"),
            ("src/client/a.cpp", "#include <QtSql/QSqlDatabase>", "no-qtsql"),
            ("src/client/a.cpp", "socket.waitForReadyRead(100);", "no-waiting"),
            ("src/pool/a.cpp", "QEventLoop loop;", "no-waiting"),
            ("tests/a.cpp", 'open("/home/me/data");', "machine-path"),
        ]:
            with self.subTest(line=line):
                self.assert_fault(name, TAGS + line + "\n", part, 3)
        self.assert_fault("include/QAsyncMySql/result.h", HEADER + "#include <QString>\n", "qt-module-include", 4)

    def test_documentation(self):
        name = "include/QAsyncMySql/result.h"
        head = HEADER + "namespace QAsyncMySql {\nclass Forward;\nnamespace Internal {\nclass Hidden\n{\n};\n} // namespace Internal\n"
        tail = "template<class T>\nclass [[nodiscard]] Result\n{\n};\n} // namespace QAsyncMySql\n"
        self.assertEqual(self.faults({name: head + "/*!\n    What it is.\n\n    \\since 1.0\n*/\n" + tail}), [])
        self.assertEqual(self.faults({name: head + "//! What it is.\n//! \\since 1.0\n" + tail}), [])
        self.assert_fault(name, head + "//! What it is.\n" + tail, "\\since", 13)
        self.assert_fault(name, head + "/*! Of another. \\since 1.0 */\nint other;\n" + tail, "\\since", 14)

    def test_pitfalls(self):
        rows = "".join(f"| {number} | x | tst_a `one` |\n" for number in range(1, 41))
        comment = "// Pitfalls " + ", ".join(str(number) for number in range(1, 41)) + ".\n"
        test = TAGS + comment + "void tst_A::one()\n{\n}\n"
        page = "<!--\n" + TAGS.replace("// ", "") + "-->\n"
        self.assertEqual(self.faults({"doc/pitfalls.md": page + rows, "tests/unit/a/tst_a.cpp": test}), [])
        for wrong, part in [
            (rows.replace("| 7 | x | tst_a `one` |\n", ""), "numbers are not"),
            (rows.replace("| 7 | x | tst_a `one` |", "| 7 | x | |"), "pitfall 7 has no test"),
            (rows.replace("| 7 | x | tst_a", "| 7 | x | tst_b"), "no test tst_b"),
            (rows.replace("| 7 | x | tst_a `one`", "| 7 | x | tst_a `two`"), "no function two()"),
        ]:
            with self.subTest(part=part):
                found = self.faults({"doc/pitfalls.md": page + wrong, "tests/unit/a/tst_a.cpp": test})
                self.assertTrue(any(part in str(fault) for fault in found), found)
        silent = self.faults({"doc/pitfalls.md": page + rows, "tests/unit/a/tst_a.cpp": test.replace(", 7,", ",")})
        self.assertTrue(any("Pitfall 7" in str(fault) for fault in silent), silent)

    def test_catalogue(self):
        numbers = [f"{series}{number:02}" for series, size in catalogue.SIZES.items() for number in range(1, size + 1)]
        rows = "".join(f"| {number} | x | y |\n" for number in numbers)
        names = "".join(f'    addCase("{number} x", y);\n' for number in numbers if number not in ("F05", "F06", "F07"))
        test = TAGS + names + '    addCase("F05 to F06 x", y);\n' + "// F07: x\nvoid tst_A::one()\n{\n}\n"
        page = "<!--\n" + TAGS.replace("// ", "") + "-->\n" + rows
        self.assertEqual(self.faults({"doc/catalogue.md": page, "tests/unit/a/tst_a.cpp": test}), [])
        for wrong, code, part in [
            (page, test.replace("F05 to F06", "F05"), "no test bears the number F06"),
            (page, test.replace("// F07", "//"), "no test bears the number F07"),
            (page.replace("| G02 | x | y |\n", ""), test, "not those of each series"),
            (page, test.replace('"G02 x', '"G02 x", z); addCase("G99 x'), "G99 is not in"),
        ]:
            with self.subTest(part=part):
                found = self.faults({"doc/catalogue.md": wrong, "tests/unit/a/tst_a.cpp": code})
                self.assertTrue(any(part in str(fault) for fault in found), found)

    def test_comments_are_not_code(self):
        self.assertEqual(self.faults({"src/client/a.cpp": TAGS + "// takeResult() crashes\n/* takeResult() */\n"}), [])

    def test_text(self):
        self.assert_fault("src/client/a.cpp", TAGS + "int a; \n", "blanks", 3)
        self.assert_fault("src/client/a.cpp", TAGS + "\tint a;\n", "a tab", 3)
        self.assert_fault("src/client/a.cpp", TAGS + "int a;", "no newline")
        self.assert_fault("include/QAsyncMySql/result.h", TAGS, "#pragma once")

    def test_passwords_in_logs(self):
        passwords = log_secrets.sentinels(['const char *a = "sentinel-" "x";', 'f("sentinel-' + 'one-1");'])
        self.assertEqual(passwords, ["sentinel-" + "one-1"])
        self.assertEqual(list(log_secrets.faults("PASS\nQDEBUG: sentinel-" + "one-1 was sent\n", passwords)), [(2, passwords[0])])
        self.assertEqual(list(log_secrets.faults("PASS\n", passwords)), [])


if __name__ == "__main__":
    unittest.main()
