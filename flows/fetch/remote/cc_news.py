"""Lists the files of CC-NEWS, Common Crawl's daily news crawl, by month and by the time in their names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from urllib.parse import urljoin

from flows.errors import ConfigError, ShapeError
from flows.fetch.remote.remote_files import read_lines
from flows.settings import Settings

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_NAME: Final = re.compile(r"CC-NEWS-(\d{14})-\d+\.warc(\.gz)?$")


def month_files(month: str, settings: Settings) -> list[str]:
    """The URLs of the files of a month (`2026-10`), in order of time. Raises ConfigError for another form or a month
    that has no list, ShapeError for a list without files."""
    match = _MONTH.fullmatch(month)
    if not match or not 1 <= int(match[2]) <= 12:
        raise ConfigError(f"--cc-news {month}: give a month, such as 2026-10")
    base = settings.remote.cc_news
    url = urljoin(base, f"crawl-data/CC-NEWS/{match[1]}/{match[2]}/warc.paths.gz")
    found = sorted(urljoin(base, line) for line in read_lines(url, settings) if _NAME.search(line))
    if not found:
        raise ShapeError(f"{url}: names no file CC-NEWS-<time>-<number>.warc.gz")
    return found


def within(urls: list[str], since: date | None, until: date | None) -> list[str]:
    """The files that can hold captures of the days (UTC, both included): each begins at the time in its name and ends
    before the next one does. A file with another name is kept."""
    begins = [_begin(url) for url in urls]
    kept = []
    for number, (url, begin) in enumerate(zip(urls, begins, strict=True)):
        following = next((each for each in begins[number + 1 :] if each), None)
        is_late = begin is not None and until is not None and begin > until
        is_early = since is not None and begin is not None and following is not None and following < since
        if not is_late and not is_early:
            kept.append(url)
    return kept


def _begin(url: str) -> date | None:
    match = _NAME.search(url)
    try:
        return datetime.strptime(match[1], "%Y%m%d%H%M%S").date() if match else None  # noqa: DTZ007 - a day of UTC
    except ValueError:
        return None
