"""Names the lists of a site that reach back to given days: sitemaps by date, paged feeds and sections, search feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlencode, urljoin

from flows.fetch.discovery.sitemaps import Child
from flows.model import Find, Purpose
from flows.sources import Source

MAX_PAGES: Final = 50  # of one paged list
_PER_SEARCH: Final = 100
_MONTH: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])(?!\d{3})")
_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_]?(0?[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class PagedList:
    """A list that is read page after page, until one has nothing new or only earlier days: `address` holds {number},
    which is `first` on the first page and grows by `step`."""

    address: str
    purpose: Purpose
    first: int
    step: int = 1

    def pages(self) -> Iterator[str]:
        """The addresses, first page first."""
        for number in range(MAX_PAGES):
            yield self.address.replace("{number}", str(self.first + number * self.step))


def paged_lists(source: Source, since: date, until: date) -> list[PagedList]:
    """The lists of a site that can be read back to `since`: search feeds of its system, then its feeds and sections."""
    system = next((era.system for era in reversed(source.history) if era.system), None) or ""
    lists = []
    if "blox" in system:
        values = {
            "f": "rss",
            "t": "article",
            "d1": since,
            "d2": until,
            "s": "start_time",
            "sd": "asc",
            "l": _PER_SEARCH,
        }
        search = urljoin(source.home, f"/search/?{urlencode(values)}&o={{number}}")
        lists.append(PagedList(search, "feed", 0, _PER_SEARCH))
    if "wordpress" in system:
        for month in _months(since, until):
            lists.append(PagedList(urljoin(source.home, f"/{month:%Y/%m}/feed/?paged={{number}}"), "feed", 1))
    for feed in source.feeds:
        lists.append(PagedList(f"{feed}{'&' if '?' in feed else '?'}paged={{number}}", "feed", 2))
    for section in source.sections:
        lists.append(PagedList(f"{section}{'&' if '?' in section else '?'}page={{number}}", "section", 2))
    return lists


def may_list(child: Child, since: date, until: date) -> bool:
    """Whether a sitemap of an index can list pages of the days: not if its name has another month, or it has not
    changed since they began."""
    if match := _MONTH.search(child.url.rpartition("/")[2]):
        month = date(int(match[1]), int(match[2]), 1)
        return since.replace(day=1) <= month <= until
    changed = day_of(child.lastmod)
    return changed is None or changed >= since


def is_of(find: Find, since: date, until: date) -> bool | None:
    """Whether a find is of the days, by its own date or the one in its URL; None if neither shows one. A sitemap dates
    the last change, so a later date does not speak against a page."""
    in_url = _day_in(find.url)
    if in_url is not None:
        return since <= in_url <= until + timedelta(days=1)
    dated = day_of(find.published)
    if dated is None:
        return None
    if find.channel == "sitemap":
        return None if dated > until else dated >= since
    return since <= dated <= until + timedelta(days=1)


def day_of(text: str | None) -> date | None:
    """The day of a date as feeds and sitemaps write it, None for any other text."""
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text or "").date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day_in(url: str) -> date | None:
    match = _DAY.search(url.partition("://")[2].partition("/")[2])
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)
