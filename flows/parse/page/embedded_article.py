"""Reads the article of a page that is rendered in the browser from the state in its scripts: markup in one string, or
an array of paragraphs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from flows.parse.page.blocks import Block, Reader
from flows.parse.page.document import strip_invisible
from flows.parse.page.markup_limits import limit_markup
from flows.parse.page.react_stream import read_stream, texts_of, unescaped
from flows.parse.page.text_weight import weight_of

_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003[cC])p(?:[ >]|\\u003[eE])")
_MIN_STRING = 400
_MIN_PARAGRAPHS = 3
_MAX_CHARACTERS = 500_000
_LIST = re.compile(r'\[\s{0,9}(?:\{\s{0,9})?"')
# Broken arrays are given up after so many characters.
_MAX_WASTED = 2_000_000
# Fields that hold the text of one paragraph, or the parts of it.
_TEXTS = ("content", "text", "value", "html", "innerHTML", "body", "data")
_PARTS = ("children", "content", "spans")
# Fields of a card or a comment, which a paragraph has not.
_CARD = frozenset(["url", "href", "slug", "headline", "headlines", "title", "author", "user", "username"])
_TYPES = ("type", "_type", "nodeType", "blockName", "__typename")
_OTHER_TYPE = re.compile(
    r"image|photo|video|gallery|embed|caption|related|newsletter|promo|\bad\b|advert|html_?id", re.I
)
_HEADING_TYPE = re.compile(r"head(?:er|ing)|\bh[2-6]\b|subtitle", re.I)
_HEADING_ELEMENTS = ("h2", "h3", "h4")
_ELEMENTS = ("p", "li", "blockquote", *_HEADING_ELEMENTS)
_REFERENCE = re.compile(r"\$[\w@]*$")
_MIN_LENGTH = 40
_MAX_DEPTH = 6
_MAX_NESTED = 2 * _MAX_DEPTH  # of React: between an element and one in it is a list
_decode = json.JSONDecoder(strict=False).raw_decode


def read_embedded(markup: str) -> list[Block]:
    """The blocks of the longest article in the page's scripts; none where none has three paragraphs."""
    stream = read_stream(markup)
    strings = [string for text in (markup, stream) for string in _STRING.findall(text) if len(string) > _MIN_STRING]
    states = [markup, stream, *(unescaped(string) for string in strings if '\\"' in string)]
    lists = max(map(_longest_list, states), key=len)
    found = (unescaped(_most_paragraphs(strings)), lists, _most_paragraphs(texts_of(stream)))
    return max(map(_read, found), key=_weight)


def _weight(blocks: list[Block]) -> int:
    return sum(weight_of(block.text) for block in blocks)


def _read(markup: str) -> list[Block]:
    if not markup or len(markup) > _MAX_CHARACTERS:
        return []
    tree = LexborHTMLParser(limit_markup(markup.encode("utf-8", "replace"))[0])
    strip_invisible(tree)
    body = tree.body
    return Reader().read(body) if body else []


def _most_paragraphs(strings: list[str]) -> str:
    """The string with the most paragraphs; blank where none has three."""
    best = max(strings, key=_count_paragraphs, default="")
    return best if _count_paragraphs(best) >= _MIN_PARAGRAPHS and len(best) <= _MAX_CHARACTERS else ""


def _count_paragraphs(markup: str) -> int:
    return len(_PARAGRAPH.findall(markup))


def _longest_list(markup: str) -> str:
    """The array with the most text in paragraphs, as markup."""
    best = ""
    for found in _lists(markup):
        paragraphs = _paragraphs(found)
        running = [text for text, is_heading in paragraphs if not is_heading and _is_running(text)]
        if len(running) >= _MIN_PARAGRAPHS:
            text = "".join(f"<h2>{text}</h2>" if is_heading else f"<p>{text}</p>" for text, is_heading in paragraphs)
            best = max(best, text, key=len)
    return best


def _is_running(text: str) -> bool:
    """Whether a text is a paragraph, not a name of files or a code: those have no blanks."""
    return len(text) >= _MIN_LENGTH and (" " in text or not text.isascii())


def _lists(markup: str) -> Iterator[list[Any]]:
    """The arrays of objects or strings in the page, and those in them."""
    at = wasted = 0
    while wasted < _MAX_WASTED and (start := _LIST.search(markup, at)):
        try:
            value, at = _decode(markup, start.start())
        except (ValueError, RecursionError) as error:
            at = start.end()
            wasted += getattr(error, "pos", _MAX_WASTED // 20) - start.start()
            continue
        yield from _nested(value, 0)


def _nested(value: Any, depth: int) -> Iterator[list[Any]]:
    if depth > _MAX_DEPTH or not isinstance(value, list | dict):
        return
    if isinstance(value, list):
        yield value
    for item in value if isinstance(value, list) else value.values():
        yield from _nested(item, depth + 1)


def _paragraphs(items: list[Any]) -> list[tuple[str, bool]]:
    """The text of each paragraph or heading among the items, and whether it is a heading."""
    found = []
    for item in items:
        if isinstance(item, str):
            found.append((item, False))
        elif isinstance(item, dict) and _CARD.isdisjoint(item):
            kind = " ".join(str(item[name]) for name in _TYPES if name in item)
            text = "" if _OTHER_TYPE.search(kind) else _text_of(item, 0)
            if text.strip():
                found.append((text, bool(_HEADING_TYPE.search(kind))))
        elif _is_element(item) and item[1] in _ELEMENTS and (text := _text_of_element(item, 0)).strip():
            found.append((text, item[1] in _HEADING_ELEMENTS))
    return found


def _is_element(item: Any) -> bool:
    """Whether an item is an element of React: a sign, its name, its key and its properties."""
    return isinstance(item, list) and len(item) >= 4 and item[0] == "$" and isinstance(item[3], dict)


def _text_of_element(item: Any, depth: int) -> str:
    """The text of an element of React and those in it; a reference to another row is none."""
    if isinstance(item, str):
        return "" if _REFERENCE.match(item) else escape(item)
    if depth > _MAX_NESTED or not isinstance(item, list):
        return ""
    parts = [item[3].get("children")] if _is_element(item) else item
    return "".join(_text_of_element(part, depth + 1) for part in parts)


def _text_of(item: dict[str, Any], depth: int) -> str:
    """The text of one paragraph: a field of its own, or its parts joined."""
    for name in _TEXTS:
        if isinstance(item.get(name), str):
            return str(item[name])
    if isinstance(item.get("data"), dict):
        return _text_of(item["data"], depth + 1) if depth < _MAX_DEPTH else ""
    parts: list[Any] = next((item[name] for name in _PARTS if isinstance(item.get(name), list)), [])
    return "".join(_text_of(part, depth + 1) for part in parts if isinstance(part, dict) and depth < _MAX_DEPTH)
