"""Reads closings lists that are pages: the markup of each maker, plain tables and lists, empty sentences, frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.parse.page.clean import clean_text
from flows.parse.station.closings_boxes import by_boxes, named_status
from flows.parse.station.closings_empty import is_empty_sentence
from flows.parse.station.closings_listing import Entry, Listing, mostly_statuses
from flows.parse.station.visibility import is_visible


class _Make(NamedTuple):
    """The selectors of one maker's list: a row, and in it the organization and its statuses."""

    row: str
    organisation: str
    status: str


_MAKES: Final = (
    _Make(".closing", ".closing__title", ".closing__status"),  # Nexstar
    _Make(".closing", ".text--primary", ".text--secondary"),  # Scripps
    _Make(".weather-closings-data-item", ".weather-closings-data-name", ".weather-closings-data-status"),  # Hearst
    _Make(".listing", ".listing__org", ".listing__notice"),  # NBC
)
# Other makers (Gray, NewsTicker, Sinclair, TEGNA, WorldNow) name the two cells by a word in their class.
_NAME_WORDS: Final = {
    "org", "orgname", "organization", "organisation", "institution", "school", "schoolname", "district", "facility",
    "business", "name", "title",
}  # fmt: skip
_STATUS_WORDS: Final = {"status", "statustext", "notice"}
_CELLS = (
    '[class*="status" i],[class*="notice" i],[class*="org" i],[class*="inst" i],[class*="school" i],'
    '[class*="district" i],[class*="facility" i],[class*="business" i],[class*="name" i],[class*="title" i]'
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAME_HEADER = re.compile(r"\b(?:schools?|organi[sz]ations?|names?|institutions?|districts?|business(?:es)?)\b", re.I)
_STATUS_HEADER = re.compile(r"\b(?:status|closings?|delays?|details|notice|message|announcement)\b", re.I)

_BLOCKS = "p,td,th,li,div,span,section,article,center,font,b,strong,em,i,h1,h2,h3,h4,h5,h6"
_LIST_ADDRESS = re.compile(r"clos(?:ing|ure)|delay|newsticker|schoolalert|gsync", re.IGNORECASE)
_MAX_SENTENCE, _MAX_FRAMES = 200, 3


def read_page(tree: LexborHTMLParser) -> Listing:
    """The list on a page, by the first make that fits. Rows that the page conceals are templates, not entries."""
    for entries in _readings(tree):
        if entries:
            return Listing(entries)
    return Listing(says_empty=says_empty(tree))


def says_empty(tree: LexborHTMLParser) -> bool:
    """Whether a visible block says, in a sentence of its own, that nothing is listed."""
    for node in tree.css(_BLOCKS):
        text = clean_text(node.text(separator=" ")[: 2 * _MAX_SENTENCE])
        if len(text) <= _MAX_SENTENCE and is_empty_sentence(text) and is_visible(node):
            return True
    return False


def frames(tree: LexborHTMLParser, url: str) -> list[str]:
    """The addresses of frames and scripts that may hold the list: those whose address says so, else all frames."""
    found = []
    for node in tree.css("iframe, frame, embed, object, script"):
        names = ("src", "data-src", "data-lazy-src", "data")
        address = next((value for name in names if (value := node.attributes.get(name))), None)
        if address and (node.tag != "script" or _LIST_ADDRESS.search(address)):
            found.append(_absolute(url, address))
    likely = [address for address in found if _LIST_ADDRESS.search(address)]
    return list(dict.fromkeys(likely or found))[:_MAX_FRAMES]


def is_list_address(address: str) -> bool:
    """Whether an address reads like that of a closings list."""
    return bool(_LIST_ADDRESS.search(address))


def _absolute(url: str, address: str) -> str:
    try:
        return clean_text(urljoin(url, address.strip()))[:300]
    except ValueError:
        return clean_text(address)[:300]


def _readings(tree: LexborHTMLParser) -> Iterator[list[Entry]]:
    for make in _MAKES:
        yield _by_rows(tree, make)
    yield _by_class_words(tree)
    yield _by_tables(tree)
    yield _by_terms(tree)
    yield _by_items(tree)
    yield by_boxes(tree)


def _by_rows(tree: LexborHTMLParser, make: _Make) -> list[Entry]:
    found = []
    for row in tree.css(make.row):
        organisation = _text(row.css_first(make.organisation))
        statuses = [_text(node) for node in row.css(make.status)]
        if organisation and is_visible(row):
            found += [Entry(organisation, status) for status in statuses if status]
    return found


def _by_class_words(tree: LexborHTMLParser) -> list[Entry]:
    """Each organization with the status that follows it; one without a status must not take its neighbor's."""
    found: list[Entry] = []
    organisation = ""
    for node, is_status in _cells(tree):
        text = _text(node)
        if not is_status:
            organisation = text
        elif organisation and text:
            found.append(Entry(organisation, text))
            organisation = ""
    return found


def _cells(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, bool]]:
    """The innermost elements whose class has a word for an organization or (True) a status."""
    marked = [(node, kind) for node in tree.css(_CELLS) if (kind := _kind(node)) is not None]
    outer: set[int] = set()
    for node, _ in marked:
        above = node.parent
        while above is not None and above.mem_id not in outer:
            outer.add(above.mem_id)
            above = above.parent
    for node, kind in marked:
        if node.mem_id not in outer and is_visible(node):
            yield node, kind


