"""Reads archive files of other tools: every page in them becomes an exchange, damaged files included."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from fastwarc.warc import WarcRecord, WarcRecordType

from flows.captures import captured_at, original_url
from flows.errors import ShapeError
from flows.fetch.archive.archive_format import format_of, member_magic
from flows.fetch.archive.gzip_members import find_bytes, iter_members
from flows.fetch.archive.member_offsets import MemberOffsets, shares_members
from flows.fetch.archive.other_formats import wacz_members, warcio_records
from flows.fetch.archive.packed_file import is_packed
from flows.fetch.archive.record_body import Response
from flows.fetch.archive.record_ends import MAX_RECORD, RecordEnds
from flows.fetch.archive.record_stream import Damage, iterate
from flows.fetch.magic import GZIP_MAGIC
from flows.fetch.urls import redact
from flows.hosts import bare_host
from flows.model import UNDATED, Exchange, Outcome, Page

PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
_TOO_LONG = "damaged at byte {0}: the length of the record reaches into the next one, which is not read"
_TOO_SHORT = "damaged at byte {0}: the length of the record is too short; it was read up to the next one"
DAMAGE_REASONS = ("damaged at byte ", "truncated: no complete record ")


def records(path: Path, start: int, end: int | None, name: str | None = None) -> Iterator[tuple[Exchange, Page | None]]:
    """The exchanges and pages of a file; see warc_reader.records."""
    name = name or path.as_posix()
    if format_of(path) != "wacz":
        yield from _records(path, name, start, end)
        return
    try:
        with TemporaryDirectory() as folder:
            for member, copy in wacz_members(path, Path(folder)):
                yield from _records(copy, f"{name}#{member}", 0, None)
    except ShapeError as error:
        yield damaged_exchange(name, Damage(0, f"damaged at byte 0: {error}"), UNDATED), None


@dataclass(slots=True)
class _Reading:
    """A file as far as it is read: rows refer to it as `name`; `at` is the time of the last record, `reported` the
    offset of the last one that was damaged."""

    path: Path
    name: str
    ends: RecordEnds
    at: datetime = UNDATED
    reported: int | None = None


def _records(path: Path, name: str, start: int, end: int | None) -> Iterator[tuple[Exchange, Page | None]]:
    """The exchanges and pages of one WARC or ARC file; rows refer to it as `name`."""
    reading = _Reading(path, name, RecordEnds(path))
    while (too_long := (yield from _records_from(reading, start, end))) is not None:
        following = _after(path, too_long)
        if following is None:
            yield damaged_exchange(name, Damage(too_long, _TOO_LONG.format(too_long)), reading.at), None
            return
        start = following


def _records_from(
    reading: _Reading, start: int, end: int | None
) -> Generator[tuple[Exchange, Page | None], None, int | None]:
    """The exchanges and pages up to the first record that declares too great a length; returns its offset."""
    for found in _located(reading.path, start, end):
        if isinstance(found, Damage):
            if found.offset != reading.reported:
                yield damaged_exchange(reading.name, found, reading.at), None
            continue
        offset, record = found
        if not record.record_type & PAGES:
            continue
        response = yield from _read(reading, offset, record)
        if response and response.is_too_long:
            return offset
    return None


def _read(
    reading: _Reading, offset: int, record: WarcRecord
) -> Generator[tuple[Exchange, Page | None], None, Response | None]:
    """The exchange of one record and its page, none for a record of no http(s) URL; returns its response."""
    name = reading.name
    target = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    url = redact(original_url(target))
    if not bare_host(url):
        if not url or url.lower().startswith("http"):
            reason = f"damaged at byte {offset}: the record has no valid URL"
            yield damaged_exchange(name, Damage(offset, reason), reading.at), None
        return None
    response = Response(record, offset, reading.ends)
    response.at = captured_at(target) or response.at
    if response.is_too_short:
        yield damaged_exchange(name, Damage(offset, _TOO_SHORT.format(offset)), reading.at), None
        reading.reported = offset
    if response.is_cut:
        # No exchange with this URL: the complete record may follow in the whole file, and must not be known.
        reason = f"truncated: no complete record at byte {offset}: {url}: {response.problem}"
        yield damaged_exchange(name, Damage(offset, reason), reading.at), None
        reading.reported = offset
    else:
        exchange, page = _exchange(name, offset, url, record, response)
        yield exchange, page
        reading.at = exchange.requested_at
    return response


def _after(path: Path, offset: int) -> int | None:
    """Where the record after the one at `offset` starts, whatever length that one declares; None if that is not
    known."""
    magic = member_magic(path)
    if magic == GZIP_MAGIC:
        member = None if shares_members(path) else next(iter_members(path, offset), None)
        return member.end if member else None
    return find_bytes(path, magic or b"WARC/1.", offset)


def _located(path: Path, start: int, end: int | None) -> Iterator[tuple[int, WarcRecord] | Damage]:
    """Every record with its offset, by the reader that its format needs."""
    if format_of(path) != "arc" and not is_packed(path):
        offsets = MemberOffsets(path, start) if shares_members(path) else None
        for found in iterate(path, start, end):
            yield found if isinstance(found, Damage) or not offsets else (offsets.of(found[1]), found[1])
        return
    last = 0
    try:
        for last, record in warcio_records(path, MAX_RECORD):
            yield last, record
    except ShapeError as error:
        yield Damage(last, f"damaged at byte {last}: {error}")


def damaged_exchange(name: str, damage: Damage, at: datetime, source: str = "") -> Exchange:
    """The exchange that reports an unreadable stretch of a file; `at` is the time of the last record before it."""
    file = name.rpartition("/")[2]
    return Exchange(
        source=source or file.partition(".")[0],
        url=f"{file}#{damage.offset}",
        requested_at=at,
        purpose="article",
        outcome="failed",
        reason=damage.reason,
        attempts=0,
        warc_file=name,
        warc_offset=damage.offset,
    )


def is_damage(exchange: Exchange) -> bool:
    """Whether an exchange reports an unreadable stretch of a file and no request."""
    return exchange.attempts == 0 and (exchange.reason or "").startswith(DAMAGE_REASONS)


def _exchange(name: str, offset: int, url: str, record: WarcRecord, response: Response) -> tuple[Exchange, Page | None]:
    outcome, reason = _classify(record, response)
    exchange = Exchange(
        source=bare_host(url),
        url=url,
        requested_at=response.at or UNDATED,
        purpose="article",
        outcome=outcome,
        status=response.status,
        reason=reason,
        bytes=response.size,
        media_type=response.media_type,
        charset=response.charset,
        body_sha256=hashlib.sha256(response.body).hexdigest() if response.body else None,
        warc_file=name,
        warc_offset=offset,
    )
    if outcome != "new":
        return exchange, None
    kind = response.media_type or "application/octet-stream"
    return exchange, Page(url, response.body, kind, response.charset, response.at, exchange.source)


def _classify(record: WarcRecord, response: Response) -> tuple[Outcome, str | None]:
    if response.problem:
        return ("unsafe" if response.is_unsafe else "failed"), response.problem
    if response.status in (404, 410):
        return "gone", f"status {response.status}"
    if response.status == 304:
        return "unchanged", "not modified"
    if record.record_type == WarcRecordType.revisit and response.status in (None, 200):
        return "unchanged", "same body"
    if response.status is None:
        return "failed", "the record holds no HTTP response"
    if not 200 <= response.status < 300 or response.status == 206:  # 206: a part of a page
        return "failed", f"status {response.status}"
    return ("new", response.note) if response.body.strip() else ("failed", "empty body")
