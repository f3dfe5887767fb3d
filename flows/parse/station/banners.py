"""Reads the bars above a station's headline: breaking news, severe weather, closings, streaming."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from flows.model import Banner, BannerKind
from flows.parse.page.clean import clean_text

_BAR = re.compile(r"^(BREAKING NEWS|SEVERE WX|(?:SCHOOL )?CLOSINGS|STREAMING NOW)\b\s*:?\s*(.*)$", re.DOTALL)
_LINK = re.compile(r"\s*(?:Full Story|View Alerts|View Closings|Watch Now)\s*$")
_KINDS: dict[str, BannerKind] = {
    "BREAKING NEWS": "breaking",
    "SEVERE WX": "severe",
    "CLOSINGS": "closings",
    "SCHOOL CLOSINGS": "closings",
    "STREAMING NOW": "streaming",
}


def read_bar(line: str) -> Banner | None:
    """One bar, None if the line is none. The text is the message without label and link; a bar that has only those
    (`CLOSINGS: View Closings`) keeps its label as text."""
    match = _BAR.match(clean_text(line))
    if not match:
        return None
    label, message = match.group(1), _LINK.sub("", match.group(2)).strip()
    return Banner(_KINDS[label], message or label)


def read_bars(tree: LexborHTMLParser) -> list[Banner]:
    """The active bars of a Heartland page (`div#alertsBar`); an empty bar box gives none."""
    bar = tree.css_first("#alertsBar")
    if bar is None:
        return []
    items = bar.css(".alertsTop") or [bar]
    found = (read_bar(item.text(separator=" ")) for item in items)
    return list(dict.fromkeys(banner for banner in found if banner))
