"""Reads feeds: RSS 0.9x-2.0, RDF, Atom and JSON Feed, with size limits and without entity declarations."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import feedparser

from flows.counts import count_text
from flows.errors import ShapeError, Unsafe
from flows.fetch.discovery.xml_input import check_tags, prepare
from flows.fetch.urls import absolute, canonical, listed_url, redact
from flows.model import Find, Page

MAX_BYTES = 16 * 1024 * 1024
MAX_ENTRIES = 1000
_ENTRY_END = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY_START = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_IS_URL = re.compile(r"https?://", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
# What feedparser raises for malformed dates, places, numbers and characters, besides what it reports.
_READER_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_JSON_START = re.compile(r"(?:\)\]\}',?\s*|(?:for|while)\s*\([^)]{0,9}\);?\s*)?\{")
_LAST_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+"?)|,(?=\s*[}\]])', re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of one feed in its order, each URL once; `notes` say what was left out and why."""

    finds: tuple[Find, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: the addresses that may be its page, the most likely one first."""

    links: tuple[str, ...]
    title: str | None
    published: str | None


def read(page: Page, slot: str, is_ours: Callable[[str], bool] = lambda _: True, *, channel: str = "feed") -> Feed:
    """The entries of a feed; `slot` names it. Of an entry's link and ids, and of the URLs in their queries, the first
    one that `is_ours` is its page, so that a link over a redirector gives way to a permalink. An empty feed has no
    finds.

    Raises ShapeError for a body that is no feed (or ends before its first entry, or breaks the reader), and Unsafe for
    a feed that declares long or nested entities, is larger than 16 MiB, or would take very long to read.
    """
    body = page.body if isinstance(page.body, bytes) else page.body.encode()
    if len(body) > MAX_BYTES:
        raise Unsafe(f"feed of {len(body)} bytes, more than {MAX_BYTES}")
    entries, notes = (_json(text), []) if (text := _json_text(body)) else _xml(body, page)
    finds: dict[str, Find] = {}
    without = 0
    for entry in entries:
        urls = [url for link in entry.links if (url := listed_url(page.url, link))]
        url = next(filter(is_ours, (*urls, *_named_in(urls))), urls[0] if urls else None)
        without += url is None
        if url and (key := redact(canonical(url))) not in finds:
            title, published = _clean(entry.title, 500), _clean(entry.published, 100)
            finds[key] = Find(key, channel, slot, len(finds) + 1, title, published)
        if len(finds) == MAX_ENTRIES:
            break
    if without:
        notes.append(f"{count_text(without, 'entry has', 'entries have')} no link to a page")
    return Feed(tuple(finds.values()), tuple(notes))


def _named_in(urls: Sequence[str]) -> Iterator[str]:
    """The URLs that are values in the queries of others, as redirectors have them."""
    for url in urls:
        values = (value for _, value in parse_qsl(urlsplit(url).query))
        yield from (named for value in values if _IS_URL.match(value) and (named := absolute(url, value)))


def _xml(body: bytes, page: Page) -> tuple[Iterator[_Entry], list[str]]:
    body = prepare(body)
    body, dropped = _first_entries(body)
    check_tags(body)
    is_wide = (page.charset or "").startswith(("utf-16", "utf-32"))  # then it is UTF-8 now
    headers = {"content-type": f"{page.media_type}; charset={page.charset}"} if page.charset and not is_wide else {}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False, response_headers=headers
        )
    except _READER_ERRORS as error:
        problem = f"{type(error).__name__}: {error}"[:100]
        raise ShapeError(f"malformed feed: feedparser cannot read it ({problem})") from error
    if not parsed.get("version") and not parsed.entries:
        raise ShapeError(f"not a feed: {_what_else(body, parsed.get('bozo_exception'))}")
    if not parsed.entries and parsed.get("bozo") and not _is_complete(body):
        raise ShapeError(f"malformed feed: {_describe(parsed.bozo_exception)}")
    notes = [f"the entries after the first {MAX_ENTRIES} are not read ({dropped} bytes)"] if dropped else []
    return (_entry(entry) for entry in parsed.entries), notes


def _first_entries(body: bytes) -> tuple[bytes, int]:
    """The body up to the end of its last entry that is read, and the number of bytes after it."""
    for pattern, count in ((_ENTRY_END, MAX_ENTRIES), (_ENTRY_START, 2 * MAX_ENTRIES)):
        for number, match in enumerate(pattern.finditer(body), 1):
            if number == count and pattern.search(body, match.end()):
                cut = match.end() if pattern is _ENTRY_END else match.start()
                return body[:cut], len(body) - cut
    return body, 0


def _entry(entry: Any) -> _Entry:
    alternates = [link.get("href") for link in entry.get("links", ()) if link.get("rel") in (None, "alternate")]
    guid, link = entry.get("id"), entry.get("link")
    ids = [guid] if isinstance(guid, str) and _IS_URL.match(guid.strip()) else []
    if link == guid and not ids and not str(guid).startswith("/"):
        link = None  # feedparser takes any guid for the link that is missing
    originals = [link for name, link in entry.items() if name.endswith("_origlink")]  # of feedburner and pheedo
    links = [*originals, link, *ids, *alternates[:5]]
    texts = tuple(dict.fromkeys(link for link in links if isinstance(link, str)))
    return _Entry(texts, entry.get("title"), entry.get("published") or entry.get("updated"))


def _what_else(body: bytes, problem: Exception | None) -> str:
    if _SITEMAP.search(body[:4096]):
        return "it is a sitemap: name it in `sitemaps` of the source"
    return _describe(problem) if problem else "no rss, rdf, feed or JSON Feed root"


def _describe(problem: Exception) -> str:
    """The message of the XML parser, with its line."""
    return re.sub(r"^<unknown>:(\d+):\d+:", r"line \1:", str(problem))[:120]


def _is_complete(body: bytes) -> bool:
    return re.search(rb"</(\w+:)?(rss|feed|rdf)>\s*$", body[-200:].replace(b"\0", b""), re.IGNORECASE) is not None


def _json_text(body: bytes) -> str | None:
    """The text of JSON in any Unicode encoding, without what guards it against scripts; None for a body that begins
    otherwise."""
    head = body[:64].decode(json.detect_encoding(body[:64]), "replace").lstrip("\ufeff \t\r\n")
    if not _JSON_START.match(head):
        return None
    text = body.decode(json.detect_encoding(body), "replace").lstrip("\ufeff \t\r\n")
    return text[text.find("{") :]


def _json(text: str) -> Iterator[_Entry]:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org), control characters in its texts and commas at the end of lists allowed."""
    try:
        feed = _loaded(text)
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"malformed JSON feed: {str(error)[:120]}") from error
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise ShapeError("this JSON is not a JSON Feed")
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping):
            links = [_text(item, key) for key in ("url", "external_url", "id")]
            urls = tuple(link for number, link in enumerate(links) if link and (number < 2 or "://" in link))
            yield _Entry(urls, _text(item, "title"), _text(item, "date_published") or _text(item, "date_modified"))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_LAST_COMMA.sub(lambda match: match[1] or "", text), strict=False)


def _text(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None


def _clean(text: str | None, longest: int) -> str | None:
    """Plain text: tags removed, escapes decoded, spaces collapsed, no control characters or lone surrogates."""
    if not isinstance(text, str):
        return None
    plain = html.unescape(re.sub(r"</?[a-zA-Z!?][^<>]{0,1000}>", "", _SCRIPT.sub("", text[: 4 * longest])))
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+", " ", plain).strip()
    return plain[:longest] or None
