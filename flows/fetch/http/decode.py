"""Decodes content codings in steps, so that a compression bomb is stopped at the size limit."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

from flows.errors import ShapeError, Unsafe

ACCEPTED = "gzip, deflate, br, zstd"
_STEP = 256 * 1024
_ZSTD_INPUT = 512  # zstd cannot limit its output per call; 512 bytes of input yield at most about 16 MiB
_ZSTD_WINDOW = 8 * 1024 * 1024  # the limit that RFC 9659 sets for this content coding
_MAX_CODINGS = 3


class _Unpacker(Protocol):
    @property
    def ended(self) -> bool: ...

    def feed(self, data: bytes) -> Iterator[bytes]: ...


class _Zlib:
    """gzip (also of several members) and deflate (with or without the zlib header)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip, self._started = gzip, False
        self._inner = zlib.decompressobj(31 if gzip else 15)

    @property
    def ended(self) -> bool:
        return self._inner.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._started and not self._gzip and data[:1] and data[0] & 0x0F != 8:
            self._inner = zlib.decompressobj(-15)
        self._started = self._started or bool(data)
        while data:
            if self._inner.eof:
                if not (self._gzip and data.startswith(b"\x1f\x8b")):
                    return  # padding or garbage after the end: browsers ignore it too
                self._inner = zlib.decompressobj(31)
            yield self._inner.decompress(data, _STEP)
            data = self._inner.unconsumed_tail or self._inner.unused_data


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._inner.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        if data and not self._inner.is_finished():
            yield self._inner.process(data, output_buffer_limit=_STEP)
            while not self._inner.can_accept_more_data() and not self._inner.is_finished():
                yield self._inner.process(b"", output_buffer_limit=_STEP)


class _Zstd:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    @property
    def ended(self) -> bool:
        return bool(self._inner.eof)

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_INPUT):
            if self._inner.eof:
                return
            yield self._inner.decompress(data[start : start + _ZSTD_INPUT])


def _unpacker(coding: str) -> _Unpacker:
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Zlib(gzip=coding != "deflate")
    if coding == "br":
        return _Brotli()
    if coding == "zstd":
        return _Zstd()
    raise ShapeError(f"unknown content coding '{coding[:40]}'")


class Decoder:
    """Removes the codings of a Content-Encoding header in reverse order and counts the decoded bytes.

    `feed` raises Unsafe beyond `limit` bytes and ShapeError for damaged data; `finish` raises ShapeError for a body
    that ends early. What was decoded before the error stays in `body`.
    """

    def __init__(self, content_encoding: str | None, limit: int) -> None:
        codings = [name.strip().lower() for name in (content_encoding or "").split(",")]
        codings = [name for name in codings if name and name != "identity"]
        if len(codings) > _MAX_CODINGS:
            raise Unsafe(f"{len(codings)} nested content codings, more than {_MAX_CODINGS}")
        self._chain = [_unpacker(name) for name in reversed(codings)]
        self._limit = limit
        self._out = bytearray()
        self._fed = False

    @property
    def body(self) -> bytes:
        """What has been decoded so far."""
        return bytes(self._out)

    def feed(self, data: bytes) -> None:
        """Decode the next piece of the body as received."""
        self._fed = self._fed or bool(data)
        try:
            self._decode(data, 0)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise ShapeError(f"damaged content coding: {error}") from error

    def finish(self) -> None:
        """End the body."""
        if self._fed and not all(unpacker.ended for unpacker in self._chain):
            raise ShapeError("the compressed body ends early")

    def _decode(self, data: bytes, depth: int) -> None:
        if depth == len(self._chain):
            self._out += data
            if len(self._out) > self._limit:
                raise Unsafe(f"the decompressed body is larger than {self._limit} bytes")
            return
        for piece in self._chain[depth].feed(data):
            self._decode(piece, depth + 1)


def decode(body: bytes, content_encoding: str | None, limit: int) -> bytes:
    """Decode a whole body; raises Unsafe or ShapeError as Decoder does."""
    decoder = Decoder(content_encoding, limit)
    decoder.feed(body)
    decoder.finish()
    return decoder.body


def dechunk(body: bytes) -> bytes:
    """Remove chunked transfer coding. A body that is not chunked is returned unchanged, one that ends early as far as
    it goes."""
    out = bytearray()
    at = 0
    while line := re.match(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,256}\r?\n", body[at : at + 300]):
        size = int(line[1], 16)
        at += line.end()
        if size == 0:
            return bytes(out)
        out += body[at : at + size]
        at += size
        at += 2 if body[at : at + 2] == b"\r\n" else int(body[at : at + 1] == b"\n")
    return bytes(out) if out and at >= len(body) else body
