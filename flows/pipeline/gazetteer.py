"""Finds US towns in the bundled gazetteer: by name and state, or the nearest one to a position."""

from __future__ import annotations

import csv
import difflib
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.errors import ConfigError
from flows.parse.us_states import STATES
from flows.settings import SHIPPED_CONFIG
from flows.sources import Place

FILE: Final = SHIPPED_CONFIG / "gazetteer" / "us_towns.tsv"
_EARTH_KM: Final = 6371.0
_MAX_NAMED: Final = 8
_SHORT_FORMS: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_STATE_BY_NAME: Final = {name.casefold(): code for code, name in STATES.items()}


@dataclass(frozen=True, slots=True)
class Town:
    """One town of the gazetteer: two-letter state, county without the word, IANA time zone, position in degrees."""

    name: str
    state: str
    county: str
    zone: str
    lat: float
    lon: float
    population: int

    @property
    def label(self) -> str:
        """The name as a person writes it: `Maryville, MO`."""
        return f"{self.name}, {self.state}"

    @property
    def key(self) -> str:
        """The key of its place in places.toml: `maryville-mo`."""
        return place_key(self.name, self.state)

    def place(self) -> Place:
        """The place of this town, without weather station and NWS zone."""
        short = re.sub(r"^Saint ", "St. ", self.name)
        aliases = (short,) if short != self.name else ()
        return Place(
            name=self.name,
            state=self.state,
            county=self.county or None,
            zone=self.zone,
            lat=self.lat,
            lon=self.lon,
            aliases=aliases,
        )


def place_key(name: str, state: str) -> str:
    """The key of a place in places.toml, in ASCII: `saint-joseph-mo`."""
    return "-".join(_words(f"{name} {state}"))


def state_code(text: str) -> str | None:
    """The two-letter code of a US state from its code or name in any case; None for any other text."""
    plain = text.strip().strip(".")
    return plain.upper() if plain.upper() in STATES else _STATE_BY_NAME.get(plain.casefold())


def towns_named(name: str, state: str | None = None) -> list[Town]:
    """The towns of this name, the most populous first; `St.` equals `Saint`, case and punctuation do not count."""
    found = [town for town in _by_name().get(_normalize(name), ()) if state in (None, town.state)]
    return sorted(found, key=lambda town: -town.population)


def one_town(text: str) -> Town:
    """The town that `Maryville, MO` names. Raises ConfigError for a town that is not in the gazetteer (with near names)
    and for a name without a state that several towns have."""
    name, _, state_text = text.partition(",")
    state = state_code(state_text) if state_text.strip() else None
    if state_text.strip() and state is None:
        raise ConfigError(f"'{state_text.strip()}' is not a US state: write the town as 'Maryville, MO'")
    found = towns_named(name, state)
    if not found:
        raise ConfigError(f"'{text.strip()}' is not among the towns newsvane knows: {_hint(name, state)}")
    if state is None and len(found) > 1:
        named = ", ".join(town.label for town in found[:_MAX_NAMED])
        more = f" and {len(found) - _MAX_NAMED} more" if len(found) > _MAX_NAMED else ""
        raise ConfigError(f"{len(found)} towns are called '{name.strip()}': {named}{more}: add the state")
    return found[0]


def nearest_town(lat: float, lon: float) -> Town:
    """The town nearest to a position in degrees."""
    return min(towns(), key=lambda town: distance_km(town.lat, town.lon, lat, lon))


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two positions in degrees (haversine formula)."""
    here, there = math.radians(lat), math.radians(other_lat)
    across = math.sin(math.radians(other_lon - lon) / 2) ** 2 * math.cos(here) * math.cos(there)
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(math.sin((there - here) / 2) ** 2 + across)))


def zone_of_state(state: str) -> str:
    """The IANA time zone in which most people of a state live."""
    people: Counter[str] = Counter()
    for town in towns():
        if town.state == state:
            people[town.zone] += town.population
    return people.most_common(1)[0][0]


@cache
def towns() -> tuple[Town, ...]:
    """All towns, ordered by state and name."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(
            Town(name, state, county, zone, float(lat), float(lon), int(population))
            for name, state, county, zone, lat, lon, population in rows
        )


@cache
def _by_name() -> dict[str, list[Town]]:
    index: dict[str, list[Town]] = {}
    for town in towns():
        index.setdefault(_normalize(town.name), []).append(town)
    return index


def _normalize(name: str) -> str:
    return " ".join(_SHORT_FORMS.get(word, word) for word in _words(name))


def _words(text: str) -> list[str]:
    """The words of a name in lower-case ASCII letters and digits; an apostrophe divides none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain.replace("'", ""))


def _hint(name: str, state: str | None) -> str:
    known = [key for key, found in _by_name().items() if state is None or any(town.state == state for town in found)]
    near = difflib.get_close_matches(_normalize(name), known, n=3, cutoff=0.75)
    labels = [town.label for key in near for town in towns_named(key, state)[:1]]
    others = f"did you mean {' or '.join(labels)}? " if labels else ""
    return (
        f"{others}It knows most of 1,000 people or more. For another, look its position up on a map and give it with "
        "the name: --lat LATITUDE --lon LONGITUDE, in degrees, west negative"
    )
