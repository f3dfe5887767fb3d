"""Guesses name, kind, place and zone of a site from its home page, each with the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from flows.model import Page
from flows.parse.page.document import Document
from flows.parse.page.jsonld import texts, types_of
from flows.parse.us_states import STATES
from flows.pipeline.gazetteer import Town, state_code, towns_named, zone_of_state

_STATION_TYPES: Final = {"televisionstation", "radiostation", "broadcastservice", "televisionchannel"}
_SITE_TYPES: Final = {"organization", "newsmediaorganization", "website", "newspaper", "localbusiness", *_STATION_TYPES}
_NEWSPAPER: Final = re.compile(r"\b(Gazette|Tribune|Herald|Courier|Journal|Newspaper|Chronicle|Dispatch|Press)\b", re.I)
_CALL_SIGN: Final = re.compile(r"\b([KW][A-Z]{2,3})(-TV|-DT|-FM|-AM)?\b")
_TITLE_PARTS: Final = re.compile(r"\s+[|–—·:]\s+|\s+-\s+")
_STATE_NAMES: Final = "|".join([*STATES, *STATES.values()])
_TOWN_IN_TEXT: Final = re.compile(
    rf"((?:[A-Z][\w.'’-]{{1,20}} ){{0,3}}[A-Z][\w.'’-]{{1,20}}), ({_STATE_NAMES})\b(?=\.? (\d{{5}})\b)?"
)
_PUBLIC_SUFFIX_PARTS: Final = {"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"}
_TEXT_CHARACTERS: Final = 200_000
_MAX_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Guess:
    """A value and what it was read from."""

    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SiteGuess:
    """What a home page says about its source; None where it says nothing. `zone` is an IANA time zone; `town` is the
    town of `place`, whose value is a key for places.toml."""

    name: Guess
    title: Guess
    kind: Guess
    zone: Guess | None
    place: Guess | None
    town: Town | None
    call_sign: Guess | None


class _Locality(NamedTuple):
    town: str
    state: str
    evidence: str


def guess_site(page: Page) -> SiteGuess:
    """Guess from the home page and its host. Never raises on any content."""
    document = Document(page)
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    title = _title(document, host)
    call_sign = _call_sign(document, title.value, host)
    town, evidence = _town(document)
    place = Guess(town.key, evidence) if town else None
    zone = Guess(town.zone, f"the time zone of {town.label}") if town else _zone(document, host)
    return SiteGuess(
        _name(host, title.value), title, _kind(document, title.value, call_sign), zone, place, town, call_sign
    )


def _title(document: Document, host: str) -> Guess:
    if named := document.meta_first("og:site_name", "application-name"):
        return Guess(_line(named), "og:site_name")
    for node in document.jsonld:
        if types_of(node) & _SITE_TYPES and (names := texts(node.get("name"), limit=1)):
            return Guess(_line(names[0]), "JSON-LD")
    parts = [part for part in _TITLE_PARTS.split(_line(" ".join(document.signals.titles[:1]))) if part.strip()]
    if not parts:
        return Guess(host, "the host")
    letters = re.sub(r"[^a-z0-9]", "", host.rpartition(".")[0] or host)
    own = [part for part in parts if re.sub(r"[^a-z0-9]", "", part.lower()) in letters]
    return Guess(own[0] if own else parts[0], "the title")


def _name(host: str, title: str) -> Guess:
    """A name for the source's file, from the registered part of the host, else from the title."""
    labels = host.split(".")
    if len(labels) >= 2 and not labels[-1].isdigit() and ":" not in host:
        at = -3 if len(labels) >= 3 and labels[-2] in _PUBLIC_SUFFIX_PARTS and len(labels[-1]) == 2 else -2
        text, evidence = labels[at], "the host"
    else:
        text, evidence = title, "the title"
    words = re.findall(r"[a-z0-9]+", text.lower())
    return Guess("_".join(words)[:_MAX_NAME].strip("_") or "my_station", evidence)


