"""Content codings: each one decoded, and stopped at the size limit."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard

from flows.errors import Unsafe
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
