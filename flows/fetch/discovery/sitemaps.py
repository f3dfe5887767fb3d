"""Reads sitemaps as a stream in bounded memory: URL sets, news sitemaps, indexes, gzip and plain text lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from flows.errors import ShapeError, Unsafe
from flows.fetch.discovery.feeds import refuse_entities
from flows.fetch.http.decode import decode
from flows.fetch.urls import absolute, canonical, redact
from flows.model import Find, Page

MAX_DECODED = 128 * 1024 * 1024
MAX_FINDS = 10_000
MAX_CHILDREN = 1000
_MAX_TEXT = 4000
_MAX_DEPTH = 32
_FIELDS = {"loc", "lastmod", "publication_date", "title"}


@dataclass(frozen=True, slots=True)
class Child:
    """One sitemap in an index; `lastmod` is the raw string."""

    url: str
    lastmod: str | None


@dataclass(slots=True)
class Sitemap:
    """One sitemap: its newest finds (rank is the position in the file), its children, and its number of URLs."""

    finds: tuple[Find, ...] = ()
    children: tuple[Child, ...] = ()
    listed: int = 0


def read(page: Page, slot: str) -> Sitemap:
    """Read a sitemap of any kind; of more than MAX_FINDS URLs the newest are kept, or the first ones without dates.

    Raises ShapeError for a body that is no sitemap, Unsafe for entity declarations, deep nesting or a body that is too
    large. A truncated sitemap gives the entries before its end.
    """
    body = page.body if isinstance(page.body, bytes) else page.body.encode()
    if body.startswith(b"\x1f\x8b"):
        body = decode(body, "gzip", MAX_DECODED)
    if re.match(rb"\s*https?://", body.removeprefix(b"\xef\xbb\xbf")):
        return _list(body, page.url, slot)
    refuse_entities(body)
    reader = _Reader(page.url, slot)
    broken = reader.feed(body)
    if not reader.is_sitemap or (broken and not reader.sitemap.listed and not reader.children):
        raise ShapeError(f"not a sitemap: {broken or 'no urlset or sitemapindex root'}")
    return reader.finish()


def _list(body: bytes, base: str, slot: str) -> Sitemap:
    """A plain text sitemap: one URL per line."""
    lines = body.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    urls = [url for line in lines[:MAX_FINDS] if (url := absolute(base, line.decode("utf-8", "replace")))]
    finds: dict[str, Find] = {}
    for rank, url in enumerate(urls, 1):
        key = redact(canonical(url))
        finds.setdefault(key, Find(key, "sitemap", slot, rank))
    return Sitemap(tuple(finds.values()), (), len(lines))


class _Entry(NamedTuple):
    """One entry as written; finds are created only from the entries that are kept."""

    rank: int
    loc: str
    title: str | None
    dated: str | None


@dataclass(slots=True)
class _Reader:
    """Parses one XML sitemap with expat; raises Unsafe for entity declarations and deep nesting."""

    base: str
    slot: str
    sitemap: Sitemap = field(default_factory=Sitemap)
    listed: list[_Entry] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    is_sitemap: bool = False
    _depth: int = 0
    _entry: dict[str, str] = field(default_factory=dict)
    _field: str | None = None

    def feed(self, body: bytes) -> str | None:
        """Parse the body; returns the syntax error, None if it is well-formed."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(body, True)
        except expat.ExpatError as error:
            return str(error)
        return None

    def finish(self) -> Sitemap:
        """The result: the newest finds, each URL once, in file order."""
        self._prune()
        finds: dict[str, Find] = {}
        for listed in self.listed:
            if url := absolute(self.base, listed.loc):
                key = redact(canonical(url))
                finds.setdefault(key, Find(key, "sitemap", self.slot, listed.rank, listed.title, listed.dated))
        self.sitemap.finds, self.sitemap.children = tuple(finds.values()), tuple(self.children)
        return self.sitemap

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise Unsafe(f"the sitemap is nested deeper than {_MAX_DEPTH} levels")
        local = name.rpartition(" ")[2]
        if self._depth == 1:
            self.is_sitemap = local in ("urlset", "sitemapindex")
        elif local in ("url", "sitemap"):
            self._entry = {}
        # image:loc and video:title are in the same entry: only sitemap and news fields count
        is_media = any(word in name for word in ("image", "video"))
        self._field = local if local in _FIELDS and not is_media else None

    def _text(self, text: str) -> None:
        if self._field and len(self._entry.get(self._field, "")) < _MAX_TEXT:
            self._entry[self._field] = self._entry.get(self._field, "") + text

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._field = None
        local = name.rpartition(" ")[2]
        if local in ("url", "sitemap") and self._depth == 1:
            self._add(local)

    def _add(self, kind: str) -> None:
        entry = {name: text.strip() for name, text in self._entry.items()}
        loc = entry.get("loc", "")
        dated = (entry.get("publication_date") or entry.get("lastmod") or "")[:100] or None
        if kind == "sitemap":
            url = absolute(self.base, loc)
            if url and len(self.children) < MAX_CHILDREN:
                self.children.append(Child(url, dated))
        elif loc:
            self.sitemap.listed += 1
            title = " ".join(entry.get("title", "").split())[:500] or None
            self.listed.append(_Entry(self.sitemap.listed, loc, title, dated))
            if len(self.listed) >= 2 * MAX_FINDS:
                self._prune()

    def _prune(self) -> None:
        if len(self.listed) > MAX_FINDS:
            newest = sorted(self.listed, key=lambda listed: listed.dated or "", reverse=True)[:MAX_FINDS]
            self.listed = sorted(newest, key=lambda listed: listed.rank)

    def _entity(self, *_: object) -> None:
        raise Unsafe("the XML declares entities")
