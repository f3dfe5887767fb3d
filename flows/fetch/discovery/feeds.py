"""Reads feeds: RSS 0.9x-2.0, RDF, Atom and JSON Feed, with size limits and without entity declarations."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from flows.errors import ShapeError, Unsafe
from flows.fetch.urls import absolute, canonical, redact
from flows.model import Find, Page

MAX_BYTES = 16 * 1024 * 1024
MAX_ENTRIES = 1000


def read(page: Page, slot: str) -> tuple[Find, ...]:
    """The entries of a feed in its order, each URL once; `slot` names the feed. An empty feed has no finds.

    Raises ShapeError for a body that is no feed (or ends before its first entry), and Unsafe for a feed that declares
    entities or is larger than 16 MiB.
    """
    body = page.body if isinstance(page.body, bytes) else page.body.encode()
    refuse_entities(body)
    if len(body) > MAX_BYTES:
        raise Unsafe(f"feed of {len(body)} bytes, more than {MAX_BYTES}")
    entries = _json(body) if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _xml(body, page)
    finds: dict[str, Find] = {}
    for link, title, published in entries:
        url = absolute(page.url, link)
        if url and (key := redact(canonical(url))) not in finds:
            finds[key] = Find(key, "feed", slot, len(finds) + 1, _clean(title, 500), _clean(published, 100))
        if len(finds) == MAX_ENTRIES:
            break
    return tuple(finds.values())


def refuse_entities(body: bytes) -> None:
    """Raise Unsafe for XML that declares entities, also in UTF-16 and UTF-32: no feed or sitemap needs them."""
    head = body[: 1024 * 1024].replace(b"\0", b"")
    if re.search(rb"<!ENTITY", head, re.IGNORECASE):
        raise Unsafe("the XML declares entities")


def _xml(body: bytes, page: Page) -> Iterator[tuple[str, str | None, str | None]]:
    headers = {"content-type": f"{page.media_type}; charset={page.charset}"} if page.charset else {}
    parsed = feedparser.parse(
        io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False, response_headers=headers
    )
    if not parsed.get("version") and not parsed.entries:
        problem = parsed.get("bozo_exception")
        raise ShapeError(f"not a feed: {_describe(problem) if problem else 'no rss, rdf, feed or JSON Feed root'}")
    if not parsed.entries and parsed.get("bozo") and not _is_complete(body):
        raise ShapeError(f"malformed feed: {_describe(parsed.bozo_exception)}")
    for entry in parsed.entries:
        link = entry.get("feedburner_origlink") or entry.get("link")
        if isinstance(link, str):
            yield link, entry.get("title"), entry.get("published") or entry.get("updated")


def _describe(problem: Exception) -> str:
    """The message of the XML parser, with its line."""
    return re.sub(r"^<unknown>:(\d+):\d+:", r"line \1:", str(problem))[:120]


def _is_complete(body: bytes) -> bool:
    return re.search(rb"</(\w+:)?(rss|feed|rdf)>\s*$", body[-200:].replace(b"\0", b""), re.IGNORECASE) is not None


def _json(body: bytes) -> Iterator[tuple[str, str | None, str | None]]:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"malformed JSON feed: {str(error)[:120]}") from error
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise ShapeError("this JSON is not a JSON Feed")
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and (link := _text(item, "url") or _text(item, "external_url")):
            yield link, _text(item, "title"), _text(item, "date_published") or _text(item, "date_modified")


def _text(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None


def _clean(text: str | None, longest: int) -> str | None:
    """Plain text: tags removed, escapes decoded, spaces collapsed, no control characters or lone surrogates."""
    if not isinstance(text, str):
        return None
    plain = html.unescape(re.sub(r"<[^<>]{0,1000}>", "", text[: 4 * longest]))
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+", " ", plain).strip()
    return plain[:longest] or None
