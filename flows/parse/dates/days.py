"""Finds calendar days in text: printed and machine formats, Gregorian, Buddhist, Iranian and East Asian years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flows.parse.dates.calendars import with_civil_days
from flows.parse.dates.months import JALALI_MONTHS, MONTHS, THAI_SHORT_MONTHS, VIETNAMESE_MONTHS, month_of
from flows.parse.page.vocabulary import ordered

FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_DAYS = 6
# Years of the Buddhist era are 543 ahead.
_BUDDHIST = 543
# Iranian years 1369 to 1415 are 1990 to 2037; the Islamic calendar's years of that time are 1410 and later.
_FIRST_JALALI, _LAST_JALALI = 1369, 1415
_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០０"
_DIGIT = re.compile(r"\d")
_DIGITS = {ord(zero) + number: str(number) for zero in _ZEROS for number in range(10)}

_NAME = r"([^\W\d_][^\s\d,.;:/()|\"<>\-]{1,14}"
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?=$|[Z+\-\s.])")
_EAST_ASIAN = re.compile(r"(\d{4})\s*(?:[年년]|оны)\s*(\d{1,2})\s*(?:[月월]|(?:-р\s*)?сарын)\s*(\d{1,2})\s*[日일]?")
_ERA = re.compile(r"(令和|平成|民國|民国)\s*(\d{1,3}|元)\s*年")
_HAN_NUMBER = "([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HAN_DAY = re.compile(rf"([〇○零一二三四五六七八九]{{4}})年{_HAN_NUMBER}月{_HAN_NUMBER}日")
_HAN_DIGITS = "〇一二三四五六七八九"
_ERA_YEARS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:st|nd|rd|th|er|º|ª)?[\s.,/\-]*(?:de |of |d[’'])?\s*"
    + _NAME
    + r"?)(?:\.|de|(?=[\s.,/\-’']))[\s.,/\-’']*(?:de |del |of )?\s*"
    # A year of two digits is known by a hyphen or apostrophe before it, or by a clock with seconds after it (RFC 822).
    r"(?:(\d{4})|(?:(?<=[-’'])|(?=\d\d\s+\d\d:\d\d:\d\d))(\d{2}))(?!\d|[:.]\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"\b" + _NAME + r")\.?[\s-]*(\d{1,2})(?:st|nd|rd|th|er)?(?!\d)[,.]?(?:\s+|\s*-\s*)(?:(\d{4})|[’'](\d{2}))(?!\d)",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    r"\b" + _NAME + r")\.?\s+(\d{1,2})\s+(\d\d?:\d\d(?::\d\d)?)\s+(?:([A-Z]{1,5}|[+-]\d{4})\s+)?(\d{4})\b"
)
_TIGHT = re.compile(r"(?<!\w)(\d{1,2})([a-z]{3})(\d{4})(?!\w)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(?:[.,]|ko)?\s+(?:m\.\s*)?" + _NAME + r")\.?\s+(\d{1,2})(?!\d)")
_YEAR_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{4})(?:\.?\s+gada|\s+ж(?:\.|ыл\w*)|-yil\w*)\s+(\d{1,2})[.-]?\s*" + _NAME + r")"
)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d])")
_JALALI = re.compile(rf"(\d{{1,2}})\s+({'|'.join(JALALI_MONTHS)})\s+(?:ماه\s+)?(1[34]\d\d)")
_VIETNAMESE = re.compile(
    rf"(\d{{1,2}})\s+(?:tháng|thg\.?)\s+(\d{{1,2}}|{'|'.join(sorted(VIETNAMESE_MONTHS, key=len, reverse=True))})"
    r"(?:\s*,|\s+năm)?\s+(\d{4})(?!\d)",
    re.IGNORECASE,
)
_THAI_DOTS = re.compile("([เ]?[\u0e01-\u0e2e][\u0e31-\u0e3a\u0e47-\u0e4e]?)\\.\\s?([\u0e01-\u0e2e])\\.")
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_THAI = re.compile("(\\d{1,2})\\s+([\u0e01-\u0e4e]{2,12})\\s*(?:พ\\.?ศ\\.?\\s*)?(\\d{4}|\\d{2})(?!\\d|[:.]\\d)")
# Names of two words in the calendar of the Levant, and one word for the same month.
_LEVANT = re.compile(r"(تشرين|كانون)\s+(الأول|الاول|الثاني)")
_LEVANT_MONTHS = {"تشرينالأول": "أكتوبر", "تشرينالثاني": "نوفمبر", "كانونالأول": "ديسمبر", "كانونالثاني": "يناير"}
# Words for day, month and year that stand between the parts of a Khmer or Burmese date.
_PART_NAMES = re.compile("ថ្ងៃទី|ខែ|ឆ្នាំ|ခုနှစ်|ရက်")
# Years of two digits, which come first in Korean and Persian: 24.05.21 and ۰۳/۰۳/۰۱.
_KOREAN_SHORT = re.compile(r"(?<![\d.])([0-4]\d\s?[./-]\s?(?:0\d|1[0-2])\s?[./-]\s?[0-3]\d)(?![\d])")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_PERSIAN_SHORT = re.compile(r"(?<![\d/])([۰][۰-۹]/[۰-۹]{1,2}/[۰-۹]{1,2})(?![\d/])")
# Years of the Republic of China: 113/05/21.
_MINGUO = re.compile(r"(?<![\d./-])(1[01]\d)([/.-])(\d\d)\2(\d\d)(?![\d./-])")
_ROMAN_MONTHS = {name: number for number, name in enumerate(ordered("i ii iii iv v vi vii viii ix x xi xii"), start=1)}
_ROMAN = re.compile(r"(?<!\d)(\d{1,2})[. ]{1,2}(XI{0,2}|IX|IV|V?I{1,3}|V)[. ]{1,2}(\d{4})(?!\d)")
_TWO_NAMES = re.compile(r"([^\W\d_]{2,14})\s*/\s*([^\W\d_]{2,14})")


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day found in text, and its position in the normalized text."""

    year: int
    month: int
    day: int
    start: int
    end: int


