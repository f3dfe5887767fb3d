"""Recognizes the format of an archive file by its first bytes: WARC and its variants, ARC, WACZ, compression."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Literal

import zstandard

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"  # the skippable frame that holds the dictionary of a .warc.zst
_ZIP_MAGIC = b"PK\x03\x04"
_HEAD = 4096
_ZSTD_WINDOW = 128 * 1024 * 1024

# warc_lower has the names of its record headers in lower case.
Format = Literal["warc", "warc_lower", "arc", "wacz"]


def format_of(path: Path) -> Format | None:
    """The format of a file, None for any other; later damage does not matter."""
    head = read_head(path).lstrip()
    if head.startswith(_ZIP_MAGIC):
        return "wacz"
    if head.startswith(b"filedesc://"):
        return "arc"
    if head[:5].upper() != b"WARC/":
        return None
    return "warc" if re.search(rb"(?m)^WARC-Type:", head) or not re.search(rb"(?im)^warc-type:", head) else "warc_lower"


def read_head(path: Path) -> bytes:
    """The first 4,096 bytes of a file, decompressed: for gzip and zstd those of the first member only. Empty for
    damaged compression."""
    with path.open("rb") as file:
        raw = file.read(_HEAD)
        try:
            if raw.startswith(GZIP_MAGIC):
                return zlib.decompressobj(wbits=31).decompress(raw, _HEAD)
            if raw.startswith(ZSTD_MAGIC):
                file.seek(0)
                return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(file).read(_HEAD)
        except (zlib.error, zstandard.ZstdError):
            return b""
    return raw


def has_zstd_dictionary(path: Path) -> bool:
    """Whether a file is compressed with a zstd dictionary of its own, as Archive Team's are."""
    with path.open("rb") as file:
        return file.read(len(_ZSTD_DICTIONARY)) == _ZSTD_DICTIONARY


def member_magic(path: Path) -> bytes | None:
    """The bytes that each compressed member of a file starts with; None if the file is not compressed."""
    with path.open("rb") as file:
        start = file.read(len(ZSTD_MAGIC))
    return next((magic for magic in (GZIP_MAGIC, ZSTD_MAGIC) if start.startswith(magic)), None)
