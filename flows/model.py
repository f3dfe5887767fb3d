"""The records that travel between rooms: pages and exchanges in, parsed facts out. Plain data, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Purpose = Literal[
    "robots", "feed", "sitemap", "section", "article", "closings",
    "points", "stations", "observations", "forecast", "alerts",
]  # fmt: skip
Outcome = Literal["new", "changed", "unchanged", "gone", "refused", "unsafe", "failed", "skipped"]
ZoneBasis = Literal["explicit", "source_zone", "unknown"]
Precision = Literal["instant", "minute", "day"]
PageKind = Literal["article", "index", "missing", "other"]
TagMethod = Literal[
    "jsonld", "meta_keywords", "news_keywords", "article_tag", "rel_tag", "tag_box", "tag_link", "tag_block",
    "embedded_state", "feed",
]  # fmt: skip
BannerKind = Literal["breaking", "severe", "closings", "streaming"]
OriginKind = Literal["own", "sister", "owner", "network", "wire", "press_release", "nws", "sponsored", "unknown"]
ClosingState = Literal["populated", "empty", "stale", "broken", "refused"]


# -- fetched ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as captured. `body` is str only where the caller had text already decoded; `captured_at` is aware UTC
    or None when unknown (then panel weather has no observation time)."""

    url: str
    body: bytes | str
    media_type: str = "text/html"
    charset: str | None = None
    captured_at: datetime | None = None
    source: str | None = None
    canonical_hint: str | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """One URL met on one channel: `channel` is feed, sitemap, section or closings; `slot` names which one (its URL
    or a section's label), `rank` counts from 1. `published` is the channel's own raw date string."""

    url: str
    channel: str
    slot: str
    rank: int
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange, or one decision not to make it: a row of fact_fetch. Times are aware UTC, `bytes` counts
    the body as received on the wire, `warc_file` is relative to the data folder. `attempts` is 0 for a decision not to
    ask; `retry_after_s` is what a 429 or 503 asked for."""

    source: str
    url: str
    requested_at: datetime
    purpose: Purpose
    outcome: Outcome
    status: int | None = None
    reason: str | None = None
    robots_rule: str | None = None
    waited_ms: int = 0
    elapsed_ms: int = 0
    attempts: int = 1
    bytes: int = 0
    media_type: str | None = None
    charset: str | None = None
    final_url: str | None = None
    redirects: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    robots_tags: tuple[str, ...] = ()
    retry_after_s: float | None = None
    finds: tuple[Find, ...] = ()
    warc_file: str | None = None
    warc_offset: int | None = None


# -- parsed ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """A publisher's time. `at` is aware when the zone is known (zone_basis explicit or source_zone), naive local when
    it is not; for precision `day` it is midnight of that day. `ambiguous` marks the repeated autumn hour."""

    at: datetime
    raw: str
    zone_basis: ZoneBasis
    precision: Precision
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A publisher's label as printed, how it was found, and its position (from 1) in its list."""

    label: str
    method: TagMethod
    position: int


@dataclass(frozen=True, slots=True)
class PanelReading:
    """One row of a station's weather panel, degrees Fahrenheit; `hi_f`/`lo_f` are forecasts for the rest of the day.
    `place` and `condition` are None where the page lost them; `position` counts from 1."""

    place: str | None
    condition: str | None
    temp_f: int | None
    hi_f: int | None
    lo_f: int | None
    feels_like_f: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Banner:
    """One bar above the headline."""

    kind: BannerKind
    text: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A weather alert, from the NWS API or from the text above a headline. Times aware UTC where known; `zones` are
    UGC codes; `id` is the CAP id, or a hash of the text where the page gives none."""

    id: str
    event: str
    headline: str | None = None
    severity: str | None = None
    sent_at: datetime | None = None
    onset_at: datetime | None = None
    ends_at: datetime | None = None
    area: str | None = None
    zones: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made the story: kind, the service or station named, the id of the rule in config/origins.toml that decided,
    and the words on the page that it rests on."""

    kind: OriginKind
    service: str | None = None
    rule: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named by the article: `name` as printed, how (dateline, tag, text)."""

    name: str
    method: Literal["dateline", "tag", "text"]


@dataclass(slots=True)
class Parsed:
    """All that one article or index page says. Strings are NFC, free of control characters and lone surrogates."""

    url: str
    kind: PageKind = "article"
    canonical_url: str | None = None
    native_id: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: list[str] = field(default_factory=list)
    published: Moment | None = None
    updated: Moment | None = None
    tags: list[Tag] = field(default_factory=list)
    body: str | None = None
    section: str | None = None
    lang: str | None = None
    template: str | None = None
    fingerprint: str | None = None
    places: list[PlaceMention] = field(default_factory=list)
    weather: list[PanelReading] = field(default_factory=list)
    forecast_text: str | None = None
    banners: list[Banner] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    origin: Origin = field(default_factory=lambda: Origin("unknown"))
    word_count: int = 0
    content_hash: str | None = None
    simhash: int | None = None
    robots_tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Closing:
    """One organisation on a closings list; `effective_date` is resolved against the list's own timestamp."""

    organisation: str
    status: str
    effective_date: date | None


@dataclass(slots=True)
class ClosingsList:
    """One look at a closings list. `updated_at` is the list's own timestamp, aware, None if it printed none."""

    state: ClosingState
    updated_at: datetime | None = None
    rows: list[Closing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Observation:
    """One NWS station report in US units, converted once from the unit codes given; None where the API had null."""

    station: str
    observed_at: datetime
    temp_f: float | None = None
    feels_like_f: float | None = None
    dewpoint_f: float | None = None
    wind_mph: float | None = None
    gust_mph: float | None = None
    wind_deg: float | None = None
    humidity_pct: float | None = None
    pressure_hpa: float | None = None
    visibility_mi: float | None = None
    precip_in: float | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """One forecast period: hi or lo in °F, valid on a local date, issued at an instant (aware UTC)."""

    issued_at: datetime
    valid_date: date
    period: str
    hi_f: float | None = None
    lo_f: float | None = None
    precip_pct: float | None = None
    wind: str | None = None
    condition: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class NwsPoint:
    """What /points says of a place: its office, grid, zones, and the URLs to ask next."""

    office: str
    grid_x: int
    grid_y: int
    zone: str | None
    forecast_url: str
    stations_url: str
    time_zone: str | None = None
    forecast_zone: str | None = None
    county_zone: str | None = None


@dataclass(slots=True)
class NwsAnswer:
    """What one NWS answer holds; lists not asked for stay empty."""

    observations: list[Observation] = field(default_factory=list)
    forecasts: list[Forecast] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    point: NwsPoint | None = None
    notes: list[str] = field(default_factory=list)
