"""Replaces days of the Hebrew, Islamic, Nepali and Ethiopian calendars in text by the civil day, where they stand
alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

# Month names, the first month of the year first; a slash separates spellings, and names of two words hold a space.
_HIJRI = (
    "محرم", "صفر", "ربيع الأول/ربيع الاول", "ربيع الآخر/ربيع الثاني/ربيع الاخر",
    "جمادى الأولى/جمادى الاولى/جمادي الأولى", "جمادى الآخرة/جمادى الثانية/جمادي الثانية/جمادى الاخرة",
    "رجب", "شعبان", "رمضان", "شوال",
    "ذو القعدة/ذي القعدة/ذو القعده", "ذو الحجة/ذي الحجة/ذو الحجه",
)  # fmt: skip
_NEPALI = (
    "वैशाख/बैशाख", "जेठ/जेष्ठ/ज्येष्ठ", "असार/आषाढ", "साउन/श्रावण/सावन", "भदौ/भाद्र", "असोज/आश्विन", "कात्तिक/कार्तिक",
    "मंसिर/मङ्सिर", "पुस/पुष/पौष", "माघ", "फागुन/फाल्गुन", "चैत/चैत्र",
)  # fmt: skip
_ETHIOPIAN = (
    "መስከረም", "ጥቅምት", "ኅዳር/ህዳር", "ታኅሣሥ/ታህሳስ/ታኅሳስ", "ጥር", "የካቲት", "መጋቢት", "ሚያዝያ/ሚያዚያ", "ግንቦት", "ሰኔ", "ሐምሌ/ሀምሌ",
    "ነሐሴ/ነሀሴ", "ጳጉሜ/ጳጉሜን",
)  # fmt: skip
# The religious year: Nisan is 1, Tishri 7; Adar is 12, the second Adar of a leap year 13.
_HEBREW = {
    "ניסן": 1, "אייר": 2, "סיון": 3, "סיוון": 3, "תמוז": 4, "אב": 5, "אלול": 6, "תשרי": 7, "חשון": 8, "חשוון": 8,
    "מרחשון": 8, "מרחשוון": 8, "כסלו": 9, "כסליו": 9, "טבת": 10, "שבט": 11, "אדר": 12, "אדר א": 12, "אדר ב": 13,
}  # fmt: skip
_LETTERS = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", (*range(1, 10), *range(10, 100, 10), 100, 200, 300, 400), strict=True))
# Days before the first day of each calendar's first year, in the count of `date.toordinal`.
_HEBREW_EPOCH, _ETHIOPIAN_EPOCH = -1_373_427, 2795
CIVIL_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCRIPTS = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0900-\u097f\u1200-\u137f]")


def _table(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, spellings in enumerate(names, start=1) for name in spellings.split("/")}


def _choice(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_HIJRI_MONTHS, _NEPALI_MONTHS, _ETHIOPIAN_MONTHS = _table(_HIJRI), _table(_NEPALI), _table(_ETHIOPIAN)
_HIJRI_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+(?:من\s+)?({_choice(_HIJRI_MONTHS)})[\s,،]+(?:سنة\s+|عام\s+)?(14\d\d)(?!\d)"
)
_NEPALI_DAY = re.compile(
    rf"(?<!\d)(20[4-9]\d)\s+(?:साल\s+)?({_choice(_NEPALI_MONTHS)})\s+(\d{{1,2}})(?!\d)|"
    rf"(?<!\d)(\d{{1,2}})\s+({_choice(_NEPALI_MONTHS)}),?\s+(20[4-9]\d)(?!\d)|"
    rf"({_choice(_NEPALI_MONTHS)})\s+(\d{{1,2}}),?\s+(20[4-9]\d)(?!\d)"
)
_ETHIOPIAN_DAY = re.compile(rf"({_choice(_ETHIOPIAN_MONTHS)})\s+(\d{{1,2}})(?:\s*ቀን)?[,፣]?\s+((?:19|20)\d\d)(?!\d)")
_HEBREW_DAY = re.compile(
    rf"(?<![א-ת])([א-ת]{{1,2}}[׳']?|[א-ת]{{1,2}}[״\"][א-ת])\s+ב?({_choice(_HEBREW)})[׳']?\s+"
    r"((?:ה['׳]?)?תש[א-ת]{0,2}[״\"][א-ת])"
)


def with_civil_days(text: str) -> str:
    """The text (ASCII digits) with each day of another calendar as an ISO date. Where a civil year stands beside it,
    the civil day is printed too, and the other one stays as it is."""
    if not _SCRIPTS.search(text):
        return text
    for pattern, read in _READERS:
        text = pattern.sub(partial(_iso, read), text)
    return text


def _iso(read: Callable[[re.Match[str]], date], match: re.Match[str]) -> str:
    rest = match.string[: match.start()] + match.string[match.end() :]
    if CIVIL_YEAR.search(rest):
        return match.group()
    try:
        return read(match).isoformat()
    except (ValueError, OverflowError):
        return match.group()


def _hijri(match: re.Match[str]) -> date:
    """By the Umm al-Qura calendar of Saudi Arabia, which other countries may precede or follow by a day."""
    from hijridate import Hijri  # only pages with such a day need it

    return Hijri(int(match.group(3)), _HIJRI_MONTHS[match.group(2)], int(match.group(1))).to_gregorian()


def _nepali(match: re.Match[str]) -> date:
    from nepali_datetime import date as nepali_date  # only pages with such a day need it

    groups = [group for group in match.groups() if group]
    year = next(group for group in groups if len(group) == 4 and group.isdigit())
    day = next(group for group in groups if group.isdigit() and group != year)
    month = next(group for group in groups if not group.isdigit())
    civil: date = nepali_date(int(year), _NEPALI_MONTHS[month], int(day)).to_datetime_date()
    return civil


def _ethiopian(match: re.Match[str]) -> date:
    """Twelve months of 30 days and one of five or, before every fourth year, six."""
    month, day, year = _ETHIOPIAN_MONTHS[match.group(1)], int(match.group(2)), int(match.group(3))
    _check_day(day, 30 if month < 13 else 6 if year % 4 == 3 else 5)
    return date.fromordinal(_ETHIOPIAN_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day)


def _hebrew(match: re.Match[str]) -> date:
    """The arithmetic of Dershowitz and Reingold, Calendrical Calculations."""
    day, year = _gematria(match.group(1)), 5000 + _gematria(match.group(3).lstrip("ה'׳"))
    month = _HEBREW[match.group(2)]
    is_leap = (7 * year + 1) % 19 < 7
    if month == 12 and is_leap and match.group(2) == "אדר":
        month = 13
    months = [*range(7, 14 if is_leap else 13), *range(1, 7)]
    before = months[: months.index(month)]
    _check_day(day, _month_length(month, year, is_leap))
    return date.fromordinal(_new_year(year) + sum(_month_length(each, year, is_leap) for each in before) + day - 1)


def _check_day(day: int, length: int) -> None:
    """Raise ValueError for a day that a month of this length does not have."""
    if not 1 <= day <= length:
        raise ValueError(f"day {day} of {length}")


def _gematria(letters: str) -> int:
    return sum(_LETTERS.get(letter, 0) for letter in letters)


def _month_length(month: int, year: int, is_leap: bool) -> int:
    length = _new_year(year + 1) - _new_year(year)
    if month == 8:
        return 30 if length % 10 == 5 else 29
    if month == 9:
        return 29 if length % 10 == 3 else 30
    return 29 if month in (2, 4, 6, 10, 13) or (month == 12 and not is_leap) else 30


def _new_year(year: int) -> int:
    before, this, after = (_elapsed(each) for each in (year - 1, year, year + 1))
    delay = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _HEBREW_EPOCH + this + delay


def _elapsed(year: int) -> int:
    """Days from the epoch to the mean new moon of a year, moved off the weekdays on which no year begins."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12_084 + 13_753 * months) // 25_920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


_READERS = ((_HIJRI_DAY, _hijri), (_NEPALI_DAY, _nepali), (_ETHIOPIAN_DAY, _ethiopian), (_HEBREW_DAY, _hebrew))
