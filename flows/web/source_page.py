"""The pages of the sources: health of all, and of one its days, rhythm, politeness and history."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from flows.web.downloads import download, download_links, result_of
from flows.web.drilldown import link
from flows.web.explorer import Explorer, Row
from flows.web.figure import Figure, grid_from, trend_figure
from flows.web.templating import explorer_of, page
from flows.web.vega import Drawing, line_spec

router: Final = APIRouter()
_DAYS: Final = 90
_ALL: Final = ("source_health", "posting_rhythm", "politeness", "days_missing", "posted_to_seen_delay", "first_channel")
_ONE: Final = (
    "posting_rhythm", "top_topics", "politeness", "days_missing", "first_channel", "headline_changes", "silent_edits",
    "vanished_stories",
)  # fmt: skip


@router.get("/sources")
def sources(request: Request) -> Response:
    """All sources: health, rhythm, politeness, missing days."""
    explorer = explorer_of(request)
    return page(request, "sources.html", figures=[trend_figure(explorer, name, {}) for name in _ALL])


@router.get("/sources/{name}")
def source(request: Request, name: str) -> Response:
    """One source."""
    explorer = explorer_of(request)
    found = _one(explorer, name)
    until = found["until_date"] or explorer.today()
    since = datetime.combine(until - timedelta(days=_DAYS - 1), time(), UTC)
    return page(
        request,
        "source.html",
        source=found,
        until=until,
        health=trend_figure(explorer, "source_health", {"source": name}),
        days=_days(explorer, name, until),
        refusals=grid_from(explorer.rows("source_refusals", name=name, since=since)),
        eras=grid_from(explorer.rows("source_eras", name=name)),
        figures=[trend_figure(explorer, trend, {"source": name}) for trend in _ONE],
    )


@router.get("/sources/{name}/chart.json")
def source_chart(request: Request, name: str) -> Response:
    """New articles of the source by day, as a Vega-Lite specification."""
    explorer = explorer_of(request)
    until = _one(explorer, name)["until_date"] or explorer.today()
    drawing = Drawing(
        explorer.rows("source_days", name=name, until=until, days=_DAYS),
        "period",
        "new_articles",
        None,
        f"New articles of {name} by day.",
        lambda row: _day_link(name, row),
        lambda row: row["period"] >= explorer.today(),
    )
    return JSONResponse({**line_spec(drawing), "height": 180})


@router.get("/sources/{name}/data.{form}")
def source_data(request: Request, name: str, form: str) -> Response:
    """The ledger of the source by day as a file."""
    explorer = explorer_of(request)
    until = _one(explorer, name)["until_date"] or explorer.today()
    return download(result_of(explorer.rows("source_days", name=name, until=until, days=_DAYS)), form, "source_days")


def _days(explorer: Explorer, name: str, until: date) -> Figure:
    rows = explorer.rows("source_days", name=name, until=until, days=_DAYS)
    path = _path_of(name)
    observed = sum(row["observed"] for row in rows)
    return Figure(
        key="days",
        title="Day by day",
        question=f"New articles by local day, {_DAYS} days; a day that was not observed is a gap, not zero.",
        sentences=(f"{observed} of {_DAYS} days up to {until} were observed.",),
        grid=grid_from(rows[::-1], lambda row: _day_link(name, row)),
        chart=f"{path}/chart.json" if observed else None,
        page=path,
        downloads=download_links(path),
        statement=explorer.statement("source_days"),
    )


def _path_of(name: str) -> str:
    """The path of a source's page."""
    return f"/sources/{quote(name, safe='')}"


def _day_link(name: str, row: Row) -> str:
    return link("/articles", source=name, since=row["period"], until=row["period"], clock="first_seen")


def _one(explorer: Explorer, name: str) -> Row:
    found = explorer.rows("source", name=name)
    if not found:
        raise HTTPException(404, f"source '{name}' is not in this snapshot")
    return found[0]
