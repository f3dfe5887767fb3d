"""Finds the element that holds the article's text, and the wider elements that may hold more of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from flows.parse.page.blocks import is_boilerplate, is_dialog
from flows.parse.page.boilerplate import names_of, names_outside
from flows.parse.page.outline import MAX_TEASER, Attributes, Outline
from flows.parse.page.text_weight import weight_of

_LOOSE = "div,td,section,span,li"
_ASIDE_TAGS = frozenset(["aside", "footer", "nav"])
MAX_PARAGRAPHS = 4000
MIN_PARAGRAPH = 40
SHORT_BODY = 400
# One paragraph votes with at most this weight; with a fraction of it if it is in comments or among other articles.
MAX_VOTE = 1500
OUTSIDE_SHARE = 0.1
# A vote for the element around weighs this much of the vote for the element itself.
FADING = 0.75
MAX_CHAIN = 10
# An ancestor up to so many levels above replaces the container if it holds WIDER times its text.
WIDER = 1.4
MAX_LEVELS = 7
# So does one that is named as the text of an article, if it holds NAMED_WIDER times the text.
NAMED_WIDER = 1.1
_TEXT = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|story)[_-]{0,2}(?:content|body|text)(?=$|\s)|(?i:(?:article|story)Body)"
)
# Another element is wider if it holds this many times the text of the one before.
NEXT_WIDER = 1.1
MAX_WIDER = 5
# Two inner articles that each hold this share of the container's text are articles of their own.
MIN_ARTICLE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Around:
    """What is around the container: the weight of all running text of the page, and the wider elements that hold
    noticeably more of it, each with the weight it holds, inner ones first."""

    page: float
    wider: list[tuple[LexborNode, float]]


@dataclass(slots=True)
class _Holder:
    """An element that holds paragraphs: its own ones and those of the elements in it."""

    node: LexborNode
    above: LexborNode | None
    is_outside: bool
    own: int = 0
    votes: float = 0.0
    mass: float = 0.0


@dataclass(slots=True)
class _Holders:
    """The elements around a page's paragraphs, by identity, each read from the tree once."""

    root: int
    others: frozenset[int]
    known: dict[int, _Holder] = field(default_factory=dict)

    def add(self, node: LexborNode) -> int:
        """The identity of an element, which from then on is known."""
        place = node.mem_id
        if place not in self.known:
            self.known[place] = _Holder(node, node.parent, place in self.others or _is_outside(node))
        return place

    def chain(self, place: int) -> list[_Holder]:
        """The element and up to nine around it, below the root."""
        found: list[_Holder] = []
        while len(found) < MAX_CHAIN and place != self.root:
            holder = self.known[place]
            found.append(holder)
            if holder.above is None:
                break
            place = self.add(holder.above)
        return found

    def mass(self, node: LexborNode | None) -> float:
        """The weight of the running text in an element; 0 where it is not known."""
        holder = self.known.get(node.mem_id) if node is not None else None
        return holder.mass if holder else 0.0


def find_container(
    outline: Outline, root: LexborNode, others: frozenset[int] = frozenset()
) -> tuple[LexborNode, Around]:
    """The element that holds most of the page's running text; `others` are the elements of other stories. Each
    paragraph votes for its ancestors, with less weight the farther they are; the winner gives way to an ancestor that
    holds much more text."""
    holders = _Holders(root.mem_id, others)
    first: dict[int, _Holder] = {}
    for node, weight in _paragraphs(outline):
        place = holders.add(node)
        holder = first.setdefault(place, holders.known[place])
        holder.own += min(weight, MAX_VOTE)
    teasers = outline.linked_headings
    page = 0.0
    voted: list[_Holder] = []
    for place, holder in first.items():
        chain = holders.chain(place)
        is_outside = holder.own <= MAX_TEASER * teasers[place] or any([item.is_outside for item in chain])
        mass = vote = holder.own * (OUTSIDE_SHARE if is_outside else 1.0)
        page += mass
        for item in chain:
            if not item.votes:
                voted.append(item)
            item.votes += vote
            item.mass += mass
            vote *= FADING
    if not voted:
        return root, Around(0.0, [])
    container = _named(_widened(max(voted, key=lambda item: item.votes).node, holders), holders, root)
    return container, Around(page, _wider(container, holders, root, page))


def _paragraphs(outline: Outline) -> Iterator[tuple[LexborNode, int]]:
    """The elements that hold running text directly, once for each of its paragraphs, with the paragraph's weight; on
    pages with hardly any paragraph also the elements with text of their own."""
    total = 0
    for above, weight in outline.paragraphs[:MAX_PARAGRAPHS]:
        if weight >= MIN_PARAGRAPH:
            total += weight
            yield above, weight
    if total < SHORT_BODY:
        for node in outline.select(_LOOSE)[:MAX_PARAGRAPHS]:
            weight = weight_of(node.text(deep=False).strip())
            if weight >= MIN_PARAGRAPH:
                yield node, weight


def _is_outside(element: LexborNode) -> bool:
    """Whether an element holds readers' comments or other articles."""
    tag, attributes = element.tag, element.attributes
    if tag in _ASIDE_TAGS:
        return True
    return bool(attributes) and (is_dialog(tag, attributes) or names_outside(names_of(attributes)))


def _wider(container: LexborNode, holders: _Holders, root: LexborNode, page: float) -> list[tuple[LexborNode, float]]:
    """The elements around the container that each hold noticeably more running text than the one before."""
    found: list[tuple[LexborNode, float]] = []
    mass = holders.mass(container)
    above = container.parent
    while above is not None and above.mem_id != root.mem_id and len(found) < MAX_WIDER:
        if holders.mass(above) > NEXT_WIDER * mass:
            mass = holders.mass(above)
            found.append((above, mass))
        above = above.parent
    return [*found, (root, page)]


def _named(container: LexborNode, holders: _Holders, root: LexborNode) -> LexborNode:
    """The container, or an ancestor that is named as an article's text and holds noticeably more of it; none beyond an
    element that a reader would leave out."""
    best, mass = container, holders.mass(container)
    inner, above = container, container.parent
    for _ in range(MAX_LEVELS):
        if above is None or above.mem_id == root.mem_id or inner.tag in _ASIDE_TAGS or is_boilerplate(inner):
            break
        if holders.mass(above) > NAMED_WIDER * mass and _names_text(above.attributes):
            best, mass = above, holders.mass(above)
        inner, above = above, above.parent
    return best


def _names_text(attributes: Attributes) -> bool:
    return attributes.get("itemprop") == "articleBody" or bool(_TEXT.search(attributes.get("class") or ""))


def _widened(container: LexborNode, holders: _Holders) -> LexborNode:
    """The container, or an ancestor that holds WIDER times its text."""
    best, mass = container, holders.mass(container)
    above = container.parent
    for _ in range(MAX_LEVELS):
        if above is None or not holders.mass(above) or best.tag in ("article", "main"):
            break
        if holders.mass(above) > WIDER * mass:
            inner = [holders.mass(article) for article in above.css("article")]
            if sum(share > MIN_ARTICLE_SHARE * mass for share in inner) > 1:
                break
            best, mass = above, holders.mass(above)
        above = above.parent
    return best
