"""Reads archives of alerts by VTEC event, one row per county or zone: the warnings tables of the Iowa Environmental
Mesonet, and its list of events by zone. VTEC is defined in NWS Instruction 10-1703."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from flows.errors import ShapeError
from flows.model import Alert
from flows.parse.weather_history.columns import Problems, rows_of_width, table_rows
from flows.weather_model import WeatherHistory

_KEYS: Final = ("wfo", "phenomena", "significance", "eventid", "ugc")
_PHENOMENA: Final = {
    "AF": "Ashfall", "AS": "Air Stagnation", "BH": "Beach Hazard", "BS": "Blowing Snow", "BW": "Brisk Wind",
    "BZ": "Blizzard", "CF": "Coastal Flood", "CW": "Cold Weather", "DF": "Debris Flow", "DS": "Dust Storm",
    "DU": "Blowing Dust", "EC": "Extreme Cold", "EH": "Excessive Heat", "EW": "Extreme Wind", "FA": "Flood",
    "FF": "Flash Flood", "FG": "Dense Fog", "FL": "Flood", "FR": "Frost", "FW": "Fire Weather", "FZ": "Freeze",
    "GL": "Gale", "HF": "Hurricane Force Wind", "HT": "Heat", "HU": "Hurricane", "HW": "High Wind", "HY": "Hydrologic",
    "HZ": "Hard Freeze", "IP": "Sleet", "IS": "Ice Storm", "LB": "Lake Effect Snow and Blowing Snow",
    "LE": "Lake Effect Snow", "LO": "Low Water", "LS": "Lakeshore Flood", "LW": "Lake Wind", "MA": "Special Marine",
    "MF": "Dense Fog", "MH": "Ashfall", "MS": "Dense Smoke", "RB": "Small Craft", "RP": "Rip Current",
    "SB": "Snow and Blowing Snow", "SC": "Small Craft", "SE": "Hazardous Seas", "SM": "Dense Smoke",
    "SN": "Snow", "SQ": "Snow Squall", "SR": "Storm", "SS": "Storm Surge", "SU": "High Surf",
    "SV": "Severe Thunderstorm", "SW": "Small Craft", "TI": "Inland Tropical Storm", "TO": "Tornado",
    "TR": "Tropical Storm", "TS": "Tsunami", "TY": "Typhoon", "UP": "Heavy Freezing Spray", "WC": "Wind Chill",
    "WI": "Wind", "WS": "Winter Storm", "WW": "Winter Weather", "XH": "Extreme Heat", "ZF": "Freezing Fog",
    "ZR": "Freezing Rain", "ZY": "Freezing Spray",
}  # fmt: skip
_SIGNIFICANCE: Final = {"W": "Warning", "A": "Watch", "Y": "Advisory", "S": "Statement"}
_NAMES: Final = {"FW.W": "Red Flag Warning", "FW.A": "Fire Weather Watch", "BH.S": "Beach Hazards Statement"}
# Ended before its time: cancelled, or replaced by another alert.
_ENDED_EARLY: Final = frozenset({"CAN", "UPG"})


def is_vtec_table(header: str) -> bool:
    """Whether a first line is the header of such a table."""
    return {*_KEYS, "hvtec_nwsli"} <= {name.strip() for name in header.split(",")} and "geom" not in header


def event_name(phenomena: str, significance: str) -> str | None:
    """The event that a VTEC code names, such as WC and W for Wind Chill Warning; None for an unknown code."""
    known = _NAMES.get(f"{phenomena}.{significance}")
    if known or phenomena not in _PHENOMENA or significance not in _SIGNIFICANCE:
        return known
    return f"{_PHENOMENA[phenomena]} {_SIGNIFICANCE[significance]}"


def read_vtec_table(text: str, first_line: int) -> WeatherHistory:
    """The alerts of a table: one per event and zone, known by the year of issue, office, code and event number, with
    the time at which it really ended. Raises ShapeError for another table."""
    problems = Problems()
    rows = table_rows(text, ",", first_line, problems)
    header = [name.strip() for name in next(rows, [])]
    if not is_vtec_table(",".join(header)):
        raise ShapeError(f"not a table of VTEC events: it begins with {','.join(header)[:80]!r}")
    found = WeatherHistory("vtec table", "Iowa Environmental Mesonet", "vtec")
    alerts: dict[tuple[str, str], Alert] = {}
    for row in rows_of_width(rows, len(header), problems):
        found.rows += 1
        alert = _alert(dict(zip(header, (cell.strip() for cell in row), strict=True)), problems)
        if alert is None:
            continue
        key = (alert.id, alert.zones[0])
        if key in alerts:
            problems.add("the same event and zone again: the last row counts", ",".join(row))
        alerts[key] = alert
    found.alerts = list(alerts.values())
    found.problems = problems.listed()
    return found


def _alert(row: dict[str, str], problems: Problems) -> Alert | None:
    code = f"{row['phenomena']}.{row['significance']}"
    event = event_name(row["phenomena"], row["significance"])
    if event is None:
        problems.add(f"unknown VTEC code {code}: kept under its code", ",".join(row.values()))
        event = code
    issued = _time(row.get("issue") or row.get("iso_issued") or "")
    expires = _time(row.get("expire") or row.get("iso_expired") or "")
    number = row["eventid"].partition(".")[0]
    if issued is None or not number.isdigit() or not row["ugc"]:
        problems.add("an event without issue time, number or zone", ",".join(row.values()))
        return None
    sent = _time(row.get("product_issue", ""))
    year = row.get("vtec_year", "").partition(".")[0] or str((sent or issued).year)
    planned = _time(row.get("init_expire", ""))
    is_over_early = row.get("status") in _ENDED_EARLY
    return Alert(
        id=f"vtec:{year}.{row['wfo']}.{code}.{int(number):04}",
        event=event,
        message_type="Alert",
        status="Actual",
        sent_at=sent or issued,
        onset_at=issued,
        ends_at=max(filter(None, (planned, expires)), default=None) if is_over_early else expires or planned,
        ended_at=expires if is_over_early else None,
        zones=(row["ugc"],),
        office=row["wfo"],
    )


def _time(text: str) -> datetime | None:
    """A time with its offset, in UTC; None for any other text."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
