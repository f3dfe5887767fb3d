"""Reads the article of a page that is rendered in the browser: the markup that its scripts hold as a string."""

from __future__ import annotations

import json
import re

from selectolax.lexbor import LexborHTMLParser

from flows.parse.page.blocks import Block, Reader
from flows.parse.page.document import strip_invisible
from flows.parse.page.markup_limits import limit_markup

_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003[cC])p(?:[ >]|\\u003[eE])")
_MIN_PARAGRAPHS = 3
_MAX_CHARACTERS = 500_000


def read_embedded(markup: str) -> list[Block]:
    """The blocks of the string with the most paragraphs; none where no string has three."""
    strings = [string for string in _STRING.findall(markup) if len(string) > 400]
    counted = ((len(_PARAGRAPH.findall(string)), string) for string in strings)
    count, best = max(counted, default=(0, ""), key=lambda item: item[0])
    if count < _MIN_PARAGRAPHS or len(best) > _MAX_CHARACTERS:
        return []
    try:
        article = json.loads(f'"{best}"', strict=False)
    except ValueError:
        return []
    tree = LexborHTMLParser(limit_markup(article.encode("utf-8", "replace"))[0])
    strip_invisible(tree)
    body = tree.body
    return Reader().read(body) if body else []
