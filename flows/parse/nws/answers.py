"""Reads responses of api.weather.gov: picks the records of the purpose asked for, and reads observations."""

from __future__ import annotations

import json
from typing import Any

from flows.errors import ShapeError
from flows.model import NwsAnswer, Observation, Page, Purpose
from flows.parse.nws import units
from flows.parse.nws.alerts import read_alert
from flows.parse.nws.forecasts import read_forecasts
from flows.parse.nws.units import measured
from flows.parse.nws.values import instant, last_part, read_text


def parse_nws(page: Page, purpose: Purpose) -> NwsAnswer:
    """The records of one response, converted to US units by the unit codes given. A record without its time or id is
    left out with a note; `points` and `stations` responses hold no records, only addresses for the fetcher. Raises
    ShapeError if the response is not NWS JSON."""
    try:
        answer = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"not JSON: {str(error)[:100]}", source=page.source, url=page.url) from error
    if not isinstance(answer, dict) or not (answer.get("type") or answer.get("properties") or answer.get("@graph")):
        raise ShapeError("not an NWS response: no GeoJSON type", source=page.source, url=page.url)
    found = NwsAnswer()
    if answer.get("status") and not answer.get("features"):
        found.notes.append(f"response: API problem: {str(answer.get('title') or answer['status'])[:100]}")
    records = [properties for feature in _features(answer) if (properties := feature.get("properties"))]
    if purpose == "observations":
        found.observations = [o for record in records if (o := _observation(record, found.notes))]
        found.observations.sort(key=lambda o: (o.station, o.observed_at))
    elif purpose == "forecast":
        found.forecasts = [f for record in records for f in read_forecasts(record, found.notes)]
    elif purpose == "alerts":
        found.alerts = [a for record in records if (a := read_alert(record, found.notes))]
    return found


def _features(answer: dict[str, Any]) -> list[dict[str, Any]]:
    features, graph = answer.get("features"), answer.get("@graph")
    if isinstance(graph, list):  # JSON-LD, which has the properties themselves
        features = [{"properties": item} for item in graph]
    listed = features if isinstance(features, list) else [answer]
    return [f for f in listed if isinstance(f, dict) and isinstance(f.get("properties"), dict)]


def _observation(record: dict[str, Any], notes: list[str]) -> Observation | None:
    station, at = last_part(record.get("station") or record.get("stationId")), instant(record.get("timestamp"))
    if not station or not at:
        notes.append("observation: without station or time, left out")
        return None

    def read(name: str, table: dict[str, units.Convert]) -> float | None:
        return measured(record.get(name), table, notes, name)

    heat, chill = read("heatIndex", units.TO_FAHRENHEIT), read("windChill", units.TO_FAHRENHEIT)
    return Observation(
        station=station,
        observed_at=at,
        temp_f=read("temperature", units.TO_FAHRENHEIT),
        feels_like_f=heat if heat is not None else chill,
        dewpoint_f=read("dewpoint", units.TO_FAHRENHEIT),
        wind_mph=read("windSpeed", units.TO_MPH),
        gust_mph=read("windGust", units.TO_MPH),
        wind_deg=read("windDirection", units.TO_DEGREES),
        humidity_pct=read("relativeHumidity", units.TO_PERCENT),
        pressure_hpa=read("barometricPressure", units.TO_HPA),
        visibility_mi=read("visibility", units.TO_MILES),
        precip_in=read("precipitationLastHour", units.TO_INCHES),
        condition=read_text(record.get("textDescription")),
    )
