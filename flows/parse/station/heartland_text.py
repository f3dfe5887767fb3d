"""Reads a Heartland story from its lines: head, tag block, body, and where the furniture starts."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import tzinfo

from flows.model import Banner, Moment
from flows.parse.dates.moments import moment
from flows.parse.station.banners import read_bar

CLOCKS = ("Posted:", "Updated:", "Posted By:")
_CLOCK = re.compile(r"^(?:Posted By:|(?:Posted|Updated):.*\b(?:19|20)\d\d\b)")
_CLOCKS = re.compile(r"\s+(?=(?:Updated|Posted By):)")
_POSTED = re.compile(r"^Posted:\s*(.*)$")
_UPDATED = re.compile(r"^Updated:\s*(.*)$")
_BY = re.compile(r"^Posted By:\s*(.*)$")
_FURNITURE = re.compile(
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
_SHORTENED = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|St|Bros)\.)$")
_NOT_WORD = re.compile(r"\W+")
_LEAST_TAGS = 2
_USUAL_START, _LATEST_START = 2, 3


@dataclass(slots=True)
class Head:
    """What stands above the body; `end` is the line after it."""

    banners: list[Banner] = field(default_factory=list)
    title: str | None = None
    summary: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    author: str | None = None
    end: int = 0


def read_head(lines: Sequence[str], zone: tzinfo | None) -> Head:
    """Bars, headline, summary and clocks of a text rendering; `zone` is for the printings that name none."""
    head = Head()
    at = 1 if lines and lines[0] == "Clear" else 0  # the label of the search form's reset button, not weather
    while at < len(lines) and (banner := read_bar(lines[at])) and not _POSTED.match("".join(lines[at + 1 : at + 2])):
        head.banners.append(banner)
        at += 1
    clocks = next((i for i in range(at, min(at + 8, len(lines))) if _POSTED.match(lines[i])), None)
    if at < len(lines):
        head.title = lines[at]
        head.end = at + 1
    if clocks is None:
        return head
    between = [line for line in lines[at + 1 : clocks] if not is_printed_twice(line)]
    head.summary = between[-1] if between and between[-1] != head.title else None
    head.end = clocks
    while head.end < len(lines) and lines[head.end].startswith(CLOCKS):
        head.end += 1
    read_clocks(lines[clocks : head.end], zone, head)
    return head


def read_clocks(lines: Sequence[str], zone: tzinfo | None, head: Head) -> None:
    """Posted, Updated and Posted By, each at its first line; an Updated that is not later than Posted is none."""
    for line in [part for printed in lines for part in _CLOCKS.split(printed)]:
        if head.published is None and (match := _POSTED.match(line)):
            head.published = moment(match.group(1), zone)
        elif head.updated is None and (match := _UPDATED.match(line)):
            head.updated = moment(match.group(1), zone)
        elif head.author is None and (match := _BY.match(line)):
            head.author = match.group(1).removeprefix("By ").strip() or None
    if head.updated and head.published and _not_later(head.updated, head.published):
        head.updated = None


def read_body(lines: Sequence[str], headings: Set[str] = frozenset()) -> tuple[list[str], list[str]]:
    """(paragraphs, tag block) of the lines below the head; `headings` are lines known to be subheads, never tags.

    A video's transcript is its body, without the disclaimer and the studio's cues (`(((weather at wall(((`).
    """
    end = next((i for i, line in enumerate(lines) if _FURNITURE.match(line)), len(lines))
    kept = [line for line in lines[:end] if not _CLOCK.match(line) and not _DISCLAIMER.match(line)]
    if any(line.startswith(_TRANSCRIPT) for line in lines[:end]):
        kept = [said for line in kept if (said := " ".join(_CUE.sub(" ", line).split()))]
    start, stop = _tag_block(kept, headings)
    tags = kept[start:stop]
    body = kept[:start] + kept[stop:]
    while body and _LINK_LABELS.match(body[-1]):
        body.pop()
    return body, tags


def is_furniture(line: str) -> bool:
    """Whether a line is a label of what stands below every story."""
    return bool(_FURNITURE.match(line))


def _tag_block(lines: Sequence[str], headings: Set[str]) -> tuple[int, int]:
    """The CNN tag block: the longest run of labels in alphabetical order that begins after one to three paragraphs
    (the second, where nothing was lost). A lone label is a subhead, and elsewhere two may be."""
    best, at = (0, 0), 1
    while at <= min(_LATEST_START, len(lines) - 1):
        stop = at
        while stop < len(lines) and _is_tag(lines[stop], headings) and (stop == at or _follows(lines, stop)):
            stop += 1
        if stop - at > best[1] - best[0]:
            best = (at, stop)
        at = max(stop, at + 1)
    return best if best[1] - best[0] >= (_LEAST_TAGS if best[0] == _USUAL_START else _LEAST_TAGS + 1) else (0, 0)


def _is_tag(line: str, headings: Set[str]) -> bool:
    is_short = len(line) <= 70 and len(line.split()) <= 9 and "°" not in line and line not in headings
    return is_short and (not line.endswith(_SENTENCE_END) or bool(_SHORTENED.search(line)))


def _follows(lines: Sequence[str], at: int) -> bool:
    """Alphabetical without case, with or without counting punctuation: `Business, economy` stands on either side of
    `Business and industry`."""
    before, after = lines[at - 1].casefold(), lines[at].casefold()
    return before <= after or _NOT_WORD.sub(" ", before) <= _NOT_WORD.sub(" ", after)


def is_printed_twice(line: str) -> bool:
    """A picture's alt and caption, printed twice on one line."""
    half = len(line) // 2
    return len(line) > 8 and line[:half].strip() == line[half:].strip()


def _not_later(updated: Moment, published: Moment) -> bool:
    if (updated.at.tzinfo is None) != (published.at.tzinfo is None):
        return False
    return updated.at <= published.at
