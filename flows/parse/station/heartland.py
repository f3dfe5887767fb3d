"""The Heartland / Clickability template (to mid-2021), as HTML and as a plain-text rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import takewhile

from selectolax.lexbor import LexborNode

from flows.model import Page, Parsed, Tag
from flows.parse.article.reader import read_article
from flows.parse.page.addresses import host_of
from flows.parse.page.charset import encode
from flows.parse.page.clean import clean_text, join_paragraphs
from flows.parse.page.document import Document
from flows.parse.page.template import HEARTLAND_URL
from flows.parse.station import panel
from flows.parse.station.banners import read_bars
from flows.parse.station.heartland_text import (
    CLOCKS,
    Head,
    is_furniture,
    is_printed_twice,
    read_body,
    read_clocks,
    read_head,
)

_BLOCKS = re.compile(
    r"^(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|table|td|tr|dl|dt|dd|body|main|header|footer)$"
)
_SKIPPED = frozenset(["script", "style", "noscript", "iframe", "form", "figure", "figcaption", "svg", "head"])
_CAPTION = re.compile(r"caption|photo-?credit", re.IGNORECASE)
_RADAR = re.compile(r"^([KW][A-Z0-9]{2,4}) (?:Radar|Temperatures|Alerts)$", re.MULTILINE)


def call_sign_in(text: str) -> str | None:
    """The station's call sign from the picture labels below its panel (`KQTV Radar`), None if there are none."""
    match = _RADAR.search(text)
    return match.group(1) if match else None


def read_text(page: Page, text: str, zone: tzinfo | None) -> Parsed:
    """A text rendering, line by line: bars, headline, summary, clocks, body and tags, panel, forecast text."""
    lines = [line for raw in text.splitlines() if (line := clean_text(raw))]
    head = read_head(lines, zone)
    below = lines[head.end :]
    readings, start, stop = panel.read_lines(below)
    paragraphs, tags = read_body(below[:start])
    parsed = Parsed(url=encode(page.url)[0], title=head.title, summary=head.summary, template="heartland-2017-text")
    parsed.banners = head.banners
    parsed.weather = readings
    parsed.forecast_text = _forecast_text(below[stop:]) if readings else None
    parsed.lang = "en"
    _take_head(parsed, head)
    _take_story(parsed, paragraphs, tags)
    _name_page(parsed)
    return parsed


def read_html(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """A Heartland page: what any reader finds, with the station's own boxes read by their own names."""
    tree = document.tree
    readings, forecast, banners = panel.read_boxes(tree), panel.read_forecast_text(tree), read_bars(tree)
    article = tree.css_first("#article")
    lines = list(_lines(article)) if article else []
    headings = {clean_text(node.text()) for node in article.css("h2, h3, h4")} if article else set()
    every = list(_lines(tree.body)) if tree.body else []
    parsed = read_article(document, page, zone)
    parsed.template = "heartland-2017"
    parsed.weather, parsed.forecast_text, parsed.banners = readings, forecast, banners
    if article is None and not HEARTLAND_URL.search(page.url):
        parsed.kind = "index" if parsed.kind != "missing" else "missing"
        return parsed
    _take_head(parsed, _head_of(every, parsed.title, zone))
    _take_visible_summary(parsed, every)
    paragraphs, tags = read_body(_below_head(lines, parsed), headings)
    if paragraphs:
        _take_story(parsed, paragraphs, tags)
    _name_page(parsed)
    return parsed


def _head_of(lines: Sequence[str], title: str | None, zone: tzinfo | None) -> Head:
    """The clocks below the headline; lists of other stories further down may print clocks too."""
    start = lines.index(title) if title in lines else 0
    head = Head()
    read_clocks([line for line in lines[start:] if line.startswith(CLOCKS)], zone, head)
    return head


def _take_visible_summary(parsed: Parsed, lines: Sequence[str]) -> None:
    """What stands between headline and clocks is the summary; nothing there is none, whatever metadata repeats."""
    if parsed.title not in lines:
        return
    start = lines.index(parsed.title)
    clocks = next((at for at in range(start, min(start + 8, len(lines))) if lines[at].startswith(CLOCKS)), None)
    if clocks is not None:
        between = [line for line in lines[start + 1 : clocks] if not is_printed_twice(line) and line != parsed.title]
        parsed.summary = between[-1] if between else None


def _below_head(lines: Sequence[str], parsed: Parsed) -> list[str]:
    """The lines of the article's box below its head, where the box holds the head as well."""
    clocks = [at for at, line in enumerate(lines[:10]) if line.startswith(CLOCKS)]
    if clocks:
        return list(lines[clocks[-1] + 1 :])
    at = 0
    while at < len(lines) and lines[at] == parsed.title:
        at += 1
    return list(lines[at:])


def _take_head(parsed: Parsed, head: Head) -> None:
    parsed.published = head.published or parsed.published
    parsed.updated = head.updated
    parsed.authors = [head.author] if head.author else []
    if parsed.summary and parsed.title and parsed.summary.casefold() == parsed.title.casefold():
        parsed.summary = None


def _take_story(parsed: Parsed, paragraphs: list[str], tags: list[str]) -> None:
    parsed.body = join_paragraphs(paragraphs) or None
    if tags:
        parsed.tags = [Tag(label, "tag_block", at) for at, label in enumerate(tags, start=1)]


def _name_page(parsed: Parsed) -> None:
    """The id in the address; a page met under a second id that names its first address goes by the first id."""
    named = parsed.canonical_url or ""
    is_here = host_of(named) == host_of(parsed.url)
    if match := (is_here and HEARTLAND_URL.search(named)) or HEARTLAND_URL.search(parsed.url):
        parsed.section, parsed.native_id = parsed.section or match.group(1), match.group(2)
        parsed.kind = "article" if parsed.kind != "missing" else "missing"
    parsed.notes += [
        f"weather: the condition '{reading.condition}' was not met before"
        for reading in parsed.weather
        if reading.condition and not panel.is_known(reading.condition)
    ]


def _forecast_text(lines: list[str]) -> str | None:
    """What stands between the panel and the pictures below it, or a second print of the panel."""
    _, again, _ = panel.read_lines(lines)
    kept = list(takewhile(lambda line: not is_furniture(line), lines[:again]))
    return " ".join(kept) or None


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
    """Which block an element's own text stands in; None if it is not shown or is a picture's caption."""
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
