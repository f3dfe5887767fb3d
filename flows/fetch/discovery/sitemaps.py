"""Reads sitemaps as a stream in bounded memory: URL sets, news sitemaps, indexes, feeds and plain text lists."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from flows.errors import ShapeError, Unsafe
from flows.fetch.discovery import feeds
from flows.fetch.discovery.xml_input import prepare
from flows.fetch.urls import canonical, listed_url, redact
from flows.model import Find, Page

MAX_FINDS = 10_000
MAX_CHILDREN = 50_000  # the limit of the protocol
_MAX_TEXT = 4000
_MAX_DEPTH = 32
_ENTRIES = ("url", "sitemap")
_FIELDS = {("loc",), ("lastmod",), ("news", "publication_date"), ("news", "title")}
_ROOTS = ("urlset", "sitemapindex")
_FEED_ROOTS = ("rss", "rdf", "feed")
_KNOWN_ROOTS = (*_ROOTS, *_FEED_ROOTS)
_HTML = re.compile(rb"<(!doctype|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([\w:.-]{1,100})([^<>]*)>")
_STRAY = re.compile("[\udc80-\udcff]")  # a byte that is no UTF-8
_XML_FILE = re.compile(r"\.xml(\.gz)?$", re.IGNORECASE)
_URL_LINE = re.compile(
    r"""["'<]?(https?://[^\s"'<>]+?)["'>]?(?:[\s,;]+"?\d{4}-\d\d(?:-\d\d[^\s,;"]*)?"?(?:[\s,;].*)?)?""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Child:
    """One sitemap in an index; `lastmod` is the raw string."""

    url: str
    lastmod: str | None


@dataclass(slots=True)
class Sitemap:
    """One sitemap: its newest finds (rank is the position in the file), its children, its number of URLs, and notes on
    what was left out or read leniently."""

    finds: tuple[Find, ...] = ()
    children: tuple[Child, ...] = ()
    listed: int = 0
    notes: tuple[str, ...] = ()


def read(page: Page, slot: str, is_ours: Callable[[str], bool] = lambda _: True) -> Sitemap:
    """Read a sitemap of any kind; of more than MAX_FINDS URLs the newest are kept, or the first ones without dates.

    Raises ShapeError for a body that is no sitemap, Unsafe for long or nested entities, deep nesting or a body that is
    too large. Malformed XML is read leniently from its start, a truncated one up to its end.
    """
    body = page.body if isinstance(page.body, bytes) else page.body.encode()
    body = prepare(body)
    reader = _Reader(page.url, slot)
    broken = reader.feed(body)
    if broken and reader.root not in _FEED_ROOTS:
        reader = _Reader(page.url, slot)
        reader.feed_leniently(_tags_and_text(_decoded(body)))
        reader.notes.append(f"malformed XML ({broken}): read leniently")
    if reader.root in _FEED_ROOTS:
        feed = feeds.read(page, slot, is_ours, channel="sitemap")
        return Sitemap(feed.finds, (), len(feed.finds), feed.notes)
    if not reader.is_sitemap and not _HTML.search(body[:1024]) and (text := _list(body, page.url, slot)):
        return text
    if not reader.is_sitemap or (broken and not reader.total and not reader.children):
        raise ShapeError(f"not a sitemap: {broken or 'no urlset or sitemapindex root'}")
    return reader.finish()


def _list(body: bytes, base: str, slot: str) -> Sitemap | None:
    """A plain text sitemap: one URL per line, perhaps quoted or with dates beside it; other lines are passed over.
    None if no line is a URL."""
    lines = (_URL_LINE.fullmatch(line.strip()) for line in _decoded(body).splitlines())
    urls = [line[1] for line in lines if line]
    finds: dict[str, Find] = {}
    for rank, line in enumerate(urls[:MAX_FINDS], 1):
        if url := listed_url(base, line):
            key = redact(canonical(url))
            finds.setdefault(key, Find(key, "sitemap", slot, rank))
    return Sitemap(tuple(finds.values()), (), len(urls), _dropped(len(urls))) if urls else None


def _dropped(total: int) -> tuple[str, ...]:
    return (f"{total} URLs, of which {MAX_FINDS} are read",) if total > MAX_FINDS else ()


def _decoded(body: bytes) -> str:
    """The text of malformed XML or of a list: UTF-8 if it is valid, else in the encoding that the XML declares, else a
    byte that is no UTF-8 is one of windows-1252."""
    with suppress(UnicodeDecodeError):
        return body.decode()
    declared = re.match(rb"<\?xml[^<>]{0,200}encoding\s*=\s*[\"']([\w.-]{1,40})", body)
    with suppress(LookupError, ValueError):
        name = codecs.lookup(declared[1].decode() if declared else "utf-8").name
        if name != "utf-8":
            return body.decode(name, "replace")
    return _STRAY.sub(_as_western, body.decode("utf-8", "surrogateescape"))


