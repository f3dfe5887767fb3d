"""Reads the text of METAR reports: station, day and time, weather codes in words, and the values of a bare report."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from flows.parse.weather_history.columns import INHG_HPA, fahrenheit, mph_of_knots

_HEAD: Final = re.compile(r"(?:METAR |SPECI )?(?:COR )?([A-Z][A-Z0-9]{3}) (\d\d)(\d\d)(\d\d)Z ")
_WIND: Final = re.compile(r" (\d{3}|VRB)(\d{2,3})(?:G(\d{2,3}))?KT\b")
_VISIBILITY: Final = re.compile(r" (M?)(?:(\d{1,2}) )?(\d{1,2})(?:/(\d{1,2}))?SM\b")
_TENTHS: Final = re.compile(r" T([01])(\d{3})([01])(\d{3})\b")
_WHOLE: Final = re.compile(r" (M?\d\d)/(M?\d\d)?\b")
_ALTIMETER: Final = re.compile(r" A(\d{4})\b")
_HOUR_RAIN: Final = re.compile(r" P(\d{4})\b")
_CODE: Final = re.compile(
    r"(?<= )(?:[-+]|VC)?(?:MI|PR|BC|DR|BL|SH|TS|FZ)?"
    r"(?:DZ|RA|SN|SG|IC|PL|GR|GS|UP|BR|FG|FU|VA|DU|SA|HZ|PY|PO|SQ|FC|SS|DS)*(?= )"
)
_SKY: Final = re.compile(r" (CLR|SKC|NSC|NCD|CAVOK|FEW|SCT|BKN|OVC|VV)(?=\d| |$)")
_NEAREST: Final = timedelta(days=1)

_DESCRIPTOR: Final = {
    "MI": "Shallow", "PR": "Partial", "BC": "Patchy", "DR": "Drifting", "BL": "Blowing", "SH": "Showers of",
    "TS": "Thunderstorm", "FZ": "Freezing",
}  # fmt: skip
_PHENOMENON: Final = {
    "DZ": "Drizzle", "RA": "Rain", "SN": "Snow", "SG": "Snow Grains", "IC": "Ice Crystals", "PL": "Ice Pellets",
    "GR": "Hail", "GS": "Small Hail", "UP": "Unknown Precipitation", "BR": "Mist", "FG": "Fog", "FU": "Smoke",
    "VA": "Ash", "DU": "Dust", "SA": "Sand", "HZ": "Haze", "PY": "Spray", "PO": "Dust", "SQ": "Squalls",
    "FC": "Funnel Cloud", "SS": "Sand Storm", "DS": "Dust Storm",
}  # fmt: skip
_COVER: Final = {
    "OVC": "Overcast", "VV": "Overcast", "BKN": "Broken Clouds", "SCT": "Scattered Clouds", "FEW": "Few Clouds",
    "CLR": "Clear", "SKC": "Clear", "NSC": "Clear", "NCD": "Clear", "CAVOK": "Clear",
}  # fmt: skip


class Head(NamedTuple):
    """What every METAR opens with: the ICAO station, and the UTC day of the month, hour and minute."""

    station: str
    day: int
    hour: int
    minute: int


class Values(NamedTuple):
    """The values of a bare METAR; None where it has none."""

    temp_f: float | None
    dewpoint_f: float | None
    wind_mph: float | None
    gust_mph: float | None
    wind_deg: float | None
    visibility_mi: float | None
    pressure_hpa: float | None
    precip_in: float | None
    condition: str | None


def read_head(metar: str) -> Head | None:
    """The station and time of a report; None for a text that is no METAR."""
    match = _HEAD.match(metar)
    return Head(match[1], int(match[2]), int(match[3]), int(match[4])) if match else None


def instant_near(head: Head, near: datetime) -> datetime | None:
    """The UTC instant that a report's day and time mean, at most a day from `near` (naive, in some time zone); None if
    there is none."""
    for away in (timedelta(), -_NEAREST, _NEAREST):
        day = near + away
        if day.day == head.day and head.hour < 24 and head.minute < 60:
            at = day.replace(hour=head.hour, minute=head.minute, second=0, microsecond=0)
            return at.replace(tzinfo=UTC) if abs(at - near) <= _NEAREST else None
    return None


def weather_in_words(codes: str) -> str | None:
    """Weather codes such as `-SN BR` in words; None without codes. A code that is not known stays as it is."""
    words = [_code_in_words(code) for code in codes.split()]
    return ", ".join(dict.fromkeys(word for word in words if word)) or None


def sky_in_words(covers: list[str]) -> str | None:
    """The thickest of the cloud layers (OVC, BKN, ...) in words; None without a known one."""
    present = {cover.strip() for cover in covers}
    return next((words for code, words in _COVER.items() if code in present), None)


def _code_in_words(code: str) -> str:
    rest, words = code, []
    if rest.startswith("+"):
        words.append("Heavy")
    elif rest.startswith("-"):
        words.append("Light")
    rest = rest.lstrip("+-")
    is_near, rest = rest.startswith("VC"), rest.removeprefix("VC")
    parts = [rest[at : at + 2] for at in range(0, len(rest), 2)]
    unknown = [part for part in parts if part not in _DESCRIPTOR and part not in _PHENOMENON]
    if unknown or not parts:
        return code
    described = [_DESCRIPTOR[part] for part in parts if part in _DESCRIPTOR]
    things = " and ".join(_PHENOMENON[part] for part in parts if part in _PHENOMENON)
    described = [word if things else word.removesuffix(" of") for word in described]
    words += [*described, *([things] if things else []), *(["in the Vicinity"] if is_near else [])]
    return " ".join(words).replace("Thunderstorm ", "Thunderstorm and " if things else "Thunderstorm ")


def read_values(metar: str) -> Values:
    """The values of a report whose table has no columns for them: temperature and dew point from the T group, else in
    whole degrees; the rain of the hour from the P group."""
    body, _, remarks = metar.partition(" RMK")
    temp, dewpoint = _temperatures(body, remarks)
    wind = _WIND.search(body)
    altimeter, rain = _ALTIMETER.search(body), _HOUR_RAIN.search(remarks)
    codes = " ".join(match for match in _CODE.findall(f"{body} ") if len(match) >= 2)
    return Values(
        temp_f=temp,
        dewpoint_f=dewpoint,
        wind_mph=mph_of_knots(int(wind[2])) if wind else None,
        gust_mph=mph_of_knots(int(wind[3])) if wind and wind[3] else None,
        wind_deg=float(wind[1]) if wind and wind[1] != "VRB" and int(wind[2]) else None,
        visibility_mi=_visibility(body),
        pressure_hpa=round(int(altimeter[1]) / 100 * INHG_HPA, 1) if altimeter else None,
        precip_in=int(rain[1]) / 100 if rain else None,
        condition=weather_in_words(codes) or sky_in_words(_SKY.findall(body)),
    )


def _temperatures(body: str, remarks: str) -> tuple[float | None, float | None]:
    if tenths := _TENTHS.search(remarks):
        signs = {"0": 0.1, "1": -0.1}
        return fahrenheit(signs[tenths[1]] * int(tenths[2])), fahrenheit(signs[tenths[3]] * int(tenths[4]))
    if whole := _WHOLE.search(body):
        dewpoint = fahrenheit(_celsius(whole[2])) if whole[2] else None
        return fahrenheit(_celsius(whole[1])), dewpoint
    return None, None


def _celsius(text: str) -> int:
    return -int(text[1:]) if text.startswith("M") else int(text)


def _visibility(body: str) -> float | None:
    found = _VISIBILITY.search(body)
    if not found or found[4] == "0":
        return None
    part = int(found[3]) / int(found[4] or 1)
    return round(int(found[2] or 0) + part, 4)
