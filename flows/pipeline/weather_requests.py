"""Plans what a weather backfill asks of services: which station, which address, and what need not be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import quote, urljoin

from flows.pipeline.gazetteer import distance_km
from flows.pipeline.weather_services import WeatherServices
from flows.sources import Place
from flows.weather_model import StationPosition

_MAX_KM: Final = 60 * 1.609344
FIRST_FORECASTS: Final = date(2024, 1, 1)  # Open-Meteo keeps previous runs since then
_COMPLETE_AFTER: Final = timedelta(days=2)  # late reports and corrections arrive within days
_DETAILS: Final = re.compile(r"StormEvents_details-ftp_v1\.0_d(\d{4})_c(\d{8})\.csv\.gz")


@dataclass(frozen=True, slots=True)
class Request:
    """One address, what it is for in words, the places it serves, and when its answer stops changing (None: it never
    changes)."""

    url: str
    label: str
    place_keys: tuple[str, ...]
    complete_at: datetime | None = None


def nearest(place: Place, stations: Sequence[StationPosition], prefix: str = "") -> list[StationPosition]:
    """The stations within 60 miles whose id begins with `prefix`, nearest first."""
    near = [
        (distance_km(place.lat, place.lon, station.lat, station.lon), station)
        for station in stations
        if station.station.startswith(prefix)
    ]
    return [station for distance, station in sorted(near, key=lambda pair: pair[0]) if distance <= _MAX_KM]


def station_for(place: Place, stations: Sequence[StationPosition], since: date, until: date) -> str | None:
    """The METAR station of a place for some days: the configured one, else the nearest; of those listed, only stations
    whose archive has the days. None if there is none within 60 miles."""

    def covers(station: StationPosition) -> bool:
        begins, ends = station.from_date or date.min, station.until_date or date.max
        return begins <= until and ends >= since

    listed = {station.station: station for station in stations}
    own = place.station
    if own and (own not in listed or covers(listed[own])):
        return own
    return next((station.station for station in nearest(place, stations) if covers(station)), None)


def years(since: date, until: date) -> Iterator[tuple[date, date]]:
    """The days from `since` to `until` (both included) by calendar year."""
    start = since
    while start <= until:
        end = min(until, date(start.year, 12, 31))
        yield start, end
        start = end + timedelta(days=1)


def report_requests(
    services: WeatherServices, stations: dict[tuple[date, date], dict[str, list[str]]]
) -> list[Request]:
    """One request per station and year; `stations` gives per year the keys of the places that each station serves."""
    return [
        Request(
            services.mesonet.reports.format(
                station=quote(mesonet_id(station)), since=since, before=until + timedelta(days=1)
            ),
            f"{station} {since} to {until}",
            tuple(keys),
            _complete(until),
        )
        for (since, until), by_station in stations.items()
        for station, keys in by_station.items()
    ]


def alert_requests(services: WeatherServices, places: dict[str, Place], since: date, until: date) -> list[Request]:
    """One request per zone or county and year."""
    zones: dict[str, list[str]] = {}
    for key, place in places.items():
        for zone in (place.nws_zone, place.county_zone):
            if zone:
                zones.setdefault(zone, []).append(key)
    return [
        Request(
            services.mesonet.alerts.format(zone=quote(zone), since=first, before=last + timedelta(days=1)),
            f"alerts {zone} {first} to {last}",
            tuple(keys),
            _complete(last + timedelta(days=14)),  # a flood warning can last that long
        )
        for zone, keys in zones.items()
        for first, last in years(since, until)
    ]


def forecast_requests(services: WeatherServices, places: dict[str, Place], since: date, until: date) -> list[Request]:
    """One request per place and year, from the first that previous runs are kept of."""
    return [
        Request(
            services.open_meteo.forecasts.format(
                lat=round(place.lat, 4),
                lon=round(place.lon, 4),
                zone=quote(place.zone, safe=""),
                since=first,
                until=last,
            ),
            f"forecasts for {place.name} {first} to {last}",
            (key,),
            _complete(last),
        )
        for key, place in places.items()
        for first, last in years(max(since, FIRST_FORECASTS), until)
    ]


def storm_requests(folder: str, page: str, keys: Sequence[str], since: date, until: date) -> list[Request]:
    """One request per year: of the details files that the folder's page names, the one made last."""
    made: dict[int, str] = {}
    for year, day in _DETAILS.findall(page):
        made[int(year)] = max(made.get(int(year), ""), day)
    return [
        Request(
            urljoin(folder, f"StormEvents_details-ftp_v1.0_d{year}_c{made[year]}.csv.gz"),
            f"storm events {year}",
            tuple(keys),
            None,  # a file that changes gets another name
        )
        for year in range(since.year, until.year + 1)
        if year in made
    ]


def mesonet_id(station: str) -> str:
    """The mesonet's id: without the K of the contiguous United States."""
    return station[1:] if len(station) == 4 and station.startswith("K") else station


def _complete(last: date) -> datetime:
    return datetime.combine(last + timedelta(days=1), datetime.min.time(), UTC) + _COMPLETE_AFTER
