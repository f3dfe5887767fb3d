"""Turns a page's bytes into one parsed tree, and reads what the page states from it once, on first use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Page
from flows.parse.page.addresses import site_keys
from flows.parse.page.charset import as_utf8, encode
from flows.parse.page.jsonld import Node, article_of, by_id, read_blocks
from flows.parse.page.markup_limits import limit_markup
from flows.parse.page.outline import Attributes, Outline
from flows.parse.page.streamed_parts import place_parts
from flows.parse.page.template import fingerprint

# A browser shows the content of such a template in place of its host's (older ones name the attribute `shadowroot`);
# its end tag alone is ignored.
_SHADOW_ROOT = re.compile(rb"<template(?=\s[^<>]{0,200}shadowroot)", re.IGNORECASE)
_SIGNS = str.maketrans("", "", "-_.: ")
_STATING = 'meta,title,h1,time,link[rel="canonical"],[itemprop],[datetime],[property]:not(meta)'


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


def read_signals(outline: Outline, jsonld: list[str]) -> Signals:
    """What the elements of an outline state; `jsonld` are the texts of its scripts."""
    signals = Signals(jsonld=jsonld)
    for node in outline.select(_STATING):
        tag = node.tag
        attributes = node.attributes
        for name in _properties(tag, attributes):
            signals.props.setdefault(name, []).append(node)
        if tag == "meta":
            _add_meta(signals, attributes)
        elif tag == "time" or "datetime" in attributes:
            signals.times.append(node)
        elif tag == "h1":
            signals.headings.append(node)
        elif tag == "title":
            signals.titles.append(node.text())
        elif tag == "link" and signals.canonical is None and attributes.get("rel") == "canonical":
            signals.canonical = attributes.get("href")
    return signals


def _properties(tag: str | None, attributes: Attributes) -> list[str]:
    """The lower-case names of what an element states in microdata or RDFa, without the vocabulary: `dc:created` is
    `created`. The `property` of a meta element is metadata."""
    names = (attributes.get("itemprop") or "").lower().split()
    if tag != "meta" and (stated := attributes.get("property")):
        names += [name.rpartition(":")[2] for name in stated.lower().split()]
    return names


def _add_meta(signals: Signals, attributes: Attributes) -> None:
    content = attributes.get("content")
    if content:
        for key in ("property", "name", "http-equiv"):
            if name := attributes.get(key):
                signals.meta.setdefault(name.strip().lower(), []).append(content)


INVISIBLE = ["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea"]
# A noscript element with more text than this is the page as it is without scripts, not a notice or a pixel.
MIN_NOSCRIPT = 400


def strip_invisible(tree: LexborHTMLParser) -> None:
    """Remove the elements that show no text of their own. The content of a long `noscript` stays: pages that scripts
    draw keep their text there for those who run none."""
    for node in tree.css("noscript"):
        if len(node.text_lexbor()) > MIN_NOSCRIPT:
            node.unwrap()
    tree.strip_tags(INVISIBLE)


# A longer page is cut: more than the largest real pages have, and still parsed in well under 250 ms.
MAX_CHARACTERS = 2_000_000


class Document:
    """One page, decoded once and parsed once. `text` is the markup as parsed: valid UTF-8, no NUL, bounded in length
    and nesting; `notes` say what had to be guessed, cut or repaired. Never raises on any content."""

    def __init__(self, page: Page) -> None:
        self.url = page.url
        self.notes: list[str] = []
        self.text, self._utf8 = self._fit(page)

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
        if b"shadowroot" in limited:
            limited = _SHADOW_ROOT.sub(b"<div", limited)
        limited, notes = limit_markup(limited)
        self.notes.extend(notes)
        return (text, utf8) if limited is utf8 else (limited.decode("utf-8", "replace"), limited)

    @cached_property
    def _parsed(self) -> tuple[LexborHTMLParser, str | None, list[str]]:
        """The tree without invisible elements, and what was read from it before these were removed: the fingerprint,
        and the texts of the JSON-LD scripts."""
        tree = LexborHTMLParser(self._utf8)
        layout = fingerprint(tree)
        scripts = [node.text() for node in tree.css('script[type*="ld+json"]')]
        place_parts(tree, self.text)
        strip_invisible(tree)
        return tree, layout, scripts

    @property
    def tree(self) -> LexborHTMLParser:
        """The page's tree without the elements that show no text of their own (`INVISIBLE`)."""
        return self._parsed[0]

    @property
    def fingerprint(self) -> str | None:
        """The structure of the page as delivered, see `template.fingerprint`."""
        return self._parsed[1]

    @cached_property
    def outline(self) -> Outline:
        """The elements of the tree by name and class."""
        return Outline(self.tree)

    @cached_property
    def body_text(self) -> str:
        """All text of the body as it stands in the tree; empty where the page has no body."""
        body = self.tree.body
        return body.text_lexbor() if body is not None else ""

    @cached_property
    def signals(self) -> Signals:
        """Metadata, headings, times and links."""
        return read_signals(self.outline, self._parsed[2])

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
    def meta_joined(self) -> dict[str, list[str]]:
        """`meta` by names without the signs between their words, `article:published_time` as `articlepublishedtime`:
        publishers write the same name with many signs."""
        found: dict[str, list[str]] = {}
        for name, contents in self.meta.items():
            found.setdefault(name.translate(_SIGNS), []).extend(contents)
        return found

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
