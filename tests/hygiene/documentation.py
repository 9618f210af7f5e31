# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Each public class has a comment before it that tells what it is and since when it is there."""

import re

_CLASS = re.compile(r"^(?:class|struct) (?:\[\[\w+\]\] )?(?:QASYNCMYSQL_\w*EXPORT )?([A-Z]\w*)(?: final)?(?: :.*)?$")
_NAMESPACE = re.compile(r"^namespace ([\w:]+) ?{")
_NAMESPACE_END = re.compile(r"^}(?: // namespace .*)?$")


def faults(texts):
    """Yields (path, line, message) for each public class without such a comment."""
    for path, text in texts.items():
        if path.parts[:2] != ("include", "QAsyncMySql") or path.suffix != ".h":
            continue
        scopes = []
        comment = []  # the last comment, until something other than a template head comes
        in_comment = False
        for number, line in enumerate(text.split("\n"), 1):
            if in_comment or line.startswith(("/*!", "//!", "/**")):
                if not in_comment and (not comment or not line.startswith("//!")):
                    comment = []
                comment.append(line)
                in_comment = (in_comment or not line.startswith("//!")) and "*/" not in line
                continue
            if match := _NAMESPACE.match(line):
                scopes.append(match.group(1))
            elif _NAMESPACE_END.match(line) and scopes and (line != "}" or scopes[-1] != "QAsyncMySql"):
                scopes.pop()
            elif scopes == ["QAsyncMySql"] and (match := _CLASS.match(line)):
                if "\\since" not in "\n".join(comment):
                    yield path, number, f"class {match.group(1)} has no comment with \\since before it"
            if not line.startswith(("template", "    requires")):
                comment = []
