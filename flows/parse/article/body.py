"""Finds the article's text: the element that holds it, then its paragraphs without boilerplate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from flows.parse.article import container
from flows.parse.article.next_stories import next_stories
from flows.parse.dates.days import find_day
from flows.parse.page import jsonld
from flows.parse.page.blocks import Block, Reader, Trust, is_boilerplate
from flows.parse.page.clean import clean_markup
from flows.parse.page.document import Document
from flows.parse.page.embedded_article import read_embedded
from flows.parse.page.text_keys import key
from flows.parse.page.text_weight import weight_of

MAX_LEAD = 1500
# A body with less than this share of the page's running text is compared with other readings.
MIN_SHARE = 0.9
# Another reading is taken if it has this many times the text: of the same container, or of one around it.
LENIENT_GAIN = 1.3
WIDER_GAIN = 2.0
NAMELESS_GAIN = 3.0
# A wider reading is tried where the paragraphs that are no teasers have this many times the text.
WIDER_MASS = 1.3
MIN_RETRIED = 100
MAX_LINKED = 0.25
# A block with a larger share of link text than this leads to other pages.
LINK_SHARE = 0.9
# A text of LONG_BODY letters is replaced only by one with this share of paragraphs of RUNNING_LENGTH in what is added.
LONG_BODY = 1000
RUNNING_LENGTH = 80
MIN_RUNNING_SHARE = 0.66
# A shorter text may be said twice.
MIN_COPIED = 60
_DROPPED = re.compile(
    r"^\W*(?:advert(?:isement|orial)?s?\b|anzeige$|werbung$|publicidad|publicité|"
    r"read (?:more|also|next)|also read|see also|related|"
    r"sign up|subscribe|follow (?:us|@)|share this|click here|lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|"
    r"leia (?:também|mais)|don'?t miss|tell us what|like this story|story continues|article continues|skip (?:past|to)|"
    r"photo(?:graph)?s?\s?:|image\s?:|foto\s?:|bild\s?:|©|copyright|all rights reserved|loading|"
    r"watch (?:now|:)|more\s?:|listen to this article|report a typo|more from\b|"
    r"getty images|scroll for more|tags?\s?[:\w]|filed under|updated (?:at|on)|"
    r"(?:last )?updated\s?:|published\b|stand:|"
    r"\d+ (?:of|/) \d+|lesezeit|reading time|\d+ min(?:ute)?s?\.? read|comments?$|get the latest|関連記事|\[pr\]|"
    r"\[button|"
    r"to (?:view|see|display|play) this .{0,80}\b(?:cookies?|consent|permission)\b|"
    r"weitere informationen|ende der weiteren|empfohlener (?:redaktioneller|externer) inhalt|\S+ \S+ on twitter)",
    re.IGNORECASE,
)
MAX_CLOSING = 250
_CLOSING = re.compile(
    r"^(?:for (?:the latest|more) (?:\w+ ){0,3}(?:news|stories|weather|coverage)|"
    r"stay (?:up to date|informed|connected) |download (?:the|our) .{0,40}\bapp\b|"
    r"(?:(?:do )?(?:you )?have|got) a (?:news |story )?(?:tip|idea)\b|click here to report a\b|"
    r"follow .{1,60} on (?:facebook|twitter|instagram|x\b|bluesky|threads|tiktok|whatsapp)|"
    r"mehr nachrichten (?:aus|auf)|síguenos en|suivez-nous|this material may not be)|may not be published, broadcast",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.!?…。」\"”»:]\W*$")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's `text`: paragraphs, subheadings and list items, joined by blank lines; None when the page has none.
    `link_share` is the share of links, 0 to 1, among the blocks of the element that holds the article, and `times` the
    number of its `time` elements."""

    text: str | None = None
    link_share: float = 0.0
    times: int = 0


def read_body(
    document: Document, title: str | None, summary: str | None = None, heading: LexborNode | None = None
) -> Body:
    """The article's text. A `summary` printed above the text comes first; stories after the one under `heading`, the
    headline, are left out."""
    root = document.tree.body
    if root is None:
        return Body()
    others = next_stories(heading)
    holder, around = container.find_container(document.outline, root, others)
    held = Reader(others=others).read(holder)
    links = sum([block.linked > LINK_SHARE * len(block.text) for block in held])
    blocks = select([*_paragraphs_before(holder), *held], title)
    if _length(blocks) < MIN_SHARE * around.page:
        blocks = _retried(blocks, holder, around, title, others)
    text = "\n\n".join(block.text for block in blocks)
    stated = _stated(document)
    if len(text) < container.SHORT_BODY and not stated and (embedded := read_embedded(document.text)):
        stated = "\n\n".join(block.text for block in select(embedded, title))
    if len(stated) > 2 * len(text) and len(stated) > 200:
        text = stated
    text = _with_summary(text, summary, document)
    return Body(text or None, links / (len(held) + 1), len(holder.css("time")))


