"""Writes the report page: one self-contained HTML file with inline SVG, no scripts, all text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from flows.counts import count_text
from flows.data_layout import Layout
from flows.trends.catalog import names
from flows.trends.charts import cell, series_of
from flows.trends.headings import heading
from flows.trends.run import Table, run
from flows.warehouse.output_file import whole_file

COLORS: Final = ("#1b6ca8", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#be123c", "#0f766e", "#475569")
DASHES: Final = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4", "4 2 1 2", "3 6")
WIDE: Final = 760
HIGH: Final = 200
ROWS: Final = 50
NUMBER: Final = ' class="n"'
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
STYLE: Final = (
    "body{font:15px/1.45 sans-serif;max-width:800px;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;font-size:13px}td,th{border-bottom:1px solid #ddd;padding:2px 8px;text-align:left}"
    ".wide{overflow-x:auto}th{vertical-align:bottom}td.n{text-align:right}svg{width:100%;height:auto}"
)


def report(layout: Layout, out: Path) -> list[str]:
    """Write every trend with its defaults to one page at `out` (UTF-8); returns the names of the trends on it.

    Raises ConfigError if nothing is published or `out` cannot be written.
    """
    trends = names()
    parts = [section(run(layout, name)) for name in trends]
    head = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>newsvane report</title><style>{STYLE}</style></head><body>\n<h1>newsvane report</h1>\n"
    )
    with whole_file(out) as path:
        path.write_text(head + "".join(parts) + "</body></html>\n", "utf-8", errors="replace")
    return trends


def section(table: Table) -> str:
    """One trend: title, question, line chart if it has one, and its first rows as a table."""
    trend = table.trend
    chart = _svg(table) if trend.chart == "line" and table.rows else ""
    more = len(table.rows) - ROWS
    note = f"<p>{count_text(more, 'more row')}: newsvane trend {escape(trend.name)}</p>\n" if more > 0 else ""
    rows = _rows(table) if table.rows else ""
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in table.footnotes)
    return f"<h2>{escape(trend.title)}</h2>\n<p>{escape(trend.question)}</p>\n{chart}{rows}{note}{notes}"


def _svg(table: Table) -> str:
    """Lines with gaps where nothing was observed; a single value is a dot. Series differ in dash and color."""
    order, series = series_of(table)
    top = max((value for line in series.values() for value in line if value is not None), default=0) or 1
    step = WIDE / max(1, len(order) - 1)
    shapes = []
    for number, (name, line) in enumerate(series.items()):
        color, dash = COLORS[number % len(COLORS)], DASHES[number % len(DASHES)]
        points = [None if value is None else (at * step, HIGH - value / top * HIGH) for at, value in enumerate(line)]
        shapes += [_segment(part, color, dash) for part in _segments(points)]
        y = HIGH + 40 + 18 * number
        shapes.append(
            f'<line x1="0" x2="30" y1="{y - 4}" y2="{y - 4}" stroke="{color}" stroke-dasharray="{dash}"/>'
            f'<text x="38" y="{y}">{escape(name)}</text>'
        )
    axis = (
        f'<text x="0" y="-6">{escape(heading(table.trend, table.trend.y))}, 0 to {escape(cell(float(top)))}</text>'
        f'<line x1="0" x2="{WIDE}" y1="{HIGH}" y2="{HIGH}" stroke="#888"/>'
        f'<text x="0" y="{HIGH + 16}">{escape(order[0])}</text>'
        f'<text x="{WIDE}" y="{HIGH + 16}" text-anchor="end">{escape(order[-1])}</text>'
    )
    high = HIGH + 60 + 18 * len(series)
    title = escape(table.trend.title)
    return (
        f'<svg viewBox="-10 -22 {WIDE + 20} {high}" role="img" font-size="12"><title>{title}</title>'
        f"{axis}{''.join(shapes)}</svg>\n"
    )


Point = tuple[float, float]


def _segments(points: Sequence[Point | None]) -> list[list[Point]]:
    parts: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            parts.append([])
        else:
            parts[-1].append(point)
    return [part for part in parts if part]


def _segment(points: list[Point], color: str, dash: str) -> str:
    if len(points) == 1:
        return f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2.5" fill="{color}"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline fill="none" stroke="{color}" stroke-width="1.5" stroke-dasharray="{dash}" points="{path}"/>'


def _rows(table: Table) -> str:
    head = "".join(f"<th>{escape(heading(table.trend, name))}</th>" for name in table.columns)
    body = "".join(f"<tr>{''.join(map(_td, row))}</tr>\n" for row in table.rows[:ROWS])
    return f'<div class="wide"><table><tr>{head}</tr>\n{body}</table></div>\n'


def _td(value: object) -> str:
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return f"<td{NUMBER if numeric else ''}>{escape(cell(value))}</td>"
