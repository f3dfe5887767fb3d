"""Reads a Heartland article from its lines of text: head, tag block, body, and the boilerplate that ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import tzinfo

from flows.model import Banner, Moment, Parsed, Tag
from flows.parse.dates.moments import moment
from flows.parse.page.addresses import host_of
from flows.parse.page.clean import join_paragraphs
from flows.parse.station.banners import read_banner

ARTICLE_URL = re.compile(r"/content/(news|video|national|livestream)/(?:[^/?#]*-)?(\d{9})\.html")
DATE_LABELS = ("Posted:", "Updated:", "Posted By:")
_DATE_LINE = re.compile(r"^(?:Posted By:|(?:Posted|Updated):.*\b(?:19|20)\d\d\b)")
_BEFORE_LABEL = re.compile(r"\s+(?=(?:Updated|Posted By):)")
_POSTED = re.compile(r"^Posted:\s*(.*)$")
_UPDATED = re.compile(r"^Updated:\s*(.*)$")
_BY = re.compile(r"^Posted By:\s*(.*)$")
_BOILERPLATE = re.compile(
    r"^(?:Related Content|Scroll for more content\.*|Article Comments|Most Popular Stories|Latest Video"
    r"|Community Events|[A-Z][A-Z0-9]{2,4} (?:Radar|Temperatures|Alerts|Forecast|Closings|Weather))$"
)
_LINK_LABELS = re.compile(r"^(?:MAPS|LIVE|CLOSINGS|RADAR|ALERTS):\s")
_SENTENCE_END = (".", "!", "?", '"', "”", ":", ",", ";")
_DISCLAIMER = re.compile(
    r"^(?:Speech to Text for\b|\W*(?:Note|Disclaimer)?\W*This (?:is|was|transcript|text)\b.*(?:caption|transcri))",
    re.IGNORECASE,
)
_TRANSCRIPT = "Speech to Text for"
_CUE = re.compile(r"\({3}[^()]{0,80}\({3}")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|St|Bros)\.)$")
_NOT_WORD = re.compile(r"\W+")
_FEWEST_TAGS = 2
_USUAL_START, _LATEST_START = 2, 3


@dataclass(slots=True)
class Head:
    """What is printed above the body; `end` is the number of the line after it."""

    banners: list[Banner] = field(default_factory=list)
    title: str | None = None
    summary: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    author: str | None = None
    end: int = 0


def read_head(lines: Sequence[str], zone: tzinfo | None) -> Head:
    """Banners, headline, summary, dates and author of a text rendering; `zone` is for dates that print none."""
    head = Head()
    at = 1 if lines and lines[0] == "Clear" else 0  # the label of the search form's reset button, not weather
    while at < len(lines) and (banner := read_banner(lines[at])) and not _POSTED.match("".join(lines[at + 1 : at + 2])):
        head.banners.append(banner)
        at += 1
    dates = next((i for i in range(at, min(at + 8, len(lines))) if _POSTED.match(lines[i])), None)
    if at < len(lines):
        head.title = lines[at]
        head.end = at + 1
    if dates is None:
        return head
    between = [line for line in lines[at + 1 : dates] if not is_printed_twice(line)]
    head.summary = between[-1] if between and between[-1] != head.title else None
    head.end = dates
    while head.end < len(lines) and lines[head.end].startswith(DATE_LABELS):
        head.end += 1
    read_dates(lines[dates : head.end], zone, head)
    return head


def read_dates(lines: Sequence[str], zone: tzinfo | None, head: Head) -> None:
    """Posted, Updated and Posted By into `head`, each from its first line."""
    for part in [part for line in lines for part in _BEFORE_LABEL.split(line)]:
        if head.published is None and (match := _POSTED.match(part)):
            head.published = moment(match.group(1), zone)
        elif head.updated is None and (match := _UPDATED.match(part)):
            head.updated = moment(match.group(1), zone)
        elif head.author is None and (match := _BY.match(part)):
            head.author = match.group(1).removeprefix("By ").strip() or None


def read_body(lines: Sequence[str], headings: Set[str] = frozenset()) -> tuple[list[str], list[str]]:
    """(paragraphs, tag block) of the lines below the head; `headings` are lines known to be subheads, never tags.

    The body of a video page is its transcript, without the disclaimer and production cues (`(((weather at wall(((`).
    """
    end = next((i for i, line in enumerate(lines) if _BOILERPLATE.match(line)), len(lines))
    kept = [line for line in lines[:end] if not _DATE_LINE.match(line) and not _DISCLAIMER.match(line)]
    if any(line.startswith(_TRANSCRIPT) for line in lines[:end]):
        kept = [text for line in kept if (text := " ".join(_CUE.sub(" ", line).split()))]
    start, stop = _tag_block(kept, headings)
    tags = kept[start:stop]
    body = kept[:start] + kept[stop:]
    while body and _LINK_LABELS.match(body[-1]):
        body.pop()
    return body, tags


def is_boilerplate(line: str) -> bool:
    """Whether a line is a label of the blocks below every article."""
    return bool(_BOILERPLATE.match(line))


def _tag_block(lines: Sequence[str], headings: Set[str]) -> tuple[int, int]:
    """Bounds of the CNN tag block: the longest run of labels in alphabetical order that starts after the first to
    third paragraph (after the second where no line was lost). A single label is a subhead, and so may two labels be
    that do not start after the second paragraph."""
    best, at = (0, 0), 1
    while at <= min(_LATEST_START, len(lines) - 1):
        stop = at
        while stop < len(lines) and _is_tag(lines[stop], headings) and (stop == at or _follows(lines, stop)):
            stop += 1
        if stop - at > best[1] - best[0]:
            best = (at, stop)
        at = max(stop, at + 1)
    return best if best[1] - best[0] >= (_FEWEST_TAGS if best[0] == _USUAL_START else _FEWEST_TAGS + 1) else (0, 0)


def _is_tag(line: str, headings: Set[str]) -> bool:
    is_short = len(line) <= 70 and len(line.split()) <= 9 and "°" not in line and line not in headings
    return is_short and (not line.endswith(_SENTENCE_END) or bool(_ABBREVIATION.search(line)))


def _follows(lines: Sequence[str], at: int) -> bool:
    """Whether a line follows its predecessor in alphabetical order, ignoring case, with punctuation or without it:
    `Business, economy` comes before or after `Business and industry`."""
    previous, line = lines[at - 1].casefold(), lines[at].casefold()
    return previous <= line or _NOT_WORD.sub(" ", previous) <= _NOT_WORD.sub(" ", line)


def is_printed_twice(line: str) -> bool:
    """Whether a line is a picture's alt text and caption: the same text twice."""
    half = len(line) // 2
    return len(line) > 8 and line[:half].strip() == line[half:].strip()


