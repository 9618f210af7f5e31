# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Which layer may include which. A layer knows those below it and nothing above."""

import re

# From the lowest up.
ORDER = ["values", "protocol", "sql", "transport", "client", "pool", "transfer", "models", "qml"]
# Beside the order: what these may use.
BESIDE = {"testing": {"values", "protocol", "sql", "transport", "client", "pool"}}

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def allowed(layer):
    """The layers that `layer` may include, itself among them."""
    if layer in BESIDE:
        return BESIDE[layer] | {layer}
    return set(ORDER[:ORDER.index(layer) + 1])


def includes(text):
    """Yields (line number, included name)."""
    for match in _INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start(2)) + 1, match.group(2)


def folder_layer(path):
    """The layer that a project file belongs to by its place, or None."""
    parts = path.parts
    if parts[0] == "qml":
        return "qml"
    if parts[0] == "src" and len(parts) > 2 and (parts[1] in ORDER or parts[1] in BESIDE):
        return parts[1]
    return None


class PublicHeaders:
    """The layer of each public header: that of the source of the same name, or the highest that it includes."""

    def __init__(self, texts):
        self._texts = {path.name: text for path, text in texts.items() if path.parts[:2] == ("include", "QAsyncMySql")}
        self._sources = {}
        for path in texts:
            layer = folder_layer(path)
            if layer and path.suffix == ".cpp":
                self._sources.setdefault(path.stem, layer)
        self._known = {}

    def layer(self, name):
        if name not in self._texts:
            return None
        if name not in self._known:
            self._known[name] = ORDER[0]  # against cycles
            self._known[name] = self._sources.get(name[:-2]) or self._highest_included(name)
        return self._known[name]

    def _highest_included(self, name):
        text = self._texts[name]
        for component, layer in (("MODELS", "models"), ("TESTING", "testing"), ("QML", "qml")):
            if f"QASYNCMYSQL_{component}_EXPORT" in text:
                return layer
        used = [self.of_include(included) for _, included in includes(text)]
        used = [layer for layer in used if layer in ORDER]
        return max(used, key=ORDER.index, default=ORDER[0])

    def of_include(self, included):
        """The layer of an #include's target, or None if it is not ours."""
        if included.startswith("QAsyncMySql/"):
            return self.layer(included.removeprefix("QAsyncMySql/"))
        first = included.split("/")[0]
        return first if "/" in included and (first in ORDER or first in BESIDE) else None


def faults(texts):
    """Yields (path, line, message) for each include that goes up."""
    headers = PublicHeaders(texts)
    for path, text in texts.items():
        if path.suffix not in (".cpp", ".h"):
            continue
        layer = headers.layer(path.name) if path.parts[:2] == ("include", "QAsyncMySql") else folder_layer(path)
        if layer is None:
            continue
        for line, included in includes(text):
            target = headers.of_include(included)
            if target is not None and target not in allowed(layer):
                yield path, line, f"layer {layer} includes <{included}> of the higher layer {target}"
