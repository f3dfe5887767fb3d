"""Fetches National Weather Service data by place: points (cached for weeks), observations, forecasts and alerts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flows.clock import Clock
from flows.fetch.fetcher import Fetcher
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.state.store import State
from flows.fetch.urls import belongs
from flows.model import Exchange, Find, Purpose
from flows.sources import Place, Source

POINTS_TTL = timedelta(days=14)  # grids change a few times a year
_MAX_STATIONS = 3
_OBSERVATIONS = 100  # about eight hours of five-minute reports, which covers late values and short outages
_ACCEPT = "application/geo+json, application/json;q=0.9"


class NwsDiscovery:
    """One run at the API. The finds of each exchange name its places: channel `place`, slot the key of the place."""

    def __init__(self, source: Source, places: dict[str, Place], fetcher: Fetcher, state: State, clock: Clock) -> None:
        self._source, self._places, self._fetcher = source, places, fetcher
        self._state, self._clock = state, clock
        self._base = source.home.rstrip("/")
        self._stations: dict[str, list[str]] = {}
        self._forecasts: dict[str, list[str]] = {}
        self._zones: dict[str, list[str]] = {}

    def run(self) -> Iterator[Exchange]:
        """Fetch the data of every place; where /points fails, only what its config names is fetched."""
        for key in self._source.places:
            yield from self._locate(key)
        for station, keys in self._stations.items():
            yield self._fetch(self._observations_url(station), "observations", keys)
        for url, keys in self._forecasts.items():
            exchange = self._fetch(url, "forecast", keys)
            yield exchange
            if exchange.outcome == "gone":
                self._expire_points(keys)
        for zone, keys in self._zones.items():
            yield self._fetch(f"{self._base}/alerts/active?zone={zone}", "alerts", keys)

    def _locate(self, key: str) -> Iterator[Exchange]:
        """Find the grid, zone and station of a place; what places share is fetched once."""
        place = self._places[key]
        exchange, point = self._cached(self._points_url(place), "points", [key])
        if exchange:
            yield exchange
        properties = _object(point, "properties")
        if forecast := self._own_url(properties.get("forecast")):
            self._forecasts.setdefault(forecast, []).append(key)
        for zone in _zones(place, properties):
            self._zones.setdefault(zone, []).append(key)
        if place.station:
            self._stations.setdefault(place.station, []).append(key)
        elif nearby := self._own_url(properties.get("observationStations")):
            yield from self._nearest(nearby, key)

    def _nearest(self, stations_url: str, key: str) -> Iterator[Exchange]:
        """The nearest station that responds: a valid one may return 404 for a while, then the next one is used."""
        exchange, response = self._cached(stations_url, "stations", [key])
        if exchange:
            yield exchange
            if exchange.outcome == "gone":
                self._expire_points([key])
        features = response.get("features")
        names = [
            _object(feature, "properties").get("stationIdentifier")
            for feature in (features if isinstance(features, list) else [])[:_MAX_STATIONS]
        ]
        for name in names:
            if isinstance(name, str) and name.isalnum():
                exchange = self._fetch(self._observations_url(name), "observations", [key])
                yield exchange
                if exchange.outcome in GOOD_OUTCOMES:
                    return

    def _cached(self, url: str, purpose: Purpose, keys: list[str]) -> tuple[Exchange | None, dict[str, Any]]:
        """A response that is valid for weeks: stored or fetched again; an old one is used if the request fails, or if
        its answer lacks what it is asked for, which the next run asks for again."""
        before = known = self._state.note(url)
        exchange = None
        if before is None or self._clock.now() - before[1] >= POINTS_TTL:
            exchange = self._fetch(url, purpose, keys)
            known = self._state.note(url)
            if known and not _is_whole(_json_object(known[0])):
                known = before or known
                self._state.put_note(url, known[0], self._clock.now() - POINTS_TTL)
        return exchange, _json_object(known[0]) if known else {}

    def _expire_points(self, keys: list[str]) -> None:
        """Make the next run request the points of these places again: their grid moved. The stored response stays in
        use should that request fail."""
        for url in (self._points_url(self._places[key]) for key in keys):
            if known := self._state.note(url):
                self._state.put_note(url, known[0], self._clock.now() - POINTS_TTL)

    def _fetch(self, url: str, purpose: Purpose, keys: list[str]) -> Exchange:
        finds = tuple(Find(url, "place", key, rank) for rank, key in enumerate(keys, 1))
        return self._fetcher.fetch(url, purpose, accept=_ACCEPT, extra_finds=finds)[0]

    def _own_url(self, url: object) -> str | None:
        """A URL in a response if it belongs to the API, else None: other URLs are not followed."""
        is_own = isinstance(url, str) and url.startswith(("http://", "https://")) and belongs(url, self._source)
        return str(url) if is_own else None

    def _points_url(self, place: Place) -> str:
        return point_url(self._base, place.lat, place.lon)

    def _observations_url(self, station: str) -> str:
        return f"{self._base}/stations/{station}/observations?limit={_OBSERVATIONS}"


def point_url(base: str, lat: float, lon: float) -> str:
    """The URL of a position in degrees: the API redirects trailing zeros and accepts at most four decimals."""
    return f"{base.rstrip('/')}/points/{round(lat, 4):.7g},{round(lon, 4):.7g}"


def _zones(place: Place, point: dict[str, Any]) -> list[str]:
    """The zones that alerts for a place name. Winter and wind products name the forecast zone; tornado, thunderstorm
    and flash flood warnings name the county; red flag warnings name the fire zone."""
    found = [point.get(name) for name in ("forecastZone", "county", "fireWeatherZone")]
    codes = [place.nws_zone, *(zone.rstrip("/").rpartition("/")[2] for zone in found if isinstance(zone, str))]
    return list(dict.fromkeys(code for code in codes if code and code.isalnum()))


def _is_whole(response: dict[str, Any]) -> bool:
    """Whether a points response names a forecast and stations, or a stations response has a list."""
    point = _object(response, "properties")
    has_point = isinstance(point.get("forecast"), str) and isinstance(point.get("observationStations"), str)
    return has_point or isinstance(response.get("features"), list)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _object(value: object, key: str) -> dict[str, Any]:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}
