"""The weather at the sources' own towns beside a comparison of topics: a panel below its chart, and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from flows.warehouse.text_rows import plain
from flows.web.explorer import Explorer, Row
from flows.web.figure import Figure, grid_from
from flows.web.periods import last_day
from flows.web.vega import Spec, with_panel
from flows.web.wording import column_text, value_text

# Column of sql/web/period_weather.sql -> what the page calls it.
WEATHER: Final[Mapping[str, str]] = {
    "min_temp_f": "lowest temperature",
    "max_temp_f": "highest temperature",
    "precip_in": "precipitation",
}


def period_weather(explorer: Explorer, rows: Sequence[Mapping[str, Any]], by: str, source: str | None) -> list[Row]:
    """The weather of the periods that the comparison's rows cover; empty without rows."""
    periods: list[date] = [row["period"] for row in rows]
    if not periods:
        return []
    until = last_day(max(periods), by)
    return explorer.rows("period_weather", by=by, since=min(periods), until=until, source=source)


def weather_spec(spec: Spec, weather: Sequence[Row], column: str) -> Spec:
    """The chart of the comparison with a column of the weather below it."""
    values = [
        {
            "x": plain(row["period"]),
            "y": row[column],
            "tip": f"{row['period']}: {value_text(row[column], column)} {column_text(column)}, {row['days']} days",
        }
        for row in weather
    ]
    return with_panel(spec, values, column_text(column))


def weather_figure(explorer: Explorer, weather: Sequence[Row], column: str, by: str) -> Figure:
    """The weather as a table; a sentence says its range."""
    known = [row for row in weather if row[column] is not None]
    sentences = ("No reading in this range.",)
    if known:
        low, high = min(known, key=lambda row: row[column]), max(known, key=lambda row: row[column])
        sentences = (
            f"{column_text(column)}: from {value_text(low[column])} ({low['period']}) to {value_text(high[column])} "
            f"({high['period']}); n = {len(known)} of {len(weather)} {by}s.",
        )
    return Figure(
        key="weather",
        title=f"Weather: {WEATHER[column]}",
        question="Mean over the own towns of the sources: mean of the days' lowest and highest temperature, sum of the "
        "days' precipitation. Weather beside topics shows no cause: see the trend weather_and_topics for a test.",
        sentences=sentences,
        grid=grid_from(weather),
        chart=None,
        page="/trends/weather_and_topics",
        downloads={},
        statement=explorer.statement("period_weather"),
    )
