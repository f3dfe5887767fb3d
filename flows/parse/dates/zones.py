"""Reads the zone or UTC offset printed after a clock time: abbreviations, written-out names, offsets."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

# Hours east of UTC of the abbreviations that news pages print.
ZONE_HOURS = {
    "z": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "west": 1.0, "cet": 1.0, "mez": 1.0, "cest": 2.0,
    "mesz": 2.0, "eet": 2.0, "sast": 2.0, "cat": 2.0, "eest": 3.0, "msk": 3.0, "eat": 3.0, "trt": 3.0, "gst": 4.0,
    "pkt": 5.0, "ist": 5.5, "npt": 5.75, "wib": 7.0, "ict": 7.0, "sgt": 8.0, "myt": 8.0, "hkt": 8.0, "pht": 8.0,
    "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "acdt": 10.5, "aedt": 11.0, "nzst": 12.0,
    "nzdt": 13.0, "nst": -3.5, "ndt": -2.5, "brt": -3.0, "art": -3.0, "ast": -4.0, "adt": -3.0, "est": -5.0,
    "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0, "akst": -9.0,
    "akdt": -8.0, "hst": -10.0, "clt": -4.0, "clst": -3.0, "cot": -5.0, "pet": -5.0, "ect": -5.0, "vet": -4.0,
    "uyt": -3.0, "wat": 1.0, "idt": 3.0, "irst": 3.5, "bdt": 6.0, "wita": 8.0, "wit": 9.0, "sgst": 8.0, "phst": 8.0,
    "seč": 1.0, "selč": 2.0, "мск": 3.0, "msd": 4.0,
}  # fmt: skip
# Printed without standard or daylight time: the rules of the place decide.
ZONE_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
# Zones written out in full, as the text that follows the clock begins, lower case.
_NAMED_ZONES = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "atlantic": "America/Halifax", "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu", "newfoundland": "America/St_Johns", "greenwich mean": "Etc/UTC",
    "coordinated universal": "Etc/UTC", "british": "Europe/London", "irish": "Europe/Dublin",
    "central european": "Europe/Paris", "eastern european": "Europe/Athens", "western european": "Europe/Lisbon",
    "moscow": "Europe/Moscow", "israel": "Asia/Jerusalem", "india": "Asia/Kolkata", "indian": "Asia/Kolkata",
    "pakistan": "Asia/Karachi", "china": "Asia/Shanghai", "beijing": "Asia/Shanghai", "hong kong": "Asia/Hong_Kong",
    "singapore": "Asia/Singapore", "japan": "Asia/Tokyo", "korea": "Asia/Seoul", "korean": "Asia/Seoul",
    "philippine": "Asia/Manila", "western indonesia": "Asia/Jakarta", "australian eastern": "Australia/Sydney",
    "new zealand": "Pacific/Auckland", "south africa": "Africa/Johannesburg", "east africa": "Africa/Nairobi",
    "west africa": "Africa/Lagos", "central africa": "Africa/Maputo",
}  # fmt: skip
_OTHER_NAMES = {
    "heure de paris": "Europe/Paris", "heure de l'est": "America/Toronto", "hora de méxico": "America/Mexico_City",
    "hora del centro": "America/Mexico_City", "hora argentina": "America/Argentina/Buenos_Aires",
    "hora de brasília": "America/Sao_Paulo", "horário de brasília": "America/Sao_Paulo",
    "hora peninsular": "Europe/Madrid", "по москве": "Europe/Moscow", "московское время": "Europe/Moscow",
    "по московскому времени": "Europe/Moscow", "за києвом": "Europe/Kyiv", "за київським часом": "Europe/Kyiv",
    "بتوقيت مكة": "Asia/Riyadh", "بتوقيت السعودية": "Asia/Riyadh", "بتوقيت القاهرة": "Africa/Cairo",
    "بتوقيت أبوظبي": "Asia/Dubai", "北京时间": "Asia/Shanghai", "日本時間": "Asia/Tokyo", "한국시간": "Asia/Seoul",
}  # fmt: skip
_OFFSET = re.compile(r"^\s*(?:\(?(?:UTC|GMT)\)?\s*([-+−]\d{1,2})(?::?(\d{2}))?|([-+−]\d{2}):?(\d{2})?)(?!\d)")
_HOUR_WORD = re.compile(r"^\s*(?:Uhr|hrs?|h|น\.)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"^[\s,(\[]*([^\W\d_]{1,5})\b")
_NAMED = re.compile(
    rf"^[\s,(]*({'|'.join(sorted(_NAMED_ZONES, key=len, reverse=True))})\s+(?:(?:standard|daylight|summer)\s+)?time\b",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"^[\s,(]*({'|'.join(_OTHER_NAMES)})(?!\w)", re.IGNORECASE)


def printed_zone(tail: str, at: datetime) -> tzinfo | None:
    """The zone at the start of `tail`, the text after a clock time; `at` is that local time."""
    if word := _HOUR_WORD.match(tail):
        tail = tail[word.end() :]
    if match := _OFFSET.match(tail):
        hours, minutes = match.group(1) or match.group(3), match.group(2) or match.group(4)
        offset = timedelta(hours=int(hours[1:]), minutes=int(minutes or 0))
        return timezone(offset if hours[0] == "+" else -offset) if offset <= timedelta(hours=14) else None
    if match := _NAMED.match(tail):
        return _offset_at(_NAMED_ZONES[match.group(1).lower()], at)
    if match := _OTHER.match(tail):
        return _offset_at(_OTHER_NAMES[match.group(1).lower()], at)
    return _abbreviated(tail, at)


def _abbreviated(tail: str, at: datetime) -> tzinfo | None:
    match = _WORD.match(tail)
    name = match.group(1).lower() if match else ""
    if tail.strip() == "UT":  # of RFC 822; before other words it is a state or a university
        return UTC
    if match and name in ZONE_HOURS and (name == "z" or match.group(1).isupper()):
        return timezone(timedelta(hours=ZONE_HOURS[name]))
    if match and name in ZONE_PLACES and match.group(1).isupper():
        return _offset_at(ZONE_PLACES[name], at)
    return None


def _offset_at(name: str, at: datetime) -> tzinfo | None:
    offset = at.replace(tzinfo=_zone(name)).utcoffset()
    return timezone(offset) if offset is not None else None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
