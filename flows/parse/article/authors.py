"""Reads the article's authors from JSON-LD, metadata and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from flows.parse.article.bylines import (
    MAX_AUTHORS,
    clean_names,
    has_lead,
    is_account,
    is_desk,
    is_full_name,
    without_place,
)
from flows.parse.article.scope import Scope
from flows.parse.page import jsonld
from flows.parse.page.clean import clean_text
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key
from flows.parse.page.vocabulary import ordered

# Names of `Document.meta_joined`, most trusted first.
_META = ordered(
    "author articleauthor byl dccreator dctermscreator parselyauthor sailthruauthor citationauthor articleauthorname "
    "authors cxenseparseauthor cxenseparserecsarticleauthor mediatorauthor ogarticleauthor ogauthor dcsextauthor "
    "schemaauthor authorname btauthor rbauthors newsauthor pageauthor contentauthor byline by writer creator"
)
_BYLINE = re.compile(
    r"(?:^|[ _-])(?:author|vcard)(?=$| )|author-?_*name|"
    r"(?:article|post|entry)-?_*author|autor|byline|author(?=[A-Z_-])|(?:^|[ _-])reporter(?=$|[ _-])",
    re.IGNORECASE,
)
_STRONG_CLASS = ("author-name", "author__name", "authorname", "byline", "vcard", "fn")
# A byline below the headline without any markup of its own: the lead word, then the name on the same or next line.
_PRINTED_LINE = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:written|words|story|posted|authored|article|report|text) )?"
    r"(?:by|von|par|por|door|av|af|author|autor(?:in)?)"
    r"[ \t]*:?\s{1,12}([^\W\d_][^\n|•·,;:()]{2,60}?)[ \t]*(?=\n|$|[|•·,;(]|\s(?:on|published|updated|posted)\b)",
    re.IGNORECASE,
)
# Characters searched below the headline, with white space and without.
_NEAR_HEADLINE, _BELOW = 6000, 1200
_BY_ID = '[id*="byline" i],[id$="author" i],[id*="author-name" i]'
_PROFILES = (
    'a[href*="/author"],a[href*="/autor"],a[href*="/staff/"],a[href*="/people/"],a[href*="/reporter"],'
    'a[href*="/journalist"],a[href*="/contributor"],a[href*="/columnist"]'
)
_PROFILE_PATH = re.compile(
    r"/(?:authors?|autore?n?|autor(?:in|es)?|staff|people|reporters?|journalists?|contributors?|columnists?)/[^/?#]+/?(?:[?#]|$)",
    re.IGNORECASE,
)
# The strength of a byline with full names and either a lead word or an author's markup.
SURE = 5


def read_authors(document: Document, scope: Scope, title: str | None) -> list[str]:
    """Names in the order printed: the people that metadata state, else those of a visible byline, else the accounts and
    organizations that metadata state, all cleaned the same way."""
    sites = document.sites
    stated = [names for raws in _stated(document) if raws and (names := _cleaned(raws, sites))]
    people = [names for names in stated if not any(map(is_account, names))]
    if people and not all(map(is_desk, people[0])):
        first = {key(name) for name in people[0]}
        return next((other for other in people[1:] if first < {key(name) for name in other}), people[0])
    printed, is_sure = _printed(document, scope, sites)
    if not is_sure and (line := _printed_line(scope, title, sites)):
        printed, is_sure = line, True
    if is_sure and not all(map(is_desk, printed)):
        return printed
    organization = _cleaned(_resolved(document, document.article_node.get("author"), True), sites)
    own = clean_names(_resolved(document, document.article_node.get("author"), None), split=False)
    others = [*stated, organization, own, printed]
    return (
        next(filter(None, others), None)
        or clean_names((raw for name in _META[:2] for raw in document.meta_joined.get(name, ())), split=False)[:1]
    )


def _cleaned(raws: list[str], sites: set[str]) -> list[str]:
    """The clean names except the site's own."""
    own = [raw for raw in raws if not _is_own(raw, sites) and key(raw.split(",")[0]) not in sites]
    return [name for name in clean_names(own) if not _is_own(name, sites)]


def _is_own(name: str, sites: set[str]) -> bool:
    """Whether a name is the site's own, also with an article before it."""
    return key(name) in sites or key(name.lower().removeprefix("the ")) in sites


def _stated(document: Document) -> Iterator[list[str]]:
    """The lists of people in metadata, most trusted first."""
    node = document.article_node
    values = [node.get("author"), node.get("creator")]
    known = jsonld.ARTICLE_TYPES | jsonld.PAGE_TYPES
    values += [other.get("author") for other in document.jsonld if other is not node and jsonld.types_of(other) & known]
    for value in values:
        if _resolved(document, value, False):
            yield _resolved(document, value, None)
    yield from _stated_in_meta(document)


