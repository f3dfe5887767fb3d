"""Inflates one gzip, zlib or raw deflate stream in steps; a wrong or missing checksum costs none of its data."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final, Literal

from flows.fetch.magic import GZIP_MAGIC

STEP: Final = 256 * 1024
_EXTRA, _NAME, _COMMENT, _HEADER_CHECK, _RESERVED = 4, 8, 16, 2, 0xE0  # flags of RFC 1952 2.3.1
_FIXED: Final = 10
_MAX_HEADER: Final = 128 * 1024

Kind = Literal["gzip", "zlib", "raw"]
_TRAILER: Final[dict[Kind, int]] = {"gzip": 8, "zlib": 4, "raw": 0}


class Inflater:
    """One gzip member (RFC 1952), zlib stream (RFC 1950) or raw deflate stream (RFC 1951).

    `ended` is whether the compressed data is complete. Its checksum and length follow; like browsers, this reader does
    not demand them: `is_sound` is False where they are wrong or missing. `rest` is what was fed after the stream.
    """

    def __init__(self, kind: Kind) -> None:
        self._kind: Kind = kind
        self._inner: zlib._Decompress | None = None
        self._held, self._trailer = b"", b""
        self._sum, self._size = (1 if kind == "zlib" else 0), 0
        self.rest = b""

    @property
    def ended(self) -> bool:
        return self._inner is not None and self._inner.eof

    @property
    def has_trailer(self) -> bool:
        return self.ended and len(self._trailer) == _TRAILER[self._kind]

    @property
    def is_sound(self) -> bool:
        if self._kind == "gzip":
            expected = self._sum.to_bytes(4, "little") + (self._size & 0xFFFFFFFF).to_bytes(4, "little")
        else:
            expected = self._sum.to_bytes(4, "big") if self._kind == "zlib" else b""
        return self.ended and self._trailer == expected

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Inflate the next piece of input, in pieces of at most STEP bytes. Raises zlib.error for damaged data."""
        if self._inner is None:
            self._held += data
            size = _header_size(self._held, self._kind)
            if size is None:
                return
            data, self._held, self._inner = self._held[size:], b"", zlib.decompressobj(-zlib.MAX_WBITS)
        if not self._inner.eof:
            for piece in _inflated(self._inner, data):
                self._count(piece)
                yield piece
            data = self._inner.unused_data
        missing = _TRAILER[self._kind] - len(self._trailer)
        self._trailer += data[:missing]
        self.rest = data[missing:]

    def _count(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._kind == "gzip":
            self._sum = zlib.crc32(piece, self._sum)
        elif self._kind == "zlib":
            self._sum = zlib.adler32(piece, self._sum)


def _inflated(inner: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Inflate in steps. A full step may leave output behind also after all of its input was consumed."""
    piece = inner.decompress(data, STEP)
    yield piece
    while not inner.eof and (inner.unconsumed_tail or len(piece) == STEP):
        piece = inner.decompress(inner.unconsumed_tail, STEP)
        yield piece


def has_zlib_header(head: bytes) -> bool:
    """Whether data begins with the header of RFC 1950: method 8 and a valid check."""
    return len(head) > 1 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0


def _header_size(head: bytes, kind: Kind) -> int | None:
    """The size of the header before the compressed data, None if it is not complete. Raises zlib.error for an
    invalid one."""
    if kind == "raw":
        return 0
    if kind == "zlib":
        return 2 if len(head) >= 2 else None
    size = _gzip_header_size(head)
    if size is None and len(head) > _MAX_HEADER:
        raise zlib.error(f"gzip header of more than {_MAX_HEADER} bytes")
    return size


def _gzip_header_size(head: bytes) -> int | None:
    if len(head) < _FIXED:
        return None
    flags, size = head[3], _FIXED
    if not head.startswith(GZIP_MAGIC) or flags & _RESERVED:
        raise zlib.error("not a gzip header")
    if flags & _EXTRA:
        size += 2 + int.from_bytes(head[size : size + 2], "little")
    for text in (_NAME, _COMMENT):
        if flags & text:
            end = head.find(b"\0", size)
            if end < 0:
                return None
            size = end + 1
    size += 2 if flags & _HEADER_CHECK else 0
    return size if size <= len(head) else None
