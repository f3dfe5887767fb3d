"""Finds the article's text: the element that holds it, then its paragraphs without boilerplate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from flows.parse.dates.days import find_day
from flows.parse.page import jsonld
from flows.parse.page.blocks import Block, Reader, Trust, is_boilerplate, is_dialog, weight_of
from flows.parse.page.boilerplate import is_comments_or_consent, is_side_content
from flows.parse.page.clean import clean_markup
from flows.parse.page.document import Document
from flows.parse.page.embedded_article import read_embedded
from flows.parse.page.text_keys import key

_PARAGRAPHS = ("p", "pre", "blockquote")
MIN_PARAGRAPH = 40
SHORT_BODY = 400
MAX_LEAD = 1500
MAX_PARAGRAPHS = 4000
# An ancestor replaces the container if it holds this many times its text.
WIDER = 1.4
# A body with less than this share of the page's running text is compared with other readings.
MIN_SHARE = 0.9
# Another reading is taken if it has this many times the text: of the same container, or of one around it.
LENIENT_GAIN = 1.15
WIDER_GAIN = 2.0
NAMELESS_GAIN = 3.0
MIN_RETRIED = 100
MAX_LINKED = 0.25
MAX_WIDER = 5
# A shorter text may be said twice.
MIN_COPIED = 60
# Two inner articles that each hold this share of the container's text are articles of their own.
MIN_ARTICLE_SHARE = 0.25
_DROPPED = re.compile(
    r"^\W*(?:advert(?:isement|orial)?s?\b|anzeige$|werbung$|publicidad|publicité|"
    r"read (?:more|also|next)|also read|see also|related|"
    r"sign up|subscribe|follow (?:us|@)|share this|click here|lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|"
    r"leia (?:também|mais)|don'?t miss|tell us what|like this story|story continues|article continues|skip (?:past|to)|"
    r"photo(?:graph)?s?\s?:|image\s?:|foto\s?:|bild\s?:|©|copyright|all rights reserved|loading|"
    r"watch (?:now|:)|more\s?:|more from\b|"
    r"getty images|scroll for more|tags?\s?[:\w]|filed under|updated (?:at|on)|"
    r"(?:last )?updated\s?:|published\b|stand:|"
    r"\d+ (?:of|/) \d+|lesezeit|reading time|\d+ min(?:ute)?s? read|comments?$|get the latest|関連記事|\[pr\]|\[button|"
    r"weitere informationen|ende der weiteren|empfohlener (?:redaktioneller|externer) inhalt|\S+ \S+ on twitter)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.!?…。」\"”»:]\W*$")


def read_body(document: Document, title: str | None, summary: str | None = None) -> str | None:
    """The article's paragraphs, subheadings and list items, joined by blank lines; None when the page has none. A
    `summary` printed above the text comes first."""
    root = document.tree.body
    if root is None:
        return None
    container, around = find_container(document, root)
    blocks = select([*_paragraphs_before(container), *Reader().read(container)], title)
    if _length(blocks) < MIN_SHARE * around.page:
        blocks = _retried(blocks, container, around, title)
    text = "\n\n".join(block.text for block in blocks)
    stated = _stated(document)
    if len(text) < SHORT_BODY and not stated and (embedded := read_embedded(document.text)):
        stated = "\n\n".join(block.text for block in select(embedded, title))
    if len(stated) > 2 * len(text) and len(stated) > 200:
        text = stated
    return _with_summary(text, summary, document) or None


def _retried(blocks: list[Block], container: LexborNode, around: Around, title: str | None) -> list[Block]:
    """The blocks, or those of the first lenient or wider reading that has far more text and is no list of links."""
    least = max(MIN_RETRIED, _length(blocks))
    readings = [(container, Trust.SHORT, LENIENT_GAIN)]
    readings += [(node, Trust.SHORT, WIDER_GAIN) for node, mass in around.wider if mass > least]
    if _length(blocks) < SHORT_BODY:
        readings.append((container, Trust.NONE, NAMELESS_GAIN))
    for node, trust, gain in readings:
        found = select(Reader(trust).read(node), title)
        if _is_better(found, gain * least):
            return found
    return blocks


def _is_better(found: list[Block], least: float) -> bool:
    length = _length(found)
    return length > least and sum(block.linked for block in found) < MAX_LINKED * length


def _paragraphs_before(container: LexborNode) -> list[Block]:
    """The paragraphs directly before the container: a paywall may wrap only the rest of the article."""
    found: list[Block] = []
    sibling = container.prev
    while sibling is not None and (sibling.tag == "p" or not sibling.is_element_node):
        if sibling.tag == "p" and not is_boilerplate(sibling) and len(sibling.text()) >= MIN_PARAGRAPH:
            found[:0] = Reader().read(sibling)
        sibling = sibling.prev
    return found


def _length(blocks: list[Block]) -> int:
    return sum(weight_of(block.text) for block in blocks)


def _with_summary(text: str, summary: str | None, document: Document) -> str:
    """The text with the printed summary in front, unless the text starts with it."""
    if not summary or not text or len(summary) > MAX_LEAD:
        return text
    start = text[: 2 * MAX_LEAD]
    if summary[:60] in start or key(summary)[:60] in key(start):
        return text
    return f"{summary}\n\n{text}" if _is_printed(summary[:30], document) else text


def _is_printed(text: str, document: Document) -> bool:
    """Whether the page shows this text. Pruning the tree costs time, so text found nowhere on the page is ruled out
    first."""
    root = document.tree.body
    if root is None or text not in root.text_lexbor():
        return False
    document.prune()
    return text in root.text_lexbor()


def _stated(document: Document) -> str:
    values = jsonld.texts(document.article_node.get("articleBody"), limit=1)
    return "\n\n".join(
        part for line in values[:1] for part in (clean_markup(p) for p in re.split(r"\n+", line)) if part
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What is around the container: the weight of all running text of the page, and the wider elements that hold
    noticeably more of it, each with the weight it holds, inner ones first."""

    page: float
    wider: list[tuple[LexborNode, float]]


