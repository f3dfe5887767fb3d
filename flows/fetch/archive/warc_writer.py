"""The archive's writing side: exchanges into WARC 1.1 files that are sealed before anything points at them."""

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

from flows.errors import Transient
from flows.fetch.archive.ledger import to_json
from flows.fetch.http.client import Hop
from flows.fetch.state.store import PageState
from flows.fetch.urls import redact
from flows.model import Exchange
from flows.settings import Layout

SOFTWARE = "newsvane"
MAX_EXCHANGES = 500
MAX_BYTES = 64 * 1024 * 1024
OPEN_SUFFIX = ".open"
_GZIP_LEVEL = 6
_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_FRAMING = {"transfer-encoding", "content-length", "connection", "keep-alive"}


def warc_date(at: datetime) -> str:
    """An instant as WARC 1.1 writes it: UTC with microseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sync_folder(folder: Path) -> None:
    """Make a folder's entries (a rename, a new file) survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seal(opened: Path) -> Path:
    """Fsync an `.open` file, give it its final name, and fsync the folder; returns the final path."""
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


class Writer:
    """Writes one source's exchanges, each as request + response (or revisit) records and a `metadata` record that
    holds the whole ledger entry. One write per exchange: a killed run leaves whole exchanges and at most one torn."""

    def __init__(self, layout: Layout, source: str) -> None:
        self._layout, self._source = layout, source
        self._file: io.FileIO | None = None
        self._opened: Path | None = None
        self._count = 0
        self._number = 0
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether it is time to seal."""
        return self._count >= MAX_EXCHANGES or self._size >= MAX_BYTES

    def write(self, exchange: Exchange, hops: Sequence[Hop] = (), known: PageState | None = None) -> Exchange:
        """Append one exchange with the hops that answered, and return it with its place in the archive.

        `known` is the page's memory, which a revisit record refers to. Raises Transient when the disk is full.
        """
        name = self._open(exchange.requested_at)
        group = io.BytesIO()
        offset = self._size
        for number, hop in enumerate(hops):
            is_answer = number == len(hops) - 1
            # A later revisit names its forerunner by the entry's instant, so the answer's record carries that one.
            at = exchange.requested_at if is_answer else hop.requested_at
            request_id = _request(group, hop, at)
            offset = self._size + group.tell()
            _response(group, hop, at, request_id, known if is_answer and exchange.outcome == "unchanged" else None)
        exchange = replace(exchange, warc_file=name, warc_offset=offset)
        _record(
            group,
            WarcRecordType.metadata,
            to_json(exchange),
            {
                # Not the page's own URL: a replay tool would show the entry in the page's place.
                "WARC-Target-URI": f"urn:newsvane:exchange:{quote(exchange.url, safe='')}",
                "WARC-Date": warc_date(exchange.requested_at),
                "Content-Type": "application/json",
            },
        )
        self._append(group.getvalue())
        self._count += 1
        return exchange

    def seal(self) -> str | None:
        """Close the file and give it its final name; returns it relative to the data folder, None if none is open."""
        if self._file is None or self._opened is None:
            return None
        self._file.close()
        final = seal(self._opened)
        self._file = self._opened = None
        self._count = self._size = 0
        return final.relative_to(self._layout.data).as_posix()

    def _open(self, at: datetime) -> str:
        """The current file's final name relative to the data folder, a new file begun if need be."""
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
        """All of `data` or nothing: what a full disk cut off is taken away again."""
        assert self._file is not None  # opened by every caller
        try:
            written = 0
            while written < len(data):
                written += self._file.write(data[written:]) or 0
        except OSError as error:
            self._file.truncate(self._size)
            self._file.seek(self._size)
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise
            message = f"the disk that holds {self._layout.raw} is full: make room, the next run goes on from here"
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
    """The response as received, but for its framing: transfer coding is undone, so those headers are renamed."""
    lines = [f"{hop.version} {hop.status} {hop.phrase}"]
    lines += [f"{_framed(name)}: {_redacted(name, value)}" for name, value in hop.headers]
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


def _framed(name: str) -> str:
    return f"X-Archive-Orig-{name}" if name.lower() in _FRAMING else name


def _redacted(name: str, value: str) -> str:
    """A header as received, but that a redirect does not carry our secret into the archive."""
    return redact(value) if name.lower() in ("location", "content-location") else value


def _common(hop: Hop, at: datetime) -> dict[str, str]:
    headers = {"WARC-Target-URI": redact(hop.url), "WARC-Date": warc_date(at)}
    return {**headers, "WARC-IP-Address": hop.peer} if hop.peer else headers


def _record(
    out: io.BytesIO, kind: WarcRecordType, content: bytes, headers: dict[str, str], digest: bytes | None = None
) -> str:
    """One record as its own gzip member (a writer per record, or warcio rejects the file); returns its id."""
    record = WarcRecord()
    record.init_headers(kind)
    for name, value in headers.items():
        record.headers[name] = value
    record.set_bytes_content(content)
    packer = GzipWriter(out, _GZIP_LEVEL)
    record.write(packer, checksum_data=True, payload_digest=digest)
    packer.finish()
    return str(record.record_id)
