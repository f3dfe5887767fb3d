"""Makes a figure of a result: sentences, chart, table, and the links to its SQL, its downloads and its articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from flows.trends.catalog import Trend
from flows.trends.run import Table
from flows.web.downloads import download_links
from flows.web.drilldown import link, row_link
from flows.web.explorer import Explorer
from flows.web.periods import is_partial, length_of
from flows.web.sentences import UNRANKED, describe
from flows.web.vega import Drawing, Spec, bar_spec, heat_spec, line_spec
from flows.web.wording import NO_HEADINGS, column_text, is_number

_SHOWN: Final = 100
# Lists for people and programs, not for the table: the values behind a sparkline.
_HIDDEN: Final = {"dates", "daily_articles"}
_NAMES: Final = ("title", "topic", "town")


@dataclass(frozen=True)
class Grid:
    """A table to show: column names and their headings, rows of values, and for each row where it leads."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    links: tuple[str | None, ...]
    total: int

    @cached_property
    def linked(self) -> int:
        """The column that bears the link of its row."""
        named = [self.columns.index(name) for name in _NAMES if name in self.columns]
        return named[0] if named else 0

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """For each column whether its values are numbers."""
        return tuple(
            any(is_number(row[at]) for row in self.rows)
            and all(row[at] is None or is_number(row[at]) for row in self.rows)
            for at in range(len(self.columns))
        )


@dataclass(frozen=True)
class Figure:
    """One result on a page. `chart` is the address of its Vega-Lite specification, None for a plain table; `page` the
    address at which it stands alone with its SQL."""

    key: str
    title: str
    question: str
    sentences: tuple[str, ...]
    grid: Grid
    chart: str | None
    page: str
    downloads: dict[str, str]
    notes: tuple[str, ...] = ()
    grain: str = ""
    statement: str | None = None


def grid_of(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    link_of: Callable[[dict[str, Any]], str | None] = lambda row: None,
    most: int = _SHOWN,
    headings: Mapping[str, str] = NO_HEADINGS,
) -> Grid:
    """The first `most` rows as a grid, without hidden columns."""
    kept = [at for at, name in enumerate(columns) if name not in _HIDDEN]
    names = tuple(columns[at] for at in kept)
    shown = rows[:most]
    links = tuple(link_of(dict(zip(columns, row, strict=True))) for row in shown)
    values = tuple(tuple(row[at] for at in kept) for row in shown)
    return Grid(names, tuple(column_text(name, headings) for name in names), values, links, len(rows))


def grid_from(
    rows: Sequence[dict[str, Any]], link_of: Callable[[dict[str, Any]], str | None] = lambda row: None
) -> Grid:
    """The same of rows by column name."""
    columns = tuple(rows[0]) if rows else ()
    return grid_of(columns, [tuple(row.values()) for row in rows], link_of)


def trend_figure(
    explorer: Explorer, name: str, params: Mapping[str, str | None], most: int = _SHOWN, table: Table | None = None
) -> Figure:
    """The figure of a trend with these parameters. Raises ConfigError for an unknown trend or an invalid parameter."""
    table = table or explorer.trend(name, params)
    trend, last = table.trend, explorer.last_day()
    state = {key: text for key, text in params.items() if text}
    return Figure(
        key=name,
        title=trend.title,
        question=trend.question,
        sentences=describe(table, lambda row: partial_row(trend, row, params, explorer.today())),
        grid=grid_of(table.columns, table.rows, lambda row: row_link(trend, row, params, last), most, trend.headings),
        chart=link(f"/trends/{name}/chart.json", **state) if drawable(table) else None,
        page=link(f"/trends/{name}", **state),
        downloads=download_links(f"/trends/{name}", **state),
        notes=(*table.notes, *table.footnotes),
        grain=trend.grain,
    )


def trend_spec(explorer: Explorer, table: Table, params: Mapping[str, str | None]) -> Spec:
    """The Vega-Lite specification of a trend's chart."""
    trend, last, today = table.trend, explorer.last_day(), explorer.today()
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    drawing = Drawing(
        rows,
        trend.x,
        table.trend.y if rows else trend.y,
        trend.series,
        f"{trend.title}. {trend.question}",
        lambda row: row_link(trend, row, params, last),
        lambda row: partial_row(trend, row, params, today),
        trend.headings,
    )
    if trend.chart == "line":
        return line_spec(drawing)
    if trend.chart == "heat":
        return heat_spec(drawing)
    return bar_spec(drawing)


def drawable(table: Table) -> bool:
    """Whether the trend's rows say something as a chart: a number per named thing."""
    if not table.rows or table.trend.x in UNRANKED:
        return False
    return any(is_number(value) for value in table.column(table.trend.y))


def partial_row(trend: Trend, row: Mapping[str, Any], params: Mapping[str, str | None], today: date) -> bool:
    """Whether a row of a trend over time is of a period that is not over, or not whole in the range."""
    start = row.get(trend.x)
    if trend.chart != "line" or not isinstance(start, date):
        return False
    return is_partial(start, length_of(trend, params), row.get("days"), today)
