"""Turns a page's bytes into one parsed tree, and reads what the page states from it once, on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Page
from flows.parse.page.addresses import site_keys
from flows.parse.page.charset import as_utf8, encode
from flows.parse.page.jsonld import Node, article_of, by_id, read_blocks
from flows.parse.page.line_index import LineIndex
from flows.parse.page.markup_limits import limit_markup

# A browser shows the content of such a template in place of its host's; its end tag alone is ignored.
_SHADOW_ROOT = re.compile(rb"<template(?=\s[^<>]{0,200}shadowrootmode)", re.IGNORECASE)
_QUERY = 'meta,title,h1,time,link[rel="canonical"],script[type*="ld+json"],[itemprop],[datetime]'


@dataclass(slots=True)
class Signals:
    """What a page states about itself; every list is in page order."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    headings: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    props: dict[str, list[LexborNode]] = field(default_factory=dict)
    jsonld: list[str] = field(default_factory=list)
    canonical: str | None = None


def read_signals(tree: LexborHTMLParser) -> Signals:
    """One selection over the tree, sorted by kind."""
    signals = Signals()
    for node in tree.css(_QUERY):
        tag = node.tag
        attributes = node.attributes
        for name in (attributes.get("itemprop") or "").lower().split():
            signals.props.setdefault(name, []).append(node)
        if tag == "meta":
            _add_meta(signals, attributes)
        elif tag == "time" or "datetime" in attributes:
            signals.times.append(node)
        elif tag == "h1":
            signals.headings.append(node)
        elif tag == "script":
            signals.jsonld.append(node.text())
        else:
            _add_head(signals, tag, node, attributes)
    return signals


def _add_head(signals: Signals, tag: str | None, node: LexborNode, attributes: dict[str, str | None]) -> None:
    if tag == "title":
        signals.titles.append(node.text())
    elif tag == "link" and signals.canonical is None:
        signals.canonical = attributes.get("href")


def _add_meta(signals: Signals, attributes: dict[str, str | None]) -> None:
    content = attributes.get("content")
    if content:
        for key in ("property", "name", "http-equiv"):
            if name := attributes.get(key):
                signals.meta.setdefault(name.strip().lower(), []).append(content)


INVISIBLE = ["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea"]
# A longer page is cut: more than the largest real pages have, and still parsed in well under 250 ms.
MAX_CHARACTERS = 2_000_000


class Document:
    """One page, decoded once and parsed once. `text` is the markup as parsed: valid UTF-8, no NUL, bounded in length
    and nesting; `notes` say what had to be guessed, cut or repaired. Never raises on any content."""

    def __init__(self, page: Page) -> None:
        self.url = page.url
        self.notes: list[str] = []
        self.text, self._utf8 = self._fit(page)
        self._pruned = False

    def _fit(self, page: Page) -> tuple[str, bytes]:
        """The markup to parse, as text and as UTF-8."""
        if isinstance(page.body, str):
            text = page.body
            if len(text) > MAX_CHARACTERS:
                text = text[:MAX_CHARACTERS]
                self.notes.append(f"length: only the first {MAX_CHARACTERS} characters were read")
            text, utf8 = encode(text)
        else:
            body = page.body
            if len(body) > MAX_CHARACTERS:
                body = body[:MAX_CHARACTERS]
                self.notes.append(f"length: only the first {MAX_CHARACTERS} bytes were read")
            text, utf8, notes = as_utf8(body, page.charset)
            self.notes.extend(notes)
        limited = utf8
        if b"\x00" in limited:
            limited = limited.replace(b"\x00", b"")
            self.notes.append("charset: NUL characters were dropped")
        if b"shadowrootmode" in limited:
            limited = _SHADOW_ROOT.sub(b"<div", limited)
        limited, notes = limit_markup(limited)
        self.notes.extend(notes)
        return (text, utf8) if limited is utf8 else (limited.decode("utf-8", "replace"), limited)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page's tree. `prune` removes parts of it, and reading dates or the body may call it: read other signals
        first."""
        return LexborHTMLParser(self._utf8)

    @cached_property
    def signals(self) -> Signals:
        """Metadata, headings, times and links, collected in one pass."""
        return read_signals(self.tree)

    def prune(self) -> None:
        """Drop the elements without visible text from the tree, after reading metadata and scripts."""
        if not self._pruned:
            self._pruned = bool(self.signals)
            self.tree.strip_tags(INVISIBLE)

    @property
    def meta(self) -> dict[str, list[str]]:
        """Lower-case `property`, `name` or `http-equiv` -> contents in page order."""
        return self.signals.meta

    def meta_first(self, *names: str) -> str | None:
        """The first non-empty content among these names, in their order."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content.strip():
                    return content
        return None

    @cached_property
    def jsonld(self) -> list[Node]:
        """All JSON-LD nodes in page order."""
        nodes, notes = read_blocks(self.signals.jsonld)
        self.notes.extend(notes)
        return nodes

    @cached_property
    def jsonld_ids(self) -> dict[str, Node]:
        """@id -> the fullest JSON-LD node of that id."""
        return by_id(self.jsonld)

    @cached_property
    def article_node(self) -> Node:
        """The JSON-LD node that describes the article; empty when there is none."""
        return article_of(self.jsonld, self.url) or {}

    @cached_property
    def _class_index(self) -> tuple[list[LexborNode], list[str], LineIndex]:
        """The body's elements with a class attribute, these attributes, and an index of the distinct ones."""
        body = self.tree.body
        nodes = body.css("[class]")["class" in body.attrs :] if body else []
        names = [node.attrs["class"] or "" for node in nodes]
        return nodes, names, LineIndex([*dict.fromkeys(names)])

    def with_class(self, words: Iterable[str], pattern: re.Pattern[str], limit: int) -> list[LexborNode]:
        """The body's elements, up to `limit` in page order, whose class holds one of `words` (lower case) and matches
        `pattern`. The words only make the search fast: every match of the pattern must hold one."""
        nodes, names, index = self._class_index
        wanted = set(index.matching(words, pattern))
        return [*islice(compress(nodes, map(wanted.__contains__, names)), limit)] if wanted else []

    @cached_property
    def sites(self) -> set[str]:
        """Keys of the site's own names."""
        return site_keys(self.meta, self.jsonld, self.article_node, self.url)

    @cached_property
    def lang(self) -> str | None:
        """The language the page declares, lower case, such as `de` or `en-us`."""
        root = self.tree.css_first("html")
        declared = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else None
        named = declared or self.meta_first("content-language", "og:locale", "language")
        code = (named or "").strip().lower().replace("_", "-").split(",")[0]
        return code if code[:2].isalpha() and len(code) <= 12 else None
