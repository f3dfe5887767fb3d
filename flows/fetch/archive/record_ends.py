"""Compares the length that a record declares with what follows it: some go on after it, or end before it."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Final

import zstandard
from fastwarc.warc import WarcRecord

from flows.fetch.archive.archive_format import ZSTD_WINDOW, format_of, has_zstd_dictionary, member_magic
from flows.fetch.archive.member_offsets import begins_with, shares_members
from flows.fetch.archive.packed_file import is_packed
from flows.fetch.inflate import Inflater
from flows.fetch.magic import GZIP_MAGIC

MAX_RECORD: Final = 32 * 1024 * 1024
NEXT_RECORD: Final = re.compile(  # or its start, at the end
    rb"\r\n\r\n\s*(?:WARC/1\.[01]\r\n[A-Za-z-]{1,40}:|(?:WARC/1\.[01]\r?\n?[A-Za-z-]{0,40}|WARC/?1?\.?|WAR?|W)\Z)"
)
_MAX_HEADER: Final = 64 * 1024
_STEP: Final = 1024 * 1024
_PEEK: Final = 1024
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_BETWEEN_RECORDS: Final = re.compile(rb"[\s\0]*(?:WARC/1\.|\Z)", re.IGNORECASE)
_FOLLOWING: Final = re.compile(rb"\r?\n\r?\n\s*WARC/1\.[0-9]\r?\n", re.IGNORECASE)
_END: Final = re.compile(rb"(?:\r?\n){1,2}\Z")
_TAIL: Final = 512
_PAGE_END: Final = re.compile(rb"</html\s*>\s*(?:<!--[^>]*-->\s*)*\Z|\r\n0\r\n\r\n\Z", re.IGNORECASE)
_HTTP_LENGTH: Final = re.compile(rb"\r?\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r?\n", re.IGNORECASE)


class RecordEnds:
    """The ends of the records of one file. They are known where each record can be read by its offset alone; an ARC
    or packed file, a zstd file with a dictionary and one with several records in a member are read by their lengths."""

    def __init__(self, path: Path) -> None:
        self._path, self._magic = path, member_magic(path)
        self._is_by_length = format_of(path) == "arc" or is_packed(path)
        self._is_known = not (self._is_by_length or has_zstd_dictionary(path) or shares_members(path))

    def is_as_declared(self, record: WarcRecord, offset: int, length: int) -> bool:
        """Whether the record at `offset`, which declares `length` bytes, ends after them: another record or the end of
        the file is next. True for ARC and packed files, else False where that is not known."""
        if not self._is_known:
            return self._is_by_length
        following = self._following(record, offset, length, _PEEK)
        return following is not None and _BETWEEN_RECORDS.match(following) is not None

    def extend(self, record: WarcRecord, offset: int) -> bool:
        """Whether a record of at most MAX_RECORD bytes goes on after the length that it declares; then give it its
        content up to the next record. Raises OSError for a record that the file ends or is damaged in."""
        if not self._is_known:
            return False
        length = record.content_length
        content = record.reader.read(MAX_RECORD)
        if len(content) < length and not NEXT_RECORD.search(content):
            raise OSError(f"{len(content)} of {length} bytes")
        rest = b"" if _is_whole(content) else self._rest(record, offset, length)
        record.set_bytes_content((content + rest)[:MAX_RECORD])
        return bool(rest)

    def _rest(self, record: WarcRecord, offset: int, length: int) -> bytes:
        """The bytes between the declared end of the record at `offset` and the next record, without the line feeds that
        end a record; empty where there are none or they are not known."""
        peeked = self._following(record, offset, length, _PEEK)
        if peeked is None or _BETWEEN_RECORDS.match(peeked):
            return b""
        following = self._following(record, offset, length, MAX_RECORD) or b""
        next_record = _FOLLOWING.search(following)
        return following[: next_record.start()] if next_record else _END.sub(b"", following)

    def _following(self, record: WarcRecord, offset: int, length: int, limit: int) -> bytes | None:
        """Up to `limit` bytes after the declared end of a record, None if the file ends or is damaged before it, or if
        another record is at `offset`."""
        if self._magic:
            content = _member(self._path, offset, self._magic, _MAX_HEADER + length + limit)
            end = _end(content, record, length)
            return None if end is None or end > len(content) else content[end : end + limit]
        with self._path.open("rb") as file:
            file.seek(offset)
            end = _end(file.read(_MAX_HEADER), record, length)
            if end is None or offset + end > self._path.stat().st_size:
                return None
            file.seek(offset + end)
            return file.read(limit)


def _is_whole(content: bytes) -> bool:
    """Whether the content of a record needs no more: it ends as a page or a chunked body does, its HTTP response is as
    long as it declares, or it reaches into the next record."""
    if _PAGE_END.search(content, max(0, len(content) - _TAIL)):
        return True
    head = _HEADER_END.search(content)
    declared = _HTTP_LENGTH.search(content, 0, head.end()) if head else None
    has_length = declared is not None and head is not None and head.end() + int(declared[1]) == len(content)
    return has_length or NEXT_RECORD.search(content) is not None


def _end(content: bytes, record: WarcRecord, length: int) -> int | None:
    """Where a record ends, by its declared length, in content that begins with it; None for other content."""
    header = _HEADER_END.search(content, len(content) - len(content.lstrip()))
    is_it = header is not None and begins_with(content[: header.start()], record)
    return header.end() + length if header and is_it else None


def _member(path: Path, offset: int, magic: bytes, limit: int) -> bytes:
    """About `limit` bytes of the member at an offset, as far as it can be read; its checksum does not matter."""
    content = bytearray()
    with path.open("rb") as file:
        file.seek(offset)
        try:
            if magic == GZIP_MAGIC:
                inflater = Inflater("gzip")
                while not inflater.ended and len(content) < limit and (data := file.read(_STEP)):
                    for piece in inflater.feed(data):
                        content += piece
                        if len(content) >= limit:
                            break
            else:
                unpacker = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
                content += unpacker.stream_reader(file, read_across_frames=False).read(limit)
        except (zlib.error, zstandard.ZstdError):
            pass
    return bytes(content)
