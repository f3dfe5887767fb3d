"""Reads a station's weather panel, from HTML boxes or lines of text, into readings in °F."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import PanelReading
from flows.parse.page.clean import clean_text

CONDITIONS = frozenset(["clear", "few clouds", "scattered clouds", "broken clouds", "overcast", "partly cloudy"])
_WEATHER_WORD = re.compile(
    r"^(?:clear|clouds|overcast|sun|fair|rain|drizzle|showers?|snow|flurries|sleet|hail|ice|freezing|mist"
    r"|smoke|dust|blizzard|(?:thunder|t-)?storms?|mostly|partly|light|heavy|scattered|broken|few|wintry"
    r"|(?:cloud|sunn|ic|fogg|haz|wind|breez|rain|snow)y|fog|haze)$",
    re.IGNORECASE,
)
# The order in which a row prints its lines.
_RANKS = {"temp": 0, "hi": 1, "lo": 2, "feels": 3, "more": 4}
_PAST_LAST = 5
_MAX_LABEL, _MAX_LINE = 30, 4000
_MAX_ROWS = 200
_NOT_NAMES = frozenset(["Article Comments", "Related Content", "Scroll for more content"])
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
    """The readings of the first panel on the page (`div.wxRotate`); a second copy of the panel adds none."""
    boxes = tree.css("div.cycle-slideshow") or ([tree.body] if tree.body and tree.css_first("div.wxRotate") else [])
    for box in boxes:
        readings = [_read_box(node, at) for at, node in enumerate(box.css("div.wxRotate")[:_MAX_ROWS], start=1)]
        if readings:
            return without_copy(readings)
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

    A line that the rendering dropped leaves None; a row without names or temperature is still a row. A second copy of
    the panel adds nothing. Without a panel: ([], len(lines), len(lines)).
    """
    kinds = [_kind(line) for line in lines]
    first = next((at for at, kind in enumerate(kinds) if kind and _is_reading(lines, kinds, at)), None)
    if first is None:
        return _read_one_line(lines)
    start = _first_label(lines, kinds, first)
    rows, stop = _rows(lines, kinds, start)
    return without_copy([_read_row(row, at) for at, row in enumerate(rows, start=1)]), start, stop


def _rows(lines: Sequence[str], kinds: Sequence[str | None], start: int) -> tuple[list[list[str]], int]:
    """The lines of each row, and the line after the panel. A new row starts at a name, and at a number that a row
    prints earlier than the one before."""
    rows: list[list[str]] = []
    labels: list[str] = []
    rank, stop = _PAST_LAST, start
    for at in range(start, len(lines)):
        kind = kinds[at]
        if kind is None:
            if len(labels) == 2 or not _is_label(lines[at]):
                break
            labels.append(lines[at])
            continue
        if labels or _RANKS[kind] <= rank:
            rows.append(labels)
            labels = []
        if kind != "more":
            rows[-1].append(lines[at])
        rank = _RANKS[kind] if kind != "more" else _PAST_LAST
        stop = at + 1
    return [row for row in rows if row], stop


def _read_row(row: list[str], position: int) -> PanelReading:
    place, condition = _place_and_condition([line for line in row if _kind(line) is None])
    temp = next((match for line in row if (match := _TEMP.match(line))), None)
    rest = " ".join(line for line in row if not _TEMP.match(line))
    hi, lo, feels = (_number(pattern.search(rest)) for pattern in (_HI, _LO, _FEELS))
    return PanelReading(place, condition, _number(temp), hi, lo, feels, position)


def without_copy(readings: list[PanelReading]) -> list[PanelReading]:
    """The first half of the readings where the second half repeats it: pages print the panel twice."""
    half = len(readings) // 2
    first, second = readings[:half], readings[half:]
    if half and len(readings) % 2 == 0 and first == [replace(r, position=r.position - half) for r in second]:
        return first
    return readings


def is_known(condition: str) -> bool:
    """Whether a sky condition is in CONDITIONS."""
    return condition.casefold() in CONDITIONS


