"""Finds dates printed in a page's visible text: near the headline first, marked places before plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.parse.addresses import host_of
from flows.parse.clean import clean_text
from flows.parse.dates import find_day
from flows.parse.document import Document

_MARKED = (
    '[class*="publish"],[class*="date"],[class*="Date"],[id*="date"],[class*="time"],[class*="posted"],[class*="meta"],'
    '[class*="byline"],[class*="pub"],[class*="created"],[id*="meta"],[class*="info"]'
)
_CLOCK_OF_TODAY = re.compile(
    r"current|today|clock|copyright|footer|comment|sidebar|widget|related|event|heute", re.IGNORECASE
)
_MONTH_FIRST_HOSTS = (".us", ".ph")
_QUOTED = re.compile(r"[\"']((?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?[^\"'\\<]{0,24})")
_NAMED = re.compile(
    r"(?:publi|deploy|posted|creat|issue|date|time)[a-z_]{0,14}\\?[\"']?\s{0,3}[:=(]\s{0,3}\\?$", re.IGNORECASE
)
LONGEST_NAME = 40
LONGEST = 160


def day_first_of(lang: str | None, url: str) -> bool:
    """Whether 3/4/2019 is 3 April: everywhere but in the United States and the Philippines."""
    host = host_of(url)
    if lang in ("en-us", "en-ph", "es-us", "fil") or host.endswith(_MONTH_FIRST_HOSTS):
        return False
    return not (lang in (None, "en") and host.endswith((".com", ".org", ".net", ".gov", ".edu")))


def dates_in_text(document: Document) -> Iterator[str]:
    """Titles and marked places of the page's text that hold a date, most likely the article's own first."""
    tree = document.tree
    for title in (*document.signals.titles[:1], document.meta_first("og:title") or ""):
        if find_day(title[:400]):
            yield title[:400]
    for node in tree.css(_MARKED)[:150]:
        attributes = node.attributes
        if _CLOCK_OF_TODAY.search(f"{attributes.get('class')} {attributes.get('id')}"):
            continue
        text = clean_text(node.text(separator=" ")[:2000])
        if 5 < len(text) <= LONGEST and find_day(text):
            yield text


def dates_in_scripts(document: Document) -> Iterator[str]:
    """Dates that a page's scripts write or carry under a name like one, in page order."""
    text, found = document.text, 0
    for match in _QUOTED.finditer(text):
        if _NAMED.search(text[max(0, match.start() - LONGEST_NAME) : match.start()]):
            yield match.group(1)
            found += 1
            if found == 5:
                return


def dates_in_lines(document: Document) -> Iterator[str]:
    """Short lines of the visible text that hold a date, in page order: the last resort."""
    body = document.tree.body
    if body is None:
        return
    for line in re.split(r"\n+", body.text(separator="\n")[:200_000]):
        text = clean_text(line[:400])
        if 5 < len(text) <= LONGEST and any(character.isdigit() for character in text) and find_day(text):
            yield text
