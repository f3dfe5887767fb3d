"""Defines the fictional stations: unassigned call signs, invented towns, and their staff."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a station's weather panel. Towns with the same `thermometer` show the same readings; `offset_f` is its
    difference from the region's temperature in °F."""

    key: str
    name: str
    dateline: str
    thermometer: str
    offset_f: float


@dataclass(frozen=True, slots=True)
class Station:
    """A fictional station. `id_digit` (1-9) is the last digit of its native ids; all stations share one id sequence."""

    call_sign: str
    brand: str
    zone: str
    id_digit: int
    county: str
    river: str
    highway: str
    towns: tuple[Town, ...]
    reporters: tuple[str, ...]
    forecasters: tuple[str, ...]
    teams: tuple[str, ...]

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone of the station's printed times; pages do not name it."""
        return ZoneInfo(self.zone)


KVANE = Station(
    call_sign="KVANE",
    brand="Newsvane 5",
    zone="America/Chicago",
    id_digit=1,
    county="Orrin County",
    river="Tannery River",
    highway="Highway 141",
    towns=(
        Town("saint-orrin-ne", "Saint Orrin", "ST. ORRIN, Neb.", "XORR", 0.0),
        Town("millbarrow-ne", "Millbarrow", "MILLBARROW, Neb.", "XMLB", -2.5),
        Town("vesper-ne", "Vesper", "VESPER, Neb.", "XORR", 0.0),
        Town("tannery-creek-ne", "Tannery Creek", "TANNERY CREEK, Neb.", "XTCK", 1.5),
        Town("elmsworth-ne", "Elmsworth", "ELMSWORTH, Neb.", "XELM", -1.0),
    ),
    reporters=("Dana Whitlock", "Marcus Oyelaran", "Tess Brandvold", "Eli Karras", "Noor Haddad", "Zoë Lindqvist"),
    forecasters=("Gail Stormont", "Hal Brisbane"),
    teams=("Saint Orrin Kestrels", "Millbarrow Millers", "Vesper Comets", "Tannery Creek Otters", "Elmsworth Elks"),
)

KGALE = Station(
    call_sign="KGALE",
    brand="Gale 9",
    zone="America/Denver",
    id_digit=2,
    county="Carrow County",
    river="Osprey River",
    highway="Highway 63",
    towns=(
        Town("galeton-wy", "Galeton Springs", "GALETON SPRINGS, Wyo.", "XGAL", -3.0),
        Town("redbank-ferry-wy", "Redbank Ferry", "REDBANK FERRY, Wyo.", "XRBF", -1.0),
        Town("new-carrow-wy", "New Carrow", "NEW CARROW, Wyo.", "XGAL", -3.0),
        Town("lindenhall-wy", "Lindenhall", "LINDENHALL, Wyo.", "XLND", 0.5),
        Town("osprey-mills-wy", "Osprey Mills", "OSPREY MILLS, Wyo.", "XOSP", -4.0),
    ),
    reporters=("Renata Quill", "Owen Tabor", "Jia Fenwick", "Sam Delacroix", "Priya Anand", "René Castellan"),
    forecasters=("Bea Nimbus", "Walt Ferris"),
    teams=(
        "Galeton Springs Storm",
        "Redbank Ferry Pilots",
        "New Carrow Rams",
        "Lindenhall Larks",
        "Osprey Mills Ospreys",
    ),
)

SISTERS = {KVANE.call_sign: KGALE, KGALE.call_sign: KVANE}
