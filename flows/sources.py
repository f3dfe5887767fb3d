"""Reads the sources, places and topics of config/ into strict models, and finds a source by name or URL."""

from __future__ import annotations

import difflib
from datetime import date, datetime
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import Field, field_validator, model_validator

from flows.captures import original_url
from flows.config_files import Strict, read_toml
from flows.errors import ConfigError
from flows.hosts import ascii_host, bare_host, with_ascii_host
from flows.settings import Limits, config_dir

NAME = r"^[a-z0-9][a-z0-9_-]*$"
_SOME_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - whether a schedule is valid depends on no zone


def zone_known(name: str) -> str:
    """The name of an IANA time zone; raises ValueError for any other text."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"'{name}' is not an IANA time zone, such as America/Chicago") from error
    return name


def valid_cron(text: str) -> str:
    """A cron expression of five fields; raises ValueError for any other text and for one that never comes due."""
    try:
        if len(text.split()) != 5:
            raise CronSimError("it needs five fields")
        CronSim(text, _SOME_DAY)
    except CronSimError as error:
        raise ValueError(f"'{text}' is not a cron expression such as */30 * * * *: {str(error).lower()}") from error
    return text


class Era(Strict):
    """One period of a source's history; `since` is its first local day."""

    since: date = Field(description="first local day")
    owner: str | None = Field(default=None, description="owner from that day on")
    system: str | None = Field(default=None, description="site system from that day on")
    domain: str | None = Field(default=None, description="domain from that day on")


