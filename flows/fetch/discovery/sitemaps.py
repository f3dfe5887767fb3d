"""Sitemaps to finds: url sets, news sitemaps, indexes, gzip and plain lists, read as a stream and kept bounded."""

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
_FIELDS = {"loc", "lastmod", "publication_date", "title"}


@dataclass(frozen=True, slots=True)
class Child:
    """One sitemap named by an index; `lastmod` is its raw string."""

    url: str
    lastmod: str | None


@dataclass(slots=True)
class Sitemap:
    """What one sitemap lists: its newest finds (rank is the place in the file), its children, and how many URLs."""

    finds: tuple[Find, ...] = ()
    children: tuple[Child, ...] = ()
    listed: int = 0


def read(page: Page, slot: str) -> Sitemap:
    """Read a sitemap of any kind; of more than 10 000 URLs the newest are kept (the first, where none has a date).

    Raises ShapeError for what is no sitemap, Unsafe for entities or too much of it. One that breaks off after its
    first entries gives those.
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
    """A plain text sitemap: one URL a line."""
    lines = body.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    urls = [url for line in lines[:MAX_FINDS] if (url := absolute(base, line.decode("utf-8", "replace")))]
    finds: dict[str, Find] = {}
    for rank, url in enumerate(urls, 1):
        key = redact(canonical(url))
        finds.setdefault(key, Find(key, "sitemap", slot, rank))
    return Sitemap(tuple(finds.values()), (), len(lines))


class _Listed(NamedTuple):
    """One entry as written; only those kept in the end are worth making a find of."""

    rank: int
    loc: str
    title: str | None
    dated: str | None


@dataclass(slots=True)
class _Reader:
    """Streams one XML sitemap through expat; entity declarations and deep nesting end it."""

    base: str
    slot: str
    sitemap: Sitemap = field(default_factory=Sitemap)
    listed: list[_Listed] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    is_sitemap: bool = False
    _depth: int = 0
    _entry: dict[str, str] = field(default_factory=dict)
    _field: str | None = None

    def feed(self, body: bytes) -> str | None:
        """Read it all; returns what broke it, None if it is well-formed."""
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
        """What was read, the newest finds only, each URL once, in the file's order."""
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
        if self._depth > 32:
            raise Unsafe("sitemap nested too deep")
        local = name.rpartition(" ")[2]
        if self._depth == 1:
            self.is_sitemap = local in ("urlset", "sitemapindex")
        elif local in ("url", "sitemap"):
            self._entry = {}
        # image:loc and video:title stand in the same entry: only the sitemap's own and the news fields count
        foreign = any(word in name for word in ("image", "video"))
        self._field = local if local in _FIELDS and not foreign else None

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
            self.listed.append(_Listed(self.sitemap.listed, loc, title, dated))
            if len(self.listed) >= 2 * MAX_FINDS:
                self._prune()

    def _prune(self) -> None:
        if len(self.listed) > MAX_FINDS:
            newest = sorted(self.listed, key=lambda listed: listed.dated or "", reverse=True)[:MAX_FINDS]
            self.listed = sorted(newest, key=lambda listed: listed.rank)

    def _entity(self, *_: object) -> None:
        raise Unsafe("the XML declares entities of its own")