def condition_notes(readings: Sequence[PanelReading]) -> list[str]:
    """A note for each unknown condition, which is kept as printed."""
    return [
        f"weather: the condition '{reading.condition}' is not a known one"
        for reading in readings
        if reading.condition and not is_known(reading.condition)
    ]


def is_condition(text: str) -> bool:
    """Whether a text is a known condition or holds a word for weather."""
    return is_known(text) or any(_WEATHER_WORD.match(word) for word in text.split())


def _kind(line: str) -> str | None:
    """What a line of the panel holds: temp, hi, lo, feels or more; None for a name or anything else."""
    if line == "More Weather":
        return "more"
    if _TEMP.match(line):
        return "temp"
    if len(line) > _MAX_LABEL:
        return None
    return "hi" if _HI.match(line) else "lo" if _LO.match(line) else "feels" if _FEELS.match(line) else None


def _is_reading(lines: Sequence[str], kinds: Sequence[str | None], at: int) -> bool:
    """Whether a panel starts here. A single number of degrees can occur in any article."""
    if kinds[at] == "more":
        return False
    return "wxIcon" in lines[at] or any(kind not in (None, "more", kinds[at]) for kind in kinds[at + 1 : at + 3])


def _first_label(lines: Sequence[str], kinds: Sequence[str | None], at: int) -> int:
    """Where the first row's names start. Two short lines above the first number are place and condition only if the
    lower one is a condition or the second row has two names as well; otherwise the upper line is not the panel's."""
    if at == 0 or not _is_label(lines[at - 1]):
        return at
    if at == 1 or not _is_label(lines[at - 2]):
        return at - 1
    after = next((i for i in range(at, len(lines)) if kinds[i] is None), len(lines))
    second_has_two = len(lines) > after + 2 and kinds[after + 1] is None and kinds[after + 2] is not None
    return at - 2 if is_condition(lines[at - 1]) or second_has_two else at - 1


def _is_label(line: str) -> bool:
    words = line.split()
    is_short = len(words) <= 4 and len(line) <= _MAX_LABEL and line[:1].isupper()
    return is_short and not line.endswith(_SENTENCE_END) and line not in _NOT_NAMES


def _place_and_condition(labels: Sequence[str]) -> tuple[str | None, str | None]:
    """(place, condition) of a row's names; a single name is a condition if it reads like one, else a place."""
    if len(labels) >= 2:
        return labels[-2], labels[-1]
    if not labels:
        return None, None
    return (None, labels[0]) if is_condition(labels[0]) else (labels[0], None)


def _read_one_line(lines: Sequence[str]) -> tuple[list[PanelReading], int, int]:
    found = [
        (at, match) for at, line in enumerate(lines) if "°" in line for match in _ONE_LINE.finditer(line[:_MAX_LINE])
    ]
    readings = []
    for position, (_, match) in enumerate(found, start=1):
        place, condition = _split_name(match["name"].strip())
        numbers = [_number(re.match(_DEGREES, text)) for text in re.findall(r"[-−]?\d{1,3}\s*°", match.group(0))]
        temp, hi, lo, feels = [*numbers, None][:4]
        readings.append(PanelReading(place, condition, temp, hi, lo, feels, position))
    if not readings:
        return [], len(lines), len(lines)
    return without_copy(readings), found[0][0], found[-1][0] + 1


def _split_name(name: str) -> tuple[str | None, str | None]:
    """Splits `Place Condition`: at a known condition at the end, else before the first word for weather."""
    folded = name.casefold()
    for condition in sorted(CONDITIONS, key=len, reverse=True):
        if folded == condition or folded.endswith(" " + condition):
            return name[: len(name) - len(condition)].strip() or None, name[-len(condition) :]
    words = name.split()
    for at in range(1, len(words)):
        if _WEATHER_WORD.match(words[at]):
            return " ".join(words[:at]), " ".join(words[at:])
    return name or None, None


def _text(node: LexborNode, selector: str) -> str:
    inner = node.css_first(selector)
    return clean_text(inner.text(separator=" ")) if inner else ""


def _number(match: re.Match[str] | None) -> int | None:
    return int(match.group(1).replace("−", "-")) if match else None
