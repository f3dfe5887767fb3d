"""Heartland / Clickability, 2017 to mid-2021: the HTML template and its plain-text rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Final

from selectolax.lexbor import LexborNode

from flows.model import Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.clean import clean_text
from flows.parse.page.document import Document
from flows.parse.station import panel
from flows.parse.station.banners import read_banners
from flows.parse.station.heartland_lines import (
    ARTICLE_URL,
    DATE_LABELS,
    Head,
    article_url,
    is_printed_twice,
    read_body,
    read_dates,
    set_body,
    set_head,
    set_identity,
)
from flows.parse.station.heartland_text import read_text

__all__ = ["ORDER", "matches", "native_id", "read", "read_text"]

ORDER: Final = 10
_BLOCKS = re.compile(
    r"^(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|table|td|tr|dl|dt|dd|body|main|header|footer)$"
)
_SKIPPED = frozenset(["script", "style", "noscript", "iframe", "form", "figure", "figcaption", "svg", "head"])
_CAPTION = re.compile(r"caption|photo-?credit", re.IGNORECASE)


def matches(url: str, head: str) -> bool:
    """Whether the URL is a Heartland article's, or the page loads Heartland media or holds its weather panel."""
    return bool(ARTICLE_URL.search(url)) or "media.heartlandtv.com" in head or "wxRotate" in head


def native_id(parsed: Parsed, body: LexborNode | None) -> str | None:
    """The nine digits in the article's URL; None for pages that hold no article."""
    if not _is_article(parsed.url, body.css_first("#article") if body is not None else None):
        return None
    match = article_url(parsed)
    return match.group(2) if match else None


def read(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """What the generic reader finds, refined by the template's own boxes: panel, banners, dates, tag block."""
    tree = document.tree
    readings, forecast, banners = panel.read_boxes(tree), panel.read_forecast_text(tree), read_banners(tree)
    article = tree.css_first("#article")
    lines = list(_lines(article)) if article else []
    headings = {clean_text(node.text()) for node in article.css("h2, h3, h4")} if article else set()
    page_lines = list(_lines(tree.body)) if tree.body else []
    parsed = read_article(document, page, zone)
    parsed.weather, parsed.forecast_text, parsed.banners = readings, forecast, banners
    if not _is_article(page.url, article):
        parsed.kind = "index" if parsed.kind != "missing" else "missing"
        return parsed
    set_head(parsed, _dates_below(page_lines, parsed.title, zone))
    _set_visible_summary(parsed, page_lines)
    paragraphs, tags = read_body(_below_head(lines, parsed), headings)
    if paragraphs:
        set_body(parsed, paragraphs, tags)
    set_identity(parsed)
    parsed.notes += panel.condition_notes(readings)
    return parsed


def _is_article(url: str, article: LexborNode | None) -> bool:
    return article is not None or bool(ARTICLE_URL.search(url))


def _dates_below(lines: Sequence[str], title: str | None, zone: tzinfo | None) -> Head:
    """The first dates below the headline; lists of other articles further down may print dates too."""
    start = lines.index(title) if title in lines else 0
    head = Head()
    read_dates([line for line in lines[start:] if line.startswith(DATE_LABELS)], zone, head)
    return head


def _set_visible_summary(parsed: Parsed, lines: Sequence[str]) -> None:
    """Takes the text between headline and dates as the summary. Nothing there means that the article has none,
    whatever the metadata repeats."""
    if parsed.title not in lines:
        return
    start = lines.index(parsed.title)
    dates = next((at for at in range(start, min(start + 8, len(lines))) if lines[at].startswith(DATE_LABELS)), None)
    if dates is not None:
        between = [line for line in lines[start + 1 : dates] if not is_printed_twice(line) and line != parsed.title]
        parsed.summary = between[-1] if between else None


def _below_head(lines: Sequence[str], parsed: Parsed) -> list[str]:
    """The lines of the article's box below its head, where the box holds the head as well."""
    dates = [at for at, line in enumerate(lines[:10]) if line.startswith(DATE_LABELS)]
    if dates:
        return list(lines[dates[-1] + 1 :])
    at = 0
    while at < len(lines) and lines[at] == parsed.title:
        at += 1
    return list(lines[at:])


def _lines(root: LexborNode) -> Iterator[str]:
    """The visible text of a subtree, one line per block, in page order."""
    words: list[str] = []
    block: int | None = None
    holders: dict[int, int | None] = {}
    for node in root.traverse(include_text=True):
        tag = node.tag
        if tag == "br" and words:
            words.append("\n")
        above = node.parent if tag == "-text" else None
        if above is None:
            continue
        if above.mem_id not in holders:
            holders[above.mem_id] = _block_of(above, root)
        holder = holders[above.mem_id]
        if holder is None:
            continue
        if holder != block and words:
            yield from _split(words)
            words = []
        block = holder
        words.append((node.text_content or "").replace("\n", " "))
    yield from _split(words)


def _split(words: list[str]) -> Iterator[str]:
    return (line for text in "".join(words).split("\n") if (line := clean_text(text)))


def _block_of(element: LexborNode, root: LexborNode) -> int | None:
    """The block that an element's own text belongs to; None if the text is not shown or is a picture's caption."""
    block: int | None = None
    above: LexborNode | None = element
    while above is not None:
        if above.tag in _SKIPPED or _CAPTION.search(above.attrs.get("class") or ""):
            return None
        if block is None and _BLOCKS.match(above.tag or ""):
            block = above.mem_id
        if above.mem_id == root.mem_id:
            break
        above = above.parent
    return block if block is not None else root.mem_id
