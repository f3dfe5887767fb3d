"""Reads the banners above a station's headline: breaking news, severe weather, closings, streaming."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from flows.model import Banner, BannerKind
from flows.parse.page.clean import clean_text

_BANNER = re.compile(r"^(BREAKING NEWS|SEVERE WX|(?:SCHOOL )?CLOSINGS|STREAMING NOW)\b\s*:?\s*(.*)$", re.DOTALL)
_LINK = re.compile(r"\s*(?:Full Story|View Alerts|View Closings|Watch Now)\s*$")
_KINDS: dict[str, BannerKind] = {
    "BREAKING NEWS": "breaking",
    "SEVERE WX": "severe",
    "CLOSINGS": "closings",
    "SCHOOL CLOSINGS": "closings",
    "STREAMING NOW": "streaming",
}


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
