"""The first page: what came, what rises, what is new or faded, who is silent, weather and closings, silent changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from flows.sources import normalize_label
from flows.trends.charts import cell
from flows.web.address import day_in
from flows.web.downloads import download, download_links, result_of
from flows.web.drilldown import link
from flows.web.explorer import Explorer, Row
from flows.web.figure import Figure, grid_from, trend_figure
from flows.web.sentences import expected_text, ratio_text
from flows.web.templating import explorer_of, page, state_of
from flows.web.vega import Drawing, line_spec
from flows.web.wording import count_text, day_text, value_text

router: Final = APIRouter()
_DAYS: Final = 28
_RISING: Final = 8
_RISING_DAYS: Final = 7
_NEW_DAYS: Final = 7
_LATEST: Final = 12
_ALERTS: Final = 50
_READING: Final = ("place", "temp_f", "feels_like_f", "condition", "usual_low_temp_f", "usual_high_temp_f", "read_at")


@router.get("/")
def today(request: Request) -> Response:
    """The page of one day: the last observed one, or `day` in the address."""
    explorer, state = explorer_of(request), state_of(request)
    last = explorer.last_day()
    day = _day(state, last) or explorer.today()
    now = _moment(explorer, day)
    arrivals = explorer.rows("arrivals", day=day)
    changes = explorer.rows("silent_changes", since_at=now - timedelta(days=1), most=_LATEST)
    return page(
        request,
        "today.html",
        day=day,
        last=last,
        is_now=day == explorer.today(),
        before=link("/", day=day - timedelta(days=1)),
        after=link("/", day=day + timedelta(days=1)) if last and day < last else None,
        arrivals=grid_from(arrivals, lambda row: link("/articles", source=row["source"], since=day, until=day)),
        summary=_summary(arrivals, day),
        silent=_silent(arrivals, day),
        came=_came(explorer, day),
        rising=_rising(explorer, day),
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
    found = [trend_figure(explorer, "new_topics", {"days": str(_NEW_DAYS)}, _LATEST)]
    found.append(trend_figure(explorer, "faded_topics", {"until": str(day)}, _LATEST))
    return [replace(figure, chart=None) for figure in found]


def _day(state: dict[str, str], last: date | None) -> date | None:
    """The day in the address, else the last observed one; raises ConfigError for an invalid day."""
    return day_in(state, "day") or last


def _moment(explorer: Explorer, day: date) -> datetime:
    """The end of the day in the explorer's zone, at most now; UTC."""
    end = datetime.combine(day + timedelta(days=1), time(), explorer.zone).astimezone(UTC)
    return min(end, explorer.now())


def _summary(arrivals: Sequence[Row], day: date) -> list[str]:
    """What came, beside the usual number of the sources."""
    watched = [row for row in arrivals if row["observed"]]
    if not watched:
        return [f"No source was observed on {day_text(day)}."]
    new, posted = sum(row["new_articles"] for row in watched), sum(row["posted"] for row in arrivals)
    found = [
        f"{count_text(new, 'new article')} at {len(watched)} of {count_text(len(arrivals), 'source')}; "
        f"{count_text(posted, 'known article was', 'known articles were')} posted on this day."
    ]
    for row in watched:
        if row["usual_days"] >= 7 and not row["usual_low"] <= row["new_articles"] <= row["usual_high"]:
            found.append(
                f"{row['source']}: {row['new_articles']} new, usually {value_text(row['usual'])} "
                f"({row['usual_low']} to {row['usual_high']} on nine of ten days, n = {row['usual_days']} days)."
            )
    return found


def _silent(arrivals: Sequence[Row], day: date) -> list[str]:
    """The sources that were not observed on the day."""
    found = []
    for row in arrivals:
        if not row["observed"]:
            last = row["last_observed_date"]
            since = f"last observed on {day_text(last)}" if last else "never observed"
            found.append(f"{row['source']}: not observed on {day_text(day)}; {since}.")
    return found


def _rising(explorer: Explorer, day: date) -> list[dict[str, Any]]:
    """The rising topics as sentences with links: articles now, expected, ratio with interval, sources."""
    table = explorer.trend("rising_topics", {"until": str(day)})
    since = day - timedelta(days=_RISING_DAYS - 1)
    rows: list[Row] = [dict(zip(table.columns, row, strict=True)) for row in table.rows[:_RISING]]
    topics = [normalize_label(cell(row["topic"])) for row in rows]
    found = explorer.rows("topic_sources", topics=topics, since=since, until=day) if topics else []
    sources = {row["topic"]: row for row in found}
    sentences = []
    for row, topic in zip(rows, topics, strict=True):
        if row["ratio_low"] is None or row["ratio_low"] <= 1:
            continue
        text = f"{count_text(row['articles'], 'article')} in {_RISING_DAYS} days, {expected_text(row)}"
        if at := sources.get(topic):
            text += f"; {at['sources']} of {count_text(at['observed_sources'], 'source')}"
        sentences.append({
            "topic": row["topic"],
            "text": f"{text}; {ratio_text(row)}.",
            "link": link("/articles", topic=topic, since=since, until=day, observed=1),
            "compare": link("/topics", topic=topic),
        })  # fmt: skip
    return sentences


def _weather(explorer: Explorer, day: date, now: datetime) -> dict[str, Any]:
    alerts = explorer.rows("alerts", now=now, hours=24)
    return {
        "weather": grid_from([{name: row[name] for name in _READING} for row in explorer.rows("weather_now", now=now)]),
        "alerts": alerts[:_ALERTS],
        "all_alerts": len(alerts),
        "closings": explorer.rows("closings", day=day),
        "polls": explorer.rows("closing_polls"),
    }


def _latest_filters(day: date) -> dict[str, object]:
    names = ("source", "url", "origin", "topic", "other", "town", "story", "weekday", "hour", "words", "since")
    return {
        **dict.fromkeys(names), "until": day, "observed": False, "clock": "first_seen", "most": _LATEST, "skip": 0,
    }  # fmt: skip
