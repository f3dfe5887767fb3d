"""Reads a part of the tree as a list of text blocks: paragraphs, headings and list items without boilerplate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from selectolax.lexbor import LexborNode

from flows.parse.page.boilerplate import names_comments_or_consent, names_of
from flows.parse.page.clean import clean_text
from flows.parse.page.marks import Mark, mark_of
from flows.parse.page.outline import Attributes
from flows.parse.page.text_weight import weight_of

SKIPPED = frozenset(
    [
        "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "form", "button",
        "figure", "figcaption", "picture", "video", "audio", "nav", "footer", "aside", "input", "label", "canvas",
        "img",
        "amp-img", "source", "link", "meta", "head", "title", "h1", "dialog", "menu", "time", "map",
    ]
)  # fmt: skip
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_BOUNDS = frozenset(
    [
        "div", "section", "article", "main", "header", "blockquote", "ul", "ol", "dl", "table", "tbody", "thead", "tr",
        "center", "fieldset", "details", "summary", "hr", "address", "amp-list", "td", "th", "li", "dd", "dt", "pre",
        "p",
        "h2", "h3", "h4", "h5", "h6", "body",
    ]
)  # fmt: skip
# Class names inside a table describe its data (`player`, `rating`), not the page.
_CELLS = frozenset(["tbody", "thead", "tr", "td", "th"])
CONCEALING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_KEEPING_LINES = re.compile(r"white-?space\s*[:-]\s*(?:pre|break-spaces)", re.IGNORECASE)
# An element is running text, whatever its names say, if this much of it is in paragraphs without many links.
MIN_RUNNING = 100
MAX_TEASER = 400
_PICTURES = ("img", "picture", "amp-img")
_TEASER_TAGS = ("div", "section")
_SLANTED = ("em", "i", "small")
MAX_DEPTH = 60
MAX_BLOCKS = 4000


class Trust(Enum):
    """How far a reader trusts class and id that mark an element as boilerplate."""

    ALL = "all"
    SHORT = "short"
    NONE = "none"


@dataclass(slots=True)
class Block:
    """One block of text, the name of its element, and how many of its characters are link text."""

    text: str
    tag: str
    linked: int

    @property
    def is_heading(self) -> bool:
        return self.tag in _HEADINGS


def is_boilerplate(node: LexborNode) -> bool:
    """Whether class, id, role or `hidden` mark the node as not article text."""
    attributes = node.attributes
    return bool(attributes) and (_is_named_boilerplate(node, attributes) or is_set_aside(node.tag, attributes))


def _is_named_boilerplate(node: LexborNode, attributes: Attributes) -> bool:
    """Whether class or id mark an element as not article text, and its content does not overrule them."""
    mark = mark_of(attributes)
    if mark is Mark.NONE or mark is Mark.BOILERPLATE:
        return mark is Mark.BOILERPLATE
    if mark is Mark.SUBJECT and node.tag != "p":
        names = names_of(attributes)
        if names_comments_or_consent(names) or node.css_first("a[href],button,form") is not None:
            return True
    return not holds_running_text(node)


def is_dialog(tag: str | None, attributes: Attributes) -> bool:
    """Whether an element is a dialog over the page."""
    return (
        tag == "dialog" or attributes.get("role") in ("dialog", "alertdialog") or attributes.get("aria-modal") == "true"
    )


def is_set_aside(tag: str | None, attributes: Attributes) -> bool:
    """Whether an element is hidden, a dialog, or has another role beside the text."""
    if tag != "dialog" and _SETTING_ASIDE.isdisjoint(attributes):
        return False
    # paywalls hide the text itself with aria-hidden, so the attribute counts for other elements only
    concealed = attributes.get("aria-hidden") == "true" and tag not in _TEXT_HOLDERS
    return "hidden" in attributes or concealed or attributes.get("role") in _ROLES or is_dialog(tag, attributes)


def holds_running_text(node: LexborNode) -> bool:
    """Whether an element is or holds running text that outweighs its links."""
    paragraphs = [node] if node.tag == "p" else node.css("p")[:200]
    texts = [paragraph.text_lexbor() for paragraph in paragraphs]
    weights = [weight_of(text) for text in texts if len(text) >= 40]
    if sum(weights) < MIN_RUNNING or max(weights) < MIN_RUNNING:
        return False
    return 3 * sum(len(link.text_lexbor()) for link in node.css("a")[:400]) < sum(weights)


def _is_caption(paragraph: LexborNode) -> bool:
    """Whether a paragraph is a picture with a line in small or slanted letters."""
    picture = _element_from(paragraph.first_child)
    if picture is None or (picture.tag not in _PICTURES and not (picture.tag == "a" and picture.css_first("img"))):
        return False
    child, is_caption = picture.next, False
    while child is not None:
        if child.tag in _SLANTED:
            is_caption = True
        elif child.tag != "br" and child.text_lexbor().strip():
            return False
        child = child.next
    return is_caption


def _is_teaser(box: LexborNode) -> bool:
    """Whether a box between two paragraphs is a heading with few words and a link at its end, to another story."""
    before = _element_from(box.prev, forward=False)
    if before is None or before.tag != "p":
        return False
    last = _element_from(box.last_child, forward=False)
    if last is None or last.css_first("a[href]") is None:
        return False
    after = _element_from(box.next)
    if after is None or after.tag != "p" or weight_of(box.text_lexbor()) > MAX_TEASER:
        return False
    return box.css_first("h2,h3,h4,h5") is not None and last.css_first("h2,h3,h4,h5") is None


def _element_from(node: LexborNode | None, forward: bool = True) -> LexborNode | None:
    """The node or the first element after it (before it), up to text that is not blank."""
    while node is not None and not node.is_element_node:
        if node.text_lexbor().strip():
            return None
        node = node.next if forward else node.prev
    return node


def _keeps_lines(text: LexborNode) -> bool:
    """Whether a text is shown with its line ends: in `pre`, or by style or class of one of three elements around it.
    A program's code is one block."""
    above = text.parent
    for _ in range(3):
        if above is None or above.tag == "code":
            return False
        attributes = above.attributes
        if above.tag == "pre" or _KEEPING_LINES.search(f"{attributes.get('style')} {attributes.get('class')}"):
            return True
        above = above.parent
    return False


