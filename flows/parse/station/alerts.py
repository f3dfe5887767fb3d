"""Takes the text of weather service products above a headline out of the page, as alerts with their times."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Alert
from flows.parse.dates.relative import relative_day
from flows.parse.page.clean import clean_text

_HEADLINE = re.compile(r"\.\.\.\s*(.+?)\s*\.\.\.", re.DOTALL)
_PART = re.compile(
    r"\*\s*(WHAT|WHERE|WHEN|IMPACTS|ADDITIONAL DETAILS)\s*\.\.\.\s*(.+?)(?=\*\s*[A-Z][A-Z /]+\.\.\.|&&|\$\$|$)",
    re.DOTALL,
)
_EVENT = re.compile(r"^(?:THE\s+)?(.+?\b(?:WARNING|WATCH|ADVISORY|STATEMENT|ALERT|EMERGENCY|OUTLOOK))\b", re.IGNORECASE)
_OFFICE = re.compile(r"National Weather Service (?:in )?([A-Z][A-Za-z/. ]{2,40})", re.IGNORECASE)
_BEGIN = re.compile(r"\*\s*WHAT\b")
_MAY_BEGIN = re.compile(r"\*(?:\s|&\w{2,5};)*WHAT\b")
_MAX_CHARACTERS, _MAX_PRODUCTS = 20_000, 50


def may_hold_product(markup: str) -> bool:
    """Whether the markup can hold product text at all: a cheap test that spares most pages the search."""
    return bool(_MAY_BEGIN.search(markup))


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
        elif node.tag == "-text" and node.parent is not None and _BEGIN.search(node.text_content or ""):
            found.append(node.parent)
    chosen = found if everywhere else found[:above_headline]
    return [node for node in chosen[:_MAX_PRODUCTS] if node.tag not in ("script", "style")]


def _whole(node: LexborNode) -> LexborNode:
    """The element that holds the whole product: it includes the headline between dots, but neither an article nor a
    second product."""
    while not _HEADLINE.search(_BEGIN.split(node.text(), maxsplit=1)[0]):
        above = node.parent
        if above is None or above.tag in ("body", "html", "article", "main") or above.css_first("h1"):
            break
        if len(_BEGIN.findall(above.text()[: 2 * _MAX_CHARACTERS])) > 1:
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
    parts = {name: clean_text(part) for name, part in _PART.findall(text)}
    title = headline.group(1) if headline else parts.get("WHAT", "")
    event = _EVENT.match(title)
    office = _OFFICE.search(text)
    onset, ends = read_when(parts.get("WHEN", ""), captured_at, zone)
    return Alert(
        id="text:" + hashlib.sha256(text.encode()).hexdigest()[:24],
        event=event.group(1).title() if event else "Weather Alert",
        headline=title or None,
        onset_at=onset,
        ends_at=ends,
        area=parts.get("WHERE", "").rstrip(".") or None,
        text=text,
        office=office.group(1).strip() if office else None,
    )


_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_TIME = re.compile(
    r"\b(?:(\d{1,2})(?::?(\d{2}))?\s*([AP])M|(NOON|MIDNIGHT))(?:\s+([ECMP][SD]T))?"
    r"(?:\s+(THIS (?:MORNING|AFTERNOON|EVENING)|TODAY|TONIGHT|TOMORROW|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY))?",
    re.IGNORECASE,
)


def read_when(text: str, captured_at: datetime | None, zone: tzinfo | None) -> tuple[datetime | None, datetime | None]:
    """(onset, end) in UTC of a text like `From 6 PM this evening to 6 AM CST Sunday` or `Until 9 PM CST`. None for a
    time that is not given; both None where the capture time or the zone is unknown. The first zone named applies to
    both times; a weekday is the next one."""
    found = list(_TIME.finditer(text))
    named = next((match.group(5).upper() for match in found if match.group(5)), None)
    chosen: tzinfo | None = timezone(timedelta(hours=_ZONES[named])) if named else zone
    if not found or captured_at is None or chosen is None:
        return None, None
    today = captured_at.astimezone(chosen).date()
    times = [at for match in found[:2] if (at := _time(match, today, chosen))]
    if len(times) < len(found[:2]):
        return None, None
    if not re.match(r"\W*from\b", text, re.IGNORECASE):
        return None, times[0]
    if len(times) == 1:
        return times[0], None
    start, end = times
    return start, end if end > start else end + timedelta(days=1)


def _time(match: re.Match[str], today: date, zone: tzinfo) -> datetime | None:
    hour, minute, half, word, _, day = match.groups()
    if word:
        hour, minute, half = ("12", "0", "P" if word.upper() == "NOON" else "A")
    if not 1 <= int(hour) <= 12 or int(minute or 0) > 59:
        return None
    clock = time(int(hour) % 12 + (12 if half.upper() == "P" else 0), int(minute or 0))
    at = datetime.combine(relative_day(day or "today", today), clock, zone)
    is_end_of_day = bool(word) and clock == time(0)
    return (at + timedelta(days=1) if is_end_of_day else at).astimezone(UTC)
