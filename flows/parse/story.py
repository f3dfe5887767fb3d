"""Reads a Heartland story from its lines: head, tag block, body, and where the furniture starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from flows.model import Banner, Moment
from flows.parse.banners import read_bar
from flows.parse.dates import moment

_CLOCK = re.compile(r"^(Posted|Updated)(?: By)?:\s*(.*)$")
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
    r"^(?:Speech to Text for\b|(?:Note|Disclaimer|\*+)?\W*This (?:is|was|transcript|text)\b.*(?:caption|transcri))",
    re.IGNORECASE,
)
_LEAST_TAGS = 2


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
    while at < len(lines) and (banner := read_bar(lines[at])):
        head.banners.append(banner)
        at += 1
    clocks = next((i for i in range(at, min(at + 8, len(lines))) if _POSTED.match(lines[i])), None)
    if at < len(lines):
        head.title = lines[at]
        head.end = at + 1
    if clocks is None:
        return head
    between = [line for line in lines[at + 1 : clocks] if not _printed_twice(line)]
    head.summary = between[-1] if between and between[-1] != head.title else None
    head.end = clocks
    while head.end < len(lines) and _CLOCK.match(lines[head.end]):
        head.end += 1
    read_clocks(lines[clocks : head.end], zone, head)
    return head


def read_clocks(lines: Sequence[str], zone: tzinfo | None, head: Head) -> None:
    """Posted, Updated and Posted By, each at its first line; an Updated that is not later than Posted is none."""
    for line in lines:
        if head.published is None and (match := _POSTED.match(line)):
            head.published = moment(match.group(1), zone)
        elif head.updated is None and (match := _UPDATED.match(line)):
            head.updated = moment(match.group(1), zone)
        elif head.author is None and (match := _BY.match(line)):
            head.author = match.group(1).removeprefix("By ").strip() or None
    if head.updated and head.published and _not_later(head.updated, head.published):
        head.updated = None


def read_body(lines: Sequence[str]) -> tuple[list[str], list[str], int]:
    """(paragraphs, tag block, line where the furniture starts) of the lines below the head."""
    end = next((i for i, line in enumerate(lines) if _FURNITURE.match(line)), len(lines))
    kept = [line for line in lines[:end] if not _CLOCK.match(line) and not _DISCLAIMER.match(line)]
    start, stop = _tag_block(kept)
    tags = kept[start:stop]
    body = kept[:start] + kept[stop:]
    while body and _LINK_LABELS.match(body[-1]):
        body.pop()
    return body, tags, end


def is_furniture(line: str) -> bool:
    """Whether a line is a label of what stands below every story."""
    return bool(_FURNITURE.match(line))


def _tag_block(lines: Sequence[str]) -> tuple[int, int]:
    """The CNN tag block: the longest run of label-like lines in alphabetical order, after a paragraph or more.

    A run that is the only thing on the page, or of fewer than two lines, is none: a lone one is a subhead.
    """
    best, at = (0, 0), 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _is_tag(lines[stop]) and (stop == at or _follows(lines[stop - 1], lines[stop])):
            stop += 1
        if stop - at > best[1] - best[0] and at > 0:
            best = (at, stop)
        at = max(stop, at + 1)
    return best if best[1] - best[0] >= _LEAST_TAGS else (0, 0)


def _is_tag(line: str) -> bool:
    return len(line) <= 70 and len(line.split()) <= 9 and not line.endswith(_SENTENCE_END) and "°" not in line


def _follows(before: str, after: str) -> bool:
    return before.casefold() <= after.casefold()


def _printed_twice(line: str) -> bool:
    """A picture's alt and caption, printed twice on one line."""
    half = len(line) // 2
    return len(line) > 8 and line[:half].strip() == line[half:].strip()


def _not_later(updated: Moment, published: Moment) -> bool:
    if (updated.at.tzinfo is None) != (published.at.tzinfo is None):
        return False
    return updated.at <= published.at
