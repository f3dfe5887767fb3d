"""Reads a station's weather panel, from its HTML boxes or from lines of text, into readings in °F."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import PanelReading
from flows.parse.clean import clean_text

CONDITIONS = frozenset(["clear", "few clouds", "scattered clouds", "broken clouds", "overcast", "partly cloudy"])
FORECAST_DIV = 'div[style*="font-size:1em; padding:15px 5px; clear:both"]'

_DEGREES = r"([-−]?\d{1,3})\s*°"
_TEMP = re.compile(rf"^{_DEGREES}\s*(?:F\b)?\s*(?:wxIcon)?$")
_HI = re.compile(rf"\b(?:Hi|High):?\s*{_DEGREES}")
_LO = re.compile(rf"\b(?:Lo|Low):?\s*{_DEGREES}")
_FEELS = re.compile(rf"\bFeels Like:?\s*{_DEGREES}")
_ONE_LINE = re.compile(
    rf"(?P<name>[^°]*?)\s*{_DEGREES}\s*(?:wxIcon)?\s+(?P<hilo>(?:Hi|High):?\s*{_DEGREES}\s*(?:Lo|Low):?\s*{_DEGREES})"
    rf"(?P<feels>\s*Feels Like:?\s*{_DEGREES})?\s*(?:More Weather)?"
)
_SENTENCE_END = (".", "!", "?", '"', "”", ":")


def read_boxes(tree: LexborHTMLParser) -> list[PanelReading]:
    """The readings of the first panel on the page (`div.wxRotate`); a second print of the same panel adds none."""
    boxes = tree.css("div.cycle-slideshow") or ([tree.body] if tree.body and tree.css_first("div.wxRotate") else [])
    for box in boxes:
        readings = [_read_box(node, at) for at, node in enumerate(box.css("div.wxRotate"), start=1)]
        if readings:
            return readings
    return []


def _read_box(node: LexborNode, position: int) -> PanelReading:
    hilo, feels = _text(node, "div.hilo"), _text(node, "div.Wind")
    temp = _TEMP.match(_text(node, "div.temperature").replace("wxIcon", "").strip())
    return PanelReading(
        place=_text(node, "div.city") or None,
        condition=_text(node, "div.sky") or None,
        temp_f=_number(temp),
        hi_f=_number(_HI.search(hilo)),
        lo_f=_number(_LO.search(hilo)),
        feels_like_f=_number(_FEELS.search(feels)),
        position=position,
    )


def read_forecast_text(tree: LexborHTMLParser) -> str | None:
    """The forecast paragraph under the panel, None where there is none."""
    for node in tree.css(FORECAST_DIV):
        if text := clean_text(node.text(separator=" ")):
            return text
    return None


def read_lines(lines: Sequence[str]) -> tuple[list[PanelReading], int, int]:
    """The panel in `lines` (each stripped, none empty) as (readings, first line, line after the last).

    Lines a rendering dropped leave None: a lone line above a temperature is a condition if it is a known word, else a
    place. Without a panel the answer is ([], len(lines), len(lines)).
    """
    anchors = [at for at, line in enumerate(lines) if _TEMP.match(line) and _is_reading(lines, at)]
    if not anchors:
        return _read_one_line(lines)
    readings: list[PanelReading] = []
    start, behind = anchors[0], _first_label(lines, anchors[0])
    start = behind
    for position, at in enumerate(anchors, start=1):
        place, condition = _labels(lines[max(behind, at - 2) : at])
        end = at + 1
        while end < len(lines) and (_HI.match(lines[end]) or _LO.match(lines[end]) or _FEELS.match(lines[end])):
            end += 1
        below = " ".join(lines[at + 1 : end])
        hi, lo, feels = (_number(pattern.search(below)) for pattern in (_HI, _LO, _FEELS))
        readings.append(PanelReading(place, condition, _number(_TEMP.match(lines[at])), hi, lo, feels, position))
        behind = end + 1 if end < len(lines) and lines[end] == "More Weather" else end
    return once(readings), start, behind


def once(readings: list[PanelReading]) -> list[PanelReading]:
    """One copy of a panel that is printed twice in a row."""
    half = len(readings) // 2
    first, second = readings[:half], readings[half:]
    if half and len(readings) % 2 == 0 and first == [replace(r, position=r.position - half) for r in second]:
        return first
    return readings


def is_known(condition: str) -> bool:
    """Whether a sky condition is one of the words met so far (an unknown one is kept and flagged)."""
    return condition.casefold() in CONDITIONS


def _is_reading(lines: Sequence[str], at: int) -> bool:
    return "wxIcon" in lines[at] or any(
        _HI.match(line) or _LO.match(line) or _FEELS.match(line) for line in lines[at + 1 : at + 3]
    )


def _first_label(lines: Sequence[str], at: int) -> int:
    """Where the first town's labels begin: up to two short lines that are not sentences."""
    start = at
    while start > 0 and at - start < 2 and _is_label(lines[start - 1]):
        start -= 1
    return start


def _is_label(line: str) -> bool:
    words = line.split()
    return len(words) <= 4 and len(line) <= 30 and line[:1].isupper() and not line.endswith(_SENTENCE_END)


def _labels(above: Sequence[str]) -> tuple[str | None, str | None]:
    labels = [line for line in above if line != "More Weather"]
    if len(labels) >= 2:
        return labels[-2], labels[-1]
    if not labels:
        return None, None
    return (None, labels[0]) if is_known(labels[0]) else (labels[0], None)


def _read_one_line(lines: Sequence[str]) -> tuple[list[PanelReading], int, int]:
    found = [(at, match) for at, line in enumerate(lines) for match in _ONE_LINE.finditer(line)]
    readings = []
    for position, (_, match) in enumerate(found, start=1):
        place, condition = _split_name(match["name"].strip())
        numbers = [_number(re.match(_DEGREES, text)) for text in re.findall(r"[-−]?\d{1,3}\s*°", match.group(0))]
        temp, hi, lo, feels = [*numbers, None][:4]
        readings.append(PanelReading(place, condition, temp, hi, lo, feels, position))
    if not readings:
        return [], len(lines), len(lines)
    return once(readings), found[0][0], found[-1][0] + 1


def _split_name(name: str) -> tuple[str | None, str | None]:
    folded = name.casefold()
    for condition in sorted(CONDITIONS, key=len, reverse=True):
        if folded.endswith(condition):
            return name[: len(name) - len(condition)].strip() or None, name[-len(condition) :]
    return name or None, None


def _text(node: LexborNode, selector: str) -> str:
    inner = node.css_first(selector)
    return clean_text(inner.text(separator=" ")) if inner else ""


def _number(match: re.Match[str] | None) -> int | None:
    return int(match.group(1).replace("−", "-")) if match else None
