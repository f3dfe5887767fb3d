"""The Heartland / Clickability template (to mid-2021), as HTML and as a plain-text rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

from selectolax.lexbor import LexborNode

from flows.model import Page, Parsed, Tag
from flows.parse import panel
from flows.parse.article import read_article
from flows.parse.banners import read_bars
from flows.parse.clean import clean_text, join_paragraphs
from flows.parse.document import Document
from flows.parse.fingerprint import HEARTLAND_URL
from flows.parse.story import Head, is_furniture, read_body, read_clocks, read_head

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "table",
        "td",
        "tr",
        "br",
    ]
)
_SKIPPED = frozenset(["script", "style", "noscript", "iframe", "form", "figure", "figcaption", "-comment", "svg"])
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
    paragraphs, tags, _ = read_body(below[:start])
    parsed = Parsed(url=page.url, title=head.title, summary=head.summary, template="heartland-2017-text")
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
    readings, forecast = panel.read_boxes(tree), panel.read_forecast_text(tree)
    banners = read_bars(tree)
    article = tree.css_first("#article")
    lines = list(_lines(article)) if article else []
    clocks = [line for line in _lines(tree.body) if line.startswith(("Posted", "Updated"))] if tree.body else []
    parsed = read_article(document, page, zone)
    parsed.template = "heartland-2017"
    parsed.weather, parsed.forecast_text, parsed.banners = readings, forecast, banners
    if article is None and not HEARTLAND_URL.search(page.url):
        parsed.kind = "index" if parsed.kind != "missing" else "missing"
        return parsed
    head = Head()
    read_clocks(clocks, zone, head)
    _take_head(parsed, head)
    known = {parsed.title, parsed.summary}
    paragraphs, tags, _ = read_body([line for line in lines if line not in known])
    if paragraphs:
        _take_story(parsed, paragraphs, tags)
    _name_page(parsed)
    return parsed


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
    if match := HEARTLAND_URL.search(parsed.url):
        parsed.section, parsed.native_id = parsed.section or match.group(1), match.group(2)
        parsed.kind = "article" if parsed.kind != "missing" else "missing"
    parsed.notes += [
        f"weather: the condition '{reading.condition}' was not met before"
        for reading in parsed.weather
        if reading.condition and not panel.is_known(reading.condition)
    ]


def _forecast_text(lines: list[str]) -> str | None:
    kept: list[str] = []
    for line in lines:
        if is_furniture(line):
            break
        kept.append(line)
    return " ".join(kept) or None


def _lines(root: LexborNode | None) -> Iterator[str]:
    """The text of a subtree, one line per block, in page order."""
    words: list[str] = []
    if root is None:
        return
    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            if not _is_skipped(node, root):
                words.append(node.text_content or "")
        elif node.tag in _BLOCKS and words:
            if line := clean_text("".join(words)):
                yield line
            words = []
    if line := clean_text("".join(words)):
        yield line


def _is_skipped(node: LexborNode, root: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.mem_id != root.mem_id:
        if above.tag in _SKIPPED:
            return True
        above = above.parent
    return False
