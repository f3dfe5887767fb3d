"""Reads the archive: sealed files in time order, and the exchanges and pages of any WARC or WET file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from flows.errors import ShapeError, Unsafe
from flows.fetch.archive import external_warc
from flows.fetch.archive.exchange_json import from_json
from flows.fetch.archive.external_warc import Damage, iterate
from flows.fetch.archive.warc_writer import SOFTWARE
from flows.fetch.http.decode import decode
from flows.model import Exchange, Page
from flows.settings import Layout

_MAX_DECODED = 256 * 1024 * 1024
_MAX_RECORD = 256 * 1024 * 1024
_WITH_BODY = ("new", "changed")


def sealed(layout: Layout, source: str | None = None) -> Iterator[Path]:
    """Every sealed file (of one source, if named), oldest first."""
    files = layout.raw.glob(f"{source or '*'}/*/*.warc.gz")
    yield from sorted(files, key=lambda path: (path.name.removeprefix(f"{path.parent.parent.name}-"), path.name))


def records(path: Path, start: int = 0, end: int | None = None) -> Iterator[tuple[Exchange, Page | None]]:
    """Every exchange in a file, or in one of its `chunks`, with its page (None if the exchange brought nothing new).

    A file of this archive gives the exchanges as they were written. Any other WARC or WET file (gzip or not) gives one
    exchange per response, resource or conversion record: `source` is the host without www, `requested_at` the date of
    the record. An unreadable record becomes an exchange with outcome failed or unsafe and a reason; a truncated file
    ends with one failed exchange. Raises FileNotFoundError for a missing file.
    """
    yield from _own_records(path, start, end) if is_own(path) else external_warc.records(path, start, end)


def chunks(path: Path, size: int = 500) -> list[tuple[int, int]]:
    """Byte ranges for `records`, each with about `size` exchanges, so that several processes can read one file."""
    whole = [(0, path.stat().st_size)]
    last_of_exchange = WarcRecordType.metadata if is_own(path) else external_warc.PAGES
    starts, count, is_complete = [0], 0, False
    for record in iterate(path, 0, None):
        if isinstance(record, Damage):
            continue
        if is_complete and count >= size:
            if external_warc.is_member(path, 0) and not external_warc.is_member(path, record.stream_pos):
                return whole  # a single gzip stream cannot be read from the middle
            starts.append(record.stream_pos)
            count = 0
        is_complete = bool(record.record_type & last_of_exchange)
        count += is_complete
    return list(zip(starts, [*starts[1:], whole[0][1]], strict=True))


def is_own(path: Path) -> bool:
    """Whether this archive wrote the file, according to its first record."""
    for record in iterate(path, 0, None):
        if isinstance(record, Damage) or record.record_type != WarcRecordType.warcinfo:
            return False
        return f"software: {SOFTWARE}\r\n".encode() in record.reader.read(4096)
    return False


def _own_records(path: Path, start: int, end: int | None) -> Iterator[tuple[Exchange, Page | None]]:
    response: tuple[str | None, bytes] | None = None
    at = datetime(1970, 1, 1, tzinfo=UTC)
    for record in iterate(path, start, end):
        if isinstance(record, Damage):
            response = None
            yield external_warc.damaged_exchange(path, record, at, source=path.parent.parent.name), None
        elif record.record_type == WarcRecordType.response:
            response = _response(record)
        elif record.record_type == WarcRecordType.metadata:
            exchange = from_json(record.reader.read(_MAX_RECORD))
            at = exchange.requested_at
            yield exchange, _page(exchange, response)
            response = None


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
