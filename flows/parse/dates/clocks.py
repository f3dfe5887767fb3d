"""Reads the clock times printed beside a date, with the halves of the day in many languages."""

from __future__ import annotations

import re
from typing import NamedTuple

# Words for the halves of the day, printed before or after the clock; longer ones first.
_FORENOON = (
    "قبل از ظهر", "ก่อนเที่ยง", "पूर्वाह्न", "পূর্বাহ্ণ", "صباحًا", "صباحاً", "صباحا", "오전", "午前", "上午", "凌晨", "早上",
    "清晨", "π.μ.", "πμ", "ق.ظ", "সকাল", "ভোর", "এএম", "सुबह", "sáng", "paradite", "öö", "ص", "صبح",
    "de.", "f.m.", "de la mañana", "pagi", "காலை",
)  # fmt: skip
_AFTERNOON = (
    "بعد از ظهر", "بعدازظهر", "หลังเที่ยง", "अपराह्न", "অপরাহ্ণ", "مساءً", "مساء", "오후", "午後", "下午", "晚上",
    "傍晚", "中午", "సాయంత్రం", "μ.μ.", "μμ", "ب.ظ", "বিকাল", "বিকেল", "দুপুর", "সন্ধ্যা", "পিএম",
    "शाम", "दोपहर", "chiều", "tối", "pasdite", "ös", "م", "شام", "عصر", "دوپہر", "du.", "e.m.", "de la tarde",
    "de la noche", "petang", "ptg", "மாலை",
)  # fmt: skip
_HALVES = dict.fromkeys(_FORENOON, "a") | dict.fromkeys(_AFTERNOON, "p")
_HALF = "|".join(re.escape(word) for word in sorted(_HALVES, key=len, reverse=True))
_LATIN_HALF = r"([ap])(?:\.\s?m\b\.?|m\b\.?)"
_AFTER = re.compile(rf"\s*(?:{_LATIN_HALF}|({_HALF})(?!\w))", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)({_HALF})\s*$", re.IGNORECASE)
_START = r"(?<![\d:.+-])"
_COLON = re.compile(
    _START + r"(\d{1,2})\s?(?:[:h：٫]|giờ|heures)\s?(\d{2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?(?!\d)", re.IGNORECASE
)
_DOT = re.compile(
    r"(?:(?P<lead>\b(?:kl|klo|kello|um|ore|alle|at)\.?\s*)|(?<![\d:.+-]))(\d{1,2})\.(\d{2})(?![\d.])"
    r"(?(lead)|(?=\s*(?:Uhr|uur\b|Hrs?\b|h\b|WIB|WITA|WIT|GMT|UTC|BST|IST|MSK|CES?T|EES?T|MES?Z|น\.|$|klo|[ap]\.?\s?m\b)))",
    re.IGNORECASE,
)
_CJK = re.compile(r"(\d{1,2})\s*[時时시点點](?!\s*[間间]|간)\s*(?:(\d{1,2})\s*[分분])?")
_HOUR = re.compile(
    rf"(?<![\d:.])(\d{{1,2}})\s?(?:(?={_LATIN_HALF})|Uhr\b|uur\b|hrs\b)|"
    r"\b(?:à|às|a las|um|kl|klo|alle)\.?\s(\d{1,2})(?:\s?h(?:\b|eures?\b)|(?=\s*$))",
    re.IGNORECASE,
)
_NOON = re.compile(r"(?:(?<=\bat )|(?<=, ))noon\b", re.IGNORECASE)
# Between a clock and the day after it stand only a zone, a weekday and small words.
_JOINT = re.compile(r"[^\d|•·;\n]{0,40}$")


class Clock(NamedTuple):
    """A time of day, `second` None where none is printed, and its position in the text."""

    hour: int
    minute: int
    second: int | None
    micro: int
    start: int
    end: int


def find_clock(text: str) -> Clock | None:
    """The first time of day in the text; one with a colon precedes other forms."""
    for pattern in (_COLON, _DOT, _CJK, _HOUR, _NOON):
        for match in pattern.finditer(text):
            if clock := _read(match, text):
                return clock
    return None


def last_clock(text: str) -> Clock | None:
    """The last time of day in the text."""
    found = None
    start = 0
    while clock := find_clock(text[start:]):
        found = clock._replace(start=clock.start + start, end=clock.end + start)
        start = found.end
    return found


def is_joined(text: str) -> bool:
    """Whether the text between a clock and a day lets the clock belong to that day."""
    return _JOINT.match(text) is not None


def _read(match: re.Match[str], text: str) -> Clock | None:
    hour, minute, second, fraction = _numbers(match)
    after = _AFTER.match(text, match.end())
    before = None if after else _BEFORE.search(text, max(0, match.start() - 12), match.start())
    half = (after.group(1) or _HALVES.get(after.group(2).lower())) if after else None
    if before:
        half = _HALVES.get(before.group(1).lower())
    if hour > 24 or minute > 59 or (half and hour > 24):
        return None
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    start, end = (before.start() if before else match.start()), (after.end() if after else match.end())
    return Clock(_of_day(hour, half), minute, int(second) if second else None, micro, start, end)


def _numbers(match: re.Match[str]) -> tuple[int, int, str | None, str | None]:
    """Hour, minute, second and fraction of a second."""
    if match.re is _COLON:
        return int(match.group(1)), int(match.group(2)), match.group(3), match.group(4)
    if match.re is _DOT:
        return int(match.group(2)), int(match.group(3)), None, None
    if match.re is _CJK:
        return int(match.group(1)), int(match.group(2) or 0), None, None
    return 12 if match.re is _NOON else int(match.group(1) or match.group(3)), 0, None, None


def _of_day(hour: int, half: str | None) -> int:
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)
