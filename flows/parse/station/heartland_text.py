"""Reads a plain-text rendering of a Heartland page, line by line."""

from __future__ import annotations

import re
from itertools import takewhile

from flows.model import Page, Parsed
from flows.parse.context import Context
from flows.parse.page.charset import encode
from flows.parse.page.clean import clean_text
from flows.parse.station import panel
from flows.parse.station.heartland_lines import (
    is_boilerplate,
    read_body,
    read_head,
    set_body,
    set_head,
    set_identity,
)
from flows.sources import Source

_PICTURE_LABEL = re.compile(r"^([KW][A-Z0-9]{2,4}) (?:Radar|Temperatures|Alerts)$", re.MULTILINE)


def read_text(page: Page, text: str, source: Source | None, context: Context) -> Parsed:
    """Banners, headline, summary, dates, body and tags, panel and forecast text. Where the page's source is unknown,
    the time zone is that of the source whose call sign the picture labels below the panel show (`KQTV Radar`)."""
    label = _PICTURE_LABEL.search(text)
    named = context.source_with(label.group(1)) if label and source is None else None
    known = source or named
    parsed = _read_lines(page, text, known)
    if label and named:
        parsed.notes.append(f"zone: taken from {named.name}, by the call sign {label.group(1)} on the page")
    return parsed


def _read_lines(page: Page, text: str, source: Source | None) -> Parsed:
    lines = [line for raw in text.splitlines() if (line := clean_text(raw))]
    head = read_head(lines, source.tzinfo if source else None)
    below = lines[head.end :]
    readings, start, stop = panel.read_lines(below)
    paragraphs, tags = read_body(below[:start])
    parsed = Parsed(url=encode(page.url)[0], title=head.title, summary=head.summary, template="heartland-2017-text")
    parsed.banners = head.banners
    parsed.weather = readings
    parsed.forecast_text = _forecast_text(below[stop:]) if readings else None
    parsed.lang = "en"
    set_head(parsed, head)
    set_body(parsed, paragraphs, tags)
    set_identity(parsed)
    parsed.notes += panel.condition_notes(readings)
    return parsed


def _forecast_text(lines: list[str]) -> str | None:
    """The text between the panel and what follows it: the pictures, or a second copy of the panel."""
    _, second_copy, _ = panel.read_lines(lines)
    return " ".join(takewhile(lambda line: not is_boilerplate(line), lines[:second_copy])) or None
