"""Finds the dates that a page shows or holds outside its metadata: in URL, date lines, text and scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from functools import lru_cache
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from flows.model import Moment
from flows.parse.dates.days import find_day
from flows.parse.dates.moments import moment
from flows.parse.page.addresses import host_of, path_of
from flows.parse.page.clean import clean_text
from flows.parse.page.document import Document

_WORDS = ("date", "time", "posted", "meta", "byline", "pub", "created", "info", "datum", "fecha", "stamp")
_MARKED = re.compile("|".join(_WORDS), re.IGNORECASE)
_MARKED_IDS = '[id*="date"],[id*="meta"]'
_NOT_PUBLICATION = re.compile(
    r"current|today|clock|copyright|footer|comment|sidebar|widget|related|event|heute", re.IGNORECASE
)
_UPDATED = re.compile(r"updat|modif|aktualis|edited|revised", re.IGNORECASE)
_MONTH_FIRST_HOSTS = (".us", ".ph")
_US_ZONES = re.compile(
    r"US/|Pacific/Honolulu|America/(?:New_York|Detroit|Chicago|Denver|Phoenix|Los_Angeles|Anchorage|Boise|Menominee"
    r"|Juneau|Sitka|Nome|Indiana/|Kentucky/|North_Dakota/)"
)
_QUOTED = re.compile(r"[\"']((?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?[^\"'\\<]{0,24})")
_DATE_NAME = re.compile(
    r"(?:publi|deploy|posted|creat|issue|date|time)[a-z_]{0,14}\\?[\"']?\s{0,3}[:=(]\s{0,3}\\?$", re.IGNORECASE
)
MAX_MARKED, MAX_TIMES = 150, 20
MAX_NAME = 40
MAX_QUOTED = 200
_DIGIT = re.compile(r"\d")
_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([/_.-])(0?[1-9]|1[0-2]|[a-z]{3})\2([0-2]?\d|3[01])|()(0[1-9]|1[0-2])([0-2]\d|3[01]))(?!\d)",
    re.IGNORECASE,
)
MIN_TEXT, MIN_DENSE, MAX_TEXT = 5, 1, 160
# A longer element is no date line, whatever its white space.
MAX_RAW = 1500


@lru_cache(maxsize=16)
def day_first_of(lang: str | None, url: str, zone: tzinfo | None = None) -> bool:
    """Whether 3/4/2019 is 3 April: everywhere except in the United States and the Philippines. English pages of a
    source in a zone of the United States are American, whatever their host."""
    host = host_of(url)
    if lang in ("en-us", "en-ph", "es-us", "fil") or host.endswith(_MONTH_FIRST_HOSTS):
        return False
    is_american = host.endswith((".com", ".org", ".net", ".gov", ".edu")) or _US_ZONES.match(str(zone))
    return not (lang in (None, "en") and is_american)


def url_day(url: str, zone: tzinfo | None) -> Moment | None:
    """The day in a URL's path, such as /2019/05/03/ or /20190503/."""
    match = _URL_DATE.search(path_of(url))
    if not match:
        return None
    year, month, day = match.group(1), match.group(3) or match.group(6), match.group(4) or match.group(7)
    raw = f"{year}-{int(month):02}-{int(day):02}" if month.isdigit() else f"{day} {month} {year}"
    return moment(raw, zone)


def dated_titles(document: Document) -> Iterator[str]:
    """The page's titles that hold a date."""
    for title in (*document.signals.titles[:1], document.meta_first("og:title") or ""):
        if find_day(title[:400]):
            yield title[:400]


def date_lines(document: Document, excludes: Callable[[LexborNode], bool]) -> Iterator[tuple[str, bool]]:
    """(text, whether it is marked as an update) of the short elements with a date-like class or id;
    without those that `excludes` says are not the article's."""
    marked = document.outline.with_class(_WORDS, _MARKED, MAX_MARKED)
    for node in chain(document.tree.css("time")[:MAX_TIMES], marked, document.tree.css(_MARKED_IDS)[:MAX_TIMES]):
        attributes = node.attributes
        names = f"{attributes.get('class')} {attributes.get('id')}"
        if _NOT_PUBLICATION.search(names):
            continue
        if len(node.text_lexbor()) > MAX_RAW:
            continue
        text = clean_text(attributes.get("title") or "") if node.tag == "abbr" else ""
        text = text or clean_text(node.text(separator=" "))
        least = MIN_TEXT if text.isascii() else MIN_DENSE
        if least < len(text) <= MAX_TEXT and not excludes(node):
            yield text, marks_update(names)


def marks_update(names: str) -> bool:
    """Whether class or id names mark a date as an update; WordPress marks the publication with both words."""
    return bool(_UPDATED.search(names)) and "publi" not in names.lower()


def dates_in_scripts(document: Document) -> Iterator[str]:
    """Dates in scripts that are the value of a date-like name, those with a clock time first."""
    text, days = document.text, []
    for match in islice(_QUOTED.finditer(text), MAX_QUOTED):
        if _DATE_NAME.search(text[max(0, match.start() - MAX_NAME) : match.start()]):
            if ":" in match.group(1):
                yield match.group(1)
            else:
                days.append(match.group(1))
    yield from days[:5]


def dates_in_lines(document: Document) -> Iterator[str]:
    """Short lines of the visible text that hold a date, in page order: the last resort."""
    body = document.tree.body
    if body is None:
        return
    for line in body.text(separator="\n")[:200_000].split("\n"):
        start = line[:400]
        if _DIGIT.search(start) and MIN_TEXT < len(text := clean_text(start)) <= MAX_TEXT and find_day(text):
            yield text
