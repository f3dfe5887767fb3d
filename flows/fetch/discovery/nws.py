"""The National Weather Service's errands: points once in a while, then observations, forecast and alerts by place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flows.clock import Clock
from flows.fetch.fetcher import Fetcher
from flows.fetch.state.store import State
from flows.fetch.urls import belongs
from flows.model import Exchange, Find, Purpose
from flows.sources import Place, Source

POINTS_HOLD = timedelta(days=14)  # grids move a few times a year
_STATIONS_TRIED = 3
_OBSERVATIONS = 100  # some eight hours of five-minute reports: late values and short outages are caught up with
_ACCEPT = "application/geo+json, application/json;q=0.9"


class Weather:
    """One run at the API. Each entry's finds name the places it is for: channel `place`, slot the place's key."""

    def __init__(self, source: Source, places: dict[str, Place], fetcher: Fetcher, state: State, clock: Clock) -> None:
        self._source, self._places, self._courier = source, places, fetcher
        self._state, self._clock = state, clock
        self._base = source.home.rstrip("/")
        self._stations: dict[str, list[str]] = {}
        self._forecasts: dict[str, list[str]] = {}
        self._zones: dict[str, list[str]] = {}

    def run(self) -> Iterator[Exchange]:
        """Ask for every place; a place without an answer to /points gives nothing else, and the others go on."""
        for key in self._source.places:
            yield from self._locate(key)
        for station, keys in self._stations.items():
            yield self._ask(self._observations_url(station), "observations", keys)
        for url, keys in self._forecasts.items():
            yield self._ask(url, "forecast", keys)
        for zone, keys in self._zones.items():
            yield self._ask(f"{self._base}/alerts/active?zone={zone}", "alerts", keys)

    def _locate(self, key: str) -> Iterator[Exchange]:
        """Find out what speaks for a place: grid, zone, station; places that share one are asked about once."""
        place = self._places[key]
        exchange, point = self._cached(self._points_url(place), "points", [key])
        if exchange:
            yield exchange
        properties = _table(point, "properties")
        if forecast := self._ours(properties.get("forecast")):
            self._forecasts.setdefault(forecast, []).append(key)
        if zone := place.nws_zone or str(properties.get("forecastZone") or "").rpartition("/")[2]:
            self._zones.setdefault(zone, []).append(key)
        if place.station:
            self._stations.setdefault(place.station, []).append(key)
        elif nearby := self._ours(properties.get("observationStations")):
            yield from self._nearest(nearby, key)

    def _nearest(self, stations_url: str, key: str) -> Iterator[Exchange]:
        """The nearest station that answers: a valid one can be 404 for a while, then its neighbour speaks for it."""
        asked, answer = self._cached(stations_url, "stations", [key])
        if asked:
            yield asked
        features = answer.get("features")
        names = [
            _table(feature, "properties").get("stationIdentifier")
            for feature in (features if isinstance(features, list) else [])[:_STATIONS_TRIED]
        ]
        for name in names:
            if isinstance(name, str) and name.isalnum():
                exchange = self._ask(self._observations_url(name), "observations", [key])
                yield exchange
                if exchange.outcome in ("new", "changed", "unchanged"):
                    return

    def _cached(self, url: str, purpose: Purpose, keys: list[str]) -> tuple[Exchange | None, dict[str, Any]]:
        """An answer that holds for weeks: from memory while fresh, else asked for; an old one beats none."""
        known = self._state.note(url)
        exchange = None
        if known is None or self._clock.now() - known[1] >= POINTS_HOLD:
            exchange = self._ask(url, purpose, keys)
            known = self._state.note(url)
        return exchange, _parsed(known[0]) if known else {}

    def _ask(self, url: str, purpose: Purpose, keys: list[str]) -> Exchange:
        marks = tuple(Find(url, "place", key, rank) for rank, key in enumerate(keys, 1))
        return self._courier.fetch(url, purpose, accept=_ACCEPT, marks=marks)[0]

    def _ours(self, url: object) -> str | None:
        """A URL in an answer, if it stays within the API; others are not followed."""
        is_sound = isinstance(url, str) and url.startswith(("http://", "https://")) and belongs(url, self._source)
        return str(url) if is_sound else None

    def _points_url(self, place: Place) -> str:
        # The API redirects coordinates with needless zeros, and takes four decimals at most.
        return f"{self._base}/points/{round(place.lat, 4):g},{round(place.lon, 4):g}"

    def _observations_url(self, station: str) -> str:
        return f"{self._base}/stations/{station}/observations?limit={_OBSERVATIONS}"


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _table(value: object, key: str) -> dict[str, Any]:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}
