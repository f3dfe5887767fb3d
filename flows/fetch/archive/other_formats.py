"""Reads what FastWARC does not: ARC and packed files, WARC headers in any case, and the WARC files inside a WACZ."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import closing
from gzip import GzipFile
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecord
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.exceptions import ArchiveLoadFailed

from flows.errors import ShapeError
from flows.fetch.archive.archive_format import ZSTD_WINDOW, member_magic
from flows.fetch.archive.member_offsets import shares_members
from flows.fetch.archive.packed_file import PACKED_ERRORS, Content, open_packed
from flows.fetch.http.decode import ZSTD_INPUT
from flows.fetch.magic import ZSTD_MAGIC

logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it warns on stderr, in the bytes of the file
_MAX_MEMBERS = 10_000
_STEP = 1024 * 1024
# What zipfile raises: NotImplementedError for a compression that it lacks, RuntimeError for a member with a password.
_ZIP_ERRORS = (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)
_KIND = "warc-type"
_WORDS = {"warc": "WARC", "id": "ID", "uri": "URI", "ip": "IP"}


class _QuietIterator(WarcioIterator):  # type: ignore[misc]
    INC_RECORD = ""  # what it writes to stderr where a length is too short, which RecordEnds reports


def warcio_records(path: Path, limit: int, start: int = 0) -> Iterator[tuple[int, WarcRecord]]:
    """Every record from `start` on, of an ARC file or of a WARC file whose headers are in any case, as a WARC record
    with the offset where it or its zstd frame starts; all those of a packed file, with their offsets in its content.
    Raises ShapeError for a damaged file, and for a record of more than `limit` bytes."""
    if content := open_packed(path):
        with closing(content):
            yield from _warcio_records(content, limit)
        return
    with path.open("rb") as file:
        file.seek(start)
        if member_magic(path) != ZSTD_MAGIC:
            yield from _warcio_records(GzipFile(fileobj=file) if shares_members(path) else file, limit)
            return
        for offset, frame in _frames(file, limit):
            yield from ((offset, record) for _, record in _warcio_records(io.BytesIO(frame), limit))


def _warcio_records(file: Content, limit: int) -> Iterator[tuple[int, WarcRecord]]:
    records = _QuietIterator(file, no_record_parse=True, arc2warc=True)
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            content = record.raw_stream.read(limit + 1)
            offset = int(records.get_record_offset())
            declared = int(record.rec_headers.get_header("Content-Length") or 0)
            converting = _converted(record, content)
            converted = next(converting, None)
        except (ArchiveLoadFailed, ValueError, *PACKED_ERRORS) as error:
            raise ShapeError(str(error).strip().partition("\n")[0]) from error
        if len(content) > limit:
            raise ShapeError(f"a record of more than {limit} bytes at byte {offset}")
        if len(content) < declared and record.rec_type != "warcinfo":  # of an ARC: parsed already
            raise ShapeError(f"{len(content)} of {declared} bytes of the record at byte {offset}")
        if converted is not None:
            yield offset, converted


def _frames(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """The offset and the content of each zstd frame from the file's position on. Raises ShapeError for a damaged one,
    and for one of more than `limit` bytes."""
    start, pending = file.tell(), b""
    while pending := pending or file.read(ZSTD_INPUT):
        frame = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()
        content, used = bytearray(), 0
        while not frame.eof:
            try:
                content += frame.decompress(pending)
            except zstandard.ZstdError as error:
                raise ShapeError(f"damaged zstd frame: {error}") from error
            if len(content) > limit:
                raise ShapeError(f"a zstd frame of more than {limit} bytes")
            used += len(pending) - len(frame.unused_data)
            pending = frame.unused_data if frame.eof else file.read(ZSTD_INPUT)
            if not pending and not frame.eof:
                raise ShapeError("a zstd frame that ends early")
        yield start, bytes(content)
        start += used


def _converted(record: Any, content: bytes) -> Iterator[WarcRecord]:
    """A record of warcio as one of FastWARC, which compares the names of headers exactly; it can be read as long as the
    iterator is not asked for another one. Raises OSError for a header that FastWARC does not read."""
    lines = [
        f"{_canonical(name)}: {value}"
        for name, value in record.rec_headers.headers
        if name.lower() not in (_KIND, "content-length")
    ]
    kind = (record.rec_headers.get_header(_KIND) or record.rec_type or "").lower()
    head = [f"WARC/1.1\r\nWARC-Type: {kind}", *lines, f"Content-Length: {len(content)}", "", ""]
    data = "\r\n".join(head).encode("utf-8", "replace") + content + b"\r\n\r\n"
    return iter(ArchiveIterator(io.BytesIO(data), parse_http=False))


def _canonical(name: str) -> str:
    return "-".join(_WORDS.get(word, word.capitalize()) for word in name.lower().split("-"))


def wacz_members(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The WARC files inside a WACZ or another zip, each by its name in it and as a file in `folder`, which exists until
    the next is asked for. Only members that are stored are read, as WACZ demands: a compressed one could be a bomb.

    Raises ShapeError for a damaged zip and for members that are compressed, encrypted or overlapping.
    """
    try:
        archive = ZipFile(path)
    except _ZIP_ERRORS as error:
        raise ShapeError(f"damaged zip: {error}") from error
    with archive:
        for number, info in enumerate(_warc_members(path, archive)):
            copy = folder / f"{number}{''.join(Path(info.filename).suffixes[-2:])}"
            with copy.open("wb") as file:
                file.writelines(_pieces(archive, info))
            yield info.filename, copy
            copy.unlink()


def _pieces(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as packed:
            while piece := packed.read(_STEP):
                yield piece
    except _ZIP_ERRORS as error:
        raise ShapeError(f"damaged zip: {error}") from error


def _warc_members(path: Path, archive: ZipFile) -> list[ZipInfo]:
    warcs = [info for info in archive.infolist() if info.filename.endswith((".warc", ".warc.gz", ".warc.zst"))]
    members = [info for info in warcs if info.filename.startswith("archive/")] or warcs
    if not members:
        raise ShapeError("there is no WARC file in the zip")
    for info in members:
        if info.compress_type != ZIP_STORED or info.flag_bits & 1:
            raise ShapeError(f"{info.filename} is compressed or encrypted inside the zip: unpack it and backfill it")
    if len(members) > _MAX_MEMBERS or sum(info.file_size for info in members) > path.stat().st_size:
        raise ShapeError(f"{len(members)} members that overlap: not a WACZ")
    return members
