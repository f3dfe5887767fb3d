"""Writes exchanges to WARC 1.1 files, which are sealed before anything refers to them."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from flows.data_layout import Layout
from flows.errors import Transient
from flows.fetch.archive.exchange_json import to_json
from flows.fetch.http.client import Hop
from flows.fetch.state.store import PageState
from flows.fetch.urls import redact
from flows.model import Exchange

SOFTWARE = "newsvane"
MAX_EXCHANGES = 500
MAX_BYTES = 64 * 1024 * 1024
OPEN_SUFFIX = ".open"
_GZIP_LEVEL = 6
_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_FRAMING = {"transfer-encoding", "content-length", "connection", "keep-alive"}


def warc_date(at: datetime) -> str:
    """A time in the format of WARC 1.1: UTC with microseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sync_folder(folder: Path) -> None:
    """Fsync a folder, so that a rename or a new file in it survives a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seal(opened: Path) -> Path:
    """Fsync an `.open` file, rename it to its final name and fsync the folder; returns the final path."""
    descriptor = os.open(opened, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    final = opened.with_name(opened.name.removesuffix(OPEN_SUFFIX))
    opened.rename(final)
    sync_folder(final.parent)
    sync_folder(final.parent.parent)
    return final


class WarcWriter:
    """Writes the exchanges of one source: request and response (or revisit) records, then a `metadata` record with the
    complete Exchange. One write per exchange: a killed run leaves complete exchanges and at most one truncated."""

    def __init__(self, layout: Layout, source: str) -> None:
        self._layout, self._source = layout, source
        self._file: io.FileIO | None = None
        self._opened: Path | None = None
        self._count = 0
        self._number = 0
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether the file has reached its size limit and must be sealed."""
        return self._count >= MAX_EXCHANGES or self._size >= MAX_BYTES

    def write(
        self,
        exchange: Exchange,
        hops: Sequence[Hop] = (),
        known: PageState | None = None,
        *,
        resource: bytes | None = None,
    ) -> Exchange:
        """Append one exchange with the hops that answered; returns it with its file and offset.

        `known` is the state of the page, which a revisit record refers to; `resource` are the bytes of a file that was
        given and not requested. Raises Transient when the disk is full.
        """
        name = self._open(exchange.requested_at)
        group = io.BytesIO()
        offset = self._size
        if resource is not None:
            _resource(group, exchange, resource)
        for number, hop in enumerate(hops):
            is_last = number == len(hops) - 1
            # A later revisit record refers to the time of the exchange, so the last response record has that time.
            at = exchange.requested_at if is_last else hop.requested_at
            request_id = _request(group, hop, at)
            offset = self._size + group.tell()
            _response(group, hop, at, request_id, known if is_last and exchange.outcome == "unchanged" else None)
        exchange = replace(exchange, warc_file=name, warc_offset=offset)
        _record(
            group,
            WarcRecordType.metadata,
            to_json(exchange),
            {
                # Not the URL of the page: a replay tool would show this record instead of the page.
                "WARC-Target-URI": f"urn:newsvane:exchange:{quote(exchange.url, safe='')}",
                "WARC-Date": warc_date(exchange.requested_at),
                "Content-Type": "application/json",
            },
        )
        self._append(group.getvalue())
        self._count += 1
        return exchange

    def seal(self) -> str | None:
        """Seal the current file; returns its path relative to the data folder, None if no file is open."""
        if self._file is None or self._opened is None:
            return None
        self._file.close()
        final = seal(self._opened)
        self._file = self._opened = None
        self._count = self._size = 0
        return final.relative_to(self._layout.data).as_posix()

    def _open(self, at: datetime) -> str:
        """The final name of the current file, relative to the data folder; creates the file if none is open."""
        if self._opened is None:
            folder = self._layout.raw / self._source / at.strftime("%Y-%m-%d")
            folder.mkdir(parents=True, exist_ok=True)
            self._number += 1
            stamp = at.strftime("%Y%m%dT%H%M%S%fZ")
            self._opened = folder / f"{self._source}-{stamp}-{self._number:05d}.warc.gz{OPEN_SUFFIX}"
            self._file = io.FileIO(self._opened, "xb")
            info = io.BytesIO()
            fields = f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\nsource: {self._source}\r\n"
            _record(
                info,
                WarcRecordType.warcinfo,
                fields.encode(),
                {"WARC-Date": warc_date(at), "Content-Type": "application/warc-fields"},
            )
            self._append(info.getvalue())
        return self._opened.relative_to(self._layout.data).as_posix().removesuffix(OPEN_SUFFIX)

    def _append(self, data: bytes) -> None:
        """Write all of `data` or nothing: a part written to a full disk is removed again."""
        assert self._file is not None  # every caller opens it
        try:
            written = 0
            while written < len(data):
                written += self._file.write(data[written:]) or 0
        except OSError as error:
            self._file.truncate(self._size)
            self._file.seek(self._size)
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise
            message = f"{self._layout.raw}: the disk is full; free disk space, then run the source again"
            raise Transient(message, source=self._source) from error
        self._size += len(data)