def find_container(document: Document, root: LexborNode) -> tuple[LexborNode, Around]:
    """The element that holds most of the page's running text. Each paragraph votes for its ancestors, with less weight
    the farther they are; the winner gives way to an ancestor that holds much more text."""
    paragraphs = [
        (node, weight_of(node.text_lexbor().strip())) for node in document.tree.css("p,pre,blockquote")[:MAX_PARAGRAPHS]
    ]
    paragraphs = [(node, length) for node, length in paragraphs if length >= MIN_PARAGRAPH]
    if sum(length for _, length in paragraphs) < SHORT_BODY:
        loose = [
            (node, weight_of(node.text(deep=False).strip()))
            for node in document.tree.css("div,td,section,span,li")[:MAX_PARAGRAPHS]
        ]
        paragraphs += [(node, length) for node, length in loose if length >= MIN_PARAGRAPH]
    holders: dict[int, LexborNode] = {}
    lengths: dict[int, int] = {}
    for node, length in paragraphs:
        above = node.parent if node.tag in _PARAGRAPHS else node
        if above is not None:
            place = above.mem_id
            holders.setdefault(place, above)
            lengths[place] = lengths.get(place, 0) + min(length, 1500)
    votes: dict[int, float] = {}
    masses: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    outside: dict[int, bool] = {}
    page = 0.0
    for holder, length in zip(holders.values(), lengths.values(), strict=True):
        chain = _chain(holder, root)
        nodes |= chain
        is_outside = any([_is_outside(place, element, outside) for place, element in chain.items()])
        mass = weight = length * (0.1 if is_outside else 1.0)
        page += mass
        for place in chain:
            votes[place] = votes.get(place, 0.0) + weight
            masses[place] = masses.get(place, 0.0) + mass
            weight *= 0.75
    if not votes:
        return root, Around(0.0, [])
    container = _widened(nodes[max(votes, key=votes.__getitem__)], masses)
    return container, Around(page, _wider(container, masses, root, page))


def _wider(
    container: LexborNode, masses: dict[int, float], root: LexborNode, page: float
) -> list[tuple[LexborNode, float]]:
    """The elements around the container that each hold a tenth more running text than the one before."""
    found: list[tuple[LexborNode, float]] = []
    mass = masses.get(container.mem_id, 0.0)
    above = container.parent
    while above is not None and above.mem_id != root.mem_id and len(found) < MAX_WIDER:
        if masses.get(above.mem_id, 0.0) > 1.1 * mass:
            mass = masses[above.mem_id]
            found.append((above, mass))
        above = above.parent
    return [*found, (root, page)]


def _chain(first: LexborNode, root: LexborNode) -> dict[int, LexborNode]:
    """An element and up to nine around it, below the root, by identity."""
    chain: dict[int, LexborNode] = {}
    above: LexborNode | None = first
    while above is not None and len(chain) < 10 and (place := above.mem_id) != root.mem_id:
        chain[place] = above
        above = above.parent
    return chain


def _is_outside(place: int, element: LexborNode, known: dict[int, bool]) -> bool:
    """Whether an element holds readers' comments or other articles; `known` caches the answer by identity."""
    if place not in known:
        is_element = element.tag in ("aside", "footer", "nav") or is_dialog(element)
        known[place] = is_element or is_side_content(element) or is_comments_or_consent(element)
    return known[place]


def _widened(container: LexborNode, masses: dict[int, float]) -> LexborNode:
    """The container, or an ancestor up to seven levels above it that holds WIDER times its text."""
    best = container
    above = container.parent
    for _ in range(7):
        if above is None or above.mem_id not in masses or best.tag in ("article", "main"):
            break
        if masses[above.mem_id] > WIDER * masses[best.mem_id]:
            inner = [masses.get(article.mem_id, 0.0) for article in above.css("article")]
            if sum(mass > MIN_ARTICLE_SHARE * masses[best.mem_id] for mass in inner) > 1:
                break
            best = above
        above = above.parent
    return best


def select(blocks: list[Block], title: str | None) -> list[Block]:
    """The blocks of the article: without link lists, labels, the repeated title, and trailing headings or links."""
    heading = key(title or "")
    kept = [block for block in _once(blocks) if not _is_label(block) and not _repeats(block.text, heading)]
    while kept and (kept[-1].is_heading or (kept[-1].tag == "li" and 3 * kept[-1].linked > len(kept[-1].text))):
        kept.pop()
    return kept


def _once(blocks: list[Block]) -> list[Block]:
    """The blocks without later copies of long ones, such as the copy for small screens."""
    first: dict[str, int] = {}
    for place, block in enumerate(blocks):
        first.setdefault(block.text, place)
    return [block for place, block in enumerate(blocks) if len(block.text) < MIN_COPIED or first[block.text] == place]


def _repeats(text: str, heading: str) -> bool:
    return bool(heading) and len(heading) <= len(text) < 2 * len(heading) + 20 and key(text) == heading


def _is_label(block: Block) -> bool:
    """Whether a block is an item of a link list, a date line or a phrase such as `Read more`."""
    text = block.text
    if len(text) >= 200:
        return block.linked > 0.7 * len(text)
    if block.linked > 0.6 * len(text) or _DROPPED.match(text):
        return True
    dated = len(text) < 70 and _DIGIT.search(text) and not _SENTENCE_END.search(text)
    day = find_day(text) if dated else None
    return day is not None and 2 * (day.end - day.start) > len(text) - 24
