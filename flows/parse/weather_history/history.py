"""Reads any file or response of weather history: knows its format by its content, and names what it cannot read."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import date
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from flows.errors import ShapeError
from flows.model import Page
from flows.parse.weather_history.climate_reports import is_climate_report, read_climate_report
from flows.parse.weather_history.climate_tables import is_climate_table, read_climate_table
from flows.parse.weather_history.ghcn import is_ghcn, read_ghcn
from flows.parse.weather_history.metar_table import is_metar_table, read_metar_table
from flows.parse.weather_history.open_meteo import is_open_meteo, read_open_meteo
from flows.parse.weather_history.station_lists import (
    is_ghcn_stations,
    is_mesonet_network,
    is_meteostat,
    read_ghcn_stations,
    read_json,
    read_mesonet_network,
    read_meteostat,
)
from flows.parse.weather_history.storm_events import is_storm_events, read_storm_events
from flows.parse.weather_history.vtec import is_vtec_table, read_vtec_table
from flows.weather_model import ReadProblem, WeatherHistory

_GZIP: Final = b"\x1f\x8b"
_MAX_DECODED: Final = 256 * 1024 * 1024
_HEAD: Final = 4000
UNKNOWN: Final = "the format is not known"
FORMATS: Final = (
    "METAR tables of the Iowa Environmental Mesonet, GHCN-Daily (access CSV, rows, .dly), Storm Events details, VTEC"
    " tables, Open-Meteo JSON, climate tables and reports (CLI, CF6, COOP, RTP), station lists"
)


def parse_history(page: Page) -> WeatherHistory:
    """The records of one file or response, plain or gzip.

    The query of the URL can say what the bytes do not: `tz`, the zone of local times; `line`, the line number that the
    bytes begin with; `since` and `until`, the days to keep (others are counted). Raises ShapeError for a format that
    is not read.
    """
    options = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    name = unquote(urlsplit(page.url).path.rpartition("/")[2])
    text = _text(page.body)
    try:
        found = _read(text, name if page.url.startswith("file:") else page.url, options)
    except ShapeError as error:
        raise ShapeError(error.message, source=page.source, url=page.url) from error
    if page.url.startswith("file:"):
        _keep_between(found, _day(options.get("since")), _day(options.get("until")))
    return found


def header_lines(head: str) -> int | None:
    """How many lines of a file, comments included, are its header, which every part of it needs; 0 for a format whose
    lines stand alone, None for one that cannot be split by lines. Raises ShapeError for an empty file."""
    first = _first_line(head.removeprefix("\ufeff"))
    is_headed = first.lower().strip('"').startswith(("station", "date"))
    if is_ghcn_stations(first) or is_meteostat(first) or (is_ghcn(first) and not is_headed):
        return 0
    is_table = (is_metar_table, is_ghcn, is_storm_events, is_vtec_table, is_climate_table)
    if any(matches(first) for matches in is_table):
        return head.removeprefix("\ufeff").splitlines().index(first) + 1
    return None


def _read(text: str, name: str, options: dict[str, str]) -> WeatherHistory:
    first_line = int(options.get("line", "1")) if options.get("line", "1").isdigit() else 1
    first = _first_line(text)
    if is_metar_table(first):
        return read_metar_table(text, first_line, options.get("tz"))
    if is_ghcn(first):
        return read_ghcn(text, first_line, name)
    for matches, read in (
        (is_ghcn_stations, read_ghcn_stations), (is_meteostat, read_meteostat), (is_storm_events, read_storm_events),
        (is_vtec_table, read_vtec_table), (is_climate_table, read_climate_table),
    ):  # fmt: skip
        if matches(first):
            return read(text, first_line)
    if is_climate_report(text[:_HEAD]):
        return read_climate_report(text, first_line)
    if first.startswith(("{", "[")):
        return _read_json(text, name)
    raise ShapeError(f"{UNKNOWN}: it begins with {first[:60]!r}")


def _read_json(text: str, name: str) -> WeatherHistory:
    answer = read_json(text)
    if is_open_meteo(answer):
        return read_open_meteo(answer, name)
    if is_mesonet_network(answer):
        return read_mesonet_network(answer)
    raise ShapeError(f"{UNKNOWN}: JSON of another kind")


def _first_line(text: str) -> str:
    """The first line that is neither empty nor a comment."""
    for line in text[: _HEAD * 4].splitlines():
        if line.strip() and not line.startswith("#"):
            return line
    raise ShapeError("the file is empty, or has comments only")


def _text(body: bytes | str) -> str:
    """The text of the bytes, unpacked. Raises ShapeError for a damaged or far too large gzip file."""
    if isinstance(body, str):
        return body.removeprefix("\ufeff")
    if body.startswith(_GZIP):
        try:
            body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(_MAX_DECODED + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise ShapeError(f"a damaged gzip file: {error}") from error
        if len(body) > _MAX_DECODED:
            raise ShapeError(f"more than {_MAX_DECODED // 1024**2} MB when unpacked: split the file")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _keep_between(found: WeatherHistory, since: date | None, until: date | None) -> None:
    """Leave out, counted, the reports, days, storms, alerts and forecasts outside the days asked for; instants count by
    their UTC day, with a day more at both ends, so that no local day is cut."""
    first, last = since or date.min, until or date.max
    near_first = first if first == date.min else date.fromordinal(first.toordinal() - 1)
    near_last = last if last == date.max else date.fromordinal(last.toordinal() + 1)
    before = found.kept
    found.reports = [r for r in found.reports if near_first <= r.observed_at.date() <= near_last]
    found.days = [day for day in found.days if first <= day.date <= last]
    found.storms = [storm for storm in found.storms if first <= storm.begin_date <= last]
    found.alerts = [a for a in found.alerts if a.onset_at and near_first <= a.onset_at.date() <= near_last]
    found.forecasts = [forecast for forecast in found.forecasts if first <= forecast.valid_date <= last]
    if outside := before - found.kept:
        asked = f"{since or 'the beginning'} to {until or 'the end'}"
        found.problems.append(ReadProblem(f"outside the days asked for ({asked})", outside, 0, ""))
