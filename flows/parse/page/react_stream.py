"""Reads the stream in which React sends a page's components, cut into the scripts of the page."""

from __future__ import annotations

import json
import re

_PUSH = re.compile(r'self\.__next_f\.push\(\[1,\s*"((?:[^"\\]++|\\.)*+)"\]\)', re.DOTALL)
# A row that holds text: its number, its length in bytes as a hexadecimal number, then the text itself.
_TEXT_ROW = re.compile(rb"(?:^|\n)[0-9a-f]+:T([0-9a-f]+),")


def read_stream(markup: str) -> str:
    """The whole stream, joined from the page's scripts; blank where there is none."""
    return "".join(map(unescaped, _PUSH.findall(markup))) if "__next_f" in markup else ""


def texts_of(stream: str) -> list[str]:
    """The texts that the stream sends in rows of their own."""
    data = stream.encode("utf-8", "replace")
    found = []
    at = 0
    while match := _TEXT_ROW.search(data, at):
        at = match.end() + int(match.group(1), 16)
        found.append(data[match.end() : at].decode("utf-8", "replace"))
    return found


def unescaped(string: str) -> str:
    """What a string in a script stands for; blank where it is broken."""
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return ""
