"""Draws tables and block-character charts for a terminal: readable at 80 columns and without color."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from rich.cells import cell_len, set_cell_size

from flows.trends.headings import heading
from flows.trends.run import Table

BLOCKS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"
LABEL: Final = 40
SHORT: Final = 20


def sparkline(values: Sequence[float | None]) -> str:
    """One character per value, from the lowest block for 0 to a full one for the largest; None is the gap `·`."""
    top = max((value for value in values if value is not None), default=0)
    return "".join(GAP if value is None else _block(value, top) for value in values)


def chart(table: Table, width: int = 80) -> str:
    """The chart that the trend's header names (for `table` a plain table), with title, question, legend, footnotes."""
    return _drawn(table, width) + below(table, width)


def below(table: Table, width: int) -> str:
    """The footnotes of a table, wrapped to `width`; empty where there are none."""
    return "".join(f"{fill(note, width)}\n" for note in table.footnotes)


def _drawn(table: Table, width: int) -> str:
    trend = table.trend
    head = f"{trend.title}\n{fill(trend.question, width)}\n\n"
    if not table.rows:
        return head
    if trend.chart in ("line", "heat"):
        return head + _lines(table, width)
    if trend.chart == "bar":
        return head + _bars(table, width)
    return head + grid([heading(trend, name) for name in table.columns], table.rows, width)


def grid(columns: Sequence[str], rows: Sequence[Sequence[object]], width: int = 80) -> str:
    """Rows in aligned columns, numbers to the right; a missing value is `-`, long text is cut with `…`.

    To fit into `width`, long texts are shortened first, then columns are dropped from the right and named below.
    Numbers and dates are never cut; a text may take 40 columns, or a quarter of a wider table.
    """
    longest = max(LABEL, width // 4)
    texts = [[cell(value) for value in row] for row in rows]
    wide = [
        min(longest, max([cell_len(name), *(cell_len(row[at]) for row in texts)])) for at, name in enumerate(columns)
    ]
    numeric = [all(row[at] is None or isinstance(row[at], int | float) for row in rows) for at in range(len(columns))]
    firm = [numeric[at] or all(isinstance(row[at], date | None) for row in rows) for at in range(len(columns))]
    least = [room if is_firm else min(room, SHORT) for is_firm, room in zip(firm, wide, strict=True)]
    while sum(wide) + 2 * (len(wide) - 1) > width and wide != least:
        slack = [room - low for room, low in zip(wide, least, strict=True)]
        wide[slack.index(max(slack))] -= 1
    shown = len(wide)
    while shown > 1 and sum(wide[:shown]) + 2 * (shown - 1) > width:
        shown -= 1
    lines = [_line(list(columns), wide, numeric, shown), *(_line(row, wide, numeric, shown) for row in texts)]
    dropped = fill(f"columns that do not fit: {', '.join(columns[shown:])}", width) + "\n"
    return "".join(f"{line.rstrip()}\n" for line in lines) + (dropped if shown < len(columns) else "")


def fill(text: str, width: int) -> str:
    """The text wrapped to lines of at most `width` characters."""
    return textwrap.fill(text, max(20, width))


def cell(value: object) -> str:
    """A short text for the value, with control characters replaced by `?`."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}{'Z' if value.tzinfo else ''}"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return "".join("?" if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char for char in str(value))


def fit(text: str, width: int) -> str:
    """The text cut to `width` terminal columns, with `…` where it was cut."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def series_of(table: Table) -> tuple[list[str], dict[str, list[float | None]]]:
    """The x labels in order, and the values of each series at them; None for a missing value or row."""
    trend = table.trend
    xs = [cell(value) for value in table.column(trend.x)]
    ys = table.column(trend.y)
    named = [cell(value) for value in table.column(trend.series)] if trend.series else [trend.y] * len(xs)
    order = sorted(set(xs)) if trend.chart == "line" else list(dict.fromkeys(xs))
    place = {label: at for at, label in enumerate(order)}
    series: dict[str, list[float | None]] = {name: [None] * len(order) for name in named}
    for name, x, y in zip(named, xs, ys, strict=True):
        series[name][place[x]] = float(str(y)) if y is not None else None
    return order, series


def _lines(table: Table, width: int) -> str:
    """One row of blocks per series on a shared scale; long ranges are split into bands that fit the width."""
    order, series = series_of(table)
    wide = min(LABEL, max(map(cell_len, series)))
    room = max(10, width - wide - 12)
    top = max((value for line in series.values() for value in line if value is not None), default=0)
    out = []
    for start in range(0, len(order), room):
        part = order[start : start + room]
        out.append(f"{heading(table.trend, table.trend.x)}: {part[0]} .. {part[-1]}\n")
        for name, line in series.items():
            values = line[start : start + room]
            blocks = "".join(GAP if value is None else _block(value, top) for value in values)
            known = [value for value in values if value is not None]
            most = f"max {cell(max(known))}" if known else "no data"
            out.append(f"{_pad(name, wide)} {blocks}  {most}\n")
        out.append("\n")
    name = heading(table.trend, table.trend.y)
    return "".join(out) + f"{name}: {BLOCKS[0]} 0 .. {BLOCKS[-1]} {cell(top)}; {GAP} {_gap(table)}\n"


def _gap(table: Table) -> str:
    """What a gap means: nothing is known or, for a share on an observed day, there were no articles."""
    if "observed_days" not in table.columns:
        return "not known"
    pairs = zip(table.column(table.trend.y), table.column("observed_days"), strict=True)
    return "not known or no articles" if any(y is None and days for y, days in pairs) else "not known"


def _bars(table: Table, width: int) -> str:
    """One horizontal bar per row, followed by the value, `-` if it is missing."""
    trend = table.trend
    labels = [cell(value) for value in table.column(trend.x)]
    if trend.series:
        labels = [f"{x} {cell(s)}" for x, s in zip(labels, table.column(trend.series), strict=True)]
    values = [None if value is None else float(str(value)) for value in table.column(trend.y)]
    wide = min(LABEL, max(map(cell_len, labels)))
    room = max(10, width - wide - 10)
    top = max((abs(value) for value in values if value is not None), default=0)
    out = [f"{_pad(heading(trend, trend.x), wide)} {heading(trend, trend.y)}\n"]
    for label, value in zip(labels, values, strict=True):
        length = round(abs(value) / top * room) if value is not None and top else 0
        out.append(f"{_pad(label, wide)} {'█' * length}{' ' if length else ''}{cell(value)}\n")
    return "".join(out)


def _block(value: float, top: float) -> str:
    if top <= 0 or value <= 0:
        return BLOCKS[0]
    return BLOCKS[min(len(BLOCKS) - 1, max(1, round(value / top * (len(BLOCKS) - 1))))]


def _pad(text: str, width: int, right: bool = False) -> str:
    text = fit(text, width)
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def _line(row: list[str], wide: list[int], numeric: list[bool], shown: int) -> str:
    return "  ".join(_pad(text, wide[at], numeric[at]) for at, text in enumerate(row[:shown]))
