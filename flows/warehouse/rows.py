"""Turns parsed records into Arrow tables, one a kind of row, ready to be loaded in one transaction."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from flows.model import Alert, ClosingsList, Exchange, Moment, NwsAnswer, Parsed, Tag
from flows.sources import normalize_label

Tables = dict[str, pa.Table]

_AT = pa.timestamp("us", tz="UTC")
_LOCAL = pa.timestamp("us")
_LIST = pa.list_(pa.string())


def _schema(**columns: Any) -> pa.Schema:
    kinds = {
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "at": _AT,
        "local": _LOCAL,
        "flag": pa.bool_(),
    }
    kinds |= {"date": pa.date32(), "list": _LIST}
    return pa.schema([("fetch_no", pa.int64()), *((name, kinds[kind]) for name, kind in columns.items())])


SCHEMAS: dict[str, pa.Schema] = {
    "stage_fetch": _schema(
        source="text", url="text", requested_at="at", purpose="text", outcome="text", status="int", reason="text",
        robots_rule="text", robots_tags="list", waited_ms="int", elapsed_ms="int", attempts="int", bytes="int",
        media_type="text", final_url="text", body_sha256="text", warc_file="text", warc_offset="int",
    ),
    "stage_article": _schema(
        article_key="text", native_id="text", url="text", title="text", summary="text", body="text", authors="list",
        tags="list", section="text", lang="text", template="text", fingerprint="text", posted_at="at",
        posted_local="local", posted_raw="text", posted_zone_basis="text", posted_precision="text",
        posted_ambiguous="flag", updated_at="at", updated_local="local", updated_raw="text", updated_zone_basis="text",
        updated_precision="text", origin_kind="text", origin_service="text", origin_rule="text", origin_evidence="text",
        word_count="int", content_hash="text", simhash="int", state_hash="text",
    ),
    "stage_tag": _schema(label="text", folded="text", method="text", position="int"),
    "stage_place": _schema(name="text", folded="text", method="text"),
    "stage_find": _schema(url="text", channel="text", slot="text", rank="int"),
    "stage_panel": _schema(
        position="int", place="text", folded="text", condition="text", temp_f="int", hi_f="int", lo_f="int",
        feels_like_f="int",
    ),
    "stage_page": _schema(forecast_text="text"),
    "stage_banner": _schema(kind="text", text="text"),
    "stage_alert": _schema(
        alert_id="text", zone="text", event="text", headline="text", severity="text", sent_at="at", onset_at="at",
        ends_at="at", area="text", office="text",
    ),
    "stage_poll": _schema(state="text", updated_at="at", rows="int"),
    "stage_closing": _schema(organisation="text", folded="text", status="text", effective_date="date"),
    "stage_observation": _schema(
        place_key="text", station="text", observed_at="at", condition="text", temp_f="float", feels_like_f="float",
        dewpoint_f="float", wind_mph="float", gust_mph="float", humidity_pct="float", pressure_hpa="float",
        precip_in="float",
    ),
    "stage_forecast": _schema(
        place_key="text", issued_at="at", valid_date="date", period="text", hi_f="float", lo_f="float",
        precip_pct="float", text="text",
    ),
}  # fmt: skip

_SPANS = pa.schema([("batch_id", pa.string()), ("from_no", pa.int64()), ("before_no", pa.int64())])


class Batch:
    """Rows of one archive file, or of a part of one. Every row but a fetch's own names its fetch by `fetch_no`, so
    that what came with an exchange that is already loaded can be left out as one."""

    def __init__(self, zones: Mapping[str, str]) -> None:
        """`zones` is source name -> IANA zone, for wall clocks; a source not named in it keeps the printed one."""
        self._zones = {name: ZoneInfo(zone) for name, zone in zones.items()}
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        self._fetches = 0

    def add(self, exchange: Exchange, parsed: Parsed | None = None, article_key: str | None = None) -> None:
        """One exchange, with what its page says. A page of kind article (and purpose article) becomes an article of
        key `article_key`; any page gives its weather, bars and alerts."""
        number = self._fetch(exchange)
        if parsed is None:
            return
        if parsed.kind in ("article", "other") and exchange.purpose == "article":
            self._article(number, exchange.source, parsed, article_key or parsed.native_id or parsed.url)
        if parsed.weather or parsed.banners or parsed.forecast_text or (parsed.template or "").startswith("heartland"):
            self._put("stage_page", number, forecast_text=parsed.forecast_text)
        for reading in parsed.weather:
            row = {name: getattr(reading, name) for name in _PANEL}
            self._put("stage_panel", number, folded=normalize_label(reading.place or ""), **row)
        for banner in parsed.banners:
            self._put("stage_banner", number, kind=banner.kind, text=banner.text)
        self._alerts(number, parsed.alerts)

    def add_closings(self, exchange: Exchange, closings: ClosingsList) -> None:
        """One look at a closings list."""
        number = self._fetch(exchange)
        self._put(
            "stage_poll", number, state=closings.state, updated_at=_utc(closings.updated_at), rows=len(closings.rows)
        )
        for row in closings.rows:
            self._put(
                "stage_closing",
                number,
                organisation=row.organisation,
                folded=normalize_label(row.organisation),
                status=row.status,
                effective_date=row.effective_date,
            )

    def add_nws(self, exchange: Exchange, answer: NwsAnswer, place_keys: Sequence[str] = ()) -> None:
        """One answer of the weather service, asked for these places (towns can share a station or a grid cell)."""
        number = self._fetch(exchange)
        for place_key in place_keys or (None,):
            for seen in answer.observations:
                row = {name: getattr(seen, name) for name in _OBSERVED}
                self._put("stage_observation", number, place_key=place_key, **row)
            for forecast in answer.forecasts:
                row = {name: getattr(forecast, name) for name in _FORECAST}
                self._put("stage_forecast", number, place_key=place_key, **row)
        self._alerts(number, answer.alerts)

    def tables(self) -> Tables:
        """All rows as Arrow tables, every kind present, empty or not."""
        return {name: _table(rows, SCHEMAS[name]) for name, rows in self._rows.items()}

    def _fetch(self, exchange: Exchange) -> int:
        number = self._fetches
        self._fetches += 1
        row = {name: getattr(exchange, name) for name in SCHEMAS["stage_fetch"].names[1:]}
        self._put("stage_fetch", number, **{**row, "requested_at": _utc(exchange.requested_at)})
        for find in exchange.finds:
            if find.channel == "place":  # which town a weather answer was asked for, not an appearance
                continue
            self._put("stage_find", number, url=find.url, channel=find.channel, slot=find.slot, rank=find.rank)
        return number

    def _article(self, number: int, source: str, parsed: Parsed, key: str) -> None:
        posted = _clock("posted", parsed.published, self._zones.get(source))
        updated = _clock("updated", _after(parsed.updated, parsed.published), self._zones.get(source))
        updated.pop("updated_ambiguous")
        tags = list(dict.fromkeys(tag.label for tag in parsed.tags))
        row = {name: getattr(parsed, name) for name in _ARTICLE}
        row |= {f"origin_{name}": getattr(parsed.origin, name) for name in ("kind", "service", "rule", "evidence")}
        state = _hash(parsed.title, parsed.summary, parsed.body, *sorted(tags), str(updated["updated_local"]))
        row["content_hash"] = parsed.content_hash or state  # a page without text is still a state of its own
        self._put("stage_article", number, **row, **posted, **updated, article_key=key, tags=tags, state_hash=state)
        named: dict[tuple[str, str], Tag] = {}  # one row a tag and method: the first printing stands for the rest
        for tag in sorted(parsed.tags, key=lambda tag: tag.position):
            named.setdefault((normalize_label(tag.label), tag.method), tag)
        for (folded, method), tag in named.items():
            self._put("stage_tag", number, label=tag.label, folded=folded, method=method, position=tag.position)
        for place in parsed.places:
            self._put("stage_place", number, name=place.name, folded=normalize_label(place.name), method=place.method)

    def _alerts(self, number: int, alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            row = {name: getattr(alert, name) for name in _ALERT}
            for instant in ("sent_at", "onset_at", "ends_at"):
                row[instant] = _utc(row[instant])
            for zone in alert.zones or ("",):
                self._put("stage_alert", number, alert_id=alert.id, zone=zone, **row)

    def _put(self, table: str, number: int, **row: Any) -> None:
        self._rows[table].append({"fetch_no": number, **row})


_PANEL = ("position", "place", "condition", "temp_f", "hi_f", "lo_f", "feels_like_f")
_OBSERVED = tuple(SCHEMAS["stage_observation"].names[2:])
_FORECAST = tuple(SCHEMAS["stage_forecast"].names[2:])
_ALERT = ("event", "headline", "severity", "sent_at", "onset_at", "ends_at", "area", "office")
_ARTICLE = (
    "native_id", "url", "title", "summary", "body", "authors", "section", "lang", "template", "fingerprint",
    "word_count", "content_hash", "simhash",
)  # fmt: skip


# A publisher's year outside of these is a slip, and would break the change of zone at the ends of the calendar.
_YEARS = (1900, 2200)


def merged(parts: Iterable[Tables]) -> Tables:
    """Parts of a file, or files, as one; fetch numbers are moved so that they stay unique."""
    collected: dict[str, list[pa.Table]] = {name: [] for name in SCHEMAS}
    offset = 0
    for part in parts:
        for name, table in part.items():
            moved = pc.add(table.column("fetch_no"), pa.scalar(offset, pa.int64()))
            collected[name].append(table.set_column(0, "fetch_no", moved))
        offset += part["stage_fetch"].num_rows
    return {
        name: pa.concat_tables(tables) if tables else SCHEMAS[name].empty_table() for name, tables in collected.items()
    }


def grouped(batches: Mapping[str, Tables]) -> Tables:
    """Many batches as one: their rows together, and `stage_batch` that says which fetch numbers each of them has. Tags
    are named by a number, `tag_no`, of the folded labels in `stage_folded`: numbers join faster than text."""
    spans, start = [], 0
    for batch_id, tables in batches.items():
        end = start + tables["stage_fetch"].num_rows
        spans.append({"batch_id": batch_id, "from_no": start, "before_no": end})
        start = end
    tables = merged(batches.values())
    folded = tables["stage_tag"].column("folded")
    labels = pc.unique(folded)
    numbers = pc.index_in(folded, value_set=labels)
    return {
        **tables,
        "stage_tag": tables["stage_tag"].drop_columns(["folded"]).append_column("tag_no", numbers),
        "stage_folded": pa.table({"tag_no": pa.array(range(len(labels)), pa.int32()), "folded": labels}),
        "stage_batch": pa.Table.from_pylist(spans, _SPANS),
    }


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        # Lone surrogates (an undecodable byte in a URL or header) are no text to Arrow: only then look at every value.
        return pa.Table.from_pylist([{key: _sound(value) for key, value in row.items()} for row in rows], schema=schema)


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_sound(item) for item in value] if isinstance(value, list) else value


def _clock(name: str, moment: Moment | None, zone: ZoneInfo | None) -> dict[str, Any]:
    """A publisher's time as columns: the instant where the zone is known, and the wall clock at the source."""
    if moment is None or not _YEARS[0] <= moment.at.year <= _YEARS[1]:
        names = ("at", "local", "raw", "zone_basis", "precision", "ambiguous")
        return {f"{name}_{part}": None for part in names}
    aware = moment.at.tzinfo is not None
    is_instant = aware and moment.precision != "day"
    local = moment.at.astimezone(zone) if is_instant and zone else moment.at
    return {
        f"{name}_at": _utc(moment.at) if is_instant else None,
        f"{name}_local": local.replace(tzinfo=None),
        f"{name}_raw": moment.raw[:200],
        f"{name}_zone_basis": moment.zone_basis,
        f"{name}_precision": moment.precision,
        f"{name}_ambiguous": moment.ambiguous,
    }


def _after(updated: Moment | None, published: Moment | None) -> Moment | None:
    """Updated, unless it is not after published: then nothing was updated."""
    if updated and published and (updated.at.tzinfo is None) == (published.at.tzinfo is None):
        return updated if updated.at > published.at else None
    return updated


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at and at.tzinfo and _YEARS[0] <= at.year <= _YEARS[1] else None


def _hash(*parts: str | date | None) -> str:
    """Twelve characters, 72 bits: short enough to be compared without being looked up, apart enough for one article."""
    text = "\x1f".join(str(part or "") for part in parts).encode("utf-8", "replace")
    return urlsafe_b64encode(hashlib.blake2b(text, digest_size=9).digest()).decode()