def _kind(document: Document, title: str, call_sign: Guess | None) -> Guess:
    types = {name for node in document.jsonld for name in types_of(node)}
    if types & _STATION_TYPES:
        return Guess("station", "JSON-LD")
    if call_sign:
        return Guess("station", f"the call sign {call_sign.value}")
    if "newspaper" in types:
        return Guess("newspaper", "JSON-LD")
    if match := _NEWSPAPER.search(title):
        return Guess("newspaper", f"'{match[0]}' in its name")
    return Guess("site", "nothing names it a station or newspaper")


def _call_sign(document: Document, title: str, host: str) -> Guess | None:
    """A call sign in the name or title: one that the host spells too, or one written with -TV, -DT, -FM or -AM."""
    for text in (title, *document.signals.titles[:1]):
        for match in _CALL_SIGN.finditer(text):
            if match[2] or match[1].lower() in host:
                return Guess(match[1], "the title")
    return None


def _town(document: Document) -> tuple[Town | None, str]:
    """The first locality of the page that is a town of the gazetteer."""
    for locality in _localities(document):
        state = state_code(locality.state)
        if state and (found := towns_named(locality.town, state)):
            return found[0], locality.evidence
    return None, ""


def _localities(document: Document) -> Iterator[_Locality]:
    """Town and state wherever the page names them, the most reliable first."""
    for node in document.jsonld:
        addresses = node.get("address")
        for address in addresses if isinstance(addresses, list) else [addresses]:
            if isinstance(address, dict):
                town = texts(address.get("addressLocality"), limit=1)
                state = texts(address.get("addressRegion"), limit=1)
                if town and state:
                    yield _Locality(town[0], state[0], "the address in JSON-LD")
    for town_name, state_name in (
        ("og:locality", "og:region"),
        ("business:contact_data:locality", "business:contact_data:region"),
        ("geo.placename", "geo.region"),
    ):
        named, state_text = document.meta_first(town_name), document.meta_first(state_name)
        if named and state_text:
            yield _Locality(named.partition(",")[0], state_text.rpartition("-")[2], town_name)
    yield from _localities_in_text(document)


def _localities_in_text(document: Document) -> Iterator[_Locality]:
    head = " ".join([*document.signals.titles[:1], document.meta_first("description", "og:description") or ""])
    for match in _TOWN_IN_TEXT.finditer(head[:5000]):
        yield from _shorter_names(match, "the title or description")
    body = document.tree.body
    text = " ".join(body.text(separator=" ").split())[-_TEXT_CHARACTERS:] if body else ""
    matches = [match for match in _TOWN_IN_TEXT.finditer(text) if match[3]]
    for match in reversed(matches):  # the publisher's own address is at the end
        yield from _shorter_names(match, f"an address on the page ({match[0]} {match[3]})")


def _shorter_names(match: re.Match[str], evidence: str) -> Iterator[_Locality]:
    """The name as matched, then without its first words: they may belong to the sentence before."""
    words = match[1].split()
    for start in range(len(words)):
        yield _Locality(" ".join(words[start:]), match[2], evidence)


def _zone(document: Document, host: str) -> Guess | None:
    """The zone of the state that the page or host names, else of the country of its top-level domain."""
    region = document.meta_first("geo.region", "og:region") or ""
    labels = host.split(".")
    state = state_code(region.rpartition("-")[2]) or (
        state_code(labels[-2]) if len(labels) >= 3 and labels[-1] == "us" else None
    )
    if state:
        return Guess(zone_of_state(state), f"most of {STATES[state]}")
    zones = _zones_by_country().get(labels[-1].upper(), [])
    if not zones:
        return None
    several = f", the first of its {len(zones)} zones" if len(zones) > 1 else ""
    return Guess(zones[0], f"the domain .{labels[-1]}{several}")


@cache
def _zones_by_country() -> dict[str, list[str]]:
    """ISO 3166 country -> its IANA zones, the most populous first, from tzdata's zone.tab. `.uk` is that of GB."""
    found: dict[str, list[str]] = {}
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, []).append(zone)
    found["UK"] = found["GB"]
    for generic in ("TV", "FM", "IO", "CO", "ME", "LA", "AI", "TO", "CC", "WS"):  # sold to anyone
        found.pop(generic, None)
    return found


def _line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:200]
