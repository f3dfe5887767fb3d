"""Reads lists of URLs: plain lines, and the CSV exports of Media Cloud and GDELT, with or without a header."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from flows.errors import ConfigError
from flows.fetch.discovery.past_lists import day_of
from flows.fetch.urls import listed_url
from flows.pipeline.asked_pages import Wanted

_URL_NAMES: Final = ("url", "link", "story_url", "sourceurl", "source_url", "documentidentifier", "guid")
_DAY_NAMES: Final = ("publish_date", "published", "pub_date", "date", "day", "seendate")
_DELIMITERS: Final = "\t,;|"


def read_url_list(path: Path) -> list[Wanted]:
    """The pages of a list, each once, in its order, with their days where it has them; in UTF-8, or in UTF-16 with a
    byte-order mark. Lines without an http(s) URL are passed over. Raises ConfigError for a file that cannot be read or
    has no URL."""
    found: dict[str, Wanted] = {}
    try:
        with path.open("rb") as start:
            is_wide = start.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        with path.open(encoding="utf-16" if is_wide else "utf-8-sig", errors="replace", newline="") as file:
            for page in _pages(file):
                found.setdefault(page.url, page)
    except (OSError, csv.Error) as error:
        raise ConfigError(f"{path}: cannot be read as a list of URLs: {error}") from error
    if not found:
        raise ConfigError(f"{path}: no http(s) URL in it; give one URL a line, or a CSV with a column url")
    return list(found.values())


def _pages(file: TextIO) -> Iterator[Wanted]:
    first = file.readline()
    file.seek(0)
    if _is_url_alone(first):
        yield from (page for line in file if (page := _page([line], None, None)))
        return
    url_column: int | None = None
    day_column: int | None = None
    for number, row in enumerate(csv.reader(file, delimiter=max(_DELIMITERS, key=first.count))):
        if number == 0:
            names = [cell.strip().lower() for cell in row]
            url_column = next((names.index(name) for name in _URL_NAMES if name in names), None)
            day_column = next((names.index(name) for name in _DAY_NAMES if name in names), None)
        if page := _page(row, url_column, day_column):
            yield page


def _is_url_alone(line: str) -> bool:
    """Whether a line is one URL, whose commas and semicolons are its own, and no row of a CSV without a header."""
    text = line.strip()
    if not text.lower().startswith(("http://", "https://")) or re.search(r"[\s\"]", text):
        return False
    cells = re.split(r"[,;|]", text)[1:]
    return not any(cell.lower().startswith("http") or day_of(cell) for cell in cells)


def _page(row: list[str], url_column: int | None, day_column: int | None) -> Wanted | None:
    """The page of a row; without a named column, the last URL of the row (GDELT has that of the page at its end)."""
    cells = [row[url_column]] if url_column is not None and url_column < len(row) else reversed(row)
    for cell in cells:
        if url := listed_url("", cell):
            day = day_of(row[day_column]) if day_column is not None and day_column < len(row) else None
            return Wanted(url, day)
    return None