def _retried(
    blocks: list[Block],
    holder: LexborNode,
    around: container.Around,
    title: str | None,
    others: frozenset[int],
) -> list[Block]:
    """The blocks, or those of the first lenient or wider reading that has far more text and is no list of links."""
    least = max(MIN_RETRIED, _length(blocks))
    readings = [(holder, Trust.SHORT, LENIENT_GAIN)]
    readings += [(node, Trust.SHORT, WIDER_GAIN) for node, mass in around.wider if mass > WIDER_MASS * least]
    if _length(blocks) < container.SHORT_BODY:
        readings.append((holder, Trust.NONE, NAMELESS_GAIN))
    for node, trust, gain in readings:
        if weight_of(node.text_lexbor()) <= gain * least:
            continue  # even all of its text were too little
        found = select(Reader(trust, others).read(node), title)
        if _is_better(found, blocks, gain * least):
            return found
    return blocks


def _is_better(found: list[Block], blocks: list[Block], least: float) -> bool:
    """Whether a reading is longer than `least` and no list of links; what it adds to a long text must be running
    text, not the fields of a form or a list of cards."""
    length, before = _length(found), _length(blocks)
    if length <= least or sum(block.linked for block in found) >= MAX_LINKED * length:
        return False
    return before < LONG_BODY or _running(found) - _running(blocks) >= MIN_RUNNING_SHARE * (length - before)


def _paragraphs_before(holder: LexborNode) -> list[Block]:
    """The paragraphs directly before the container: a paywall may wrap only the rest of the article."""
    found: list[Block] = []
    sibling = holder.prev
    while sibling is not None and (sibling.tag == "p" or not sibling.is_element_node):
        if sibling.tag == "p" and not is_boilerplate(sibling) and len(sibling.text()) >= container.MIN_PARAGRAPH:
            found[:0] = Reader().read(sibling)
        sibling = sibling.prev
    return found


def _running(blocks: list[Block]) -> int:
    return sum(weight_of(block.text) for block in blocks if len(block.text) >= RUNNING_LENGTH)


def _length(blocks: list[Block]) -> int:
    return sum(weight_of(block.text) for block in blocks)


def _with_summary(text: str, summary: str | None, document: Document) -> str:
    """The text with the printed summary in front, unless the text starts with it."""
    if not summary or not text or len(summary) > MAX_LEAD:
        return text
    start = text[: 2 * MAX_LEAD]
    if summary[:60] in start or key(summary)[:60] in key(start):
        return text
    return f"{summary}\n\n{text}" if summary[:30] in document.body_text else text


def _stated(document: Document) -> str:
    """The text that JSON-LD states, or that of the posts of a live blog."""
    node = document.article_node
    values = jsonld.texts(node.get("articleBody"), limit=1)
    if not values and isinstance(posts := node.get("liveBlogUpdate"), list):
        values = jsonld.texts(posts, ("articleBody",), limit=container.MAX_PARAGRAPHS)
    return "\n\n".join(part for text in values for part in (clean_markup(p) for p in re.split(r"\n+", text)) if part)


def select(blocks: list[Block], title: str | None) -> list[Block]:
    """The blocks of the article: without link lists, labels, the repeated title, and trailing headings or links."""
    heading = key(title or "")
    kept = [block for block in _once(blocks) if not _is_label(block) and not _repeats(block.text, heading)]
    while kept and _is_closing(kept[-1]):
        kept.pop()
    return kept


def _is_closing(block: Block) -> bool:
    """Whether a block at the end is none of the story: a heading without text, an item of a list of links, or a line
    about the publisher."""
    if block.is_heading or (block.tag == "li" and 3 * block.linked > len(block.text)):
        return True
    return len(block.text) < MAX_CLOSING and _CLOSING.search(block.text) is not None


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
    if block.linked > LINK_SHARE * len(text) or _DROPPED.match(text):
        return True
    dated = len(text) < 70 and _DIGIT.search(text) and not _SENTENCE_END.search(text)
    day = find_day(text) if dated else None
    return day is not None and 2 * (day.end - day.start) > len(text) - 24
