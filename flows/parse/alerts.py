"""Takes National Weather Service product text that a station prints above its headline out of the page, as alerts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Alert
from flows.parse.alerttimes import read_when
from flows.parse.clean import clean_text

_HEADLINE = re.compile(r"\.\.\.\s*(.+?)\s*\.\.\.", re.DOTALL)
_PART = re.compile(
    r"\*\s*(WHAT|WHERE|WHEN|IMPACTS|ADDITIONAL DETAILS)\s*\.\.\.\s*(.+?)(?=\*\s*[A-Z][A-Z /]+\.\.\.|&&|\$\$|$)",
    re.DOTALL,
)
_EVENT = re.compile(r"^(?:THE\s+)?(.+?\b(?:WARNING|WATCH|ADVISORY|STATEMENT|ALERT|EMERGENCY|OUTLOOK))\b", re.IGNORECASE)
_OFFICE = re.compile(r"National Weather Service (?:in )?([A-Z][A-Za-z/. ]{2,40})", re.IGNORECASE)
_BEGIN = re.compile(r"\*\s*WHAT\b")
_MAY_BEGIN = re.compile(r"\*(?:\s|&\w{2,5};)*WHAT\b")
_LONGEST, _MOST = 20_000, 50


def may_hold_product(markup: str) -> bool:
    """Whether a page's markup can hold product text at all: one cheap look at pages that have none."""
    return bool(_MAY_BEGIN.search(markup))


def take(
    tree: LexborHTMLParser, captured_at: datetime | None, zone: tzinfo | None, *, everywhere: bool = False
) -> list[Alert]:
    """Read every product block above the headline and remove it from the tree, so that none of it is taken for the
    story; a product that a story quotes below its headline is left to the story, unless `everywhere` (a home page).
    Times are reckoned from the capture, in the zone that the product names, else in `zone`."""
    held = {node.mem_id: node for node in map(_whole, _starts(tree, everywhere))}
    outermost = [node for node in held.values() if not any(above.mem_id in held for above in _above(node))]
    alerts = [_read(clean_text(node.text(separator=" ")[:_LONGEST]), captured_at, zone) for node in outermost]
    for node in outermost:
        node.decompose()
    return list({alert.id: alert for alert in alerts}.values())


def _starts(tree: LexborHTMLParser, everywhere: bool) -> list[LexborNode]:
    """The elements whose own text begins a product, those above the last h1 unless `everywhere`."""
    found: list[LexborNode] = []
    above_headline = 0
    for node in tree.body.traverse(include_text=True) if tree.body else ():
        if node.tag == "h1":
            above_headline = len(found)
        elif node.tag == "-text" and node.parent is not None and _BEGIN.search(node.text_content or ""):
            found.append(node.parent)
    looked_at = found if everywhere else found[:above_headline]
    return [node for node in looked_at[:_MOST] if node.tag not in ("script", "style")]


def _whole(node: LexborNode) -> LexborNode:
    """The element that holds the whole product: it reaches up to the headline in dots, and never to a story or to a
    second product."""
    while not _HEADLINE.search(_BEGIN.split(node.text(), maxsplit=1)[0]):
        above = node.parent
        if above is None or above.tag in ("body", "html", "article", "main") or above.css_first("h1"):
            break
        if len(_BEGIN.findall(above.text()[: 2 * _LONGEST])) > 1:
            break
        node = above
    return node


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _read(text: str, captured_at: datetime | None, zone: tzinfo | None) -> Alert:
    before = _BEGIN.split(text, maxsplit=1)[0]
    headline = _HEADLINE.search(before)
    parts = {name: clean_text(words) for name, words in _PART.findall(text)}
    said = headline.group(1) if headline else parts.get("WHAT", "")
    event = _EVENT.match(said)
    office = _OFFICE.search(text)
    onset, ends = read_when(parts.get("WHEN", ""), captured_at, zone)
    return Alert(
        id="text:" + hashlib.sha256(text.encode()).hexdigest()[:24],
        event=event.group(1).title() if event else "Weather Alert",
        headline=said or None,
        onset_at=onset,
        ends_at=ends,
        area=parts.get("WHERE", "").rstrip(".") or None,
        text=text,
        office=office.group(1).strip() if office else None,
    )
