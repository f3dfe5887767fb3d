"""Draws tables in a terminal with block characters: readable at 80 columns and without colour, gaps left empty."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from flows.trends.run import Table

BLOCKS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"
KNOWN: Final = "known_articles"
LABEL: Final = 40
SHORT: Final = 20


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, from the lowest bar for 0 to the full one for the largest; None is a gap, shown as `·`."""
    top = max((value for value in values if value is not None), default=0)
    return "".join(GAP if value is None else _block(value, top) for value in values)


def chart(table: Table, width: int = 80) -> str:
    """A table as its trend wants to be drawn, with title, legend and axis words; falls back to a plain table."""
    trend = table.trend
    head = f"{trend.title}\n{fill(trend.question, width)}\n\n"
    if not table.rows:
        return head + "nothing was found in this stretch of time\n"
    if trend.chart in ("line", "heat"):
        return head + _lines(table, width)
    if trend.chart == "bar":
        return head + _bars(table, width)
    return head + grid(table.columns, table.rows, width)


def grid(columns: Sequence[str], rows: Sequence[Sequence[object]], width: int = 80) -> str:
    """Rows in aligned columns, numbers to the right; a missing value is `-`, long text is cut with `…`.

    What does not fit into `width`: first the long texts are made shorter, then columns are left out from the right and
    named below.
    """
    words = [[cell(value) for value in row] for row in rows]
    wide = [min(LABEL, max([cells(name), *(cells(row[at]) for row in words)])) for at, name in enumerate(columns)]
    numeric = [all(row[at] is None or isinstance(row[at], int | float) for row in rows) for at in range(len(columns))]
    firm = [numeric[at] or all(isinstance(row[at], date | None) for row in rows) for at in range(len(columns))]
    least = [room if is_firm else min(room, SHORT) for is_firm, room in zip(firm, wide, strict=True)]
    while sum(wide) + 2 * (len(wide) - 1) > width and wide != least:
        slack = [room - low for room, low in zip(wide, least, strict=True)]
        wide[slack.index(max(slack))] -= 1
    shown = len(wide)
    while shown > 1 and sum(wide[:shown]) + 2 * (shown - 1) > width:
        shown -= 1
    lines = [_line(list(columns), wide, numeric, shown), *(_line(row, wide, numeric, shown) for row in words)]
    left_out = fill(f"not shown for lack of width: {', '.join(columns[shown:])}", width) + "\n"
    return "".join(f"{line.rstrip()}\n" for line in lines) + (left_out if shown < len(columns) else "")


def fill(text: str, width: int) -> str:
    """The text broken into lines of at most `width`."""
    return textwrap.fill(text, max(20, width))


def cell(value: object) -> str:
    """A value in few characters, with control characters made visible as `?`."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}{'Z' if value.tzinfo else ''}"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return "".join("?" if unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp") else mark for mark in str(value))


def cells(text: str) -> int:
    """How many columns of a terminal the text fills: wide East Asian marks two, combining marks none."""
    return sum(_cells(mark) for mark in text)


def fit(text: str, width: int) -> str:
    """The text cut to `width` columns, with `…` where it was cut."""
    if cells(text) <= width:
        return text
    kept, used = "", 0
    for mark in text:
        if used + _cells(mark) > width - 1:
            break
        kept, used = kept + mark, used + _cells(mark)
    return kept + "…"


def series_of(table: Table) -> tuple[list[str], dict[str, list[float | None]]]:
    """The x labels in order, and per series its values at them; None where missing or where there is no row."""
    trend = table.trend
    xs = [cell(value) for value in table.column(trend.x)]
    ys = table.column(drawn(table))
    named = [cell(value) for value in table.column(trend.series)] if trend.series else [trend.y] * len(xs)
    order = sorted(set(xs)) if trend.chart == "line" else list(dict.fromkeys(xs))
    place = {label: at for at, label in enumerate(order)}
    series: dict[str, list[float | None]] = {name: [None] * len(order) for name in named}
    for name, x, y in zip(named, xs, ys, strict=True):
        series[name][place[x]] = float(str(y)) if y is not None else None
    return order, series


def _lines(table: Table, width: int) -> str:
    """One row of blocks per series over a shared scale; long stretches are split into bands that fit the width."""
    order, series = series_of(table)
    wide = min(LABEL, max(cells(name) for name in series))
    room = max(10, width - wide - 12)
    top = max((value for line in series.values() for value in line if value is not None), default=0)
    out = []
    for start in range(0, len(order), room):
        part = order[start : start + room]
        out.append(f"{table.trend.x}: {part[0]} .. {part[-1]}\n")
        for name, line in series.items():
            values = line[start : start + room]
            bar = "".join(GAP if value is None else _block(value, top) for value in values)
            known = [value for value in values if value is not None]
            most = f"max {cell(max(known))}" if known else "not seen"
            out.append(f"{_pad(name, wide)} {bar}  {most}\n")
        out.append("\n")
    name = drawn(table)
    scale = f"{name}: {BLOCKS[0]} 0 .. {BLOCKS[-1]} {cell(top)}; {GAP} {_gap(table)}\n"
    if name != table.trend.y:
        scale += fill(
            f"Nobody looked on any of these days: drawn are the articles that are known of them ({name}).", width
        )
        return "".join(out) + scale + "\n"
    return "".join(out) + scale


def drawn(table: Table) -> str:
    """The column that is drawn: the trend's y, or what is known of days on none of which anybody looked."""
    missing = all(value is None for value in table.column(table.trend.y))
    return KNOWN if missing and KNOWN in table.columns and any(table.column(KNOWN)) else table.trend.y


def _gap(table: Table) -> str:
    """What a gap means: not looked, or, where days without a value were looked at, nothing to take a share of."""
    if "observed_days" not in table.columns:
        return "nobody looked"
    pairs = zip(table.column(table.trend.y), table.column("observed_days"), strict=True)
    return "nobody looked or nothing posted" if any(y is None and days for y, days in pairs) else "nobody looked"


def _bars(table: Table, width: int) -> str:
    """One bar per row; the number stands behind it, `-` where it is missing."""
    trend = table.trend
    labels = [cell(value) for value in table.column(trend.x)]
    if trend.series:
        labels = [f"{x} {cell(s)}" for x, s in zip(labels, table.column(trend.series), strict=True)]
    values = [None if value is None else float(str(value)) for value in table.column(trend.y)]
    wide = min(LABEL, max(map(cells, labels)))
    room = max(10, width - wide - 10)
    top = max((abs(value) for value in values if value is not None), default=0)
    out = [f"{_pad(trend.x, wide)} {trend.y}\n"]
    for label, value in zip(labels, values, strict=True):
        length = round(abs(value) / top * room) if value is not None and top else 0
        out.append(f"{_pad(label, wide)} {'█' * length}{' ' if length else ''}{cell(value)}\n")
    return "".join(out)


def _block(value: float, top: float) -> str:
    if top <= 0 or value <= 0:
        return BLOCKS[0]
    return BLOCKS[min(len(BLOCKS) - 1, max(1, round(value / top * (len(BLOCKS) - 1))))]


def _cells(mark: str) -> int:
    if unicodedata.combining(mark):
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1


def _pad(text: str, width: int, right: bool = False) -> str:
    text = fit(text, width)
    space = " " * (width - cells(text))
    return space + text if right else text + space


def _line(row: list[str], wide: list[int], numeric: list[bool], shown: int) -> str:
    return "  ".join(_pad(word, wide[at], numeric[at]) for at, word in enumerate(row[:shown]))
