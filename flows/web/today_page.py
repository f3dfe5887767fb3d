"""The first page: what came, what rises, what is new or faded, who is silent, weather and closings, silent changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from flows.errors import ConfigError
from flows.web.address import day_in
from flows.web.day_facts import alerts, day_summary, end_of_day, readings, rising
from flows.web.downloads import download, download_links, result_of
from flows.web.drilldown import link
from flows.web.explorer import Explorer, Row
from flows.web.figure import Figure, grid_from, trend_figure
from flows.web.templating import explorer_of, page, state_of
from flows.web.vega import Drawing, line_spec
from flows.web.wording import day_text

router: Final = APIRouter()
_DAYS: Final = 28
_NEW_DAYS: Final = 7
_LATEST: Final = 12
_ALERTS: Final = 50
# The tables of the page: title, and statement in sql/web.
_TABLES: Final = {
    "arrivals": ("New articles by source, beside the 28 days before", "arrivals"),
    "readings": ("Latest readings, beside the usual low and high of 28 days", "weather_now"),
}


@router.get("/")
def today(request: Request) -> Response:
    """The page of one day: the last observed one, or `day` in the address."""
    explorer, state = explorer_of(request), state_of(request)
    last = explorer.last_day()
    day = _day(state, last) or explorer.today()
    now = end_of_day(explorer, day)
    arrivals = explorer.rows("arrivals", day=day)
    changes = explorer.rows("silent_changes", since_at=now - timedelta(days=1), most=_LATEST)
    return page(
        request,
        "today.html",
        day=day,
        last=last,
        has_report=explorer.layout.report.exists(),
        is_now=day == explorer.today(),
        before=link("/", day=day - timedelta(days=1)),
        after=link("/", day=day + timedelta(days=1)) if last and day < last else None,
        by_source=_table(explorer, day, "arrivals", [_beside_usual(row) for row in arrivals], _source_link(day)),
        summary=day_summary(arrivals, day, is_over=day < explorer.today()),
        silent=_silent(arrivals, day),
        came=_came(explorer, day),
        rising=rising(explorer, day),
        topics=_topics(explorer, day) if last else [],
        **_weather(explorer, day, now),
        changes=changes,
        latest=explorer.rows("articles", **_latest_filters(day)),
    )


@router.get("/today/chart.json")
def today_chart(request: Request) -> Response:
    """New articles by day, as a Vega-Lite specification."""
    explorer, state = explorer_of(request), state_of(request)
    day = _day(state, explorer.last_day()) or explorer.today()
    drawing = Drawing(
        explorer.rows("day_arrivals", day=day, days=_DAYS),
        "period",
        "new_articles",
        None,
        "New articles by day.",
        _day_link,
        lambda row: row["period"] >= explorer.today() or row["observed_sources"] < row["sources"],
    )
    return JSONResponse({**line_spec(drawing), "height": 160})


@router.get("/today/data.{form}")
def today_data(request: Request, form: str) -> Response:
    """New articles by day as a file."""
    explorer = explorer_of(request)
    day = _day(state_of(request), explorer.last_day()) or explorer.today()
    return download(result_of(explorer.rows("day_arrivals", day=day, days=_DAYS)), form, "new_articles")


@router.get("/today/{table}/data.{form}")
def today_table(request: Request, table: str, form: str) -> Response:
    """A table of the page as a file: `arrivals` (new articles by source) or `readings` (the latest weather)."""
    explorer = explorer_of(request)
    day = _day(state_of(request), explorer.last_day()) or explorer.today()
    if table not in _TABLES:
        raise ConfigError(f"table '{table}': the tables are {', '.join(_TABLES)}")
    return download(result_of(_rows(explorer, day, table)), form, table)


def _rows(explorer: Explorer, day: date, table: str) -> list[Row]:
    if table == "arrivals":
        return explorer.rows("arrivals", day=day)
    return readings(explorer, end_of_day(explorer, day))


def _table(
    explorer: Explorer,
    day: date,
    table: str,
    rows: Sequence[Row],
    target: Callable[[Row], str | None] = lambda row: None,
) -> Figure:
    """A table of the page with its downloads and its statement."""
    title, statement = _TABLES[table]
    return Figure(
        key=table,
        title=title,
        question="",
        sentences=(),
        grid=grid_from(rows, target),
        chart=None,
        page="",
        downloads=download_links(f"/today/{table}", day=day),
        statement=explorer.statement(statement),
    )


def _beside_usual(row: Row) -> Row:
    """The columns of a source that fit beside the chart."""
    is_known = row["usual"] is not None
    usual = f"{row['usual']:.0f} ({row['usual_low']} to {row['usual_high']})" if is_known else None
    return {"source": row["source"], "new_articles": row["new_articles"], "usual": usual, "days": row["usual_days"]}


def _with_usual_range(row: Row) -> Row:
    """A reading with its usual low and high in one column."""
    usual = [row["usual_low_temp_f"], row["usual_high_temp_f"]]
    text = " to ".join(f"{value:.0f}" for value in usual) if None not in usual else None
    names = ("place", "temp_f", "feels_like_f", "condition")
    return {**{name: row[name] for name in names}, "usual_f": text, "read_at": row["read_at"]}


def _source_link(day: date) -> Callable[[Row], str]:
    return lambda row: link("/articles", source=row["source"], since=day, until=day)


def _came(explorer: Explorer, day: date) -> Figure:
    rows = explorer.rows("day_arrivals", day=day, days=_DAYS)
    return Figure(
        key="came",
        title="What came",
        question="New articles by day, 28 days; days not observed are gaps, the day that is not over is dashed.",
        sentences=(),
        grid=grid_from(rows[::-1], _day_link),
        chart=link("/today/chart.json", day=day) if any(row["new_articles"] is not None for row in rows) else None,
        page=link("/articles", clock="first_seen", until=day),
        downloads=download_links("/today", day=day),
        statement=explorer.statement("day_arrivals"),
    )


def _day_link(row: Row) -> str:
    return link("/articles", since=row["period"], until=row["period"], clock="first_seen")


def _topics(explorer: Explorer, day: date) -> list[Figure]:
    """New and faded topics, as tables."""
    found = [trend_figure(explorer, "new_topics", {"days": str(_NEW_DAYS), "until": str(day)}, _LATEST)]
    found.append(trend_figure(explorer, "faded_topics", {"until": str(day)}, _LATEST))
    return [replace(figure, chart=None) for figure in found]


def _day(state: dict[str, str], last: date | None) -> date | None:
    """The day in the address, else the last observed one; raises ConfigError for an invalid day."""
    return day_in(state, "day") or last


def _silent(arrivals: Sequence[Row], day: date) -> list[str]:
    """The sources that were not observed on the day."""
    found = []
    for row in arrivals:
        if not row["observed"]:
            last = row["last_observed_date"]
            since = f"last observed on {day_text(last)}" if last else "never observed"
            found.append(f"{row['source']}: not observed on {day_text(day)}; {since}.")
    return found


def _weather(explorer: Explorer, day: date, now: datetime) -> dict[str, Any]:
    found = alerts(explorer, now)
    return {
        "weather": _table(explorer, day, "readings", [_with_usual_range(row) for row in readings(explorer, now)]),
        "alerts": found[:_ALERTS],
        "all_alerts": len(found),
        "closings": explorer.rows("closings", day=day),
        "polls": explorer.rows("closing_polls"),
    }


def _latest_filters(day: date) -> dict[str, object]:
    names = ("source", "url", "origin", "topic", "other", "town", "story", "weekday", "hour", "words", "since")
    return {
        **dict.fromkeys(names), "until": day, "observed": False, "leaf": False,
        "clock": "first_seen", "most": _LATEST, "skip": 0,
    }  # fmt: skip
