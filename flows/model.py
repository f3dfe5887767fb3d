"""Defines the records passed between rooms: pages and exchanges in, parsed facts out. Plain data, no behavior."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final, Literal

Purpose = Literal[
    "robots", "feed", "sitemap", "section", "article", "closings",
    "points", "stations", "observations", "forecast", "alerts", "history", "file_list",
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


# The time of a record in another tool's archive that has no usable date; null in the warehouse.
UNDATED: Final = datetime.min.replace(tzinfo=UTC)


# -- fetched ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One page as captured. `body` is str only where the caller had decoded text. `captured_at` is aware UTC, or None
    when unknown; then panel readings have no observation time."""

    url: str
    body: bytes | str
    media_type: str = "text/html"
    charset: str | None = None
    captured_at: datetime | None = None
    source: str | None = None
    canonical_hint: str | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """One URL found on one channel. `channel` is feed, sitemap, section, closings or place; `slot` is the channel's URL
    or label, or a place's key; `rank` counts from 1. `published` is the channel's own date, unparsed."""

    url: str
    channel: str
    slot: str
    rank: int
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange, or a decision not to make one: a row of fact_fetch. Times are aware UTC (or UNDATED), `bytes`
    is the size of the body on the wire, `warc_file` is relative to the data folder. `attempts` is 0 if no request was
    made; `retry_after_s` is the wait that a 429 or 503 asked for."""

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
    """A publisher's time; `raw` is the text it was read from. `at` is aware when the zone is known (zone_basis explicit
    or source_zone), else naive local time; for precision `day` it is midnight. `ambiguous` marks a time in the hour
    repeated at the end of daylight saving time."""

    at: datetime
    raw: str
    zone_basis: ZoneBasis
    precision: Precision
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A publisher's label as printed, how it was found, and its position in its list, from 1."""

    label: str
    method: TagMethod
    position: int


@dataclass(frozen=True, slots=True)
class PanelReading:
    """One row of a station's weather panel, in °F: an observation, with `hi_f` and `lo_f` as forecasts for the rest of
    the day. `place` and `condition` are None where the rendering dropped them; `position` counts from 1."""

    place: str | None
    condition: str | None
    temp_f: int | None
    hi_f: int | None
    lo_f: int | None
    feels_like_f: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Banner:
    """One banner above the headline; `text` is its message without label and link."""

    kind: BannerKind
    text: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A weather alert, from the NWS API or from the text above a headline. Times are aware UTC, None if unknown;
    `zones` are UGC codes; `id` is the CAP id, or a hash of the text where there is none. `message_type` and `status`
    are CAP's (None where not given); `references` are the ids of the messages that an Update replaces or a Cancel
    ends. `ended_at` is set by an archive that knows when the alert was cancelled or replaced."""

    id: str
    event: str
    message_type: str | None = None
    status: str | None = None
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
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who produced the article: kind, the service or station named, the rule in config/origins.toml that matched, and
    the text on the page that it matched."""

    kind: OriginKind
    service: str | None = None
    rule: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that the article names: `name` as printed, and where it was found."""

    name: str
    method: Literal["dateline", "tag", "text"]


@dataclass(slots=True)
class Parsed:
    """The facts of one article or index page. Strings are NFC, without control characters and lone surrogates.
    `updated` is None where it is not after `published`; `is_free` says whether the article is free to read, None where
    the page does not state it; `kind_evidence` holds what the kind was decided by (see parse/article/kind)."""

    url: str
    kind: PageKind = "article"
    kind_evidence: dict[str, float] = field(default_factory=dict)
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
    publisher: str | None = None
    alternative_headline: str | None = None
    image_url: str | None = None
    video_url: str | None = None
    is_free: bool | None = None
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
    sketch: list[int] | None = None
    robots_tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Closing:
    """One organization on a closings list; `effective_date` is the first day of the closing, resolved against the
    list's own timestamp, and `further_dates` are the other days of a range or list of days."""

    organisation: str
    status: str
    effective_date: date | None
    further_dates: tuple[date, ...] = ()


@dataclass(slots=True)
class ClosingsList:
    """One fetched closings list. `updated_at` is the list's own timestamp, aware, None if it printed none."""

    state: ClosingState
    updated_at: datetime | None = None
    rows: list[Closing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Observation:
    """One NWS station report in the units of the field names; None where the API has null."""

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
    """One forecast period: high or low in °F for a local date; `issued_at` is aware UTC."""

    issued_at: datetime
    valid_date: date
    period: str
    hi_f: float | None = None
    lo_f: float | None = None
    precip_pct: float | None = None
    wind: str | None = None
    condition: str | None = None
    text: str | None = None


@dataclass(slots=True)
class NwsAnswer:
    """The records of one NWS response; only the list of its purpose is filled."""

    observations: list[Observation] = field(default_factory=list)
    forecasts: list[Forecast] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
