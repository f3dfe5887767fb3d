"""Reads closings lists without telling markup: equal boxes, lines and headings that each show a name and a status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.parse.page.clean import clean_text
from flows.parse.station.closings_listing import Entry, mostly_statuses, reads_like_status
from flows.parse.station.visibility import is_visible

_NAMED_STATUS = re.compile(r"^(.{3,80}?)\s*(?::|\s[-–—])\s+(.{3,120})$")
_SIGNS = " \t:-–—|•"
_HEADINGS = ("h2", "h3", "h4", "h5", "strong", "b")
_MIN_BOXES, _MAX_BOXES, _MAX_PARENTS = 2, 5000, 5000
_MAX_STRINGS, _MAX_LENGTH = 4, 120


def by_boxes(tree: LexborHTMLParser) -> list[Entry]:
    """The first group of at least two boxes that mostly hold a name and a status and no link: a card of a news story
    has one."""
    for parent, group in _groups(tree):
        entries = mostly_statuses([pair for strings in group if (pair := _pair(strings))])
        if len(entries) >= _MIN_BOXES and 2 * len(entries) > len(group) and is_visible(parent):
            return entries
    return []


def _groups(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, list[list[str]]]]:
    """The strings of each box by group, and what holds the boxes: the children of one element that are alike, those
    from one heading to the next, and the lines of one paragraph."""
    body = tree.body
    parents = [body, *body.css("*")[:_MAX_PARENTS]] if body is not None else []
    for parent in parents:
        children = list(parent.iter())[:_MAX_BOXES]
        alike: dict[tuple[str | None, str | None], list[LexborNode]] = {}
        for child in children:
            alike.setdefault((child.tag, child.attributes.get("class")), []).append(child)
        for boxes in alike.values():
            if len(boxes) >= _MIN_BOXES and all(box.css_first("a[href]") is None for box in boxes[:3]):
                yield boxes[0], [_strings(box) for box in boxes]
        heading = next((tag for tag in _HEADINGS if sum(child.tag == tag for child in children) >= _MIN_BOXES), None)
        if heading and parent.css_first("a[href]") is None:
            yield parent, _under_headings(parent, heading)
        if not children or any(child.tag == "br" for child in children):
            yield parent, [[line] for line in _lines(parent) if line]


def _strings(box: LexborNode) -> list[str]:
    return [text for line in box.text(separator="\n").split("\n") if (text := clean_text(line).strip(_SIGNS))]


def _under_headings(parent: LexborNode, heading: str) -> list[list[str]]:
    """The strings from each heading to the next."""
    found: list[list[str]] = []
    for child in parent.iter(include_text=True):
        if child.tag == heading:
            found.append([])
        if found:
            found[-1] += _strings(child)
    return found


def _lines(parent: LexborNode) -> list[str]:
    """The lines of an element's own text, at its breaks and line ends."""
    parts = ["\n" if child.tag == "br" else child.text() for child in parent.iter(include_text=True)]
    return [clean_text(line) for line in "".join(parts).split("\n")] if len(parts) < _MAX_BOXES else []


def _pair(strings: list[str]) -> tuple[str, str] | None:
    """(name, status) of a box: its first and last string, or the two sides of a colon or dash in its only one."""
    if len(strings) == 1:
        return named_status(strings[0])
    if not 1 < len(strings) <= _MAX_STRINGS or max(map(len, strings)) > _MAX_LENGTH or reads_like_status(strings[0]):
        return None
    return strings[0], next((text for text in reversed(strings[1:]) if reads_like_status(text)), strings[-1])


def named_status(text: str) -> tuple[str, str] | None:
    """(name, status) on the two sides of a colon or dash."""
    match = _NAMED_STATUS.match(text)
    return (match.group(1), match.group(2)) if match else None
