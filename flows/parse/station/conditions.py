"""Reads the current-conditions boxes that servers print on their pages, of any site system, into readings in °F."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import PanelReading
from flows.parse.page.clean import clean_text
from flows.parse.station.panel import is_condition

_BOX = '[class*="weather" i],[class*="conditions" i],[class*="wx" i],[id*="weather" i]'
_SKY = '[class*="sky" i],[class*="desc" i],[class*="condition" i],[class*="phrase" i],[class*="summary" i]'
_PLACE = '[class*="city" i],[class*="location" i],[class*="place" i],[class*="town" i]'
_DEGREES = r"([-−]?\d{1,3})\s*[°º](?:\s*F\b)?(?!\s*C\b)"
_HI = re.compile(rf"\b(?:Hi(?:gh)?|H)\b:?\s*{_DEGREES}", re.IGNORECASE)
_LO = re.compile(rf"\b(?:Low?|L)\b:?\s*{_DEGREES}", re.IGNORECASE)
_FEELS = re.compile(rf"\bFeels(?:[ -]Like)?\b:?\s*{_DEGREES}", re.IGNORECASE)
# High and low without names: `62° / 49°`.
_BOTH = re.compile(rf"{_DEGREES}\s*[/|]\s*{_DEGREES}")
_DEW = re.compile(rf"\b(?:Dew ?point|Wind ?chill|Heat index)\b:?\s*{_DEGREES}", re.IGNORECASE)
_TEMP = re.compile(_DEGREES)
_NOT_AROUND = frozenset(["article", "main"])
_MAX_BOX, _MAX_LABEL, _MAX_BOXES = 400, 40, 20


def may_hold_conditions(text: str) -> bool:
    """Whether a page with this text can hold a box at all: a cheap test that spares most pages the search."""
    return "°" in text or "º" in text


def read_conditions(tree: LexborHTMLParser) -> list[PanelReading]:
    """One reading per box outside the article whose class says weather or conditions, and that holds one temperature
    with a sky condition, a high, a low or a feels-like. The place is None where the box prints none."""
    found: list[PanelReading] = []
    read: set[int] = set()
    for node in tree.css(_BOX):
        if _is_inside(node, read):
            continue
        if (reading := _reading(node, len(found) + 1)) is not None:
            read.add(node.mem_id)
            if not any(_facts(reading) == _facts(known) for known in found):
                found.append(reading)
        if len(found) == _MAX_BOXES:
            break
    return found


def _is_inside(node: LexborNode, read: set[int]) -> bool:
    """Whether the element is in an article, or in a box that is read already."""
    above: LexborNode | None = node
    while above is not None:
        if above.mem_id in read or above.tag in _NOT_AROUND:
            return True
        above = above.parent
    return node.tag in ("body", "html")


def _reading(node: LexborNode, position: int) -> PanelReading | None:
    text = clean_text(node.text(separator=" ")[: _MAX_BOX + 1])
    if not may_hold_conditions(text) or len(text) > _MAX_BOX:
        return None
    hi, lo, feels = (_number(pattern.search(text)) for pattern in (_HI, _LO, _FEELS))
    if hi is None and lo is None and (both := _BOTH.search(text)):
        hi, lo = (_integer(number) for number in both.groups())
    rest = text
    for pattern in (_HI, _LO, _FEELS, _DEW, _BOTH):
        rest = pattern.sub(" ", rest)
    temps = list(_TEMP.finditer(rest))
    sky = _sky(node)
    if len(temps) != 1 or (sky is None and hi is None and lo is None and feels is None):
        return None
    return PanelReading(_place(node), sky, _number(temps[0]), hi, lo, feels, position)


def _sky(node: LexborNode) -> str | None:
    """The sky condition: the text of an element named for it, else the alternative text of a picture."""
    texts = [clean_text(inner.text(separator=" ")[: 2 * _MAX_LABEL]) for inner in node.css(_SKY)]
    texts += [clean_text(image.attributes.get("alt") or "") for image in node.css("img")]
    return next(
        (text for text in texts if len(text) <= _MAX_LABEL and is_condition(text) and not _TEMP.search(text)), None
    )


def _place(node: LexborNode) -> str | None:
    texts = (clean_text(inner.text(separator=" ")[: 2 * _MAX_LABEL]) for inner in node.css(_PLACE))
    return next((text for text in texts if text and len(text) <= _MAX_LABEL and not re.search(r"[\d°º]", text)), None)


def _facts(reading: PanelReading) -> tuple[object, ...]:
    return reading.place, reading.condition, reading.temp_f, reading.hi_f, reading.lo_f, reading.feels_like_f


def _number(match: re.Match[str] | None) -> int | None:
    return _integer(match.group(1)) if match else None


def _integer(digits: str) -> int:
    return int(digits.replace("−", "-"))
