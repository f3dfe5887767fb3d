"""WARC and WET files that others wrote: every page in them as an exchange, whatever state they are in."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.errors import ShapeError, Unsafe
from flows.fetch.archive.gzip_members import MAGIC, find, whole_until
from flows.fetch.http.decode import dechunk, decode
from flows.fetch.urls import redact
from flows.model import Exchange, Outcome, Page

PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_MAX_RECORD = 32 * 1024 * 1024
_MAX_DECODED = 64 * 1024 * 1024
_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a file cannot be read: its offset, and what is wrong there."""

    offset: int
    reason: str


def iterate(path: Path, start: int, end: int | None) -> Iterator[WarcRecord | Damage]:
    """Every readable record that begins in [start, end), and a Damage for each stretch that is not.

    Reading takes up again at the next gzip member, or the next `WARC/1.` line of a plain file.
    """
    size = path.stat().st_size
    end = size if end is None else end
    while start < end:
        last = start
        try:
            with path.open("rb") as file:
                file.seek(start)
                for record in ArchiveIterator(file, parse_http=False):
                    # Within one gzip stream positions are those of the unpacked data: no bound holds there.
                    if end < size and record.stream_pos >= end:
                        return
                    last = record.stream_pos
                    yield record
        except OSError as error:
            yield Damage(last, f"damaged at byte {last}: {error}")
            following = find(path, MAGIC if _is_gzip(path) else b"WARC/1.", last)
            if following is None:
                return
            start = following
            continue
        if end == size and _is_gzip(path) and (whole := whole_until(path, _member_start(path, last))) < size:
            yield Damage(whole, f"cut short: nothing whole after byte {whole} of {size}")
        return


def records(path: Path, start: int, end: int | None) -> Iterator[tuple[Exchange, Page | None]]:
    """Exchanges and pages of a foreign file; see archive.records."""
    at = _UNKNOWN_TIME
    for record in iterate(path, start, end):
        if isinstance(record, Damage):
            yield damaged(path, record, at), None
            continue
        if record.record_type & PAGES:
            exchange, page = _exchange(path, record)
            at = exchange.requested_at
            yield exchange, page


def damaged(path: Path, damage: Damage, at: datetime, source: str = "") -> Exchange:
    """The ledger entry that stands for what could not be read; `at` is the last time known before it."""
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
    """Whether the file begins as a WARC or WET file does, gzip or not; damage further on does not matter."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(MAGIC):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.lstrip()[:5].upper() == b"WARC/"


def is_member(path: Path, offset: int) -> bool:
    """Whether a gzip member begins at an offset."""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(len(MAGIC)) == MAGIC


def _is_gzip(path: Path) -> bool:
    return is_member(path, 0)


def _member_start(path: Path, offset: int) -> int:
    """The offset itself where a member begins there, else the file's start: all of it is one stream then."""
    return offset if is_member(path, offset) else 0


def _exchange(path: Path, record: WarcRecord) -> tuple[Exchange, Page | None]:
    url = redact((record.headers.get("WARC-Target-URI") or "").strip().strip("<>"))
    at = _date(record)
    answer = _Answer(record)
    outcome, reason = _judge(url, answer)
    exchange = Exchange(
        source=_host(url) or path.name.partition(".")[0],
        url=url or f"{path.name}#{record.stream_pos}",
        requested_at=at or _UNKNOWN_TIME,
        purpose="article",
        outcome=outcome,
        status=answer.status,
        reason=reason,
        bytes=answer.size,
        media_type=answer.media_type,
        charset=answer.charset,
        body_sha256=hashlib.sha256(answer.body).hexdigest() if answer.body else None,
        warc_file=path.as_posix(),
        warc_offset=record.stream_pos,
    )
    if outcome != "new":
        return exchange, None
    media_type = answer.media_type or "application/octet-stream"
    return exchange, Page(url, answer.body, media_type, answer.charset, at, exchange.source)


class _Answer:
    """The body of one record with its codings undone, and what its headers say of it."""

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
            raise ShapeError(f"cut short: {len(raw)} of {expected} bytes")
        self.body = _decoded(dechunk(raw) if chunked else raw, encoding)


def _decoded(body: bytes, encoding: str | None) -> bytes:
    """Many archives keep the Content-Encoding header over a body that is decoded already."""
    if encoding and "gzip" in encoding and not body.startswith(b"\x1f\x8b"):
        return body
    return decode(body, encoding, _MAX_DECODED)


def _judge(url: str, answer: _Answer) -> tuple[Outcome, str | None]:
    if answer.problem:
        return ("unsafe" if answer.unsafe else "failed"), answer.problem
    if urlsplit(url).scheme not in ("http", "https"):
        return "failed", "the record names no http(s) URL"
    if answer.status in (404, 410):
        return "gone", f"status {answer.status}"
    if answer.status is None or not 200 <= answer.status < 300:
        return "failed", f"status {answer.status}"
    return ("new", None) if answer.body else ("failed", "empty body")


def media_type(content_type: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, lower case; None for what it does not say."""
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    named = charset.strip().strip("'\"").lower()[:40] if isinstance(charset, str) else None
    first = content_type.partition(";")[0].strip().lower()[:100]
    return first or None, named or None


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
