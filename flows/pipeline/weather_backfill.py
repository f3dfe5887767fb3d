"""Backfills weather history: archives files and responses of services, then loads what the archive has of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flows.clock import Clock
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import NewsvaneError, ShapeError
from flows.fetch.archive.warc_reader import sealed
from flows.fetch.history_session import HistorySession, history_session
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.model import Exchange, Page, Purpose
from flows.parse import parse_history
from flows.pipeline.progress import Notify
from flows.pipeline.warehouse_refresh import Refreshed, refresh_warehouse
from flows.pipeline.weather_files import FileRequest, check_format, content_of, file_url, parts
from flows.pipeline.weather_requests import (
    Request,
    alert_requests,
    forecast_requests,
    nearest,
    report_requests,
    station_for,
    storm_requests,
    years,
)
from flows.pipeline.weather_services import Service, WeatherServices
from flows.settings import ROOT, Settings
from flows.sources import Place, Source
from flows.warehouse.statement_query import run_query
from flows.weather_model import StationPosition

DATASETS: Final = ("reports", "days", "alerts", "storms", "forecasts")
_FILES: Final = ROOT / "sql" / "artifacts" / "weather_files.sql"
_LIST_AGE: Final = timedelta(days=30)
_DAYS_AGE: Final = timedelta(hours=20)
_MAX_STATIONS: Final = 3
# Files are given and not requested: the address says only that they have no home.
_FILE_SOURCE: Final = Source(
    name="weather-files", kind="site", title="Files of weather history", home="https://weather-files.invalid/",
    zone="UTC", enabled=False, disabled_reason="files given to `newsvane weather backfill`",
)  # fmt: skip


@dataclass(slots=True)
class WeatherRun:
    """What one backfill archived: the addresses, and one line per request or file that failed."""

    urls: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Backfill:
    """What a backfill needs: where to archive, the clock, and the places by key. Days are local, both included."""

    layout: Layout
    settings: Settings
    clock: Clock
    notify: Notify
    places: dict[str, Place]
    since: date
    until: date


def archive_files(job: Backfill, paths: Sequence[Path], zone: str | None) -> WeatherRun:
    """Archive files as they are. A file of an unknown format is named and left out; one that is archived already, for
    the same places and days, is not archived again, and an interrupted one is continued."""
    run = WeatherRun()
    request = FileRequest(tuple(job.places), job.since, job.until, zone)
    with history_session(_FILE_SOURCE, job.settings, job.layout, job.clock, job.notify) as session:
        for number, path in enumerate(paths, 1):
            try:
                check_format(path, request)
                added = _add_file(session, path, request)
            except (ShapeError, OSError) as error:
                reason = error.message if isinstance(error, ShapeError) else str(error)
                run.failures.append(f"{path}: {reason}")
                continue
            state = (
                f"{added} part{'s' * (added > 1)} archived"
                if added
                else "archived before, with the same content, places and days"
            )
            job.notify(f"file {number} of {len(paths)}: {path.name}: {state}")
            run.skipped += not added
        run.urls = [exchange.url for exchange in session.fetched]
    return run


def _add_file(session: HistorySession, path: Path, request: FileRequest) -> int:
    sha256, added = content_of(path), 0
    for part in parts(path):
        url = file_url(path, request, sha256, part)
        if not session.is_known(url):
            session.add_file(url, part.body, "text/plain", request.place_keys)
            added += 1
    return added


def ask_services(job: Backfill, services: WeatherServices, datasets: Iterable[str]) -> WeatherRun:
    """Fetch the datasets for the places, politely: one request after the other, with robots.txt, wait and archive. What
    the archive has and no longer changes is not asked again, so an interrupted backfill goes on where it ended."""
    run, wanted = WeatherRun(), set(datasets)
    asked: list[tuple[str, Service, Callable[[HistorySession, WeatherRun], None]]] = []
    if wanted & {"reports", "alerts"}:
        asked.append(("mesonet", services.mesonet, lambda s, r: _ask_mesonet(job, services, wanted, s, r)))
    if wanted & {"days", "storms"}:
        asked.append(("ncei", services.ncei, lambda s, r: _ask_ncei(job, services, wanted, s, r)))
    if "forecasts" in wanted:
        forecasts = forecast_requests(services, job.places, job.since, job.until)
        asked.append(("open-meteo", services.open_meteo, lambda s, r: _ask(job, s, r, forecasts)))
    for name, service, ask in asked:
        try:
            with history_session(service.source(name), job.settings, job.layout, job.clock, job.notify) as session:
                ask(session, run)
                run.urls += [exchange.url for exchange in session.fetched]
        except NewsvaneError as error:
            run.failures.append(str(error))
    return run


def _ask_mesonet(
    job: Backfill, services: WeatherServices, wanted: set[str], session: HistorySession, run: WeatherRun
) -> None:
    if "reports" in wanted:
        by_state = {
            state: _stations(session, run, services.mesonet.stations.format(state=state), list(job.places))
            for state in dict.fromkeys(place.state for place in job.places.values())
        }
        chosen: dict[tuple[date, date], dict[str, list[str]]] = {}
        for first, last in years(job.since, job.until):
            for key, place in job.places.items():
                station = station_for(place, by_state[place.state], first, last)
                if station is None:
                    run.failures.append(f"{place.name}: no METAR station within 60 miles has {first} to {last}")
                else:
                    chosen.setdefault((first, last), {}).setdefault(station, []).append(key)
        _ask(job, session, run, report_requests(services, chosen))
    if "alerts" in wanted:
        _ask(job, session, run, alert_requests(services, job.places, job.since, job.until))


def _ask_ncei(
    job: Backfill, services: WeatherServices, wanted: set[str], session: HistorySession, run: WeatherRun
) -> None:
    if "days" in wanted:
        stations = _stations(session, run, services.ncei.stations, list(job.places))
        for key, place in job.places.items():
            _ask_days(job, services, session, run, key, nearest(place, stations, "US"))
    if "storms" in wanted:
        body = _listing(session, run, services.ncei.storms, "file_list")
        text = (body or b"").decode("utf-8", "replace")
        _ask(job, session, run, storm_requests(services.ncei.storms, text, list(job.places), job.since, job.until))


def _ask_days(
    job: Backfill,
    services: WeatherServices,
    session: HistorySession,
    run: WeatherRun,
    key: str,
    stations: list[StationPosition],
) -> None:
    """The days of the nearest station that has a file; a weather office (USW) within reach is tried first. That one has
    no file (404) is no failure if another has."""
    offices = [station for station in stations if station.station.startswith("USW")]
    candidates = [*offices[:1], *stations[:_MAX_STATIONS]]
    for station in dict.fromkeys(candidate.station for candidate in candidates):
        request = Request(services.ncei.days.format(station=station), f"days of {station}", (key,))
        if session.is_known(request.url, job.clock.now() - _DAYS_AGE):
            _skip(job, session, run, request)
            return
        exchange = _ask_one(job, session, request)
        if exchange.outcome in GOOD_OUTCOMES:
            return
        if exchange.outcome != "gone":
            run.failures.append(_failure(request, exchange))
    run.failures.append(f"{job.places[key].name}: no station within 60 miles has daily values")


def _stations(session: HistorySession, run: WeatherRun, url: str, keys: list[str]) -> list[StationPosition]:
    """A list of stations; the kept one for a month. Empty, with a failure, if it cannot be read."""
    body = _listing(session, run, url, "history", keys, _LIST_AGE)
    try:
        return parse_history(Page(url, body)).positions if body else []
    except ShapeError as error:
        run.failures.append(str(error))
        return []


def _listing(
    session: HistorySession,
    run: WeatherRun,
    url: str,
    purpose: Purpose,
    keys: Sequence[str] = (),
    longest: timedelta = timedelta(),
) -> bytes | None:
    exchange, body = session.listing(url, purpose, keys, longest)
    if body is None and exchange is not None:
        run.failures.append(f"{url}: {exchange.outcome}, {exchange.reason}")
    return body


def _ask(job: Backfill, session: HistorySession, run: WeatherRun, requests: Sequence[Request]) -> None:
    for number, request in enumerate(requests, 1):
        if session.is_known(request.url, request.complete_at):
            _skip(job, session, run, request)
            continue
        exchange = _ask_one(job, session, request, f" ({number} of {len(requests)})")
        if exchange.outcome not in GOOD_OUTCOMES:
            run.failures.append(_failure(request, exchange))


def _skip(job: Backfill, session: HistorySession, run: WeatherRun, request: Request) -> None:
    """Count a request whose response the archive has; what it was not asked for yet gets it from there."""
    run.skipped += 1
    if session.share(request.url, request.place_keys):
        job.notify(f"{request.label}: archived before for another place, and taken from there")


def _ask_one(job: Backfill, session: HistorySession, request: Request, position: str = "") -> Exchange:
    exchange, _ = session.fetch(request.url, request.place_keys)
    is_good = exchange.outcome in GOOD_OUTCOMES
    size = f"{exchange.bytes / 1e6:.1f} MB" if is_good else f"{exchange.reason}"
    job.notify(f"{request.label}{position}: {exchange.outcome}, {size}")
    return exchange


def _failure(request: Request, exchange: Exchange) -> str:
    return f"{request.label}: {exchange.url}: {exchange.outcome}, {exchange.reason}"


def load_history(layout: Layout, services: WeatherServices, notify: Notify) -> Refreshed:
    """Load the archived weather history that is not in the warehouse yet, check the warehouse and publish it."""
    named = [services.mesonet.source("mesonet"), services.ncei.source("ncei")]
    sources = [_FILE_SOURCE, *named, services.open_meteo.source("open-meteo")]
    files = [path for source in sources for path in sealed(layout, source.name)]
    return refresh_warehouse(layout, files, notify=notify)


def describe_files(layout: Layout, urls: Sequence[str]) -> list[str]:
    """What was read from each file or response, and what could not be, one line each; the parts of a file together."""
    totals: dict[str, tuple[str, int, int]] = {}
    problems: dict[tuple[str, str], tuple[int, str]] = {}
    parts_seen = set()
    for url, format_, rows, kept, problem, count, line, sample in run_query(layout, _FILES, {"urls": list(urls)}).rows:
        name = _shown(str(url))
        if url not in parts_seen:
            parts_seen.add(url)
            _, rows_before, kept_before = totals.get(name, ("", 0, 0))
            totals[name] = (str(format_ or "not read"), rows_before + int(str(rows)), kept_before + int(str(kept)))
        if problem is not None:
            known, where = problems.get((name, str(problem)), (0, ""))
            first = f"line {line}: {sample}" if line and sample else f"line {line}" if line else str(sample)
            problems[name, str(problem)] = (known + int(str(count)), where or first)
    lines = []
    for name, (format_, rows, kept) in totals.items():
        lines.append(f"{name}: {format_}: {count_text(rows, 'row')}, {count_text(kept, 'record')}")
        found = [(count, problem, where) for (of, problem), (count, where) in problems.items() if of == name]
        for count, problem, where in sorted(found, key=lambda one: (-one[0], one[1])):
            lines.append(f"  {count} x {problem}" + (f" (first: {where})" if where else ""))
    return lines


def _shown(url: str) -> str:
    parts_of = urlsplit(url)
    return parts_of.path.lstrip("/") if parts_of.scheme == "file" else url