def normalized(text: str) -> str:
    """The text with ASCII digits, Thai abbreviations without dots, one name for a month printed with two, and years
    of the Christian era, four digits long where the script says which ones come first. Unchanged when it is ASCII."""
    if text.isascii():
        return text
    text = _PERSIAN_SHORT.sub(r"14\1", text).translate(_DIGITS)
    text = _KOREAN_SHORT.sub(r"20\1", with_civil_days(text)) if _HANGUL.search(text) else with_civil_days(text)
    text = _THAI_DOTS.sub(_thai_month, text)
    text = _ERA.sub(_era_year, text)
    text = _HAN_DAY.sub(_han_day, text)
    text = _LEVANT.sub(_levant_month, text)
    text = _PART_NAMES.sub(" ", text)
    return _TWO_NAMES.sub(_one_name, text) if "/" in text else text


def _thai_month(match: re.Match[str]) -> str:
    name = match.group(1) + match.group(2)
    return name if name in THAI_SHORT_MONTHS else match.group()


def _era_year(match: re.Match[str]) -> str:
    number = 1 if match.group(2) == "元" else int(match.group(2))
    return f"{_ERA_YEARS[match.group(1)] + number}年"


def _levant_month(match: re.Match[str]) -> str:
    return _LEVANT_MONTHS[match.group(1) + match.group(2).replace("الاول", "الأول")]


def _han_day(match: re.Match[str]) -> str:
    year = "".join(str(_HAN_DIGITS.index(sign)) for sign in re.sub("[○零]", "〇", match.group(1)))
    return f"{year}年{_han_number(match.group(2))}月{_han_number(match.group(3))}日"


def _han_number(text: str) -> int:
    """The value of a number below 100: 二十一 is 21."""
    tens, ten, ones = text.rpartition("十")
    return (_HAN_DIGITS.index(tens) if tens else int(bool(ten))) * 10 + (_HAN_DIGITS.index(ones) if ones else 0)


def _one_name(match: re.Match[str]) -> str:
    first, second = (MONTHS.get(name.lower(), 0) for name in match.groups())
    return match.group(1) if first and first == second else match.group()


def find_day(text: str, day_first: bool = True) -> Day | None:
    """The first calendar day in `text`, in any known format; its position is that in the normalized text."""
    text = normalized(text)
    if not _DIGIT.search(text):
        return None
    days = [day for read in _READERS if (day := read(text, day_first))]
    return min(days, key=lambda day: (day.start, -day.end)) if days else _compact(text)


def find_days(text: str, day_first: bool = True) -> list[Day]:
    """The calendar days in `text` in order, at most MAX_DAYS. `text` must be normalized."""
    days: list[Day] = []
    start = 0
    while len(days) < MAX_DAYS and (day := find_day(text[start:], day_first)):
        days.append(Day(day.year, day.month, day.day, start + day.start, start + day.end))
        start += day.end
    return days


def compact_clock(text: str, day: Day) -> re.Match[str] | None:
    """The match of a compact timestamp that starts at the day, with hour, minute and second as groups 4 to 6."""
    match = _COMPACT.match(text, day.start)
    return match if match and match.group(4) else None


