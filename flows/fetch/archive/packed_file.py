"""Unpacks archive files that are packed as a whole: with bzip2, xz or lz4, or twice with gzip."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from fastwarc.stream_io import Lz4Reader

from flows.fetch.inflate import Inflater
from flows.fetch.magic import GZIP_MAGIC

# What reading raises where the content is damaged.
PACKED_ERRORS: Final = (OSError, EOFError, lzma.LZMAError, zlib.error)
_BZIP2, _XZ, _LZ4 = b"BZh", b"\xfd7zXZ\x00", b"\x04\x22\x4d\x18"
_HEAD: Final = 4096


class Content(Protocol):
    """The unpacked content of a file."""

    def read(self, size: int, /) -> bytes: ...

    def tell(self) -> int: ...

    def close(self) -> None: ...


class _Packed:
    """A packed file, of which all that can be unpacked is given before the error for the rest."""

    def __init__(self, file: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile) -> None:
        self._file = file

    def read(self, size: int, /) -> bytes:
        try:
            return self._file.read1(size)
        except EOFError as error:  # not the end: for a reader of records it would be
            raise OSError(str(error)) from error

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


def open_packed(path: Path) -> Content | None:
    """The content of a packed file, which can be read from its start only; None for a file that is not packed or is so
    once with gzip or with zstd."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    content = _opened(path, head)
    if content is None:
        return None
    try:
        start = content.read(len(GZIP_MAGIC))
    except PACKED_ERRORS:
        start = b""
    content.close()
    content = _opened(path, head)
    return _Packed(gzip.GzipFile(fileobj=cast(BinaryIO, content))) if start == GZIP_MAGIC else content


def _opened(path: Path, head: bytes) -> Content | None:
    if head.startswith(_BZIP2):
        return _Packed(bz2.open(path))
    if head.startswith(_XZ):
        return _Packed(lzma.open(path))
    if head.startswith(_LZ4):
        return cast(Content, Lz4Reader(str(path), fsspec_args=False))
    is_twice = head.startswith(GZIP_MAGIC) and gzip_head(head).startswith(GZIP_MAGIC)
    return _Packed(gzip.open(path)) if is_twice else None


def is_packed(path: Path) -> bool:
    """Whether `open_packed` has content for a file."""
    content = open_packed(path)
    if content:
        content.close()
    return content is not None


def gzip_head(data: bytes) -> bytes:
    """Up to 4,096 bytes of the first member with content in the start of a gzip file, whatever its checksum; empty for
    damaged data."""
    head = b""
    try:
        while not head and data.startswith(GZIP_MAGIC):
            member = Inflater("gzip")
            head = b"".join(member.feed(data))[:_HEAD]
            data = member.rest
    except zlib.error:
        return b""
    return head
