"""Reads one page whole: picks its site system, adds alerts, origin, places and content identity to what that reads."""

from __future__ import annotations

from flows.model import Moment, Page, Parsed, PlaceMention
from flows.parse.article.dateline import dateline
from flows.parse.article.origin import read_origin
from flows.parse.article.similarity import identity_of
from flows.parse.context import Context
from flows.parse.page.addresses import path_of
from flows.parse.page.charset import decode
from flows.parse.page.clean import clean_text
from flows.parse.page.document import MAX_CHARACTERS, Document
from flows.parse.station import alerts, banners, conditions
from flows.parse.station.registry import template_of, text_system_of
from flows.sources import Source


def parse(page: Page, context: Context) -> Parsed:
    """The facts of an article or index page. Never raises on any content: `notes` say what could not be read.
    `updated` is None where it is not after `published`: templates print both when nothing was updated."""
    source = context.source_of(page)
    is_text = page.media_type == "text/plain"
    parsed = _read_text(page, source, context) if is_text else _read_html(page, source)
    if page.source and page.source not in context.catalog.sources:
        parsed.notes.append(f"source: '{clean_text(page.source)[:60]}' is not in config")
    parsed.updated = _later(parsed.updated, parsed.published)
    parsed.origin = read_origin(parsed, source, context.origins)
    place = dateline(parsed.body)
    parsed.places = [PlaceMention(place, "dateline")] if place else []
    same = identity_of(parsed.title, parsed.body)
    parsed.word_count, parsed.content_hash = same.word_count, same.content_hash
    parsed.simhash, parsed.sketch = same.simhash, same.sketch
    return parsed


def _read_text(page: Page, source: Source | None, context: Context) -> Parsed:
    text = (page.body if isinstance(page.body, str) else decode(page.body, page.charset)[0])[:MAX_CHARACTERS]
    system = text_system_of(page.url, text)
    parsed = system.read_text(page, text, source, context)
    parsed.native_id = system.native_id(parsed, None)
    return parsed


def _read_html(page: Page, source: Source | None) -> Parsed:
    """The products are taken out of the tree first, before anything else is read from it."""
    document = Document(page)
    zone = source.tzinfo if source else None
    template = template_of(page.url, document.text)
    found = []
    if alerts.may_hold_product(document.body_text):
        is_home = path_of(page.url) in ("", "/")
        found = alerts.take(document.tree, page.captured_at, zone, everywhere=is_home)
        del document.body_text  # without the products
    boxes = conditions.read_conditions(document.tree) if conditions.may_hold_conditions(document.body_text) else []
    alert_banners = banners.read_alert_banners(document.outline)
    parsed = template.system.read(document, page, zone)
    parsed.weather, parsed.banners = parsed.weather or boxes, parsed.banners or alert_banners
    parsed.template = template.name
    parsed.native_id = template.system.native_id(parsed, document.tree.body)
    parsed.fingerprint, parsed.alerts = document.fingerprint, found
    return parsed


def _later(updated: Moment | None, published: Moment | None) -> Moment | None:
    """`updated`, unless it can be compared with `published` and is not after it."""
    if updated and published and (updated.at.tzinfo is None) == (published.at.tzinfo is None):
        return updated if updated.at > published.at else None
    return updated
