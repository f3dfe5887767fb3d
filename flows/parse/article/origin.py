"""Decides who produced an article (own staff, wire, sister station) by config/origins.toml, with the evidence."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import Field

from flows.config_files import Strict, read_toml
from flows.model import Origin, OriginKind, Parsed
from flows.parse.page.addresses import host_of
from flows.settings import shared_file
from flows.sources import Source

_DATELINE = re.compile(r"\(([A-Z][A-Za-z0-9 .&'/-]{1,40})\)")
_CALL_SIGN = re.compile(r"\b[KW][A-Z]{2,3}\b")
_HEAD, _TAIL = 200, 300


class Service(Strict):
    """A producer of articles: its name in datelines `(CNN)`, in bylines, and in the credit at the end."""

    id: str
    name: str
    kind: OriginKind
    datelines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    titles: tuple[str, ...] = Field(default=(), description="first words of a headline, such as `Sponsored:`")
    sections: tuple[str, ...] = ()
    tag_block: bool = Field(default=False, description="its articles have the flat tag block of the Heartland template")


class Station(Strict):
    """A station: its call sign, its hosts, its owner, and the group it shares articles with."""

    call_sign: str
    hosts: tuple[str, ...] = ()
    owner: str | None = None
    group: str | None = None
    network: str | None = None


class Origins(Strict):
    """The content of config/origins.toml."""

    services: tuple[Service, ...] = ()
    stations: tuple[Station, ...] = ()

    @cached_property
    def by_call_sign(self) -> dict[str, Station]:
        """Call sign -> station."""
        return {station.call_sign: station for station in self.stations}

    @cached_property
    def by_host(self) -> dict[str, Station]:
        """Host without `www.` -> station."""
        return {host: station for station in self.stations for host in station.hosts}


def load_origins(folder: Path) -> Origins:
    """Read origins.toml, the shipped one if the folder has none; raises ConfigError naming file and key."""
    return read_toml(shared_file(folder, "origins.toml"), Origins)


def read_origin(parsed: Parsed, source: Source | None, origins: Origins) -> Origin:
    """Who produced the article, by the first rule that matches: dateline, byline, headline, section, credit, tag block,
    another station's call sign in the byline."""
    home = _home(parsed.url, source, origins)
    body = parsed.body or ""
    named = [match.group(1).strip() for match in _DATELINE.finditer(body[:_HEAD])]
    return (
        _by_dateline(named, home, source, origins)
        or _by_text(parsed, body, origins)
        or _by_tag_block(parsed, origins)
        or _by_station(parsed, home, origins)
        or _own(parsed, home, source)
    )


def _home(url: str, source: Source | None, origins: Origins) -> Station | None:
    if source and source.call_sign in origins.by_call_sign:
        return origins.by_call_sign[source.call_sign or ""]
    return origins.by_host.get(host_of(url))


def _by_dateline(named: list[str], home: Station | None, source: Source | None, origins: Origins) -> Origin | None:
    for name in named:
        for service in origins.services:
            if name in service.datelines:
                return Origin(service.kind, service.name, f"{service.id}.dateline", f"({name})")
        if (home and name == home.call_sign) or (source and name == source.call_sign):
            return Origin("own", name, "station.dateline", f"({name})")
        if other := origins.by_call_sign.get(name):
            return Origin(_relation(other, home), name, "station.dateline", f"({name})")
    return None


def _relation(other: Station, home: Station | None) -> OriginKind:
    """sister: the same group; owner: the same owner; network: the same network; any other station is unknown."""
    if home and other.group and other.group == home.group:
        return "sister"
    if home and other.owner and other.owner == home.owner:
        return "owner"
    if home and other.network and other.network == home.network:
        return "network"
    return "unknown"


def _by_text(parsed: Parsed, body: str, origins: Origins) -> Origin | None:
    """The first service whose own text is in the byline, headline, section or credit."""
    authors = " | ".join(parsed.authors)
    title, section, tail = parsed.title or "", (parsed.section or "").casefold(), body[-_TAIL:]
    for service in origins.services:
        rules = {
            "byline": (text for text in service.bylines if text in authors and _is_word(text, authors)),
            "title": (text for text in service.titles if title.startswith(text)),
            "section": (text for text in service.sections if section == text.casefold()),
            "credit": (text for text in service.credits if text in tail),
        }
        for rule, matches in rules.items():
            if evidence := next(matches, None):
                return Origin(service.kind, service.name, f"{service.id}.{rule}", evidence)
    return None


def _is_word(text: str, authors: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", authors))


def _by_tag_block(parsed: Parsed, origins: Origins) -> Origin | None:
    labels = [tag.label for tag in parsed.tags if tag.method == "tag_block"]
    service = next((service for service in origins.services if service.tag_block), None)
    if labels and service:
        return Origin(service.kind, service.name, f"{service.id}.tag_block", f"tag block of {len(labels)}: {labels[0]}")
    return None


def _by_station(parsed: Parsed, home: Station | None, origins: Origins) -> Origin | None:
    """Another station's call sign in the byline: `KQTV Staff`, `Ann Lee, WTVA`."""
    for author in parsed.authors:
        for word in _CALL_SIGN.findall(author):
            other = origins.by_call_sign.get(word)
            if other and other is not home:
                return Origin(_relation(other, home), word, "station.byline", author)
    return None


def _own(parsed: Parsed, home: Station | None, source: Source | None) -> Origin:
    """An article with a named author at a known station, where no other rule matched, is the station's own."""
    if parsed.authors and (home or source):
        return Origin("own", home.call_sign if home else None, "own.byline", parsed.authors[0])
    return Origin("unknown")
