"""Finds the town that a person names, asks the NWS what belongs to it, and plans its table in places.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.dialog import choose, is_interactive
from flows.cli.options import notify
from flows.config_files import read_toml
from flows.errors import ConfigError, NewsvaneError
from flows.settings import SHIPPED_CONFIG, Settings
from flows.sources import Place, Source

if TYPE_CHECKING:
    from flows.cli.config_writer import ConfigChanges
    from flows.data_layout import Layout
    from flows.pipeline.gazetteer import Town

Lat = Annotated[float | None, typer.Option("--lat", min=-90, max=90, help="Latitude of the town, in degrees.")]
Lon = Annotated[float | None, typer.Option("--lon", min=-180, max=180, help="Longitude, in degrees; west is negative.")]
NWS_FILE = "sources/nws.toml"
_FROM_NWS = "station, nws_zone and county_zone"


def find_town(text: str, lat: float | None = None, lon: float | None = None) -> Town:
    """The town that `Maryville, MO` names; one of several is chosen at the terminal. With a position it need not be in
    the gazetteer: its county and zone are then those of the nearest town. Raises ConfigError for an unknown town."""
    from flows.pipeline.gazetteer import one_town, towns_named

    if lat is not None and lon is not None:
        return _town_at(text, lat, lon)
    if (lat is None) != (lon is None):
        raise ConfigError("give both --lat and --lon")
    if is_interactive() and "," not in text and len(found := towns_named(text)[:9]) > 1:
        options = [f"{town.label}  ({town.county} County, {town.population:,} people)" for town in found]
        return found[choose(f"Which '{text}'?", options)]
    return one_town(text)


def given_town(text: str | None, lat: float | None, lon: float | None) -> Town | None:
    """The town that the options name, None without them; raises ConfigError for a position without a name."""
    if text:
        return find_town(text, lat, lon)
    if (lat, lon) != (None, None):
        raise ConfigError("--lat and --lon: name the town there too, such as 'Fairfax, MO'")
    return None


def town_or_none(text: str) -> Town | None:
    """The town that a person names, None for `-`; raises ConfigError for an unknown one."""
    return None if text == "-" else find_town(text)


def _town_at(text: str, lat: float, lon: float) -> Town:
    from flows.pipeline.gazetteer import Town, nearest_town, state_code

    name, _, state_text = text.partition(",")
    state = state_code(state_text)
    if not name.strip() or state is None:
        raise ConfigError(f"'{text.strip()}': write town and state, such as 'Fairfax, MO'")
    near = nearest_town(lat, lon)
    notify(f"county and zone of {name.strip()} are those of the nearest known town, {near.label}: check them")
    return Town(" ".join(name.split()), state, near.county, near.zone, lat, lon, 0)


def plan_place(changes: ConfigChanges, town: Town, settings: Settings, layout: Layout, *, offline: bool) -> list[str]:
    """Plan the town's table in places.toml, if it is not there yet, with what the NWS says about it unless `offline`.
    Returns what is left to be filled in, one line each."""
    from flows.cli.config_writer import place_table

    if changes.value("places.toml", ("places", town.key)) is not None:
        notify(f"{town.key} is in places.toml already")
        return []
    place, left = town.place(), []
    if offline or settings.identity.is_placeholder:
        why = "--offline" if offline else "there is no real contact yet, and the NWS requires one"
        left.append(
            f"{_FROM_NWS} of {town.key} in {changes.folder / 'places.toml'}: not asked ({why}). Weather works "
            "without them: each run then asks the NWS for the nearest station"
        )
    else:
        place, problem = _with_nws(place, changes.folder, settings, layout)
        left += [f"{_FROM_NWS} of {town.key}: {problem}"] if problem else []
    changes.set("places.toml", ("places", town.key), place_table(place))
    return left


def _with_nws(place: Place, folder: Path, settings: Settings, layout: Layout) -> tuple[Place, str | None]:
    """The place with its station and zones from the NWS, or unchanged with the reason."""
    from flows.clock import SystemClock
    from flows.fetch.discovery.nws_point import nws_point

    source = nws_source(folder)
    notify(f"asking {source.home} for the station and zone of {place.name} ...")
    try:
        point = nws_point(source, place.lat, place.lon, settings, layout, SystemClock())
    except NewsvaneError as error:
        return place, f"{error}; run the command again later, or leave it: each run asks for the nearest station"
    found = {
        "station": point.station,
        "nws_zone": point.forecast_zone,
        "county_zone": point.county_zone,
        "zone": point.zone,
    }
    return Place.model_validate(place.model_dump() | {key: value for key, value in found.items() if value}), None


def nws_source(folder: Path) -> Source:
    """The NWS source of a config folder, the shipped one if it has none."""
    path = folder / NWS_FILE
    return read_toml(path if path.exists() else SHIPPED_CONFIG / NWS_FILE, Source, name="nws")
