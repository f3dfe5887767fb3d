"""Spells a town with its state as datelines do: a name with a state means the same town at every source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flows.sources import Place
from flows.topic_config import normalize_label

# Two-letter code -> state as the Associated Press Stylebook prints it in datelines.
STATES_IN_DATELINES: Final = {
    "AL": "Ala.", "AK": "Alaska", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.",
    "DE": "Del.", "FL": "Fla.", "GA": "Ga.", "HI": "Hawaii", "ID": "Idaho", "IL": "Ill.", "IN": "Ind.", "IA": "Iowa",
    "KS": "Kan.", "KY": "Ky.", "LA": "La.", "ME": "Maine", "MD": "Md.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.",
    "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.",
    "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OH": "Ohio", "OK": "Okla.", "OR": "Ore.", "PA": "Pa.", "RI": "R.I.",
    "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Texas", "UT": "Utah", "VT": "Vt.", "VA": "Va.", "WA": "Wash.",
    "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.",
}  # fmt: skip


def spellings(place: Place) -> Iterator[str]:
    """The normalized spellings of a town: its name and aliases, and each of them with the state in both short forms."""
    for name in (place.name, *place.aliases):
        yield normalize_label(name)
        if "," not in name:
            for state in {place.state, STATES_IN_DATELINES.get(place.state, place.state)}:
                yield normalize_label(f"{name}, {state}")
