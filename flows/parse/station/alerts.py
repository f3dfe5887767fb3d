"""Takes the text of weather service products above a headline out of the page, as alerts with their times."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Alert
from flows.parse.page.clean import clean_text
from flows.parse.station.alert_times import read_issued, read_when

_HEADLINE = re.compile(r"\.\.\.\s*((?:(?!&&).)+?)\s*\.\.\.", re.DOTALL)
_PART = re.compile(
    r"\*\s*(WHAT|WHERE|WHEN|IMPACTS|ADDITIONAL DETAILS)\s*\.\.\.\s*(.+?)(?=\*\s*[A-Z][A-Z /]+\.\.\.|&&|\$\$|$)",
    re.DOTALL,
)
_PRODUCT = r"(?:WARNING|WATCH|ADVISORY|STATEMENT|ALERT|EMERGENCY|OUTLOOK)"
_EVENT = re.compile(rf"^(?:(?:THE|AN?)\s+)?(.+?\b{_PRODUCT})\b", re.IGNORECASE)
_EVENT_FOR = re.compile(rf"\*\s*([A-Z][\w -]{{2,50}}?{_PRODUCT})\s+FOR\.\.\.", re.IGNORECASE)
_EVENT_ISSUED = re.compile(rf"\bISSUED\s+(?:AN?\s+|THE\s+)?([A-Z][\w -]{{2,50}}?{_PRODUCT})\b", re.IGNORECASE)
_EVENT_CANCELED = re.compile(rf"\bTHE ((?:[A-Z]+ ){{1,3}}{_PRODUCT}) FOR\b")
_EVENT_NAMED = re.compile(rf"\b((?:[A-Z][a-z]+ ){{1,3}}{_PRODUCT.title()})\b|\b((?:[A-Z]+ ){{1,3}}{_PRODUCT})\b")
_OFFICE = re.compile(r"National Weather Service (?:in )?([A-Z][A-Za-z/. ]{2,40})", re.IGNORECASE)
_OFFICE_END = re.compile(r"\s+(?:has|is|issued)\b.*|\s+\d.*", re.IGNORECASE | re.DOTALL)
_UNTIL = re.compile(r"\b(?:FROM|UNTIL|THROUGH)\s+(?:\d|NOON|MIDNIGHT)[^.]{2,90}", re.IGNORECASE)
_WHAT = r"\*\s*WHAT\b"
_BEGIN = re.compile(_WHAT)
# Products without `* WHAT`: warnings by polygon, special statements, watches, and the bullets in use before 2018.
_OTHER_BEGINS = (
    r"\*\s*[A-Z][\w -]{2,50}?(?:Warning|WARNING|Statement|STATEMENT|Advisory|ADVISORY) (?:for|FOR)\.\.\.",
    r"\bHAZARD\.\.\.",
    r"\b(?i:WATCH (?:NUMBER )?\d+ (?:IS |NOW |REMAINS |WILL BE )?(?:IN EFFECT|UNTIL))\b",
    r"\*\s*(?:TIMING|WINDS?|LOCATIONS?|ACCUMULATIONS?|SNOW|VISIBILITY|WIND CHILLS?|TEMPERATURES?|HEAT INDEX"
    r"|HAZARD TYPES|MAIN IMPACT|AFFECTED AREA)[A-Z /]{0,30}\.\.\.",
    r"(?:\.\.\.\s*|\bTHE )(?:THE |AN? )?[A-Z][A-Z ]{2,50}(?:WARNING|WATCH|ADVISORY|STATEMENT)S? "
    r"(?:(?:REMAINS?|CONTINUES?|NOW) IN EFFECT|IN EFFECT|FOR|WILL EXPIRE|(?:IS|HAS BEEN) (?:CANCELL?ED|EXPIRED))\b"
    r"[^.a-z]{2,300}\.\.\.",
    r"\b\d{3,4} [AP]M [ECMP][SD]T [A-Z][A-Za-z]{2} [A-Z][A-Za-z]{2} \d{1,2} 20\d\d\b",
)
_ANY_BEGIN = re.compile("|".join((_WHAT, *_OTHER_BEGINS)))
# The same as searches that each start with a literal, which `re` finds many times faster than an alternation.
_MAY_BEGIN = (
    re.compile(
        r"\*(?:\s|&\w{2,5};)*(?:WHAT\b|"
        + "|".join(text.removeprefix(r"\*\s*") for text in _OTHER_BEGINS if text.startswith(r"\*"))
        + ")"
    ),
    re.compile(r"HAZARD\.\.\."),
    re.compile(r"WATCH (?:NUMBER )?\d+ "),
    re.compile(r"Watch (?:[Nn]umber )?\d+ "),
    re.compile(r"(?:WARNING|WATCH|ADVISORY|STATEMENT)S? [A-Z][^.a-z]{4,300}\.\.\."),
    re.compile(r"M [ECMP][SD]T [A-Z][A-Za-z]{2} [A-Z][A-Za-z]{2} \d{1,2} 20\d\d(?!\d)"),
)
_PIECE = re.compile(
    "|".join(
        (
            *_OTHER_BEGINS,
            r"\bHAS ISSUED\b",
            r"\b(?:SOURCE|IMPACT)S?\.\.\.",
            r"\bPRECAUTIONARY",
            r"&&",
            r"\*\s*Until\b",
            r"\bAt \d{3,4} [AP]M [ECMP][SD]T,",
            r"\bSPECIAL WEATHER STATEMENT\b",
            r"\.\.\.\s*[A-Z][^.]{5,200}\.\.\.",
        )
    ),
    re.IGNORECASE,
)
_MAX_CHARACTERS, _MAX_PRODUCTS = 20_000, 50


def may_hold_product(text: str) -> bool:
    """Whether a page with this text can hold a product at all: a cheap test that spares most pages the search."""
    return any(begin.search(text) for begin in _MAY_BEGIN)


def take(
    tree: LexborHTMLParser, captured_at: datetime | None, zone: tzinfo | None, *, everywhere: bool = False
) -> list[Alert]:
    """Read every product block above the headline and remove it from the tree, so that it does not end up in the
    body. A product quoted below the headline belongs to the article and stays, unless `everywhere` (a home page).
    Relative times are resolved against the capture, in the zone that the product names, else in `zone`."""
    held = {node.mem_id: node for node in map(_whole, _starts(tree, everywhere))}
    outermost = [node for node in held.values() if not any(above.mem_id in held for above in _above(node))]
    alerts = [_read(clean_text(node.text(separator=" ")[:_MAX_CHARACTERS]), captured_at, zone) for node in outermost]
    for node in outermost:
        node.decompose()
    return list({alert.id: alert for alert in alerts}.values())


def _starts(tree: LexborHTMLParser, everywhere: bool) -> list[LexborNode]:
    """The elements whose own text starts a product: those above the last h1, or all with `everywhere`."""
    found: list[LexborNode] = []
    above_headline = 0
    for node in tree.body.traverse(include_text=True) if tree.body else ():
        if node.tag == "h1":
            above_headline = len(found)
        elif node.tag == "-text" and node.parent is not None and _ANY_BEGIN.search(node.text_content or ""):
            found.append(node.parent)
    chosen = found if everywhere else found[:above_headline]
    return [node for node in chosen[:_MAX_PRODUCTS] if node.tag not in ("script", "style")]


def _whole(node: LexborNode) -> LexborNode:
    """The element that holds the whole product, but neither an article nor a second product. A product with `* WHAT`
    includes the headline between dots; any other grows as long as the element around it adds pieces of a product."""
    while True:
        text, above = node.text(separator="\n"), node.parent
        if above is None or above.tag in ("body", "html", "article", "main") or above.css_first("h1"):
            return node
        around = above.text(separator="\n")[: 2 * _MAX_CHARACTERS]
        if _BEGIN.search(text):
            is_whole = bool(_HEADLINE.search(_BEGIN.split(text, maxsplit=1)[0]))
        else:
            is_whole = len(_PIECE.findall(around)) <= len(_PIECE.findall(text))
        if is_whole or _products(around) > max(1, _products(text)):
            return node
        node = above


def _products(text: str) -> int:
    """How many products a text holds: one for each of the parts that a product has once."""
    return max(
        len(re.findall(begin, text)) for begin in (_WHAT, r"\bHAZARD\.\.\.", *_OTHER_BEGINS[:1], _OTHER_BEGINS[2])
    )


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _read(text: str, captured_at: datetime | None, zone: tzinfo | None) -> Alert:
    before = _BEGIN.split(text, maxsplit=1)[0]
    headline = _HEADLINE.search(before)
    parts = {name: clean_text(part) for name, part in _PART.findall(text)}
    title = headline.group(1) if headline else parts.get("WHAT", "")
    office = _OFFICE.search(text)
    issued = read_issued(text)
    when = parts.get("WHEN") or (match.group(0) if (match := _UNTIL.search(text)) else "")
    onset, ends = read_when(when, issued or captured_at, zone)
    return Alert(
        id="text:" + hashlib.sha256(text.encode()).hexdigest()[:24],
        event=_event(text, title),
        headline=title or None,
        sent_at=issued,
        onset_at=onset,
        ends_at=ends,
        area=parts.get("WHERE", "").rstrip(".") or None,
        text=text,
        office=_OFFICE_END.sub("", office.group(1)).strip() or None if office else None,
    )


def _event(text: str, title: str) -> str:
    """The event as a title: from `* Tornado Warning for...`, the headline, or the first product that is named."""
    match = _EVENT_FOR.search(text) or _EVENT.match(title)
    match = match or _EVENT_CANCELED.search(text) or _EVENT_ISSUED.search(text) or _EVENT_NAMED.search(text)
    return clean_text(next(filter(None, match.groups()))).title() if match else "Weather Alert"
