"""Says in sentences what a result shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flows.counts import count_text
from flows.trends.catalog import Trend
from flows.trends.charts import cell
from flows.trends.run import Table
from flows.web.wording import NO_HEADINGS, column_text, is_number, is_share, value_text

Rows = list[dict[str, Any]]
_MOST_SERIES: Final = 5
_NAMED: Final = 3
UNRANKED: Final = {"title", "text"}  # columns of x that name one article: a rank by number says nothing


def describe(table: Table, is_partial: Callable[[Mapping[str, Any]], bool]) -> tuple[str, ...]:
    """What a trend's result shows; one sentence saying that there is nothing to show if it has no rows."""
    if not table.rows:
        return ("No difference is likely real.",) if table.folded else ("No data in this range.",)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    if table.trend.chart == "line":
        trend = table.trend
        return lines_text(rows, trend.x, trend.y, trend.series, is_partial, trend.headings)
    if table.trend.name == "rising_topics":
        return tuple(rising_text(row) for row in rows[:_NAMED])
    return _of_ranks(table, rows)


def rising_text(row: Mapping[str, Any]) -> str:
    """One rising topic: articles now, the number expected from the days before, and the ratio with its interval."""
    text = f"{cell(row['topic'])}: {count_text(row['articles'], 'article')} now, {expected_text(row)}"
    return f"{text}; {ratio_text(row)}." if row["ratio"] is not None else f"{text}."


def expected_text(row: Mapping[str, Any]) -> str:
    """The number of articles of a rising topic that is expected at the rate of the days before. Both rates are per
    source and day, so that their ratio holds for any number of sources."""
    return f"{row['articles'] * row['baseline_per_day'] / row['per_day']:.1f} expected"


def ratio_text(row: Mapping[str, Any]) -> str:
    """How many times as many articles a rising topic has, with the 95 % interval."""
    return f"{row['ratio']:.1f} times as many ({row['ratio_low']:.1f} to {row['ratio_high']:.1f})"


def lines_text(
    rows: Rows,
    x: str,
    y: str,
    series_column: str | None,
    is_partial: Callable[[Mapping[str, Any]], bool],
    headings: Mapping[str, str] = NO_HEADINGS,
) -> tuple[str, ...]:
    """Per series the last whole period and the highest one, then how many periods are missing or not whole."""
    series: dict[str, Rows] = {}
    for row in rows:
        series.setdefault(cell(row[series_column]) if series_column else column_text(y, headings), []).append(row)
    found = []
    for name, own in list(series.items())[:_MOST_SERIES]:
        known = [row for row in own if row[y] is not None and not is_partial(row)]
        if known:
            last, most = max(known, key=lambda row: row[x]), max(known, key=lambda row: row[y])
            found.append(
                f"{name}: {_amount(last, y, headings)} in the last whole period ({cell(last[x])}), "
                f"at most {_amount(most, y, headings)} ({cell(most[x])})."
            )
    return (*found, *_gaps(rows, x, y, is_partial)) if rows else ("No data in this range.",)


def _gaps(rows: Rows, x: str, y: str, is_partial: Callable[[Mapping[str, Any]], bool]) -> list[str]:
    missing = {row[x] for row in rows if row[y] is None}
    partial = {row[x] for row in rows if is_partial(row)}
    found = []
    if missing:
        verb = "is a gap" if len(missing) == 1 else "are gaps"
        found.append(f"{count_text(len(missing), 'period')} without an observation {verb}, not zero.")
    if partial:
        found.append(f"{count_text(len(partial), 'period')} not whole: hollow points, dashed lines.")
    return found


def _amount(row: Mapping[str, Any], y: str, headings: Mapping[str, str]) -> str:
    text = value_text(row[y], y)
    if is_share(y):
        low, high = row.get("share_low"), row.get("share_high")
        return f"{text} ({value_text(low, y)} to {value_text(high, y)})" if low is not None else text
    return f"{text} {column_text(y, headings)}"


def _of_ranks(table: Table, rows: Rows) -> tuple[str, ...]:
    """How many rows, and those with the highest value by name."""
    trend, y = table.trend, table.trend.y
    valued = [row for row in rows if is_number(row[y])]
    if len(valued) < 2 or trend.x in UNRANKED:
        return (f"{count_text(len(rows), 'row')}.",) if len(rows) > 1 else ()
    top = sorted(valued, key=lambda row: -row[y])[:_NAMED]
    named = ", ".join(f"{_name(row, trend)} {_amount(row, y, trend.headings)}" for row in top)
    return (f"{count_text(len(rows), 'row')}; highest: {named}.",)


def _name(row: Mapping[str, Any], trend: Trend) -> str:
    if trend.chart == "heat" and trend.series:
        return f"{cell(row[trend.series])} {trend.x} {cell(row[trend.x])}:"
    value = row[trend.series] if trend.series else None
    if isinstance(value, bool):
        return f"{column_text(trend.x, trend.headings)} {cell(row[trend.x])} ({'' if value else 'not '}{trend.series})"
    return f"{cell(row[trend.x])} ({cell(value)})" if trend.series else cell(row[trend.x])
