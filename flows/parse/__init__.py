"""Pages to records: bytes, URL and capture time in; article, weather, bars, closings and NWS facts out. Pure."""

from __future__ import annotations

from flows.model import Page, Parsed, PlaceMention
from flows.parse.article.dateline import dateline
from flows.parse.article.origin import read_origin
from flows.parse.article.reader import read_article
from flows.parse.article.similarity import identity_of
from flows.parse.context import Context, load_context
from flows.parse.nws.answers import parse_nws
from flows.parse.page.addresses import path_of
from flows.parse.page.charset import decode
from flows.parse.page.clean import clean_text
from flows.parse.page.document import MAX_CHARACTERS, Document
from flows.parse.page.template import clock_note, fingerprint, native_id, system_of
from flows.parse.station import alerts, heartland
from flows.parse.station.closings import parse_closings
from flows.sources import Source

__all__ = ["Context", "load_context", "parse", "parse_closings", "parse_nws"]


def parse(page: Page, context: Context) -> Parsed:
    """All that an article or index page says. Never raises on any content: what could not be read is in `notes`."""
    source = context.source_of(page)
    is_text = page.media_type == "text/plain"
    parsed = _read_text(page, source, context) if is_text else _read_html(page, source)
    if page.source and page.source not in context.catalog.sources:
        parsed.notes.append(f"source: '{clean_text(page.source)[:60]}' is not in config")
    parsed.origin = read_origin(parsed, source, context.origins)
    parsed.places = _places(parsed)
    same = identity_of(parsed.title, parsed.body)
    parsed.word_count, parsed.content_hash, parsed.simhash = same.word_count, same.content_hash, same.simhash
    return parsed


def _read_text(page: Page, known: Source | None, context: Context) -> Parsed:
    text = (page.body if isinstance(page.body, str) else decode(page.body, page.charset)[0])[:MAX_CHARACTERS]
    call_sign = heartland.call_sign_in(text)
    source = known or context.source_with(call_sign)
    parsed = heartland.read_text(page, text, source.tzinfo if source else None)
    if call_sign and known is None and source:
        parsed.notes.append(f"zone: taken from {source.name}, which the page names as {call_sign}")
    return parsed


def _read_html(page: Page, source: Source | None) -> Parsed:
    document = Document(page)
    zone = source.tzinfo if source else None
    system = system_of(page.url, document.text)
    print_of = fingerprint(document.tree)
    found = []
    if alerts.may_hold_product(document.text):
        is_home = path_of(page.url) in ("", "/")
        found = alerts.take(document.tree, page.captured_at, zone, everywhere=is_home)
    if system == "heartland-2017":
        parsed = heartland.read_html(document, page, zone)
    else:
        parsed = read_article(document, page, zone)
        parsed.template = system
        parsed.native_id = native_id(page.url, system, document.tree)
        if system.startswith("blox") and (note := clock_note(parsed.native_id, parsed.published)):
            parsed.notes.append(note)
    parsed.fingerprint, parsed.alerts = print_of, found
    return parsed


def _places(parsed: Parsed) -> list[PlaceMention]:
    place = dateline(parsed.body)
    return [PlaceMention(place, "dateline")] if place else []
