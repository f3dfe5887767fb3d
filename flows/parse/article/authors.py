"""Reads the article's authors from JSON-LD, metadata and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from flows.parse.article.bylines import MAX_AUTHORS, clean_names, has_lead
from flows.parse.page import jsonld
from flows.parse.page.boilerplate import is_in_side_content
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key

_META = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "citation_author", "article:author_name", "authors", "cxenseparse:author", "mediator_author", "og:article:author",
)  # fmt: skip
_BYLINE = re.compile(
    r"(?:^|[ _-])(?:author|vcard)(?=$| )|author-?_*name|"
    r"(?:article|post|entry)-?_*author|autor|byline|author(?=[A-Z_-])",
    re.IGNORECASE,
)
_STRONG_CLASS = ("author-name", "author__name", "authorname", "byline", "vcard", "fn")


def read_authors(document: Document) -> list[str]:
    """Names in the order printed: the article's JSON-LD first, then other metadata, then visible bylines, all cleaned
    the same way. The publisher's own name counts only where JSON-LD gives it as author or no other name is found."""
    sites = document.sites
    stated = [names for raws in _stated(document) if raws and (names := _cleaned(raws, sites))]
    if stated:
        first = {key(name) for name in stated[0]}
        return next((other for other in stated[1:] if first < {key(name) for name in other}), stated[0])
    publisher = clean_names(_resolved(document.article_node.get("author"), document.jsonld_ids), split=False)
    if publisher:
        return publisher
    printed = _printed(document, sites)
    return printed or clean_names((raw for name in _META[:2] for raw in document.meta.get(name, ())), split=False)[:1]


def _cleaned(raws: list[str], sites: set[str]) -> list[str]:
    """The clean names except the site's own."""
    own = [raw for raw in raws if key(raw) not in sites and key(raw.split(",")[0]) not in sites]
    return [name for name in clean_names(own) if key(name) not in sites]


def _stated(document: Document) -> Iterator[list[str]]:
    node = document.article_node
    for field in ("author", "creator"):
        yield _resolved(node.get(field), document.jsonld_ids)
    for other in document.jsonld:
        if other is not node and jsonld.types_of(other) & (jsonld.ARTICLE_TYPES | jsonld.PAGE_TYPES):
            yield _resolved(other.get("author"), document.jsonld_ids)
    for name in _META:
        yield [value for value in document.meta.get(name, ()) if not value.startswith(("http", "/", "www."))]


def _printed(document: Document, sites: set[str]) -> list[str]:
    """Names of the best-marked byline, and of the bylines beside it with the same markup."""
    found: list[tuple[int, tuple[str, int], list[str]]] = []
    for rank, node in enumerate(_bylines(document)):
        text = node.text(separator=" | ")
        if len(text) > 600 or is_in_side_content(node):
            continue
        names = [name for name in clean_names([text]) if key(name) not in sites]
        if names and len(names) <= 8:
            found.append((_strength(node, text, names) - rank // 4, _group(node), names))
    if not found:
        return []
    best = max(found, key=lambda item: item[0])
    together = {key(name): name for _, group, names in found if group == best[1] for name in names}
    return list(together.values())[:MAX_AUTHORS]


def _bylines(document: Document) -> list[LexborNode]:
    """Elements marked as the author by rel, itemprop or class, and the links inside these."""
    marked = document.tree.css('a[rel~="author" i]')[:40]
    marked += document.signals.props.get("author", ())
    for node in document.with_class(("author", "autor", "byline", "vcard"), _BYLINE, 40):
        marked.append(node)
        if node.tag != "a":
            marked += node.css("a")[:6]
    return marked[:80]


def _strength(node: LexborNode, text: str, names: list[str]) -> int:
    attributes = node.attributes
    css = (attributes.get("class") or "").lower()
    strength = 4 if attributes.get("rel") or "author" in (attributes.get("itemprop") or "") else 0
    strength += 2 * any(mark in css for mark in _STRONG_CLASS) + 3 * has_lead(text)
    return strength + 2 * all(2 <= len(name.split()) <= 4 for name in names) - 4 * (len(text.split()) > 15)


def _group(node: LexborNode) -> tuple[str, int]:
    """(class, identity of the third element around it): equal for the bylines of one article."""
    above = node.parent
    for _ in range(2):
        above = above.parent if above is not None else None
    return (node.attributes.get("class") or node.tag or "", above.mem_id if above is not None else 0)


def _resolved(value: object, index: dict[str, jsonld.Node]) -> list[str]:
    """Names of an author value, with references ({"@id": ...}) followed once."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        target = item
        if isinstance(item, dict) and not item.get("name"):
            target = index.get(str(item.get("@id")), item)
        found.extend(jsonld.texts(target, ("name", "alternateName"), limit=MAX_AUTHORS))
        if len(found) >= MAX_AUTHORS:
            break
    return found
