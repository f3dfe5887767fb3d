"""Reads the story of a page that is only drawn in the browser: the markup that its scripts carry as a string."""

from __future__ import annotations

import json
import re

from selectolax.lexbor import LexborHTMLParser

from flows.parse.page.blocks import Block, Reader
from flows.parse.page.markup_limits import tame

_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003[cC])p(?:[ >]|\\u003[eE])")
_LEAST_PARAGRAPHS = 3
_LONGEST = 500_000


def read_carried(markup: str) -> list[Block]:
    """The blocks of the string with the most paragraphs, none where no string has three."""
    strings = [string for string in _STRING.findall(markup) if len(string) > 400]
    counted = ((len(_PARAGRAPH.findall(string)), string) for string in strings)
    count, best = max(counted, default=(0, ""), key=lambda item: item[0])
    if count < _LEAST_PARAGRAPHS or len(best) > _LONGEST:
        return []
    try:
        story = json.loads(f'"{best}"', strict=False)
    except ValueError:
        return []
    body = LexborHTMLParser(tame(story.encode("utf-8", "replace"))[0]).body
    return Reader().read(body) if body else []