def _as_western(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


class _Entry(NamedTuple):
    """One entry as written; finds are created only from the entries that are kept."""

    rank: int
    loc: str
    title: str | None
    dated: str | None


def _tags_and_text(text: str) -> str:
    """XML without its comments, its CDATA sections as escaped text. An unclosed one reaches to the end."""
    parts = text.split("<!--")
    text = "".join([parts[0], *(part.partition("-->")[2] for part in parts[1:])])
    parts = text.split("<![CDATA[")
    sections = (part.partition("]]>") for part in parts[1:])
    return "".join([parts[0], *(html.escape(content) + rest for content, _, rest in sections)])


@dataclass(slots=True)
class _Reader:
    """Reads one XML sitemap. Only the fields of an entry count, by their place: loc and lastmod directly below it in
    its own namespace prefix, publication_date and title below its `news`; loc of a picture or video is neither."""

    base: str
    slot: str
    listed: list[_Entry] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: int = 0
    root: str = ""
    _path: list[str] = field(default_factory=list)  # names as written, with prefix
    _at: int = 0  # where in the path the entry is, 0 outside of one
    _entry: dict[str, str] = field(default_factory=dict)
    _texts: list[list[str]] = field(default_factory=list)  # of every element in the path

    @property
    def is_sitemap(self) -> bool:
        """Whether the root is one of a sitemap."""
        return self.root in _ROOTS

    def feed(self, body: bytes) -> str | None:
        """Parse the body; returns the syntax error, None if it is well-formed."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, _attributes: self._start(name)
        parser.EndElementHandler = lambda name: self._end()
        parser.CharacterDataHandler = self._add_text
        try:
            parser.Parse(body, True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an unknown encoding
            return str(error)
        return None

    def feed_leniently(self, text: str) -> None:
        """Read malformed XML: all but tags is text, an end tag closes what it names, an entry ends where one begins."""
        at = 0
        for tag in _TAG.finditer(text):
            self._add_text(html.unescape(text[at : tag.start()]))
            at = tag.end()
            if not tag[1]:
                self._open(tag[2], is_empty=tag[3].endswith("/"))
            elif tag[2] in self._path:
                self._close(len(self._path) - 1 - self._path[::-1].index(tag[2]))
        self._add()

    def finish(self) -> Sitemap:
        """The result: the newest finds, each URL once, in file order. A list of nothing but XML files is an index."""
        self._prune()
        notes = (*self.notes, *_dropped(self.total))
        if self.listed and all(_XML_FILE.search(listed.loc) for listed in self.listed):
            self.children += [
                Child(url, listed.dated) for listed in self.listed if (url := listed_url(self.base, listed.loc))
            ]
            return Sitemap((), tuple(self.children), 0, notes)
        finds: dict[str, Find] = {}
        for listed in self.listed:
            if url := listed_url(self.base, listed.loc):
                key = redact(canonical(url))
                finds.setdefault(key, Find(key, "sitemap", self.slot, listed.rank, listed.title, listed.dated))
        return Sitemap(tuple(finds.values()), tuple(self.children), self.total, notes)

    def _open(self, name: str, *, is_empty: bool) -> None:
        if self._at and _local(name) in _ENTRIES and _local(self._path[self._at]) == _local(name):
            self._close(self._at)
        self._start(name)
        if is_empty:
            self._end()

    def _close(self, depth: int) -> None:
        """End the elements that are open from a depth on: a field whose end tag is missing keeps its text."""
        while len(self._path) > depth:
            self._end()

    def _start(self, name: str) -> None:
        self._path.append(name)
        self._texts.append([])
        if len(self._path) > _MAX_DEPTH:
            raise Unsafe(f"the sitemap is nested deeper than {_MAX_DEPTH} levels")
        if not self.root or (self.root not in _KNOWN_ROOTS and _local(name) in _KNOWN_ROOTS):
            self.root = _local(name)  # a notice of the server may stand before it
        elif not self._at and _local(name) in _ENTRIES:
            self._at, self._entry = len(self._path) - 1, {}

    def _add_text(self, text: str) -> None:
        if self._at and sum(map(len, self._texts[-1])) < _MAX_TEXT:
            self._texts[-1].append(text)

    def _end(self) -> None:
        if self._at and len(self._path) - 1 > self._at:
            self._set_field(self._path[self._at :])
        elif self._at and len(self._path) - 1 == self._at:
            self._add()
        self._path.pop()
        self._texts.pop()

    def _set_field(self, path: list[str]) -> None:
        """Keep the text of an element that ends, if it is a field of the entry; the first one of a name counts."""
        names = tuple(_local(name) for name in path[1:])
        is_own = len(path) > 2 or path[1].rpartition(":")[0] == path[0].rpartition(":")[0]
        if names in _FIELDS and is_own:
            self._entry.setdefault(names[-1], "".join(self._texts[-1]).strip())

    def _add(self) -> None:
        """End the current entry, if there is one."""
        if not self._at:
            return
        kind, self._at = _local(self._path[self._at]), 0
        loc = self._entry.get("loc", "")
        dated = (self._entry.get("publication_date") or self._entry.get("lastmod") or "")[:100] or None
        if kind == "sitemap":
            url = listed_url(self.base, loc)
            if url and len(self.children) < MAX_CHILDREN:
                self.children.append(Child(url, dated))
        elif loc:
            self.total += 1
            title = " ".join(self._entry.get("title", "").split())[:500] or None
            self.listed.append(_Entry(self.total, loc, title, dated))
            if len(self.listed) >= 2 * MAX_FINDS:
                self._prune()

    def _prune(self) -> None:
        if len(self.listed) > MAX_FINDS:
            newest = sorted(self.listed, key=lambda listed: listed.dated or "", reverse=True)[:MAX_FINDS]
            self.listed = sorted(newest, key=lambda listed: listed.rank)


def _local(name: str) -> str:
    """The name of an element without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()
