"""Reads WARC and WET files of other tools: every page in them becomes an exchange, damaged files included."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.errors import ShapeError, Unsafe
from flows.fetch.archive.gzip_members import MAGIC, end_of_members, find_bytes
from flows.fetch.http.decode import dechunk, decode
from flows.fetch.http.headers import media_type
from flows.fetch.urls import redact
from flows.model import Exchange, Outcome, Page

PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_MAX_RECORD = 32 * 1024 * 1024
_MAX_DECODED = 64 * 1024 * 1024
_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a file cannot be read: its byte offset and the reason."""

    offset: int
    reason: str


def iterate(path: Path, start: int, end: int | None) -> Iterator[WarcRecord | Damage]:
    """Every readable record that starts in [start, end), and a Damage for each unreadable stretch.

    Reading continues at the next gzip member, or at the next `WARC/1.` line of an uncompressed file.
    """
    size = path.stat().st_size
    end = size if end is None else end
    while start < end:
        last = start
        try:
            with path.open("rb") as file:
                file.seek(start)
                for record in ArchiveIterator(file, parse_http=False):
                    # In a single gzip stream the positions are those of the decompressed data, so `end` does not apply.
                    if end < size and record.stream_pos >= end:
                        return
                    last = record.stream_pos
                    yield record
        except OSError as error:
            yield Damage(last, f"damaged at byte {last}: {error}")
            following = find_bytes(path, MAGIC if _is_gzip(path) else b"WARC/1.", last)
            if following is None:
                return
            start = following
            continue
        if end == size and _is_gzip(path) and (whole := end_of_members(path, _member_start(path, last))) < size:
            yield Damage(whole, f"truncated: no complete record after byte {whole} of {size}")
        return


def records(path: Path, start: int, end: int | None) -> Iterator[tuple[Exchange, Page | None]]:
    """The exchanges and pages of a file; see warc_reader.records."""
    at = _UNKNOWN_TIME
    for record in iterate(path, start, end):
        if isinstance(record, Damage):
            yield damaged_exchange(path, record, at), None
            continue
        if record.record_type & PAGES:
            exchange, page = _exchange(path, record)
            at = exchange.requested_at
            yield exchange, page


def damaged_exchange(path: Path, damage: Damage, at: datetime, source: str = "") -> Exchange:
    """The exchange that reports an unreadable stretch; `at` is the time of the last record before it."""
    return Exchange(
        source=source or path.name.partition(".")[0],
        url=f"{path.name}#{damage.offset}",
        requested_at=at,
        purpose="article",
        outcome="failed",
        reason=damage.reason,
        attempts=0,
        warc_file=path.as_posix(),
        warc_offset=damage.offset,
    )


def is_warc(path: Path) -> bool:
    """Whether the file starts like a WARC or WET file, gzip or not; later damage does not matter."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(MAGIC):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.lstrip()[:5].upper() == b"WARC/"


def is_member(path: Path, offset: int) -> bool:
    """Whether a gzip member starts at an offset."""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(len(MAGIC)) == MAGIC


def _is_gzip(path: Path) -> bool:
    return is_member(path, 0)


def _member_start(path: Path, offset: int) -> int:
    """The offset itself if a member starts there, else 0: the file is a single gzip stream then."""
    return offset if is_member(path, offset) else 0


def _exchange(path: Path, record: WarcRecord) -> tuple[Exchange, Page | None]:
    url = redact((record.headers.get("WARC-Target-URI") or "").strip().strip("<>"))
    at = _date(record)
    response = _Response(record)
    outcome, reason = _classify(url, response)
    exchange = Exchange(
        source=_host(url) or path.name.partition(".")[0],
        url=url or f"{path.name}#{record.stream_pos}",
        requested_at=at or _UNKNOWN_TIME,
        purpose="article",
        outcome=outcome,
        status=response.status,
        reason=reason,
        bytes=response.size,
        media_type=response.media_type,
        charset=response.charset,
        body_sha256=hashlib.sha256(response.body).hexdigest() if response.body else None,
        warc_file=path.as_posix(),
        warc_offset=record.stream_pos,
    )
    if outcome != "new":
        return exchange, None
    kind = response.media_type or "application/octet-stream"
    return exchange, Page(url, response.body, kind, response.charset, at, exchange.source)


class _Response:
    """The decoded body of one record, and its status and type; `problem` says why it cannot be read."""

    def __init__(self, record: WarcRecord) -> None:
        self.status: int | None = None
        self.body, self.problem, self.unsafe = b"", "", False
        self.media_type: str | None = None
        self.charset: str | None = None
        self.size = 0
        declared = record.content_length
        if declared > _MAX_RECORD:
            self.problem, self.unsafe = f"record of {declared} bytes, more than {_MAX_RECORD}", True
            return
        try:
            self._read(record)
        except (OSError, ShapeError) as error:
            self.problem = f"unreadable record: {error}"
        except Unsafe as error:
            self.problem, self.unsafe = str(error), True

    def _read(self, record: WarcRecord) -> None:
        content_type = record.headers.get("Content-Type") or ""
        encoding = None
        if content_type.lower().startswith("application/http"):
            record.parse_http(quirks_mode=True)
            headers = record.http_headers
            self.status = headers.status_code if headers else None
            content_type = (headers.get("Content-Type") or "") if headers else ""
            encoding = headers.get("Content-Encoding") if headers else None
            chunked = "chunked" in (headers.get("Transfer-Encoding") or "").lower() if headers else False
        else:
            self.status, chunked = 200, False
        self.media_type, self.charset = media_type(content_type)
        if record.record_type == WarcRecordType.conversion:
            self.charset = self.charset or "utf-8"
        expected = record.content_length
        raw = record.reader.read(_MAX_RECORD)
        self.size = len(raw)
        if len(raw) < expected:
            raise ShapeError(f"truncated: {len(raw)} of {expected} bytes")
        self.body = _decoded(dechunk(raw) if chunked else raw, encoding)


def _decoded(body: bytes, encoding: str | None) -> bytes:
    """Decode a body; many archives keep the Content-Encoding header of a body that is already decoded."""
    if encoding and "gzip" in encoding and not body.startswith(b"\x1f\x8b"):
        return body
    return decode(body, encoding, _MAX_DECODED)


def _classify(url: str, response: _Response) -> tuple[Outcome, str | None]:
    if response.problem:
        return ("unsafe" if response.unsafe else "failed"), response.problem
    if urlsplit(url).scheme not in ("http", "https"):
        return "failed", "the record has no http(s) URL"
    if response.status in (404, 410):
        return "gone", f"status {response.status}"
    if response.status is None or not 200 <= response.status < 300:
        return "failed", f"status {response.status}"
    return ("new", None) if response.body else ("failed", "empty body")


def _date(record: WarcRecord) -> datetime | None:
    try:
        at = record.record_date
    except ValueError:
        return None
    return at.astimezone(UTC) if at else None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
