"""Takes National Weather Service product text that a station prints above its headline out of the page, as alerts."""

from __future__ import annotations

import hashlib
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Alert
from flows.parse.clean import clean_text

_HEADLINE = re.compile(r"\.\.\.\s*(.+?)\s*\.\.\.", re.DOTALL)
_PART = re.compile(
    r"\*\s*(WHAT|WHERE|WHEN|IMPACTS|ADDITIONAL DETAILS)\s*\.\.\.\s*(.+?)(?=\*\s*[A-Z][A-Z /]+\.\.\.|&&|\$\$|$)",
    re.DOTALL,
)
_EVENT = re.compile(r"^(?:THE\s+)?(.+?\b(?:WARNING|WATCH|ADVISORY|STATEMENT|ALERT|EMERGENCY|OUTLOOK))\b", re.IGNORECASE)
_OFFICE = re.compile(r"National Weather Service (?:in )?([A-Z][A-Za-z/. ]{2,40})", re.IGNORECASE)
_LONGEST = 20_000


def take(tree: LexborHTMLParser) -> list[Alert]:
    """Read every product block and remove it from the tree, so that none of it is taken for the story."""
    alerts: list[Alert] = []
    while (node := _smallest(tree)) is not None:
        alerts.append(_read(clean_text(node.text(separator=" "))))
        node.decompose()
    return list({alert.id: alert for alert in alerts}.values())


def _smallest(tree: LexborHTMLParser) -> LexborNode | None:
    """The smallest element that holds a whole product: from `* WHAT` with whatever stands beside it."""
    for node in tree.css("p, div, li, span, pre, td"):
        own = node.text(deep=True)
        if "* WHAT" not in own or len(own) > _LONGEST:
            continue
        if any("* WHAT" in inner.text(deep=True) for inner in node.iter()):
            continue
        above = node.parent
        whole = (
            _HEADLINE.search(own[: own.index("* WHAT")])
            or above is None
            or above.tag in ("body", "html", "article", "main")
        )
        outer = node if whole or above is None else above
        return node if outer.css_first("h1") else outer
    return None


def _read(text: str) -> Alert:
    before = text.partition("* WHAT")[0]
    headline = _HEADLINE.search(before)
    parts = {name: clean_text(words) for name, words in _PART.findall(text)}
    said = headline.group(1) if headline else parts.get("WHAT", "")
    event = _EVENT.match(said)
    office = _OFFICE.search(text)
    return Alert(
        id="text:" + hashlib.sha256(text.encode()).hexdigest()[:24],
        event=event.group(1).title() if event else "Weather Alert",
        headline=said or None,
        area=parts.get("WHERE", "").rstrip(".") or None,
        text=text,
        office=office.group(1).strip() if office else None,
    )
