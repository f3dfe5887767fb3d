"""The weather page: a town's observed days and forecasts, alerts, forecast error, closings against cold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from flows.errors import ConfigError
from flows.warehouse.text_rows import plain
from flows.web.address import day_in
from flows.web.downloads import download, download_links, result_of
from flows.web.drilldown import link
from flows.web.explorer import Explorer, Row
from flows.web.figure import Figure, grid_from, trend_figure
from flows.web.templating import explorer_of, page, state_of
from flows.web.vega import Spec, range_spec, two_panel_spec
from flows.web.wording import value_text

router: Final = APIRouter()
_DAYS: Final = 60
_TRENDS: Final = ("forecast_error", "closings_and_weather", "closings_lead", "weather_and_topics", "topics_after_alert")
_ALERT_HOURS: Final = 24 * 14


@router.get("/weather")
def weather(request: Request) -> Response:
    """The weather of one town (`town`, else the first one) up to a day, and all closings and alerts."""
    explorer = explorer_of(request)
    state, towns, town, until = _choice(explorer, request)
    key = town["place_key"] if town else ""
    return page(
        request,
        "weather.html",
        state=state,
        towns=towns,
        town=town,
        readings=grid_from(explorer.rows("weather_now", now=explorer.now())),
        observed=_observed(explorer, town, until) if town else None,
        forecasts=grid_from(explorer.rows("forecasts", place_key=key, day=explorer.today())),
        alerts=grid_from(explorer.rows("alerts", now=explorer.now(), hours=_ALERT_HOURS)),
        closings=_closings(explorer, until),
        polls=grid_from(explorer.rows("closing_polls")),
        figures=[trend_figure(explorer, name, {}) for name in _TRENDS],
    )


@router.get("/weather/{part}/chart.json")
def weather_chart(request: Request, part: str) -> Response:
    """The chart of the observed days (`town`) or of the closings, as a Vega-Lite specification."""
    rows = _part(request, part)
    return JSONResponse(_observed_spec(rows) if part == "town" else _closings_spec(rows))


@router.get("/weather/{part}/data.{form}")
def weather_data(request: Request, part: str, form: str) -> Response:
    """The rows of a part of the page as a file."""
    return download(result_of(_part(request, part)), form, f"weather_{part}")


def _part(request: Request, part: str) -> list[Row]:
    explorer = explorer_of(request)
    _, _, town, until = _choice(explorer, request)
    if part == "town":
        return _town_rows(explorer, town, until) if town else []
    if part == "closings":
        return explorer.rows("closing_days", until=until, days=_DAYS)
    raise ConfigError(f"part '{part}': valid parts are town, closings")


def _choice(explorer: Explorer, request: Request) -> tuple[dict[str, str], list[Row], Row | None, date]:
    """The state, all towns, the one chosen (None without any), the last day; raises ConfigError for an unknown town."""
    state, towns = state_of(request), explorer.rows("weather_towns")
    key = state.get("town")
    found = [town for town in towns if key is None or town["place_key"] == key]
    if key is not None and not found:
        raise ConfigError(f"parameter 'town': '{key}' has no observed weather")
    town = found[0] if found else None
    until = day_in(state, "until") or (town["last_date"] if town else None) or explorer.last_day() or explorer.today()
    return state, towns, town, until


def _town_rows(explorer: Explorer, town: Row, until: date) -> list[Row]:
    return explorer.rows("weather_days", place_key=town["place_key"], until=until, days=_DAYS)


def _observed(explorer: Explorer, town: Row, until: date) -> Figure:
    rows = _town_rows(explorer, town, until)
    state = {"town": town["place_key"], "until": until}
    return Figure(
        key="observed",
        title=f"Observed: {town['town']}",
        question=f"Lowest to highest temperature of each local day, {_DAYS} days up to {until}; days without a reading "
        "are gaps.",
        sentences=_extremes(rows),
        grid=grid_from(rows[::-1]),
        chart=link("/weather/town/chart.json", **state),
        page=link("/weather", **state),
        downloads=download_links("/weather/town", **state),
        statement=explorer.statement("weather_days"),
    )


def _extremes(rows: Sequence[Row]) -> tuple[str, ...]:
    known = [row for row in rows if row["min_temp_f"] is not None]
    if not known:
        return ("No reading in this range.",)
    low, high = min(known, key=lambda row: row["min_temp_f"]), max(known, key=lambda row: row["max_temp_f"])
    days = len({row["period"] for row in known})
    return (
        f"Lowest {value_text(low['min_temp_f'])} °F ({low['period']}, {low['provider']}), highest "
        f"{value_text(high['max_temp_f'])} °F ({high['period']}, {high['provider']}); n = {days} of {_DAYS} days.",
    )


def _closings(explorer: Explorer, until: date) -> Figure:
    rows = explorer.rows("closing_days", until=until, days=_DAYS)
    closed = [row for row in rows if row["organizations"]]
    most = max(closed, key=lambda row: row["organizations"], default=None)
    sentence = f"Closings on {len(closed)} of {_DAYS} days"
    if most:
        cold = most["min_feels_like_f"]
        sentence += f"; most on {most['period']}: {most['organizations']:,} organizations"
        sentence += f", feels like {value_text(cold)} °F at the lowest" if cold is not None else ""
    return Figure(
        key="closings",
        title="Closings against cold",
        question="Organizations closed by day, above the lowest feels-like temperature at the sources' own towns; days "
        "without a readable list are gaps.",
        sentences=(f"{sentence}.",),
        grid=grid_from(rows[::-1]),
        chart=link("/weather/closings/chart.json", until=until) if closed else None,
        page=link("/weather", until=until) + "#closings",
        downloads=download_links("/weather/closings", until=until),
        statement=explorer.statement("closing_days"),
    )


def _observed_spec(rows: Sequence[Row]) -> Spec:
    values: list[dict[str, Any]] = [
        {
            "x": plain(row["period"]),
            "low": row["min_temp_f"],
            "high": row["max_temp_f"],
            "series": row["provider"],
            "tip": f"{row['provider']}, {row['period']}: {value_text(row['min_temp_f'])} to "
            f"{value_text(row['max_temp_f'])} °F",
        }
        for row in rows
    ]
    return range_spec(values, "Lowest to highest temperature by day.", "temperature (°F)")


def _closings_spec(rows: Sequence[Row]) -> Spec:
    values: list[dict[str, Any]] = [
        {
            "x": plain(row["period"]),
            "above": row["organizations"],
            "below": row["min_feels_like_f"],
            "tip": f"{row['period']}: {value_text(row['organizations'])} closed, feels like "
            f"{value_text(row['min_feels_like_f'])} °F",
        }
        for row in rows
    ]
    return two_panel_spec(values, "Closings and cold by day.", "closed organizations", "lowest feels like (°F)")