def clock_inside(text: str, day: Day) -> int | None:
    """Where the clock starts in a day printed around it (`Jan 09 03:37:21 PST 2019`), else None."""
    match = _YEAR_LAST.match(text, day.start)
    return match.start(3) if match else None


def _iso(text: str, _: bool) -> Day | None:
    for pattern, groups in ((_ISO, (1, 3, 4)), (_EAST_ASIAN, (1, 2, 3))):
        for match in pattern.finditer(text):
            if day := _day(match, *groups):
                return day
    return None


def _compact(text: str) -> Day | None:
    match = _COMPACT.search(text)
    return _day(match, 1, 2, 3) if match else None


def _month_name(text: str, _: bool) -> Day | None:
    best: Day | None = None
    for pattern, (year, month, day) in (
        (_YEAR_LAST, (5, 1, 2)), (_MONTH_DAY, (3, 1, 2)), (_DAY_MONTH, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3)),
        (_YEAR_DAY_MONTH, (1, 3, 2)), (_TIGHT, (3, 2, 1)),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            found = _day(match, year, month, day)
            if found:
                if best is None or found.start < best.start:
                    best = found
                break
    return best


def _vietnamese(text: str, _: bool) -> Day | None:
    match = None if text.isascii() else _VIETNAMESE.search(text)
    if not match:
        return None
    name = match.group(2).lower()
    month = int(name) if name.isdigit() else VIETNAMESE_MONTHS.get(name, 0)
    return _checked(int(match.group(3)), month, int(match.group(1)), match)


def _thai(text: str, _: bool) -> Day | None:
    for match in _THAI.finditer(text) if _THAI_LETTER.search(text) else ():
        year = int(match.group(3))
        year = year + 2500 - _BUDDHIST if year < 100 else year
        if found := _checked(year, MONTHS.get(match.group(2), 0), int(match.group(1)), match):
            return found
    return None


def _jalali(text: str, _: bool) -> Day | None:
    """A day of the Iranian calendar with its month name."""
    match = None if text.isascii() else _JALALI.search(text.replace("\u064a", "\u06cc"))
    if not match:
        return None
    return _jalali_day(int(match.group(3)), JALALI_MONTHS[match.group(2)], int(match.group(1)), match)


def _jalali_day(year: int, month: int, day: int, match: re.Match[str]) -> Day | None:
    """Leap years follow a 33-year cycle in this range."""
    if not (_FIRST_JALALI <= year <= _LAST_JALALI and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    past = year - _FIRST_JALALI
    leaps = sum((_FIRST_JALALI + i) % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for i in range(past))
    days = past * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    at = date(1990, 3, 21) + timedelta(days=days)
    return Day(at.year, at.month, at.day, match.start(), match.end())


def _numeric(text: str, day_first: bool) -> Day | None:
    for match in _NUMERIC.finditer(text):
        # dates with dots are never month-first
        order = (1, 3) if day_first or match.group(2) == "." else (3, 1)
        for day, month in (order, order[::-1]):
            if found := _day(match, 4, month, day):
                return found
    return None


def _rare(text: str, _: bool) -> Day | None:
    """A day with its month in Roman numerals, or with a year of the Republic of China."""
    if match := _ROMAN.search(text):
        return _checked(int(match.group(3)), _ROMAN_MONTHS[match.group(2).lower()], int(match.group(1)), match)
    if match := _MINGUO.search(text):
        return _checked(int(match.group(1)) + 1911, int(match.group(3)), int(match.group(4)), match)
    return None


_READERS = (_iso, _month_name, _numeric, _jalali, _vietnamese, _thai, _rare)


def _day(match: re.Match[str], year_group: int, month_group: int, day_group: int) -> Day | None:
    name = match.group(month_group)
    month = int(name) if name.isdigit() else month_of(name)
    if month == 11 and name.lower() == "listopada" and match.string[match.end(day_group)] == ".":
        month = 10  # Croatian, which prints a dot after the day; the same word is November in Polish and Ukrainian
    year = match.group(year_group) or match.group(match.re.groups)
    if len(year) == 4 and year.startswith("00"):
        return None  # a program's empty date, such as 0001-01-01
    return _checked(int(year), month, int(match.group(day_group)), match)


def _checked(year: int, month: int, day: int, match: re.Match[str]) -> Day | None:
    """The day, if it is one within the years that news pages can have."""
    if year < 100:
        year += 2000 if year < 70 else 1900
    elif _FIRST_JALALI <= year <= _LAST_JALALI:
        return _jalali_day(year, month, day, match)
    elif year > LAST_YEAR:
        year -= _BUDDHIST
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Day(year, month, day, match.start(), match.end())
