"""Reads the archive: sealed files in time order, and the exchanges and pages of any archive file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from flows.data_layout import Layout
from flows.errors import ShapeError, Unsafe
from flows.fetch.archive import external_warc
from flows.fetch.archive.archive_format import format_of, has_zstd_dictionary, member_magic, read_head
from flows.fetch.archive.exchange_json import from_json
from flows.fetch.archive.packed_file import is_packed
from flows.fetch.archive.record_stream import Damage, is_member, iterate
from flows.fetch.archive.warc_writer import SOFTWARE
from flows.fetch.http.decode import decode
from flows.model import UNDATED, Exchange, Page

_MAX_DECODED = 256 * 1024 * 1024
_MAX_RECORD = 256 * 1024 * 1024
_SIGNATURE = f"software: {SOFTWARE}\r\n".encode()
_WITH_BODY = ("new", "changed")


def sealed(layout: Layout, source: str | None = None) -> Iterator[Path]:
    """Every sealed file (of one source, if named), oldest first."""
    files = layout.raw.glob(f"{source or '*'}/*/*.warc.gz")
    yield from sorted(files, key=lambda path: (path.name.removeprefix(f"{path.parent.parent.name}-"), path.name))


def records(
    path: Path, start: int = 0, end: int | None = None, name: str | None = None
) -> Iterator[tuple[Exchange, Page | None]]:
    """Every exchange in a file, or in one of its `chunks`, with its page (None if the exchange brought nothing new).
    The exchanges of another tool's file refer to it as `name`, which is its path unless it is a copy.

    A file of this archive gives the exchanges as they were written. Any other WARC, WET, ARC or WACZ file (with gzip or
    zstd or without) gives one exchange per response, resource, conversion or revisit record of an http(s) URL: `source`
    is the host without www, `requested_at` the date of the record, else of the response, else UNDATED; a revisit is
    `unchanged`. An unreadable record becomes an exchange with outcome failed or unsafe and a reason; a truncated file
    ends with one failed exchange. Raises FileNotFoundError for a missing file.
    """
    yield from _own_records(path, start, end) if is_own(path) else external_warc.records(path, start, end, name)


def chunks(path: Path, size: int = 500) -> list[tuple[int, int]]:
    """Byte ranges for `records`, each with about `size` exchanges, so that several processes can read one file. A file
    whose compressed members hold more than one record is not split, because its records have no positions of their own,
    nor is one with a zstd dictionary at its start."""
    whole = [(0, path.stat().st_size)]
    if format_of(path) in ("arc", "wacz") or has_zstd_dictionary(path) or is_packed(path):
        return whole
    last_of_exchange = WarcRecordType.metadata if is_own(path) else external_warc.PAGES
    is_compressed = member_magic(path) is not None
    starts, count, is_complete, last = [0], 0, False, -1
    for found in iterate(path, 0, None):
        if isinstance(found, Damage):
            continue
        offset, record = found
        if is_compressed and not last < offset < whole[0][1]:
            return whole
        last = offset
        if is_complete and count >= size:
            if is_compressed and not is_member(path, last):
                return whole
            starts.append(last)
            count = 0
        is_complete = bool(record.record_type & last_of_exchange)
        count += is_complete
    return list(zip(starts, [*starts[1:], whole[0][1]], strict=True))


def is_own(path: Path) -> bool:
    """Whether this archive wrote the file, according to its first record."""
    head = read_head(path)
    return (
        head.startswith(b"WARC/") and not is_packed(path) and b"WARC-Type: warcinfo\r\n" in head and _SIGNATURE in head
    )


def _own_records(path: Path, start: int, end: int | None) -> Iterator[tuple[Exchange, Page | None]]:
    response: tuple[str | None, bytes] | None = None
    at, source, reported = UNDATED, path.parent.parent.name, -1
    for found in iterate(path, start, end):
        if isinstance(found, Damage):
            response = None
            if found.offset != reported:
                yield external_warc.damaged_exchange(path.as_posix(), found, at, source), None
            continue
        offset, record = found
        try:
            if record.record_type == WarcRecordType.response:
                response = _response(record)
            elif record.record_type == WarcRecordType.resource:
                response = None, record.reader.read(_MAX_RECORD)
            elif record.record_type == WarcRecordType.metadata:
                exchange = from_json(record.reader.read(_MAX_RECORD))
                at = exchange.requested_at
                yield exchange, _page(exchange, response)
                response = None
        except (OSError, ShapeError) as error:
            response, reported = None, offset
            damage = Damage(reported, f"damaged at byte {reported}: {error}")
            yield external_warc.damaged_exchange(path.as_posix(), damage, at, source), None


def _response(record: WarcRecord) -> tuple[str | None, bytes]:
    record.parse_http()
    encoding = record.http_headers.get("Content-Encoding") if record.http_headers else None
    return encoding, record.reader.read(_MAX_RECORD)


def _page(exchange: Exchange, response: tuple[str | None, bytes] | None) -> Page | None:
    if exchange.outcome not in _WITH_BODY or response is None:
        return None
    try:
        body = decode(response[1], response[0], _MAX_DECODED)
    except (ShapeError, Unsafe):
        return None  # it was decoded when it was fetched, so the file was damaged since
    return page_of(exchange, body)


def page_of(exchange: Exchange, body: bytes) -> Page:
    """The page of an exchange, given its decoded body."""
    return Page(
        url=exchange.final_url or exchange.url,
        body=body,
        media_type=exchange.media_type or "application/octet-stream",
        charset=exchange.charset,
        captured_at=exchange.requested_at,
        source=exchange.source,
    )