def _is_concealed(attributes: Attributes) -> bool:
    """Whether an inline element is not shown."""
    if _CONCEALING_NAMES.isdisjoint(attributes):
        return False
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") == "tooltip"
        or bool(style and CONCEALING.search(style))
    )


def _reads_initial(node: LexborNode) -> bool:
    """Whether text for screen readers stands for an initial before it, which is drawn as a picture of a letter."""
    drawn = node.prev
    if drawn is None or drawn.attributes.get("aria-hidden") != "true":
        return False
    initial = drawn.text().strip()
    return 0 < len(initial) <= 2 and node.text().strip().startswith(initial)


_TEXT_HOLDERS = ("p", "div", "section", "article", "main")
_SETTING_ASIDE = frozenset(["hidden", "aria-hidden", "aria-modal", "role"])
_CONCEALING_NAMES = frozenset(["hidden", "aria-hidden", "role", "style"])
_ROLES = ("navigation", "complementary", "banner", "contentinfo", "search", "menu")


class Reader:
    """Walks a container once and collects its blocks; text between elements is a paragraph of its own. Its tree must
    be without the elements that are never shown (`document.strip_invisible`). By class and id the reader leaves out
    every marked element (`Trust.ALL`), only those without running text (`Trust.SHORT`), or none (`Trust.NONE`); and
    always the elements of other stories, by identity: `others`."""

    def __init__(self, trust: Trust = Trust.ALL, others: frozenset[int] = frozenset()) -> None:
        self.blocks: list[Block] = []
        self._trust = trust
        self._others = others
        self._run: list[str] = []
        self._linked = 0
        self._breaks = 0

    def read(self, container: LexborNode) -> list[Block]:
        self._walk(container, 0)
        self._flush("div")
        return self.blocks

    def _walk(self, node: LexborNode, depth: int) -> None:
        child = node.first_child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                text = child.text_content or ""
                if "\n" in text and len(text) > MIN_RUNNING and _BLANK_LINE.search(text) and _keeps_lines(child):
                    self._add_lines(text)
                else:
                    self._add(text, 0)
            elif tag == "br":
                self._breaks += 1
                if self._breaks > 1:
                    self._flush("div")
                else:
                    self._run.append("\n")
            elif tag is not None and tag[0] != "-" and tag not in SKIPPED:
                self._element(child, tag, depth)
            elif tag == "figure" and child.css_first("table,pre") is not None:
                self._element(child, "div", depth)
            child = child.next

    def _element(self, node: LexborNode, tag: str, depth: int) -> None:
        if tag not in _BOUNDS:
            self._inline(node, tag, depth)
        elif tag in _CELLS or not self._is_left_out(node, tag):
            if self._run:
                self._flush("div")
            if depth > MAX_DEPTH:
                self._add(node.text_lexbor(), 0)
            else:
                self._walk(node, depth + 1)
            if self._run:
                self._flush(tag)

    def _is_left_out(self, node: LexborNode, tag: str) -> bool:
        if self._others and node.mem_id in self._others:
            return True
        if _is_caption(node) if tag == "p" else tag in _TEASER_TAGS and _is_teaser(node):
            return True
        attributes = node.attributes
        if not attributes:
            return False
        if self._trust is Trust.ALL:
            return _is_named_boilerplate(node, attributes) or is_set_aside(tag, attributes)
        if is_set_aside(tag, attributes):
            return True
        if self._trust is Trust.NONE or mark_of(attributes) is Mark.NONE:
            return False
        if not holds_running_text(node):
            return True
        return names_comments_or_consent(names_of(attributes)) and node.css_first("h1") is None

    def _inline(self, node: LexborNode, tag: str, depth: int) -> None:
        if tag == "a":
            text = node.text_lexbor()
            self._add(text, len(text))
        elif node.first_child is not None and not self._is_hidden_inline(node, tag):
            self._walk(node, depth + 1) if depth < MAX_DEPTH else self._add(node.text_lexbor(), 0)

    def _is_hidden_inline(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if not attributes:
            return False
        if _is_concealed(attributes):
            return True
        is_marked = tag == "span" and (_is_named_boilerplate(node, attributes) or is_set_aside(tag, attributes))
        return is_marked and not _reads_initial(node)

    def _add(self, text: str, linked: int) -> None:
        if text and not text.isspace():
            self._breaks = 0
            self._linked += linked
            self._run.append(text)
        elif self._run:
            self._run.append(text)

    def _add_lines(self, text: str) -> None:
        """Add text that is shown with its line ends: a blank line ends a paragraph."""
        first, *others = _BLANK_LINE.split(text)
        self._add(first, 0)
        for part in others:
            self._flush("div")
            self._add(part, 0)

    def _flush(self, tag: str) -> None:
        run = self._run
        if not run:
            return
        text = clean_text(run[0] if len(run) == 1 else "".join(run))
        if text and len(self.blocks) < MAX_BLOCKS:
            self.blocks.append(Block(text, tag, self._linked))
        run.clear()
        self._linked = self._breaks = 0
