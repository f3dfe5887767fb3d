"""Turns parsed records into staged rows: one batch per archive file, or per part of one."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from flows.errors import ShapeError
from flows.model import (
    Alert,
    Closing,
    ClosingsList,
    Exchange,
    Moment,
    NwsAnswer,
    Parsed,
)
from flows.topic_config import normalize_label
from flows.warehouse import rows
from flows.warehouse.private_bodies import public_summary
from flows.warehouse.row_schema import Row, WallClock, arrow_table, row_of
from flows.warehouse.rows import SCHEMAS
from flows.warehouse.staged_tables import Tables
from flows.warehouse.weather_rows import NOT_READ, HistoryPlaceRow, HistoryProblemRow, history_rows
from flows.weather_model import WeatherHistory

# A publisher's year outside this range is a slip, and time zone conversion would fail at the ends of the calendar.
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200
_MAX_RAW_TIME: Final = 200  # characters kept of a time as the publisher printed it


class Batch:
    """The staged rows of one archive file, or of a part of one."""

    def __init__(self, zones: Mapping[str, str], private: Collection[str] = ()) -> None:
        """`zones` maps a source to its IANA zone, for local times; a source that is missing keeps the printed zone.
        `private` are the sources that keep no body text."""
        self._private = private
        self._zones = {name: ZoneInfo(zone) for name, zone in zones.items()}
        self._rows: dict[type[Row], list[Row]] = {row_type: [] for row_type in rows.TABLES}
        self._fetches = 0

    def add(self, exchange: Exchange, parsed: Parsed | None = None, article_key: str | None = None) -> None:
        """Add one exchange and what its page contains.

        A page fetched as an article and read as one becomes an article with the key `article_key` (else its native id,
        else its URL).
        Weather panel, banners and alerts are taken from any page.
        """
        number = self._add_fetch(exchange, parsed)
        if parsed is None:
            return
        if parsed.kind == "article" and exchange.purpose == "article":
            zone = self._zones.get(exchange.source)
            row = _article_row(number, zone, parsed, article_key or parsed.native_id or parsed.url)
            if exchange.source in self._private:
                row = replace(row, summary=public_summary(parsed.summary, parsed.body))
            self._add_article(row, parsed)
        if parsed.weather or parsed.banners or parsed.forecast_text or (parsed.template or "").startswith("heartland"):
            self._put(rows.PageRow(fetch_no=number, forecast_text=parsed.forecast_text))
        for reading in parsed.weather:
            self._put(row_of(rows.PanelRow, number, reading, folded=normalize_label(reading.place or "")))
        for banner in parsed.banners:
            self._put(rows.BannerRow(fetch_no=number, kind=banner.kind, text=banner.text))
        self._add_alerts(number, parsed.alerts)

    def add_closings(self, exchange: Exchange, closings: ClosingsList) -> None:
        """Add one exchange and the closings list that it brought."""
        number = self._add_fetch(exchange)
        updated_at = _utc(closings.updated_at)
        self._put(rows.PollRow(fetch_no=number, state=closings.state, updated_at=updated_at, rows=len(closings.rows)))
        for closing in closings.rows:
            for day in (closing.effective_date, *closing.further_dates):
                self._put(_closing_row(number, day, closing))

    def add_nws(self, exchange: Exchange, answer: NwsAnswer, place_keys: Sequence[str] = ()) -> None:
        """Add one exchange with the National Weather Service and its answer, for each of the places that it serves
        (towns can share a station or a grid cell)."""
        number = self._add_fetch(exchange)
        for place_key in place_keys or (None,):
            for observation in answer.observations:
                self._put(row_of(rows.ObservationRow, number, observation, place_key=place_key))
            for forecast in answer.forecasts:
                self._put(row_of(rows.ForecastRow, number, forecast, place_key=place_key))
        self._add_alerts(number, answer.alerts)

    def add_history(self, exchange: Exchange, history: WeatherHistory | ShapeError, place_keys: Sequence[str]) -> None:
        """Add one exchange with a file or response of weather history, for the places that it was asked for; an error
        says why its format is not read."""
        number = self._add_fetch(exchange)
        for place_key in place_keys:
            self._put(HistoryPlaceRow(fetch_no=number, place_key=place_key))
        if isinstance(history, ShapeError):
            self._put(HistoryProblemRow(fetch_no=number, problem=NOT_READ, rows=1, line=0, sample=history.message))
            return
        for row in history_rows(number, history):
            self._put(row)
        self._add_alerts(number, history.alerts)

    def tables(self) -> Tables:
        """All rows as Arrow tables, one per staged table, empty ones included."""
        return {table: arrow_table(self._rows[kind], SCHEMAS[table]) for kind, table in rows.TABLES.items()}

    def _add_fetch(self, exchange: Exchange, parsed: Parsed | None = None) -> int:
        number = self._fetches
        self._fetches += 1
        self._put(_fetch_row(number, exchange, parsed))
        for find in exchange.finds:
            if find.channel != "place":  # names the town that a weather request was made for: not an appearance
                self._put(
                    rows.FindRow(fetch_no=number, url=find.url, channel=find.channel, slot=find.slot, rank=find.rank)
                )
        return number

    def _add_article(self, row: rows.ArticleRow, parsed: Parsed) -> None:
        self._put(row)
        number = row.fetch_no
        seen: set[tuple[str, str]] = set()  # one row per tag and method: the first in the list is kept
        for tag in sorted(parsed.tags, key=lambda tag: tag.position):
            folded = normalize_label(tag.label)
            if (folded, tag.method) not in seen:
                seen.add((folded, tag.method))
                self._put(
                    rows.TagRow(
                        fetch_no=number, label=tag.label, folded=folded, method=tag.method, position=tag.position
                    )
                )
        for place in parsed.places:
            folded = normalize_label(place.name)
            self._put(rows.PlaceRow(fetch_no=number, name=place.name, folded=folded, method=place.method))

    def _add_alerts(self, number: int, alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            for zone in alert.zones or ("",):
                self._put(_alert_row(number, zone, alert))

    def _put(self, row: Row) -> None:
        self._rows[type(row)].append(row)


def _fetch_row(number: int, exchange: Exchange, parsed: Parsed | None) -> rows.FetchRow:
    return rows.FetchRow(
        fetch_no=number,
        source=exchange.source,
        url=exchange.url,
        requested_at=_utc(exchange.requested_at),
        purpose=exchange.purpose,
        outcome=exchange.outcome,
        status=exchange.status,
        reason=exchange.reason,
        robots_rule=exchange.robots_rule,
        robots_tags=list(exchange.robots_tags),
        waited_ms=exchange.waited_ms,
        elapsed_ms=exchange.elapsed_ms,
        attempts=exchange.attempts,
        bytes=exchange.bytes,
        media_type=exchange.media_type,
        final_url=exchange.final_url,
        body_sha256=exchange.body_sha256,
        warc_file=exchange.warc_file,
        warc_offset=exchange.warc_offset,
        kind=parsed.kind if parsed else None,
        kind_evidence=json.dumps(parsed.kind_evidence) if parsed else None,
    )


def _article_row(number: int, zone: ZoneInfo | None, parsed: Parsed, key: str) -> rows.ArticleRow:
    posted = _publisher_time(parsed.published, zone)
    updated = _publisher_time(parsed.updated, zone)
    tags = list(dict.fromkeys(tag.label for tag in parsed.tags))
    state = _hash(parsed.title, parsed.summary, parsed.body, *sorted(tags), str(updated.local))
    return rows.ArticleRow(
        fetch_no=number,
        article_key=key,
        native_id=parsed.native_id,
        url=parsed.url,
        title=parsed.title,
        summary=parsed.summary,
        has_summary=bool(parsed.summary),
        body=parsed.body,
        authors=parsed.authors,
        tags=tags,
        section=parsed.section,
        publisher=parsed.publisher,
        alternative_headline=parsed.alternative_headline,
        image_url=parsed.image_url,
        video_url=parsed.video_url,
        is_free=parsed.is_free,
        lang=parsed.lang,
        template=parsed.template,
        fingerprint=parsed.fingerprint,
        posted_at=posted.at,
        posted_local=posted.local,
        posted_raw=posted.raw,
        posted_zone_basis=posted.zone_basis,
        posted_precision=posted.precision,
        posted_ambiguous=posted.ambiguous,
        updated_at=updated.at,
        updated_local=updated.local,
        updated_raw=updated.raw,
        updated_zone_basis=updated.zone_basis,
        updated_precision=updated.precision,
        origin_kind=parsed.origin.kind,
        origin_service=parsed.origin.service,
        origin_rule=parsed.origin.rule,
        origin_evidence=parsed.origin.evidence,
        word_count=parsed.word_count,
        content_hash=parsed.content_hash or state,  # a page without text still has a state of its own
        simhash=parsed.simhash,
        sketch=parsed.sketch,
        state_hash=state,
    )


def _closing_row(number: int, day: date | None, closing: Closing) -> rows.ClosingRow:
    return rows.ClosingRow(
        fetch_no=number,
        organisation=closing.organisation,
        folded=normalize_label(closing.organisation),
        status=closing.status,
        effective_date=day,
    )


def _alert_row(number: int, zone: str, alert: Alert) -> rows.AlertRow:
    return rows.AlertRow(
        fetch_no=number,
        alert_id=alert.id,
        zone=zone,
        event=alert.event,
        message_type=alert.message_type,
        status=alert.status,
        refers_to=list(alert.references),
        headline=alert.headline,
        severity=alert.severity,
        sent_at=_utc(alert.sent_at),
        onset_at=_utc(alert.onset_at),
        ends_at=_utc(alert.ends_at),
        ended_at=_utc(alert.ended_at),
        area=alert.area,
        office=alert.office,
    )


@dataclass(frozen=True, slots=True)
class _PublisherTime:
    """A publisher's time as columns: the instant (UTC) where the zone is known, and the local time at the source."""

    at: datetime | None = None
    local: WallClock | None = None
    raw: str | None = None
    zone_basis: str | None = None
    precision: str | None = None
    ambiguous: bool | None = None


def _publisher_time(moment: Moment | None, zone: ZoneInfo | None) -> _PublisherTime:
    if moment is None or not _FIRST_YEAR <= moment.at.year <= _LAST_YEAR:
        return _PublisherTime()
    is_instant = moment.at.tzinfo is not None and moment.precision != "day"
    local = moment.at.astimezone(zone) if is_instant and zone else moment.at
    return _PublisherTime(
        at=_utc(moment.at) if is_instant else None,
        local=WallClock(local.replace(tzinfo=None)),
        raw=moment.raw[:_MAX_RAW_TIME],
        zone_basis=moment.zone_basis,
        precision=moment.precision,
        ambiguous=moment.ambiguous,
    )


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at and at.tzinfo and _FIRST_YEAR <= at.year <= _LAST_YEAR else None


def _hash(*parts: str | None) -> str:
    """72 bits as 12 characters: short enough to store in the row, long enough to tell the states of one article
    apart."""
    text = "\x1f".join(part or "" for part in parts).encode("utf-8", "replace")
    return urlsafe_b64encode(hashlib.blake2b(text, digest_size=9).digest()).decode()
