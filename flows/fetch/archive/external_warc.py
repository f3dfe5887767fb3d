"""Reads archive files of other tools: every page in them becomes an exchange, damaged files included."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.captures import captured_at, original_url
from flows.errors import ShapeError
from flows.fetch.archive.archive_format import GZIP_MAGIC, format_of, member_magic
from flows.fetch.archive.gzip_members import end_of_members, find_bytes
from flows.fetch.archive.member_offsets import MemberOffsets, shares_members
from flows.fetch.archive.other_formats import wacz_members, warcio_records
from flows.fetch.archive.record_body import MAX_RECORD, Response
from flows.fetch.urls import redact
from flows.model import UNDATED, Exchange, Outcome, Page

PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
_HOST = re.compile(r"[\w.:-]{1,253}")
_BAD_HEADER = "Invalid WARC header"
DAMAGE_REASONS = ("damaged at byte ", "truncated: no complete record ")


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a file cannot be read: its byte offset and the reason."""

    offset: int
    reason: str


def iterate(path: Path, start: int, end: int | None) -> Iterator[WarcRecord | Damage]:
    """Every readable record that starts in [start, end), and a Damage for each unreadable stretch.

    Reading continues at the next compressed member, or at the next `WARC/1.` line of an uncompressed file.
    """
    size, magic = path.stat().st_size, member_magic(path)
    end = size if end is None else end
    while start < end:
        last, problem = start, None
        for found in _stretch(path, start, end if end < size else None):
            if isinstance(found, str):
                problem = found
            else:
                last = found.stream_pos
                yield found
        if problem is None:
            whole = end_of_members(path, _member_start(path, last)) if end == size and magic == GZIP_MAGIC else size
            if whole < size:
                yield Damage(whole, f"truncated: no complete record after byte {whole} of {size}")
            return
        yield Damage(last, f"damaged at byte {last}: {problem}")
        following = find_bytes(path, magic or b"WARC/1.", last)
        if following is None:
            return
        start = following


def _stretch(path: Path, start: int, end: int | None) -> Iterator[WarcRecord | str]:
    """The records from `start` up to the first damage, then what it is; nothing more if there is none.

    Where the lines of a record header end in a bare line feed, the stretch is read again without that rule. All of it
    is not read so from the start, because the reader then passes over what it does not know and says nothing.
    """
    done, problem = 0, None
    for is_lenient in (False, True):
        known = done
        try:
            with path.open("rb") as file:
                file.seek(start)
                for record in islice(ArchiveIterator(file, parse_http=False, quirks_mode=is_lenient), done, None):
                    # In a single gzip stream the positions are those of the decompressed data: `end` is None then.
                    if end is not None and record.stream_pos >= end:
                        return
                    if _is_misread(record, is_lenient=is_lenient):
                        problem = _BAD_HEADER
                        break
                    done += 1
                    yield record
                else:
                    problem = problem if is_lenient and done == known else None
        except OSError as error:
            problem = str(error)
        if problem != _BAD_HEADER:
            break
    if problem:
        yield problem


def _is_misread(record: WarcRecord, *, is_lenient: bool) -> bool:
    """Whether no type of the record was found, or, by the strict rule, several header lines were taken for one."""
    is_joined = not is_lenient and any("\n" in value for _, value in record.headers.items())
    return is_joined or int(record.record_type) == 0


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


def _records(path: Path, name: str, start: int, end: int | None) -> Iterator[tuple[Exchange, Page | None]]:
    """The exchanges and pages of one WARC or ARC file; rows refer to it as `name`."""
    at, cut = UNDATED, -1
    for found in _located(path, start, end):
        if isinstance(found, Damage):
            if found.offset != cut:
                yield damaged_exchange(name, found, at), None
            continue
        offset, record = found
        if not record.record_type & PAGES:
            continue
        target = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
        url = redact(original_url(target))
        if _host(url):
            response = Response(record)
            response.at = captured_at(target) or response.at
            if response.is_cut:
                # No exchange with this URL: the complete record may follow in the whole file, and must not be known.
                cut = offset
                reason = f"truncated: no complete record at byte {offset}: {url}: {response.problem}"
                yield damaged_exchange(name, Damage(offset, reason), at), None
                continue
            exchange, page = _exchange(name, offset, url, record, response)
            at = exchange.requested_at
            yield exchange, page
        elif not url or url.lower().startswith("http"):
            reason = f"damaged at byte {offset}: the record has no valid URL"
            yield damaged_exchange(name, Damage(offset, reason), at), None


def _located(path: Path, start: int, end: int | None) -> Iterator[tuple[int, WarcRecord] | Damage]:
    """Every record with its offset, by the reader that its format needs."""
    if format_of(path) not in ("arc", "warc_lower"):
        offsets = MemberOffsets(path, start) if shares_members(path) else None
        for record in iterate(path, start, end):
            if isinstance(record, Damage):
                yield record
            else:
                yield offsets.of(record) if offsets else record.stream_pos, record
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


def is_member(path: Path, offset: int) -> bool:
    """Whether a compressed member starts at an offset."""
    magic = member_magic(path)
    if magic is None:
        return False
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(len(magic)) == magic


def _member_start(path: Path, offset: int) -> int:
    """The offset itself if a member starts there, else 0: the file is a single gzip stream then."""
    return offset if is_member(path, offset) else 0


def _exchange(name: str, offset: int, url: str, record: WarcRecord, response: Response) -> tuple[Exchange, Page | None]:
    outcome, reason = _classify(record, response)
    exchange = Exchange(
        source=_host(url),
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
    if not 200 <= response.status < 300:
        return "failed", f"status {response.status}"
    return ("new", None) if response.body.strip() else ("failed", "empty body")


def _host(url: str) -> str:
    """The host of an http(s) URL without www; empty for any other."""
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and _HOST.fullmatch(parts.hostname or ""):
            return (parts.hostname or "").removeprefix("www.")
    return ""
