"""Asks the NWS API what belongs to a position: its weather station, its zones and its time zone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from flows.clock import Clock
from flows.data_layout import Layout
from flows.errors import ConfigError, ShapeError, Transient
from flows.fetch.discovery.nws import point_url
from flows.fetch.fetcher import Fetcher
from flows.fetch.scratch import scratch_fetcher
from flows.fetch.urls import belongs
from flows.model import Purpose
from flows.settings import Settings
from flows.sources import Source


@dataclass(frozen=True, slots=True)
class NwsPoint:
    """What the API names for a position: the nearest station, forecast zone and county (UGC codes), the IANA time zone;
    None where its answer has none."""

    station: str | None
    forecast_zone: str | None
    county_zone: str | None
    zone: str | None


def nws_point(source: Source, lat: float, lon: float, settings: Settings, layout: Layout, clock: Clock) -> NwsPoint:
    """Ask the API of `source` (kind nws) for a position in degrees: two requests, with the usual rate limit.

    Raises ConfigError, before any request, if the contact is a placeholder; Transient when the API gives no answer, and
    ShapeError for a position that it does not serve or an answer that cannot be read.
    """
    if settings.identity.is_placeholder:
        raise ConfigError("the NWS API requires a real contact: set identity.contact", source=source.name)
    with scratch_fetcher(source, settings, layout, clock) as scratch:
        return _point(scratch.fetcher, source, lat, lon)


def _point(fetcher: Fetcher, source: Source, lat: float, lon: float) -> NwsPoint:
    properties = _get(fetcher, point_url(source.home, lat, lon), "points").get("properties")
    if not isinstance(properties, dict):
        raise ShapeError("the answer has no properties", source=source.name)
    station, stations = None, properties.get("observationStations")
    if isinstance(stations, str) and belongs(stations, source):
        features = _get(fetcher, stations, "stations").get("features")
        station = _first_station(features if isinstance(features, list) else [])
    zone = properties.get("timeZone")
    return NwsPoint(
        station,
        _zone_code(properties.get("forecastZone"), "Z"),
        _zone_code(properties.get("county"), "C"),
        zone if isinstance(zone, str) else None,
    )


def _zone_code(url: object, kind: str) -> str | None:
    """The UGC code that ends the URL of a zone (`Z`) or county (`C`)."""
    code = str(url).rstrip("/").rpartition("/")[2]
    return code if re.fullmatch(rf"[A-Z]{{2}}{kind}\d{{3}}", code) else None


def _get(fetcher: Fetcher, url: str, purpose: Purpose) -> dict[str, Any]:
    exchange, page = fetcher.fetch(url, purpose, accept="application/geo+json, application/json;q=0.9")
    if page is None:
        problem = f"{exchange.outcome}: {exchange.reason}"
        if exchange.outcome == "gone":
            raise ShapeError(f"{problem}: is the position in the United States?", url=url)
        raise Transient(problem, url=url)
    try:
        value = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"not JSON: {str(error)[:120]}", url=url) from error
    if not isinstance(value, dict):
        raise ShapeError("not a JSON object", url=url)
    return value


def _first_station(features: list[Any]) -> str | None:
    """The identifier of the first station; the API orders them by distance."""
    for feature in features:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        name = properties.get("stationIdentifier") if isinstance(properties, dict) else None
        if isinstance(name, str) and name.isalnum():
            return name
    return None