def set_head(parsed: Parsed, head: Head) -> None:
    """Takes the printed dates and author, and drops a summary that repeats the headline."""
    parsed.published = head.published or parsed.published
    parsed.updated = head.updated
    parsed.authors = [head.author] if head.author else []
    if parsed.summary and parsed.title and parsed.summary.casefold() == parsed.title.casefold():
        parsed.summary = None


def set_body(parsed: Parsed, paragraphs: list[str], tags: list[str]) -> None:
    """Takes the body, and the tags where there is a tag block."""
    parsed.body = join_paragraphs(paragraphs) or None
    if tags:
        parsed.tags = [Tag(label, "tag_block", at) for at, label in enumerate(tags, start=1)]


def set_identity(parsed: Parsed) -> None:
    """Takes section and kind from the article's URL."""
    if match := article_url(parsed):
        parsed.section = parsed.section or match.group(1)
        parsed.kind = "article" if parsed.kind != "missing" else "missing"


def article_url(parsed: Parsed) -> re.Match[str] | None:
    """(section, id) in the canonical URL, else in the page's own: an article can be served under a second id, and
    then names its first URL as canonical."""
    canonical = parsed.canonical_url or ""
    is_same_host = host_of(canonical) == host_of(parsed.url)
    return (ARTICLE_URL.search(canonical) if is_same_host else None) or ARTICLE_URL.search(parsed.url)
