"""Defines the staged tables: one dataclass per table, and the schemas of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyarrow as pa

from flows.warehouse.row_schema import Row, WallClock, arrow_schema
from flows.warehouse.weather_rows import WEATHER_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow(Row):
    """One exchange; `requested_at` is None for a record of another tool's archive without a usable date. `kind` is that
    of the page it brought, `kind_evidence` the JSON of what that was decided by; None where no page was read."""

    source: str
    url: str
    requested_at: datetime | None
    purpose: str
    outcome: str
    status: int | None
    reason: str | None
    robots_rule: str | None
    robots_tags: list[str]
    waited_ms: int
    elapsed_ms: int
    attempts: int
    bytes: int
    media_type: str | None
    final_url: str | None
    body_sha256: str | None
    warc_file: str | None
    warc_offset: int | None
    kind: str | None
    kind_evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow(Row):
    """One article page as parsed. `summary` is None where it is not kept, too; `has_summary` says what the page has."""

    article_key: str
    native_id: str | None
    url: str
    title: str | None
    summary: str | None
    has_summary: bool
    body: str | None
    authors: list[str]
    tags: list[str]
    section: str | None
    publisher: str | None
    alternative_headline: str | None
    image_url: str | None
    video_url: str | None
    is_free: bool | None
    lang: str | None
    template: str | None
    fingerprint: str | None
    posted_at: datetime | None
    posted_local: WallClock | None
    posted_raw: str | None
    posted_zone_basis: str | None
    posted_precision: str | None
    posted_ambiguous: bool | None
    updated_at: datetime | None
    updated_local: WallClock | None
    updated_raw: str | None
    updated_zone_basis: str | None
    updated_precision: str | None
    origin_kind: str
    origin_service: str | None
    origin_rule: str | None
    origin_evidence: str | None
    word_count: int
    content_hash: str
    simhash: int | None
    sketch: list[int] | None
    state_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow(Row):
    """One tag of an article by one method; `folded` is the normalized label."""

    label: str
    folded: str
    method: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Row):
    """One place named by an article."""

    name: str
    folded: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRow(Row):
    """One URL that a feed, sitemap or section page listed; `rank` counts from 1."""

    url: str
    channel: str
    slot: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow(Row):
    """One row of a weather panel, degrees Fahrenheit; `position` counts from 1."""

    position: int
    place: str | None
    folded: str
    condition: str | None
    temp_f: int | None
    hi_f: int | None
    lo_f: int | None
    feels_like_f: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow(Row):
    """One page of a template that can show banners and a forecast text, whether or not it does."""

    forecast_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerRow(Row):
    """One banner on one page."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow(Row):
    """One weather alert message for one zone; `zone` is '' where the text names none. `refers_to` are the ids of the
    messages that it replaces or cancels."""

    alert_id: str
    zone: str
    event: str
    message_type: str | None
    status: str | None
    refers_to: list[str]
    headline: str | None
    severity: str | None
    sent_at: datetime | None
    onset_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    area: str | None
    office: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRow(Row):
    """One reading of a closings list: its state, its own timestamp and its number of rows."""

    state: str
    updated_at: datetime | None
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRow(Row):
    """One organization on a closings list."""

    organisation: str
    folded: str
    status: str
    effective_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow(Row):
    """One report of a weather station for one place, in US units; `place_key` is None for a station of no place."""

    place_key: str | None
    station: str
    observed_at: datetime
    condition: str | None
    temp_f: float | None
    feels_like_f: float | None
    dewpoint_f: float | None
    wind_mph: float | None
    gust_mph: float | None
    wind_deg: float | None
    humidity_pct: float | None
    pressure_hpa: float | None
    visibility_mi: float | None
    precip_in: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow(Row):
    """One forecast period for one place; `valid_date` is local to the place."""

    place_key: str | None
    issued_at: datetime
    valid_date: date
    period: str
    hi_f: float | None
    lo_f: float | None
    precip_pct: float | None
    text: str | None


TABLES: Final[dict[type[Row], str]] = {
    FetchRow: "stage_fetch",
    ArticleRow: "stage_article",
    TagRow: "stage_tag",
    PlaceRow: "stage_place",
    FindRow: "stage_find",
    PanelRow: "stage_panel",
    PageRow: "stage_page",
    BannerRow: "stage_banner",
    AlertRow: "stage_alert",
    PollRow: "stage_poll",
    ClosingRow: "stage_closing",
    ObservationRow: "stage_observation",
    ForecastRow: "stage_forecast",
    **WEATHER_TABLES,
}

SCHEMAS: Final[dict[str, pa.Schema]] = {table: arrow_schema(row_type) for row_type, table in TABLES.items()}