class Source(Strict):
    """One file in config/sources/: publisher, addresses to fetch, limits and schedule."""

    name: str = Field(pattern=NAME, description="the file's stem")
    kind: Literal["station", "newspaper", "site", "nws", "simulated"] = Field(
        description="what it is; nws is the weather service"
    )
    title: str = Field(description="name for people")
    home: str = Field(description="URL of the home page")
    enabled: bool = Field(default=True, description="whether runs fetch it; false needs a `disabled_reason`")
    disabled_reason: str | None = Field(default=None, description="why it is not fetched")
    terms: str | None = Field(
        default=None, description="what the site's terms say about crawlers, and where that is written"
    )
    zone: str = Field(description="IANA time zone of its local times")
    place: str | None = Field(default=None, description="key of a place in places.toml")
    call_sign: str | None = Field(default=None, pattern=r"^[A-Z][A-Z0-9-]{2,9}$", description="call sign of a station")
    owner: str | None = Field(default=None, description="owner today")
    domains: tuple[str, ...] = Field(default=(), description="further hosts of the same source")
    history: tuple[Era, ...] = Field(default=(), description="its owners, systems and domains over time")
    feeds: tuple[str, ...] = Field(default=(), description="URLs of RSS, Atom or JSON feeds")
    sitemaps: tuple[str, ...] = Field(default=(), description="URLs of sitemaps and sitemap indexes")
    sections: tuple[str, ...] = Field(default=(), description="URLs of pages that link to new articles")
    closings: str | None = Field(default=None, description="URL of its list of closings")
    panel_places: tuple[str, ...] = Field(default=(), description="keys of the places that its weather panel shows")
    places: tuple[str, ...] = Field(default=(), description="kind nws only: the places to fetch weather for")
    reviewed: date | None = Field(
        default=None, description="local day on which a person looked at its pages: earlier changes are no drift"
    )
    schedule: str = Field(default="*/30 * * * *", description="cron, in `zone`")
    delay_s: float | None = Field(
        default=None, ge=0, description="seconds between two requests; default: `limits.default_delay_s`"
    )
    max_pages_per_run: int | None = Field(
        default=None, ge=1, description="pages in a run; default: `limits.max_pages_per_run`"
    )
    revisit_hours: tuple[float, ...] = Field(
        default=(1, 6, 24, 168),
        description="ages in hours, counted from the first exchange, at which an article is fetched again",
    )
    obey_meta_robots: bool = Field(
        default=True, description="leave out pages whose robots tag forbids indexing or archiving"
    )
    allow_addresses: tuple[str, ...] = Field(default=(), description="private networks this source may be fetched from")
    store_body: bool = Field(default=True, description="keep body text in the warehouse (never exported by default)")
    export_body: bool = Field(default=False, description="let `newsvane export` write body text")

    @field_validator("zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        return zone_known(name)

    @field_validator("schedule")
    @classmethod
    def _schedule(cls, schedule: str) -> str:
        return valid_cron(schedule)

    @field_validator("home", "closings")
    @classmethod
    def _url(cls, url: str | None) -> str | None:
        return None if url is None else with_ascii_host(url)

    @field_validator("feeds", "sitemaps", "sections")
    @classmethod
    def _urls(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(with_ascii_host(url) for url in urls)

    @field_validator("allow_addresses")
    @classmethod
    def _networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks

    @model_validator(mode="after")
    def _coherent(self) -> Source:
        if urlsplit(self.home).scheme not in ("http", "https"):
            raise ValueError(f"home must be an http(s) URL, not '{self.home}'")
        if not self.enabled and not self.disabled_reason:
            raise ValueError("enabled = false needs a disabled_reason")
        return self

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The host names of this source, current and historical, in lower case without `www.`."""
        named = [urlsplit(self.home).hostname or "", *self.domains, *(era.domain or "" for era in self.history)]
        return frozenset((ascii_host(host) or host.lower()).removeprefix("www.") for host in named if host)

    @property
    def tzinfo(self) -> ZoneInfo:
        """The source's own time zone."""
        return ZoneInfo(self.zone)

    def delay(self, limits: Limits) -> float:
        """The seconds between two requests to its host, where robots.txt asks for no more."""
        return limits.default_delay_s if self.delay_s is None else self.delay_s

    def page_limit(self, limits: Limits) -> int:
        """The most pages of one run."""
        return self.max_pages_per_run or limits.max_pages_per_run


class Place(Strict):
    """A town: name as shown, position, the weather station that observes it, other spellings."""

    name: str = Field(description="name as shown")
    state: str = Field(pattern=r"^[A-Z]{2}$", description="two letters")
    county: str | None = Field(default=None, description="name of the county")
    zone: str = Field(description="IANA time zone")
    lat: float = Field(ge=-90, le=90, description="degrees north")
    lon: float = Field(ge=-180, le=180, description="degrees east")
    station: str | None = Field(default=None, description="weather station that observes it, such as KSTJ")
    nws_zone: str | None = Field(default=None, description="UGC code of the forecast zone, such as MOZ020")
    county_zone: str | None = Field(
        default=None, pattern=r"^[A-Z]{2}C\d{3}$", description="UGC code of the county, which tornado warnings name"
    )
    aliases: tuple[str, ...] = Field(default=(), description="other spellings")

    @field_validator("zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        return zone_known(name)


class Places(Strict):
    """config/places.toml: key -> place."""

    places: dict[str, Place] = Field(default_factory=dict, description="key -> place")


class SourceCatalog:
    """All sources of one config folder, found by name or by the host of a URL."""

    def __init__(self, sources: dict[str, Source], places: dict[str, Place]) -> None:
        self.sources = sources
        self.places = places
        self._by_host = {host: source for source in sources.values() for host in source.hosts}

    def by_name(self, name: str) -> Source:
        """The source with this name; raises ConfigError with the nearest name."""
        if name in self.sources:
            return self.sources[name]
        near = difflib.get_close_matches(name, self.sources, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(sorted(self.sources)) or 'none'}"
        raise ConfigError(f"unknown source '{name}': {hint}")

    def by_url(self, url: str) -> Source | None:
        """The source whose hosts include the URL's host or a parent domain of it, None if there is none. A capture of a
        web archive counts for the site captured."""
        host = bare_host(original_url(url))
        while host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return None

    @property
    def enabled(self) -> list[Source]:
        """The enabled sources, ordered by name."""
        return [source for _, source in sorted(self.sources.items()) if source.enabled]


def load_sources(folder: Path | None = None) -> SourceCatalog:
    """Read places.toml and every sources/*.toml; raises ConfigError for the first invalid file."""
    folder = folder or config_dir()
    places = read_toml(folder / "places.toml", Places).places
    sources = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        source = read_toml(path, Source, name=path.stem)
        _check_places(path, source, places)
        sources[source.name] = source
    return SourceCatalog(sources, places)


def _check_places(path: Path, source: Source, places: dict[str, Place]) -> None:
    for key in (*source.panel_places, *source.places, *((source.place,) if source.place else ())):
        if key not in places:
            near = difflib.get_close_matches(key, places, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else "add it to places.toml"
            raise ConfigError(f"{path}: place '{key}' is not in places.toml: {hint}")
