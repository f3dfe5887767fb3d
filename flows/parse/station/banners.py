"""Reads the banners above a station's headline: breaking news, severe weather, closings, streaming."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Banner, BannerKind
from flows.parse.page.clean import clean_text
from flows.parse.page.outline import Outline

_BANNER = re.compile(r"^(BREAKING NEWS|SEVERE WX|(?:SCHOOL )?CLOSINGS|STREAMING NOW)\b\s*:?\s*(.*)$", re.DOTALL)
_LINK = re.compile(r"\s*(?:Full Story|View Alerts|View Closings|Watch Now)\s*$")
_KINDS: dict[str, BannerKind] = {
    "BREAKING NEWS": "breaking",
    "SEVERE WX": "severe",
    "CLOSINGS": "closings",
    "SCHOOL CLOSINGS": "closings",
    "STREAMING NOW": "streaming",
}


# A banner of any other system: its class says alert or breaking, and bar, banner or ticker; its text names what it is.
_ALERT_WORDS = ("alert", "breaking")
_ALERT_BANNER = re.compile(r"^(?=.*(?:alert|breaking))(?=.*(?:bar|banner|ticker))", re.IGNORECASE | re.DOTALL)
_BREAKING = re.compile(r"^BREAKING(?: NEWS)?\b\s*:?\s*(.+)$", re.IGNORECASE | re.DOTALL)
_SEVERE = re.compile(r"\b(?:warning|watch|advisory)\b", re.IGNORECASE)
_CLOSINGS = re.compile(r"\bclosings\b", re.IGNORECASE)
_MAX_CHARS, _MAX_ELEMENTS = 300, 20


def read_banner(line: str) -> Banner | None:
    """The banner in a line, None if it holds none. The text is the message without label and link; a banner without
    a message (`CLOSINGS: View Closings`) keeps its label as text."""
    match = _BANNER.match(clean_text(line))
    if not match:
        return None
    label, message = match.group(1), _LINK.sub("", match.group(2)).strip()
    return Banner(_KINDS[label], message or label)


def read_banners(tree: LexborHTMLParser) -> list[Banner]:
    """The active banners of a Heartland page (`div#alertsBar`); an empty box gives none."""
    box = tree.css_first("#alertsBar")
    if box is None:
        return []
    items = box.css(".alertsTop") or [box]
    found = (read_banner(item.text(separator=" ")) for item in items)
    return list(dict.fromkeys(banner for banner in found if banner))


def read_alert_banners(outline: Outline) -> list[Banner]:
    """The alert banners of a page of any other system, outside the article. An element that names neither breaking
    news, a weather product nor closings gives none: sign-up and cookie bars have such classes too."""
    found: list[Banner] = []
    read: set[int] = set()
    for node in outline.with_class(_ALERT_WORDS, _ALERT_BANNER, _MAX_ELEMENTS):
        text = clean_text(node.text(separator=" ")[: _MAX_CHARS + 1])
        if 0 < len(text) <= _MAX_CHARS and not _is_inside(node, read) and (banner := _alert_banner(text)):
            found.append(banner)
            read.add(node.mem_id)
    return list(dict.fromkeys(found))


def _alert_banner(text: str) -> Banner | None:
    if match := _BREAKING.match(text):
        return Banner("breaking", _LINK.sub("", match.group(1)).strip())
    if _SEVERE.search(text):
        return Banner("severe", _LINK.sub("", text).strip())
    return Banner("closings", _LINK.sub("", text).strip()) if _CLOSINGS.search(text) else None


def _is_inside(node: LexborNode, read: set[int]) -> bool:
    """Whether the element is in an article, or in a bar that is read already."""
    above: LexborNode | None = node
    while above is not None:
        if above.mem_id in read or above.tag in ("article", "main"):
            return True
        above = above.parent
    return False