def _request(out: io.BytesIO, hop: Hop, at: datetime) -> str:
    parts = urlsplit(redact(hop.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in hop.request_headers.items())]
    return _record(
        out,
        WarcRecordType.request,
        "\r\n".join([*lines, "", ""]).encode("latin-1", "replace"),
        {**_common(hop, at), "Content-Type": "application/http; msgtype=request"},
    )


def _response(out: io.BytesIO, hop: Hop, at: datetime, request_id: str, revisit: PageState | None) -> None:
    """The response as received. Transfer coding is removed, so the headers about it are renamed."""
    lines = [f"{hop.version} {hop.status} {hop.phrase}"]
    lines += [f"{_rename_framing(name)}: {_redact_location(name, value)}" for name, value in hop.headers]
    headers = {**_common(hop, at), "WARC-Concurrent-To": request_id}
    body = hop.raw
    kind = WarcRecordType.response
    if revisit is not None and revisit.captured_at is not None:
        kind, body = WarcRecordType.revisit, b""
        headers["WARC-Profile"] = _NOT_MODIFIED if hop.status == 304 else _IDENTICAL
        headers["WARC-Refers-To-Target-URI"] = redact(hop.url)
        headers["WARC-Refers-To-Date"] = warc_date(revisit.captured_at)
    else:
        lines.append(f"Content-Length: {len(body)}")
    if hop.truncated:
        headers["WARC-Truncated"] = hop.truncated
    head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
    digest = hashlib.sha1(hop.raw, usedforsecurity=False).digest() if hop.status != 304 else None
    headers["Content-Type"] = "application/http; msgtype=response"
    _record(out, kind, head + body, headers, digest)


def _resource(out: io.BytesIO, exchange: Exchange, body: bytes) -> None:
    """The bytes of a file as they are, without HTTP (WARC 1.1, "resource")."""
    headers = {
        "WARC-Target-URI": exchange.url,
        "WARC-Date": warc_date(exchange.requested_at),
        "Content-Type": exchange.media_type or "application/octet-stream",
    }
    _record(out, WarcRecordType.resource, body, headers, hashlib.sha1(body, usedforsecurity=False).digest())


def _rename_framing(name: str) -> str:
    return f"X-Archive-Orig-{name}" if name.lower() in _FRAMING else name


def _redact_location(name: str, value: str) -> str:
    """The header value; secrets in a redirect target are removed."""
    return redact(value) if name.lower() in ("location", "content-location") else value


def _common(hop: Hop, at: datetime) -> dict[str, str]:
    headers = {"WARC-Target-URI": redact(hop.url), "WARC-Date": warc_date(at)}
    return {**headers, "WARC-IP-Address": hop.peer} if hop.peer else headers


def _record(
    out: io.BytesIO, kind: WarcRecordType, content: bytes, headers: dict[str, str], digest: bytes | None = None
) -> str:
    """Write one record as a gzip member of its own (warcio requires it); returns the record id."""
    record = WarcRecord()
    record.init_headers(kind)
    for name, value in headers.items():
        record.headers[name] = value
    record.set_bytes_content(content)
    packer = GzipWriter(out, _GZIP_LEVEL)
    record.write(packer, checksum_data=True, payload_digest=digest)
    packer.finish()
    return str(record.record_id)
