"""Implements `newsvane parse`: files and JSON lines in, one JSON object per page out."""

from __future__ import annotations

import base64
import binascii
import gc
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from io import TextIOWrapper
from math import isfinite
from pathlib import Path
from typing import Any, TextIO

from pydantic_core import from_json

from flows.errors import NewsvaneError, ShapeError
from flows.model import Alert, ClosingsList, Moment, Page, Parsed
from flows.parse import Context, parse, parse_closings
from flows.parse.page.charset import decode, encode
from flows.parse.page.clean import clean_text
from flows.parse.page.file_type import binary_type

Id = str | int | float | None


def stream(lines: Iterable[bytes], out: TextIO, context: Context, source: str | None = None) -> None:
    """Write one object per line `{id, url, html | html_base64 | text, captured_at?, source?, purpose?}`, with the same
    id; a line that cannot be read gives `{id, error}`, and the stream continues. `html_base64` is for bytes that are no
    text. With the purpose `closings` the page is read as a closings list."""
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="\n")  # UTF-8 in any locale
    gc.freeze()  # objects made before the first page are permanent: collecting them takes 5 % of the time
    for line in lines:
        if line.strip():
            out.write(encode(json.dumps(_result(line, context, source), ensure_ascii=False, allow_nan=False))[0] + "\n")
            out.flush()


def _result(line: bytes, context: Context, source: str | None) -> dict[str, Any]:
    page_id: Id = None
    try:
        fields = _loaded(line)
        if not isinstance(fields, dict):
            raise ShapeError("a line must be one JSON object with id, url and html or text")
        page_id = _id(fields.get("id"))
        page = _page(fields, source)
        if _is_closings(fields.get("purpose")):
            return {"id": page_id, "url": page.url, "closings": closings_to_json(parse_closings(page, context))}
        return {"id": page_id, **to_json(parse(page, context), page)}
    except (ValueError, RecursionError, NewsvaneError) as error:
        return {"id": page_id, "error": clean_text(f"{type(error).__name__}: {error}")[:500]}


def _loaded(line: bytes) -> Any:
    """The line's JSON. The fast parser rejects lone surrogates and deep nesting, which the standard one accepts."""
    try:
        return from_json(line)
    except ValueError:
        return json.loads(line)


def _id(value: Any) -> Id:
    """The caller's id unchanged; a list, object or NaN cannot be one."""
    if value is None or isinstance(value, (str, int)) or (isinstance(value, float) and isfinite(value)):
        return value
    raise ShapeError("key 'id' must be a string or a number")


def _page(fields: dict[str, Any], source: str | None) -> Page:
    kind = next((key for key in ("html", "html_base64") if isinstance(fields.get(key), str)), "text")
    body, url, name = fields.get(kind), fields.get("url") or "", source or fields.get("source") or None
    if not isinstance(body, str) or not isinstance(url, str) or not isinstance(name, str | None):
        raise ShapeError(
            "key 'html' (or 'html_base64' or 'text') must be a string, and so must 'url' and 'source' if given"
        )
    return Page(
        url=url,
        body=_bytes(body) if kind == "html_base64" else body,
        media_type="text/plain" if kind == "text" else "text/html",
        captured_at=instant(fields.get("captured_at")),
        source=name,
    )


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ShapeError(f"key 'html_base64' is not base64: {error}") from error


def _is_closings(purpose: Any) -> bool:
    if purpose not in (None, "", "article", "closings"):
        raise ShapeError("key 'purpose' must be 'article' or 'closings'")
    return bool(purpose == "closings")


def instant(text: Any) -> datetime | None:
    """An ISO 8601 instant in UTC; without an offset it is taken as UTC. None for None or ''. Raises ShapeError on
    anything else."""
    if text is None or text == "":
        return None
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ShapeError(f"captured_at '{text}' is not ISO 8601, such as 2018-11-09T16:50:00Z") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def page_from_file(
    path: Path, url: str | None = None, captured_at: datetime | None = None, source: str | None = None
) -> Page:
    """A page from a file, HTML or plain text by its content. Raises ShapeError for an empty or binary file."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ShapeError(f"{path}: cannot be read: {error.strerror}") from error
    if not body.strip():
        raise ShapeError(f"{path}: the file is empty")
    if kind := binary_type(body):
        raise ShapeError(
            f"{path}: not a page but a file of type {kind}; unpack it first, or load a WARC with `newsvane backfill`"
        )
    start = decode(body[:4096], None)[0].lstrip().lower()
    is_html = start.startswith("<") or "<html" in start or "<!doctype" in start
    media_type = "text/html" if is_html else "text/plain"
    return Page(url or "", body, media_type, captured_at=captured_at, source=source)


def to_json(parsed: Parsed, page: Page) -> dict[str, Any]:
    """The output of `newsvane parse`, a stable interface: times are ISO 8601, with offset where the zone is known."""
    return {
        "url": parsed.url,
        "canonical_url": parsed.canonical_url,
        "native_id": parsed.native_id,
        "kind": parsed.kind,
        "kind_evidence": parsed.kind_evidence,
        "title": parsed.title,
        "summary": parsed.summary,
        "authors": parsed.authors,
        "published": _iso(parsed.published),
        "published_zone_basis": parsed.published.zone_basis if parsed.published else None,
        "published_precision": parsed.published.precision if parsed.published else None,
        "updated": _iso(parsed.updated),
        "tags": list(dict.fromkeys(tag.label for tag in parsed.tags)),
        "body": parsed.body,
        "section": parsed.section,
        "publisher": parsed.publisher,
        "alternative_headline": parsed.alternative_headline,
        "image_url": parsed.image_url,
        "video_url": parsed.video_url,
        "is_free": parsed.is_free,
        "lang": parsed.lang,
        "template": parsed.template,
        "fingerprint": parsed.fingerprint,
        "observed_at": page.captured_at.isoformat() if page.captured_at and parsed.weather else None,
        "weather": [asdict(reading) for reading in parsed.weather],
        "forecast_text": parsed.forecast_text,
        "banners": [asdict(banner) for banner in parsed.banners],
        "alerts": [_alert(alert) for alert in parsed.alerts],
        "origin": asdict(parsed.origin),
        "places": [asdict(place) for place in parsed.places],
        "word_count": parsed.word_count,
        "content_hash": parsed.content_hash,
        "notes": parsed.notes,
    }


def closings_to_json(closings: ClosingsList) -> dict[str, Any]:
    """A closings list as `newsvane parse` prints it: times in ISO 8601 with offset, dates local to the source.
    `further_dates` are the days of a range or list after `effective_date`."""
    return {
        "state": closings.state,
        "updated_at": closings.updated_at.isoformat() if closings.updated_at else None,
        "rows": [
            {
                "organisation": row.organisation,
                "status": row.status,
                "effective_date": row.effective_date.isoformat() if row.effective_date else None,
                "further_dates": [day.isoformat() for day in row.further_dates],
            }
            for row in closings.rows
        ],
        "notes": closings.notes,
    }


def _iso(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return moment.at.date().isoformat() if moment.precision == "day" else moment.at.isoformat()


def _alert(alert: Alert) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in asdict(alert).items()}
