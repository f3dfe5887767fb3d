"""Decides who made a story (own staff, wire, sister station) by config/origins.toml, and keeps the evidence."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import Field

from flows.model import Origin, OriginKind, Parsed
from flows.parse.page.addresses import host_of
from flows.settings import Strict, read_toml
from flows.sources import Source

_DATELINE = re.compile(r"\(([A-Z][A-Za-z0-9 .&'/-]{1,40})\)")
_CALL_SIGN = re.compile(r"\b[KW][A-Z]{2,3}\b")
_HEAD, _TAIL = 200, 300


class Service(Strict):
    """A maker of stories: how its name stands in datelines `(CNN)`, in bylines, and in the credit at the end."""

    id: str
    name: str
    kind: OriginKind
    datelines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    titles: tuple[str, ...] = Field(default=(), description="beginnings of a headline, such as `Sponsored:`")
    sections: tuple[str, ...] = ()
    tag_block: bool = Field(default=False, description="its pages carry the flat tag block of the Heartland template")


class Station(Strict):
    """A station: its call sign, the hosts it publishes at, who owns it, and the group it shares stories with."""

    call_sign: str
    hosts: tuple[str, ...] = ()
    owner: str | None = None
    group: str | None = None
    network: str | None = None


class Origins(Strict):
    """The whole of config/origins.toml."""

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
    """Read origins.toml; raises ConfigError naming file, key and nearest valid key."""
    return read_toml(folder / "origins.toml", Origins)


def read_origin(parsed: Parsed, source: Source | None, origins: Origins) -> Origin:
    """Who made the story, by the first rule that holds: dateline, byline, headline or section, credit, tag block."""
    home = _home(parsed.url, source, origins)
    body = parsed.body or ""
    named = [match.group(1).strip() for match in _DATELINE.finditer(body[:_HEAD])]
    return (
        _by_dateline(named, home, source, origins)
        or _by_words(parsed, body, origins)
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
            return Origin(_kinship(other, home), name, "station.dateline", f"({name})")
    return None


def _kinship(other: Station, home: Station | None) -> OriginKind:
    """Sister: shares a group; owner: the same company holds both; any other station is unknown, never a wire."""
    if home and other.group and other.group == home.group:
        return "sister"
    if home and other.owner and other.owner == home.owner:
        return "owner"
    if home and other.network and other.network == home.network:
        return "network"
    return "unknown"


def _by_words(parsed: Parsed, body: str, origins: Origins) -> Origin | None:
    authors = " | ".join(parsed.authors)
    title, section, tail = parsed.title or "", (parsed.section or "").casefold(), body[-_TAIL:]
    for service in origins.services:
        for words in service.bylines:
            if words in authors and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", authors):
                return Origin(service.kind, service.name, f"{service.id}.byline", words)
        for words in service.titles:
            if title.startswith(words):
                return Origin(service.kind, service.name, f"{service.id}.title", words)
        for words in service.sections:
            if section == words.casefold():
                return Origin(service.kind, service.name, f"{service.id}.section", words)
        for words in service.credits:
            if words in tail:
                return Origin(service.kind, service.name, f"{service.id}.credit", words)
    return None


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
                return Origin(_kinship(other, home), word, "station.byline", author)
    return None


def _own(parsed: Parsed, home: Station | None, source: Source | None) -> Origin:
    """A named author at a known station, and nothing that points elsewhere, is the station's own work."""
    if parsed.authors and (home or source):
        return Origin("own", home.call_sign if home else None, "own.byline", parsed.authors[0])
    return Origin("unknown")
