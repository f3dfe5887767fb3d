"""Content codings: each one decoded, and stopped at the size limit."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
import zstandard

from flows.errors import ShapeError, Unsafe
from flows.fetch.http.decode import Decoder, binary_kind, decode
from tests.fetch.sites import (
    get,
    page,
    serve,
)

MEBI = 1024 * 1024


def compress_zstd(size: int) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(bytes(size))


BOMBS = {
    "gzip": lambda size: gzip.compress(bytes(size)),
    "deflate": lambda size: zlib.compress(bytes(size)),
    "br": lambda size: brotli.compress(bytes(size), quality=5),
    "zstd": compress_zstd,
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_compression_bomb_is_stopped_at_the_limit(coding: str):
    with serve() as site:
        site.pages["/"] = page(BOMBS[coding](64 * MEBI), Content_Encoding=coding)
        reply = get(f"{site.url}/", max_decoded_bytes=MEBI)
        assert "the decompressed body is larger than" in str(reply.problem)
        assert reply.body == b""


def test_a_nested_bomb_is_stopped_at_the_limit():
    with serve() as site:
        nested = gzip.compress(gzip.compress(bytes(64 * MEBI)))
        site.pages["/"] = page(nested, Content_Encoding="gzip, gzip")
        site.pages["/four"] = page(b"x", Content_Encoding="gzip, gzip, gzip, gzip")
        assert isinstance(get(f"{site.url}/", max_decoded_bytes=MEBI).problem, Unsafe)
        assert isinstance(get(f"{site.url}/four").problem, Unsafe)


@pytest.mark.parametrize("coding", BOMBS)
def test_every_coding_is_decoded(coding: str):
    with serve() as site:
        site.pages["/"] = page(BOMBS[coding](300_000), Content_Encoding=coding)
        assert get(f"{site.url}/").body == bytes(300_000)


@pytest.mark.parametrize("coding", BOMBS)
def test_a_truncated_body_is_reported(coding: str):
    with serve() as site:
        complete = BOMBS[coding](300_000)
        site.pages["/"] = page(complete[: len(complete) // 2], Content_Encoding=coding)
        assert "ends early" in str(get(f"{site.url}/").problem)


@pytest.mark.parametrize("cut", [0, 1, 4, 8])
@pytest.mark.parametrize("wbits", [15, 31], ids=["zlib", "gzip"])
@pytest.mark.parametrize("size", [40, 900_000])
def test_a_wrong_or_missing_checksum_does_not_cost_the_body(size: int, wbits: int, cut: int):
    text = random.Random(1).randbytes(size).hex().encode()
    packer = zlib.compressobj(wbits=wbits)
    trailer = 8 if wbits == 31 else 4
    packed = bytearray(packer.compress(text) + packer.flush())
    packed[-trailer] ^= 1
    with serve() as site:
        body = bytes(packed[: len(packed) - min(cut, trailer)])
        site.pages["/"] = page(body, Content_Encoding="gzip" if wbits == 31 else "deflate")
        reply = get(f"{site.url}/")
    assert (reply.problem, reply.body) == (None, text)
    assert "checksum" in reply.note


@pytest.mark.parametrize("first", [b"one ", b""])
def test_every_member_of_gzip_is_read_however_it_arrives(first: bytes):
    decoder = Decoder("gzip", MEBI)
    named = b"\x1f\x8b\x08\x1e" + bytes(6) + b"\x03\x00abcname\0comment\0\x12\x34" + gzip.compress(b"two")[10:]
    for byte in gzip.compress(first) + named + b"\0\0":
        decoder.feed(bytes([byte]))
    decoder.finish()
    assert (decoder.body, decoder.note) == (first + b"two", None)


def test_deflate_without_the_zlib_header_is_decoded():
    with serve() as site:
        packer = zlib.compressobj(wbits=-15)
        site.pages["/"] = page(packer.compress(b"plain " * 99) + packer.flush(), Content_Encoding="deflate")
        assert get(f"{site.url}/").body == b"plain " * 99


@pytest.mark.parametrize("header", ["gzip, identity", "GZIP"])
def test_the_coding_header_is_read_leniently(header: str):
    with serve() as site:
        site.pages["/"] = (200, {"Content-Encoding": header}, gzip.compress(b"words"))
        assert get(f"{site.url}/").body == b"words"


PAGE = "<html><p>Café prices rise again.</p></html>".encode()


@pytest.mark.parametrize(
    "header", ["none", "utf-8", "binary", "UTF8", "ISO-8859-1", "text/html", "8bit", "''", "none, gzip"]
)
def test_a_name_that_is_no_coding_is_ignored(header: str):
    with serve() as site:
        body = gzip.compress(PAGE) if "gzip" in header else PAGE
        site.pages["/"] = (200, {"Content-Encoding": header}, body)
        assert get(f"{site.url}/").body == PAGE


@pytest.mark.parametrize("header", ["compress", "sdch", "bzip2", "dcb"])
def test_a_coding_that_was_not_asked_for_raises_shape_error(header: str):
    with pytest.raises(ShapeError, match=header):
        decode(b"x", header, MEBI)


@pytest.mark.parametrize("coding", BOMBS)
@pytest.mark.parametrize(
    "body", [PAGE, b"<html>" + b"words and words " * 9000, b'{"a": 1}', b"a", b"<p>Caf\xe9 prices</p>"]
)
def test_plain_text_under_a_false_header_is_taken_as_it_is(coding: str, body: bytes):
    assert decode(body, coding, MEBI) == body


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("br", gzip.compress(PAGE)), ("zstd", gzip.compress(PAGE)), ("deflate", gzip.compress(PAGE)),
        ("gzip", zlib.compress(PAGE)), ("gzip", zstandard.ZstdCompressor().compress(PAGE)),
        ("gzip, gzip", gzip.compress(PAGE)), ("gzip, br", brotli.compress(PAGE)),
        (None, zlib.compress(PAGE)), (None, zstandard.ZstdCompressor().compress(PAGE)),
        ("zstd", b"\x5f\x2a\x4d\x18\x04\x00\x00\x00none" + zstandard.ZstdCompressor().compress(PAGE)),
        ("gzip;q=1.0", gzip.compress(PAGE)), ("x-deflate", zlib.compress(PAGE)), ("brotli", brotli.compress(PAGE)),
    ],
)  # fmt: skip
def test_the_first_bytes_decide_on_a_coding_that_the_header_denies(header: str | None, body: bytes):
    assert decode(body, header, MEBI) == PAGE


def test_the_first_bytes_decide_however_they_arrive():
    decoder = Decoder("gzip, br", MEBI)
    for byte in brotli.compress(gzip.compress(PAGE)):
        decoder.feed(bytes([byte]))
    decoder.finish()
    assert decoder.body == PAGE


@pytest.mark.parametrize("text", [b"x\x9cuvre", b"x\x01 and more", b"x\xda" + b"words " * 99])
def test_text_that_starts_like_zlib_stays_text(text: bytes):
    assert decode(text, None, MEBI) == text


@pytest.mark.parametrize("layers", [1, 2])
def test_gzip_without_a_header_is_unpacked(layers: int):
    body = PAGE
    for _ in range(layers):
        body = gzip.compress(body)
    assert decode(body, None, MEBI) == PAGE
    assert decode(gzip.compress(body), "gzip", MEBI) == PAGE


def test_gzip_without_a_header_is_limited_and_must_be_complete():
    with pytest.raises(Unsafe):
        decode(gzip.compress(bytes(2 * MEBI)), None, MEBI)
    with pytest.raises(ShapeError):
        decode(gzip.compress(PAGE)[:-9], None, MEBI)
    with pytest.raises(ShapeError):
        decode(b"\x1f\x8b\x08broken", None, MEBI)


def test_every_frame_of_zstd_is_decoded():
    packer = zstandard.ZstdCompressor()
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00none"
    frames = b"".join(packer.compress(part) for part in (b"one ", b"two ", b"three"))
    assert decode(frames, "zstd", MEBI) == b"one two three"
    assert decode(packer.compress(b"one ") + skippable + packer.compress(b"two"), "zstd", MEBI) == b"one two"
    assert decode(b"".join(packer.compress(b"x" * 999) for _ in range(99)), "zstd", MEBI) == b"x" * 999 * 99


@pytest.mark.parametrize("wbits", [-15, 15, 31])
@pytest.mark.parametrize("size", [256 * 1024 + step for step in (-1, 0, 1)] + [512 * 1024, 1024 * 1024])
def test_sizes_near_the_step_are_decoded(wbits: int, size: int):
    packer = zlib.compressobj(wbits=wbits)
    packed = packer.compress(bytes(size)) + packer.flush()
    assert decode(packed, "gzip" if wbits == 31 else "deflate", 2 * MEBI) == bytes(size)


def test_raw_deflate_that_starts_like_zlib_is_decoded():
    stored = (
        b"\x08" + len(PAGE).to_bytes(2, "little") + (0xFFFF - len(PAGE)).to_bytes(2, "little") + PAGE
    )  # padding bits set
    assert decode(stored + b"\x03\x00", "deflate", MEBI) == PAGE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (gzip.compress(b"<p>", mtime=0), "gzip"),
        (b"PK\x03\x04data", "zip"), (b"%PDF-1.4 x", "PDF"), (b"\x89PNG\r\n", "PNG"),
        (brotli.compress(random.Random(1).randbytes(500).hex().encode()), "binary"),
        (b"<p>text\x0b with \x08 a stray control", None), (("<p>wide\u0107" * 99).encode("utf-16-le"), None),
        (("caf\u00e9 " * 99).encode("latin-1"), None), (b"", None),
    ],
)  # fmt: skip
def test_a_body_that_is_no_text_is_named(body: bytes, kind: str | None):
    assert binary_kind(body) == kind
