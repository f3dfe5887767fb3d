"""The `newsvane parse` command's inside: files and JSON lines in, one JSON object a page out."""

from __future__ import annotations

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
from flows.model import Alert, Moment, Page, Parsed
from flows.parse import Context, parse
from flows.parse.page.charset import decode, encode
from flows.parse.page.clean import clean_text

Name = str | int | float | None


def stream(lines: Iterable[bytes], out: TextIO, context: Context, source: str | None = None) -> None:
    """Answer each line `{id, url, html | text, captured_at?, source?}` with one object of the same id; a line that
    cannot be read answers `{id, error}` and the stream goes on."""
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="\n")  # whatever the machine's locale, the answer is UTF-8
    gc.freeze()  # what is there before the first page stays: searching it for garbage takes 5 % of all time
    for line in lines:
        if line.strip():
            out.write(encode(json.dumps(_answer(line, context, source), ensure_ascii=False, allow_nan=False))[0] + "\n")
            out.flush()


def _answer(line: bytes, context: Context, source: str | None) -> dict[str, Any]:
    name: Name = None
    try:
        asked = _loaded(line)
        if not isinstance(asked, dict):
            raise ShapeError("a line must be one JSON object with id, url and html or text")
        name = _name(asked.get("id"))
        page = _page(asked, source)
        return {"id": name, **to_json(parse(page, context), page)}
    except (ValueError, RecursionError, NewsvaneError) as error:
        return {"id": name, "error": clean_text(f"{type(error).__name__}: {error}")[:500]}


def _loaded(line: bytes) -> Any:
    """The line's JSON; the fast reader refuses lone surrogates and deep nesting, which the standard one takes."""
    try:
        return from_json(line)
    except ValueError:
        return json.loads(line)


def _name(value: Any) -> Name:
    """The caller's id as it came; a list, table or NaN is none that could be printed back."""
    if value is None or isinstance(value, (str, int)) or (isinstance(value, float) and isfinite(value)):
        return value
    raise ShapeError("key 'id' must be a string or a number")


def _page(asked: dict[str, Any], source: str | None) -> Page:
    kind = "html" if isinstance(asked.get("html"), str) else "text"
    body, url, named = asked.get(kind), asked.get("url") or "", source or asked.get("source") or None
    if not isinstance(body, str) or not isinstance(url, str) or not isinstance(named, str | None):
        raise ShapeError("key 'html' (or 'text') must be a string, and so must 'url' and 'source' where they are given")
    return Page(
        url=url,
        body=body,
        media_type="text/html" if kind == "html" else "text/plain",
        captured_at=instant(asked.get("captured_at")),
        source=named,
    )


def instant(text: Any) -> datetime | None:
    """An ISO 8601 instant, UTC where it names no offset; raises ShapeError on anything else but None."""
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
    """A page from a file on disk, HTML or plain text by its content. Raises ShapeError for an empty or binary one."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ShapeError(f"{path}: cannot be read: {error.strerror}") from error
    if not body.strip():
        raise ShapeError(f"{path}: the file is empty")
    head = body[:4096]
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_wide and head.count(0) > len(head) // 100:
        raise ShapeError(f"{path}: this is a binary file, not a page; a WARC goes to `newsvane backfill`")
    start = decode(head, None)[0].lstrip().lower()
    is_html = start.startswith("<") or "<html" in start or "<!doctype" in start
    media_type = "text/html" if is_html else "text/plain"
    return Page(url or "", body, media_type, captured_at=captured_at, source=source)


def to_json(parsed: Parsed, page: Page) -> dict[str, Any]:
    """The stable interface of `newsvane parse`: times are ISO 8601 with offset where the zone is known."""
    return {
        "url": parsed.url,
        "canonical_url": parsed.canonical_url,
        "native_id": parsed.native_id,
        "kind": parsed.kind,
        "title": parsed.title,
        "summary": parsed.summary,
        "authors": parsed.authors,
        "published": _iso(parsed.published),
        "published_zone_basis": parsed.published.zone_basis if parsed.published else None,
        "published_precision": parsed.published.precision if parsed.published else None,
        "updated": _iso(_later(parsed)),
        "tags": list(dict.fromkeys(tag.label for tag in parsed.tags)),
        "body": parsed.body,
        "section": parsed.section,
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


def _later(parsed: Parsed) -> Moment | None:
    """Updated, unless it is not after published: then nothing was updated."""
    updated, published = parsed.updated, parsed.published
    if updated and published and (updated.at.tzinfo is None) == (published.at.tzinfo is None):
        return updated if updated.at > published.at else None
    return updated


def _iso(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return moment.at.date().isoformat() if moment.precision == "day" else moment.at.isoformat()


def _alert(alert: Alert) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in asdict(alert).items()}