def _kind(node: LexborNode) -> bool | None:
    """True for a status, False for an organization, None for anything else. Headings of columns are neither."""
    words = {word.lower() for word in _WORD.findall(node.attributes.get("class") or "")}
    if node.tag in ("th", "html", "body", "label", "input") or words & {"header", "heading", "page", "site"}:
        return None
    return True if words & _STATUS_WORDS else False if words & _NAME_WORDS else None


def _by_tables(tree: LexborHTMLParser) -> list[Entry]:
    """Tables whose header names both columns; without a header, tables of two columns that mostly hold statuses."""
    found: list[Entry] = []
    for table in tree.css("table"):
        if len(table.css("table")) > 1:  # it lays out the page; a node is among its own matches
            continue
        rows = [[_text(cell) for cell in row.css("td, th")] for row in table.css("tr")]
        found += _table_entries([row for row in rows if row])
    return found


def _table_entries(rows: list[list[str]]) -> list[Entry]:
    for at, header in enumerate(rows[:3]):
        name = next((n for n, text in enumerate(header) if _NAME_HEADER.search(text)), None)
        status = next((n for n, text in enumerate(header) if n != name and _STATUS_HEADER.search(text)), None)
        if name is not None and status is not None and max(map(len, header)) <= 40:
            last = max(name, status)
            return [
                Entry(row[name], row[status]) for row in rows[at + 1 :] if len(row) > last and row[name] and row[status]
            ]
    return mostly_statuses([(row[0], row[1]) for row in rows if len(row) == 2])


def _by_terms(tree: LexborHTMLParser) -> list[Entry]:
    """Lists of terms, each with its description."""
    found: list[Entry] = []
    for holder in tree.css("dl"):
        terms, texts = [_text(node) for node in holder.css("dt")], [_text(node) for node in holder.css("dd")]
        if len(terms) == len(texts):
            found += mostly_statuses(list(zip(terms, texts, strict=True)))
    return found


def _by_items(tree: LexborHTMLParser) -> list[Entry]:
    """Lists written by hand: `Name: Closed Friday` per item without a link; a headline has one."""
    found: list[Entry] = []
    for holder in tree.css("ul, ol"):
        items = [item for item in holder.css("li") if item.css_first("a[href]") is None]
        found += mostly_statuses([pair for item in items if (pair := named_status(_text(item)))])
    return found


def _text(node: LexborNode | None) -> str:
    return clean_text(node.text(separator=" ")) if node is not None else ""