def _stated_in_meta(document: Document) -> Iterator[list[str]]:
    for name in _META:
        yield [value for value in document.meta_joined.get(name, ()) if not value.startswith(("http", "/", "www."))]
    for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if has_lead(f"{document.meta_first(label) or ''} x"):
            yield document.meta.get(data, [])
    for prop in document.signals.props.get("author", ())[:1]:
        named = prop if prop.attributes.get("content") else prop.css_first('meta[itemprop="name"]')
        if named is not None and (content := named.attributes.get("content")):
            yield [content]


def _printed(document: Document, scope: Scope, sites: set[str]) -> tuple[list[str], bool]:
    """Names of the best-marked byline, and of the bylines beside it with the same markup; and whether they are surely
    people: full names with a lead word or the markup of an author."""
    found: list[tuple[int, tuple[str, int], list[str]]] = []
    for rank, node in enumerate(_bylines(document, scope)):
        text = node.text(separator=" | ")
        if len(text) > 600 or scope.excludes(node):
            continue
        names = without_place([name for name in clean_names([text]) if key(name) not in sites])
        if names and len(names) <= 8 and not any(name.islower() and " " in name for name in names):
            found.append((_strength(node, text, names) - rank // 4, _group(node), names))
    if not found:
        return [], False
    best = max(found, key=lambda item: item[0])
    together = {key(name): name for _, group, names in found if group == best[1] for name in names}
    names = list(together.values())[:MAX_AUTHORS]
    return names, best[0] >= SURE and all(map(is_full_name, names))


def _printed_line(scope: Scope, title: str | None, sites: set[str]) -> list[str]:
    """The full name after `By` in the text just below the headline."""
    heading = scope.heading
    if heading is None or not title:
        return []
    around = heading
    while (above := around.parent) is not None and len(around.text_lexbor()) < len(title) + _BELOW:
        around = above
    text = around.text(separator="\n")
    first = next((line for line in heading.text(separator="\n").split("\n") if line.strip()), "")
    place = text.find(first) if first else -1
    if place < 0:
        return []
    start = place + len(first)
    lines = text[start : start + _NEAR_HEADLINE].split("\n")
    below = "\n".join(clean_text(line) for line in lines if line.strip())[:_BELOW]
    for match in _PRINTED_LINE.finditer(below):
        cleaned = without_place(clean_names([match.group(1)]))
        names = [name for name in cleaned if is_full_name(name) and key(name) not in sites]
        if names:
            return names
    return []


def _bylines(document: Document, scope: Scope) -> list[LexborNode]:
    """Elements marked as the author by rel, itemprop or class and the links inside these, else by id, else links to
    profiles."""
    marked = document.tree.css('a[rel~="author" i]')[:40]
    marked += [*document.signals.props.get("author", ()), *document.signals.props.get("creator", ())]
    for node in document.outline.with_class(("author", "autor", "byline", "vcard", "reporter"), _BYLINE, 40):
        marked.append(node)
        if node.tag != "a":
            marked += node.css("a")[:6]
    return marked[:80] or document.tree.css(_BY_ID)[:8] or [*islice(_profiles(document, scope), 8)]


def _profiles(document: Document, scope: Scope) -> Iterator[LexborNode]:
    """Links to the profiles of people, where no byline is marked."""
    return (node for node in document.tree.css(_PROFILES)[:40] if _is_profile(node) and not scope.excludes(node))


def _is_profile(link: LexborNode) -> bool:
    return bool(_PROFILE_PATH.search(link.attributes.get("href") or "")) and is_full_name(clean_text(link.text()[:90]))


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


def _resolved(document: Document, value: object, organizations: bool | None) -> list[str]:
    """Names of an author value, with references ({"@id": ...}) followed once: those of organizations, or of all others,
    or of both."""
    found: list[str] = []
    for item in _flat(value):
        target: object = item
        if isinstance(item, dict) and not item.get("name"):
            target = document.jsonld_ids.get(str(item.get("@id")), item)
        is_organization = isinstance(target, dict) and any("organization" in t for t in jsonld.types_of(target))
        if organizations is None or organizations == is_organization:
            found.extend(jsonld.texts(_named(target), ("name", "alternateName"), limit=MAX_AUTHORS))
        if len(found) >= MAX_AUTHORS:
            break
    return found


def _flat(value: object) -> list[object]:
    """The items of a list that may hold lists."""
    if not isinstance(value, list):
        return [value]
    return [item for inner in value[:MAX_AUTHORS] for item in (inner if isinstance(inner, list) else [inner])]


def _named(target: object) -> object:
    """The value, or the full name of a person who is given by the parts of the name."""
    if not isinstance(target, dict) or target.get("name"):
        return target
    if target.get("author"):  # a schema.org Role around the person
        return target["author"]
    parts = jsonld.texts([target.get(field) for field in ("givenName", "additionalName", "familyName")])
    return " ".join(parts) or target
