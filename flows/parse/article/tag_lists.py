"""Collects every list on the page that may hold the article's tags, and how each was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from flows.model import TagMethod
from flows.parse.article.scope import Scope
from flows.parse.page import jsonld
from flows.parse.page.boilerplate import is_aside, names_of
from flows.parse.page.clean import clean_markup
from flows.parse.page.document import Document
from flows.parse.page.line_index import LineIndex
from flows.parse.page.outline import Outline

MAX_LABELS = 500
MAX_BOXES = 60
MAX_LINKS = 3000
MAX_LABEL = 80
_META: tuple[tuple[str, TagMethod], ...] = (
    ("keywords", "meta_keywords"), ("news_keywords", "news_keywords"), ("article:tag", "article_tag"),
    ("og:article:tag", "article_tag"), ("parsely-tags", "meta_keywords"), ("sailthru.tags", "meta_keywords"),
    ("dc.subject", "meta_keywords"), ("cxenseparse:keywords", "meta_keywords"), ("tags", "meta_keywords"),
    ("video:tag", "article_tag"), ("og:video:tag", "article_tag"), ("citation_keywords", "meta_keywords"),
    ("article:tags", "article_tag"), ("article.tags", "article_tag"), ("og:tags", "article_tag"),
    ("tag", "meta_keywords"), ("topics", "meta_keywords"), ("dc:subject", "meta_keywords"),
    ("dcterms.subject", "meta_keywords"), ("dc.keywords", "meta_keywords"), ("bt:keywords", "meta_keywords"),
    ("content-tags", "meta_keywords"), ("article_tags", "meta_keywords"), ("mediator_topics", "meta_keywords"),
)  # fmt: skip
_TAG_PATH = re.compile(
    r"(?:^|/)(?:(?:hash)?tags?|topics?|themen?|themes?|stichworte?|keywords?|labels?|subjects?|sujets?|temas?|argoment[io]|"
    r"schlagworte?|schlagwoerter|dossiers?|search/label|about|hub|tagged|etiqueta|mot-cle|mots-cles|emne|ämne|people|organisations?)/|"
    r"[?&](?:tag|keyword|topic)=",
    re.IGNORECASE,
)
_PATH_WORDS = (
    "tag", "topic", "them", "stichwort", "keyword", "label", "subject", "sujet", "tema", "argoment", "schlagw",
    "dossier", "about/", "hub/", "etiqueta", "mot-cle", "mots-cles", "emne", "ämne", "people/", "organisation",
)  # fmt: skip
_BOX_WORDS = ("tag", "topic", "keyword", "themen", "stichw", "schlagw", "label")
_BOX = re.compile(r"tag(?!e|r|n|u)|topic|keyword|themen|stichw|schlagw|label", re.IGNORECASE)
_BOX_NAME = re.compile(
    r"(?:^|[\s_-])(?:post|article|entry|story|content|meta)?[_-]?(?:tags?|topics?|keywords?|themen|stichworte|schlagworte|labels?)"
    r"(?:$|[\s_-])|tag-?(?:list|s|cloud|box|links|container|wrapper)|(?<![a-z])(?:Article|Story)?(?:Tags?|Topics?)(?:[A-Z_-]|$|\s)",
)
_WHOLE = ("body", "article", "main", "html")
_SEPARATORS = re.compile(r"\s*[,;|、，]\s*")
_COUNT = re.compile(r"^\(\d+\)\s+|\s*[(\[]\d+(?: \w+)?[)\]]$")
_PREFIX = re.compile(
    r"^(?:tags?|keywords?|topics?|themen|schlagwörter|schlagworte|stichworte|etiquetas|mots[- ]clés)\s*:\s*", re.I
)
_NO_TAG = re.compile(
    r"^(?:perma(?:nent)?link|read more|more|mehr|alle themen|themen bearbeiten|all topics|all tags|see all|view all|"
    r"edit|\d+ comments?|\[?\d*\]? ?comments?|leave a (?:comment|reply)|kommentare?|share|tags?|topics?)$|[→»]$",
    re.IGNORECASE,
)
_NO_TAG_LINK = re.compile(r"#(?:comment|respond|disqus)|/(?:authors?|autoren|feed)/|^(?:mailto|javascript|tel):", re.I)
# Several values of one field are labels as they are, unless one holds this many separators: then it is a list.
MIN_JOINED = 3


@dataclass(slots=True)
class TagList:
    """One candidate list: its cleaned labels in order; `marks` are the features of how it was found, each 0 to 1.
    `is_chrome` says that it is in a part of the page that all pages of the site share."""

    method: TagMethod
    labels: list[str]
    marks: dict[str, float]
    is_chrome: bool = False


@dataclass(slots=True)
class _Link:
    """One link that may lead to a tag page: its `rel` values, and whether its URL looks like one."""

    rel: list[str]
    node: LexborNode
    is_tag_url: bool


def stated_lists(document: Document) -> list[TagList]:
    """The non-empty lists in metadata, JSON-LD and microdata."""
    return [candidate for candidate in _stated(document) if candidate.labels]


def linked_lists(document: Document, scope: Scope) -> list[TagList]:
    """The non-empty lists of links to tag pages."""
    return [candidate for candidate in _linked(document, scope) if candidate.labels]


def _stated(document: Document) -> Iterator[TagList]:
    node = document.article_node
    for field in ("keywords", "about", "mentions"):
        values = jsonld.texts(node.get(field), ("name", "@value", "termCode"), limit=MAX_LABELS)
        yield TagList("jsonld", _labels(values), {field: 1.0, "jsonld": 1.0})
    for other in document.jsonld:
        if other is not node and other.get("keywords"):
            values = jsonld.texts(other["keywords"], ("name", "@value"), limit=MAX_LABELS)
            yield TagList("jsonld", _labels(values), {"other_node": 1.0, "jsonld": 1.0})
    for name, method in _META:
        if contents := document.meta.get(name):
            yield TagList(method, _labels(contents), {name if name in _TRUSTED_META else "rare_meta": 1.0, "meta": 1.0})
    for prop in ("keywords", "about"):
        nodes = document.signals.props.get(prop, ())
        values = [str(item.attributes.get("content") or item.text()) for item in nodes[:MAX_LABELS]]
        yield TagList("meta_keywords", _labels(values), {"itemprop": 1.0})


_TRUSTED_META = frozenset(["keywords", "news_keywords", "article:tag"])


def _labels(values: list[str]) -> list[str]:
    """The labels of a field: a single value is split at separators, several values are labels as they are, because
    labels contain commas."""
    values = list(dict.fromkeys(values))
    if len(values) > 1:
        values = [part for value in values for part in _unjoined(value)]
    if len(values) == 1:
        text = clean_markup(values[0][: MAX_LABELS * MAX_LABEL]).strip("[]")
        values = [part.strip("\"'") if text.startswith(('"', "'")) else part for part in _SEPARATORS.split(text)]
        if len(values) == 1 and text.count("/") > 2:
            values = text.split("/")
    return unique(clean_label(value) for value in values[:MAX_LABELS])


def _unjoined(value: str) -> list[str]:
    text = clean_markup(value[: MAX_LABELS * MAX_LABEL])
    if "#" in text[1:] and text.startswith("#"):
        return text.split("#")
    parts = _SEPARATORS.split(text)
    return parts if len(parts) > MIN_JOINED or ";" in text or "|" in text else [value]


# the same labels occur in several lists of a page and recur from page to page
@lru_cache(maxsize=4096)
def clean_label(value: str) -> str:
    """A label without hash sign, count, quotes and outer punctuation; empty when it cannot be a label."""
    label = _PREFIX.sub("", _COUNT.sub("", clean_markup(value[:400]))).strip(' \t,;|•·-–#"“”„:')
    if _NO_TAG.search(label):
        return ""
    return label if 1 < len(label) <= MAX_LABEL or (label and not label.isascii()) else ""


def unique(labels: Iterator[str]) -> list[str]:
    """The labels in order, each once, ignoring case."""
    return list({label.casefold(): label for label in reversed([*labels]) if label}.values())[::-1]


def _linked(document: Document, scope: Scope) -> Iterator[TagList]:
    """Links to tag pages, grouped by the smallest element that holds several of them."""
    outline = document.outline
    boxed = {node.mem_id for box in outline.with_class(_BOX_WORDS, _BOX, MAX_BOXES) for node in box.css("a")}
    candidates = _tag_links(outline, boxed)
    chains = [_ancestors(link.node) for link in candidates]
    crowd = Counter(node.mem_id for chain in chains for node in chain)
    groups: dict[int, list[tuple[_Link, LexborNode]]] = {}
    for link, chain in zip(candidates, chains, strict=True):
        if chain:
            block = next((node for node in chain if crowd[node.mem_id] > 1), chain[0])
            groups.setdefault(block.mem_id, []).append((link, block))
    for rank, group in enumerate(groups.values()):
        if len(group) <= 120:
            found = _group_list([link for link, _ in group], group[0][1], boxed, rank, len(groups))
            found.marks["outside"] = float(scope.excludes(group[0][0].node))
            found.is_chrome = scope.is_chrome(group[0][0].node)
            yield found


def _tag_links(outline: Outline, boxed: set[int]) -> list[_Link]:
    """The links that may lead to a tag page: by URL, by `rel`, or because they are in `boxed`, the identities of the
    links in boxes of tags."""
    links = outline.select("a[href]")[:MAX_LINKS]
    hrefs = [node.attrs["href"] or "" for node in links]
    tag_urls = set(LineIndex([*dict.fromkeys(hrefs)]).matching(_PATH_WORDS, _TAG_PATH))
    marked = boxed.union([node.mem_id for node in outline.select('a[rel~="tag" i]')])
    found: list[_Link] = []
    for node, href in zip(links, hrefs, strict=True):
        is_tag_url = href in tag_urls
        if is_tag_url or node.mem_id in marked:
            rel = (node.attributes.get("rel") or "").lower().split()
            if not _is_other_link(rel, href):
                found.append(_Link(rel, node, is_tag_url))
    return found


def _is_other_link(rel: list[str], href: str) -> bool:
    """Whether a link leads to an author, comments or the page itself."""
    return "author" in rel or "bookmark" in rel or bool(_NO_TAG_LINK.search(href))


def _ancestors(node: LexborNode) -> list[LexborNode]:
    """Up to four elements around a node, nearest first, stopping below those that hold the whole article."""
    chain: list[LexborNode] = []
    above = node.parent
    while above is not None and len(chain) < 4 and not (chain and above.tag in _WHOLE):
        chain.append(above)
        above = above.parent
    return chain


def _group_list(links: list[_Link], block: LexborNode, boxed: set[int], rank: int, groups: int) -> TagList:
    proper = [link for link in links if "category" not in link.rel]
    chosen = proper or links
    rel_tag = sum("tag" in link.rel for link in chosen) / len(chosen)
    in_path = sum(link.is_tag_url for link in chosen) / len(chosen)
    texts = [link.node.text() for link in chosen]
    name = _names(block)
    is_labeled = bool(_PREFIX.match(block.text()[:MAX_LABEL].lstrip()))
    box = float(is_labeled or bool(_BOX_NAME.search(name)))
    in_box = 1.0 if is_labeled else sum(link.node.mem_id in boxed for link in chosen) / len(chosen)
    method: TagMethod = "rel_tag" if rel_tag > 0.5 else "tag_box" if box else "tag_link"
    marks = {
        "linked": 1.0,
        "rel_tag": rel_tag,
        "tag_path": in_path,
        "tag_box": box,
        "in_box": in_box,
        "aside": float(is_aside(block)),
        "only_categories": float(not proper),
        "first_group": float(rank == 0),
        "many_groups": float(groups > 6),
        "hashes": sum(text.lstrip().startswith("#") for text in texts) / len(chosen),
    }
    return TagList(method, unique(clean_label(text) for text in texts), marks)


def _names(block: LexborNode) -> str:
    names: list[str] = []
    above: LexborNode | None = block
    for _ in range(3):
        if above is None or above.tag in ("body", "article", "main"):
            break
        names.append(names_of(above.attributes))
        above = above.parent
    return " ".join(names)
