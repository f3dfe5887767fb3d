"""Decodes content codings in steps, so that a compression bomb is stopped at the size limit."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

import brotli
import zstandard

from flows.errors import ShapeError, Unsafe
from flows.fetch.inflate import STEP, Inflater, Kind, has_zlib_header
from flows.fetch.magic import GZIP_MAGIC, ZSTD_MAGIC, is_skippable

ACCEPTED = "gzip, deflate, br, zstd"
ZSTD_INPUT = 512  # zstd cannot limit its output per call; 512 bytes of input yield at most about 16 MiB
_ZSTD_WINDOW = 8 * 1024 * 1024  # the limit that RFC 9659 sets for this content coding
_WRONG_CHECKSUM = "the checksum of the compressed body is wrong or missing; the body was read all the same"
_MAX_CODINGS = 3
_MAX_UNNAMED = 2  # layers that no header names
_CODINGS = {
    "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "x-deflate": "deflate", "br": "br", "brotli": "br",
    "zstd": "zstd",
}  # fmt: skip
_MAGIC_SIZE = 4
# Codings that exist and that we did not ask for: a body in one of them cannot be read. Any other name (none, utf-8,
# binary) stands for no coding.
_UNREADABLE = frozenset({
    "compress", "x-compress", "exi", "pack200-gzip", "aes128gcm", "dcb", "dcz", "sdch", "bzip2", "x-bzip2", "lzma",
    "xz",
})  # fmt: skip
_HEAD = 1024
_BINARY = {
    b"\x1f\x8b": "gzip", b"\x1f\x9d": "compress", b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "zip", b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!": "rar", b"%PDF-": "PDF", b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "RIFF",
}  # fmt: skip


class _Unpacker(Protocol):
    @property
    def ended(self) -> bool: ...

    @property
    def is_sound(self) -> bool:
        """Whether the checksums of data that has ended are right."""

    def feed(self, data: bytes) -> Iterator[bytes]: ...


class _Zlib:
    """gzip (also of several members) and deflate (with or without the zlib header)."""

    def __init__(self, kind: Kind) -> None:
        self._kind: Kind = kind
        self._inner, self._held = Inflater(kind), b""
        self._was_sound = True  # every member before this one

    @property
    def ended(self) -> bool:
        return self._inner.ended

    @property
    def is_sound(self) -> bool:
        return self._was_sound and self._inner.is_sound

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data:
            if self._inner.has_trailer:
                if len(data) < len(GZIP_MAGIC):
                    self._held = data
                    return
                if not (self._kind == "gzip" and data.startswith(GZIP_MAGIC)):
                    return  # padding or garbage after the end: browsers ignore it too
                self._was_sound, self._inner = self.is_sound, Inflater("gzip")
            yield from self._inner.feed(data)
            data = self._inner.rest


class _Brotli:
    is_sound = True  # the format has no checksum

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._inner.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        if data and not self._inner.is_finished():
            yield self._inner.process(data, output_buffer_limit=STEP)
            while not self._inner.can_accept_more_data() and not self._inner.is_finished():
                yield self._inner.process(b"", output_buffer_limit=STEP)


class _Zstd:
    """zstd, also of several frames."""

    is_sound = True  # a wrong checksum raises ZstdError

    def __init__(self) -> None:
        self._inner = self._new_frame()

    @staticmethod
    def _new_frame() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    @property
    def ended(self) -> bool:
        return bool(self._inner.eof)

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), ZSTD_INPUT):
            rest = data[start : start + ZSTD_INPUT]
            while rest:
                if self._inner.eof:
                    self._inner = self._new_frame()
                yield self._inner.decompress(rest)
                rest = self._inner.unused_data if self._inner.eof else b""


class _Plain:
    """No coding, where a header names one that was not applied."""

    ended = is_sound = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Layer:
    """One coding of the header, or the one that the first bytes show to have been applied instead."""

    def __init__(self, coding: str) -> None:
        self._coding, self._head = coding, b""
        self._inner: _Unpacker | None = None

    @property
    def ended(self) -> bool:
        return self._inner is not None and self._inner.ended

    @property
    def is_sound(self) -> bool:
        return self._inner is not None and self._inner.is_sound

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < _MAGIC_SIZE:
                return
            data, self._inner = self._head, _unpacker(self._coding, self._head)
        yield from self._inner.feed(data)


def _unpacker(coding: str, head: bytes) -> _Unpacker:
    if shown := _shown(head):
        return shown
    if coding == "br":
        return _Brotli()
    if coding in ("deflate", "gzip") and has_zlib_header(head):
        return _Zlib("zlib")
    if coding == "deflate":
        return _Zlib("raw")
    if _is_plain_text(head[:_HEAD]):
        return _Plain()
    return _Zlib("gzip") if coding == "gzip" else _Zstd()


def _shown(head: bytes) -> _Unpacker | None:
    """What unpacks data that begins like gzip or zstd, None for any other."""
    if head.startswith(GZIP_MAGIC):
        return _Zlib("gzip")
    return _Zstd() if is_skippable(head) or head.startswith(ZSTD_MAGIC) else None


def _codings(content_encoding: str | None) -> list[str]:
    """The codings of the header in their order, without names that are no coding."""
    named = [name.partition(";")[0].strip(" \t\"'").lower() for name in (content_encoding or "").split(",")]
    if unreadable := _UNREADABLE.intersection(named):
        raise ShapeError(f"content coding '{min(unreadable)}' cannot be read")
    codings = [_CODINGS[name] for name in named if name in _CODINGS]
    if len(codings) > _MAX_CODINGS:
        raise Unsafe(f"{len(codings)} nested content codings, more than {_MAX_CODINGS}")
    return codings


class Decoder:
    """Removes the codings of a Content-Encoding header in reverse order and counts the decoded bytes.

    A header may name a coding that was not applied, or leave out one that was: plain text is taken as it is, and gzip,
    zstd and zlib are recognized by their first bytes. `feed` raises Unsafe beyond `limit` bytes and ShapeError for
    damaged data; `finish` raises ShapeError for a body that ends early. What was decoded before the error stays in
    `body`.
    """

    def __init__(self, content_encoding: str | None, limit: int) -> None:
        self._chain = [_Layer(name) for name in reversed(_codings(content_encoding))]
        self._limit = limit
        self._out = bytearray()
        self._fed = False
        self._is_sound = True
        self._plain: bytearray | None = None  # the body as received, as long as it may be plain text

    @property
    def body(self) -> bytes:
        """What has been decoded so far."""
        return bytes(self._out)

    @property
    def is_whole(self) -> bool:
        """Whether a compressed body has come to its own end with right checksums; a plain one has no such end."""
        if not self._chain or self._plain is not None:
            return False
        return all(unpacker.ended and unpacker.is_sound for unpacker in self._chain)

    @property
    def note(self) -> str | None:
        """What is wrong with a finished body that is taken all the same, None if nothing is."""
        return None if self._is_sound else _WRONG_CHECKSUM

    def feed(self, data: bytes) -> None:
        """Decode the next piece of the body as received."""
        if data and not self._fed and self._chain and _is_plain_text(data[:_HEAD]):
            self._plain = bytearray()
        self._fed = self._fed or bool(data)
        if self._plain is not None:
            self._plain += data
        try:
            self._decode(data, 0)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            if self._plain is None:
                raise ShapeError(f"damaged content coding: {error}") from error
            self._take_plain()

    def finish(self) -> None:
        """End the body."""
        if self._fed and not all(unpacker.ended for unpacker in self._chain):
            if self._plain is None:
                raise ShapeError("the compressed body ends early")
            self._take_plain()
        self._is_sound = not self._fed or all(unpacker.is_sound for unpacker in self._chain)
        for _ in range(_MAX_UNNAMED):
            head = bytes(self._out[:_MAGIC_SIZE])
            if shown := _shown(head):
                self._out = _unpack(self._out, shown, self._limit)
                self._is_sound &= shown.is_sound
            elif head[:1] == b"x" and has_zlib_header(head):
                guessed = _Zlib("zlib")
                with suppress(ShapeError):  # then it is text
                    unpacked = _unpack(self._out, guessed, self._limit)
                    self._out = unpacked if guessed.is_sound else self._out

    def _take_plain(self) -> None:
        """The header named a coding that was not applied."""
        assert self._plain is not None
        self._out, self._plain, self._chain = self._plain, None, []

    def _decode(self, data: bytes, depth: int) -> None:
        if depth == len(self._chain):
            self._out += data
            if len(self._out) > self._limit:
                raise Unsafe(f"the decompressed body is larger than {self._limit} bytes")
            return
        for piece in self._chain[depth].feed(data):
            self._decode(piece, depth + 1)


def _unpack(packed: bytearray, unpacker: _Unpacker, limit: int) -> bytearray:
    """Unpack a coding that no header names."""
    out = bytearray()
    try:
        for piece in unpacker.feed(bytes(packed)):
            out += piece
            if len(out) > limit:
                raise Unsafe(f"the decompressed body is larger than {limit} bytes")
    except (zlib.error, zstandard.ZstdError) as error:
        raise ShapeError(f"damaged content coding: {error}") from error
    if not unpacker.ended:
        raise ShapeError("the compressed body ends early")
    return out


def _is_plain_text(head: bytes) -> bool:
    """Whether bytes are plain text: compressed data soon has a control character, and is neither UTF-8 nor ASCII."""
    if re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", head):
        return False
    text = head.decode("utf-8", "replace")
    is_mostly_ascii = len(re.findall(rb"[\t-~]", head)) > 0.75 * len(head)
    return is_mostly_ascii or "\ufffd" not in text[:-1]  # a character may be cut at the end


def binary_kind(body: bytes) -> str | None:
    """What a body is that is no text: packed, a document or a picture, or `binary`, such as brotli that no header
    names; None for text, also in UTF-16."""
    head = body[:_HEAD]
    named = next((name for magic, name in _BINARY.items() if head.startswith(magic)), None)
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", head))
    is_binary = controls > 1 + 0.03 * len(head) and head.count(0) < 0.1 * len(head)
    return named or ("binary" if is_binary else None)


def decode(body: bytes, content_encoding: str | None, limit: int) -> bytes:
    """Decode a whole body; raises Unsafe or ShapeError as Decoder does."""
    decoder = Decoder(content_encoding, limit)
    decoder.feed(body)
    decoder.finish()
    return decoder.body
