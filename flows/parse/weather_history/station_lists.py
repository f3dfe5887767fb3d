"""Reads lists of weather stations: GHCN-Daily's, the networks of the Iowa Environmental Mesonet, and Meteostat's."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any, Final

from flows.errors import ShapeError
from flows.parse.nws.units import number
from flows.parse.page.clean import clean_text
from flows.parse.weather_history.columns import FEET_PER_METER, Problems
from flows.parse.weather_history.metar_table import icao
from flows.weather_model import StationPosition, WeatherHistory

_GHCN: Final = re.compile(r"[A-Z]{2}[A-Z0-9_-]\w{8} [ \d.-]{8} [ \d.-]{9} [ \d.-]{6} ")
_UNKNOWN_ELEVATION: Final = -999.0


def is_ghcn_stations(first: str) -> bool:
    """Whether a first line is one of ghcnd-stations.txt."""
    return _GHCN.match(first) is not None


def is_mesonet_network(answer: Any) -> bool:
    """Whether a JSON value is a network with its stations: a table with its schema, or GeoJSON."""
    if not isinstance(answer, dict):
        return False
    if isinstance(answer.get("data"), list) and isinstance(answer.get("schema"), dict):
        return any(isinstance(row, dict) and "archive_begin" in row for row in answer["data"][:1])
    features = answer.get("features")
    return isinstance(features, list) and any("archive_begin" in _properties(feature) for feature in features[:1])


def is_meteostat(first: str) -> bool:
    """Whether a first line is a station of Meteostat, one JSON object per line."""
    return first.startswith('{"id"') and '"identifiers"' in first and '"location"' in first


def read_ghcn_stations(text: str, first_line: int) -> WeatherHistory:
    """The stations of ghcnd-stations.txt (fixed width, elevation in meters, -999.9 unknown)."""
    problems = Problems()
    found = WeatherHistory("ghcn stations", "NOAA NCEI", "station list")
    for problems.line, line in enumerate(text.splitlines(), first_line):
        if not line.strip():
            continue
        found.rows += 1
        lat, lon, elevation = (number(line[span].strip()) for span in (slice(12, 20), slice(21, 30), slice(31, 37)))
        if not _GHCN.match(line) or not _is_position(lat, lon):
            problems.add("not a line with a station and its position", line)
            continue
        feet = None if elevation is None or elevation < _UNKNOWN_ELEVATION else _feet(elevation)
        found.positions.append(
            StationPosition(
                line[:11], "ghcn", float(lat or 0), float(lon or 0), feet, clean_text(line[41:71]) or None,
                line[38:40].strip() or None,
            )
        )  # fmt: skip
    found.problems = problems.listed()
    return found


def read_mesonet_network(answer: dict[str, Any]) -> WeatherHistory:
    """The stations of a network, with the period of their archive."""
    problems = Problems()
    found = WeatherHistory("mesonet network", "Iowa Environmental Mesonet", "station list")
    rows = answer.get("data")
    records = rows if isinstance(rows, list) else [_located(feature) for feature in answer["features"]]
    for problems.line, row in enumerate(records, 1):
        found.rows += 1
        values = row if isinstance(row, dict) else {}
        lat, lon = number(values.get("latitude")), number(values.get("longitude"))
        station = values.get("id") or values.get("sid")
        if not isinstance(station, str) or not _is_position(lat, lon):
            problems.add("a station without id or position", json.dumps(row)[:120])
            continue
        elevation = number(values.get("elevation"))
        found.positions.append(
            StationPosition(
                icao(station) if "ASOS" in str(values.get("network", "")) else station, "mesonet", float(lat or 0),
                float(lon or 0), None if elevation is None or elevation <= _UNKNOWN_ELEVATION else _feet(elevation),
                _text(values.get("name")), _text(values.get("state")), _day(values.get("archive_begin")),
                _day(values.get("archive_end")),
            )
        )  # fmt: skip
    found.problems = problems.listed()
    return found


def read_meteostat(text: str, first_line: int) -> WeatherHistory:
    """The stations of Meteostat's list, under their ICAO and GHCN ids. Its positions can be wrong by many miles, so
    another list's counts where there is one."""
    problems = Problems()
    found = WeatherHistory("meteostat stations", "Meteostat", "station list")
    for problems.line, line in enumerate(text.splitlines(), first_line):
        if not line.strip():
            continue
        found.rows += 1
        try:
            row = json.loads(line)
            ids, place = row["identifiers"], row["location"]
            lat, lon = number(place["latitude"]), number(place["longitude"])
            names = [name for name in (ids.get("icao"), ids.get("ghcn")) if isinstance(name, str)]
            label, state = row.get("name"), row.get("region")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            problems.add("not a station as JSON", line)
            continue
        elevation = number(place.get("elevation"))
        if not names or not _is_position(lat, lon):
            problems.add("a station without an ICAO or GHCN id, or without position", line)
            continue
        feet = None if elevation is None else _feet(elevation)
        title = _text(label.get("en")) if isinstance(label, dict) else None
        ghcn_id = _text(ids.get("ghcn"))
        found.positions += [
            StationPosition(
                name, "meteostat", float(lat or 0), float(lon or 0), feet, title, _text(state), None, None, ghcn_id
            )
            for name in names
        ]
    found.problems = problems.listed()
    return found


def read_json(text: str) -> Any:
    """The JSON value of a text; raises ShapeError for any other text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"not JSON: {str(error)[:100]}") from error


def _is_position(lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and -90 <= lat <= 90 and -180 <= lon <= 180


def _feet(meters: float) -> float:
    return round(meters * FEET_PER_METER, 1)


def _properties(feature: Any) -> dict[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _located(feature: Any) -> dict[str, Any]:
    """The properties of a GeoJSON feature with its coordinates."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    lon, lat = coordinates[:2] if isinstance(coordinates, list) and len(coordinates) >= 2 else (None, None)
    return {**_properties(feature), "longitude": lon, "latitude": lat}


def _text(value: Any) -> str | None:
    return (clean_text(value) or None) if isinstance(value, str) else None


def _day(value: Any) -> date | None:
    try:
        return datetime.fromisoformat(value).date() if isinstance(value, str) else None
    except ValueError:
        return None
