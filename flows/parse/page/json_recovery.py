"""Reads what is sound in broken JSON: bare quotes, single quotes, missing commas, a text cut off in the middle."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 50
# A quote ends its string only where the JSON can go on: before , : } ], at the end, or before the next key.
_ENDS = r"\s{0,40}(?:[,:}\]]|\Z|[\"'][\w@$.:-]{1,60}[\"']\s{0,9}:)"
_TOKEN = re.compile(
    rf"\"((?:[^\"\\]|\\.|\"(?!{_ENDS}))*+)\"|'((?:[^'\\]|\\.|'(?!{_ENDS}))*+)'|"
    r"([{}\[\],])|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true|false|null)|([A-Za-z_$@][\w$@]*)(?=\s{0,9}:)|[\"']",
    re.DOTALL,
)
_CLOSED_BY = {"}": dict, "]": list}


def recover_values(text: str) -> list[Any]:
    """The top-level objects and lists of the text, with the members that could be read; linear in its length."""
    found: list[Any] = []
    builder = _Builder(found)
    for match in _TOKEN.finditer(text):
        double, single, mark, scalar, bare = match.groups()
        if mark:
            builder.mark(mark)
        elif scalar:
            builder.add(_scalar(scalar))
        elif bare:
            builder.add(bare)
        elif double is None and single is None:
            break  # a string that is never closed
        else:
            builder.add(_unescaped(double if double is not None else single))
    return found


class _Builder:
    """Nested objects and lists, built from tokens; `found` collects the outermost ones."""

    def __init__(self, found: list[Any]) -> None:
        self._found = found
        self._open: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []

    def mark(self, mark: str) -> None:
        """Open or close a container, or end a member."""
        if mark == ",":
            if self._keys:
                self._keys[-1] = None
        elif mark in _CLOSED_BY:
            self._close(_CLOSED_BY[mark])
        elif len(self._open) < MAX_DEPTH:
            container: dict[str, Any] | list[Any] = {} if mark == "{" else []
            self.add(container)
            self._open.append(container)
            self._keys.append(None)

    def add(self, value: Any) -> None:
        """A key or value of the innermost open container."""
        if not self._open:
            if isinstance(value, dict | list):
                self._found.append(value)
            return
        inner = self._open[-1]
        if isinstance(inner, list):
            inner.append(value)
        elif self._keys[-1] is None:
            self._keys[-1] = value if isinstance(value, str) else None
        else:
            inner.setdefault(self._keys[-1], value)
            self._keys[-1] = None

    def _close(self, kind: type) -> None:
        """Close the innermost container of this kind, and those inside it."""
        for place in range(len(self._open) - 1, -1, -1):
            if isinstance(self._open[place], kind):
                del self._open[place:], self._keys[place:]
                return


def _scalar(text: str) -> Any:
    """The value of a number, true, false or null; a number that JSON does not allow, such as 01, as it is written."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        value = json.loads('"' + text.replace('\\"', '"').replace('"', '\\"') + '"', strict=False)
    except ValueError:
        return text.replace("\\", "")
    return str(value)
