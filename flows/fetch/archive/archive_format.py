"""Recognizes the format of an archive file by its first bytes: WARC, ARC, WACZ, compression."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Literal

import zstandard

from flows.fetch.archive.packed_file import PACKED_ERRORS, gzip_head, open_packed
from flows.fetch.magic import GZIP_MAGIC, ZSTD_DICTIONARY, ZSTD_MAGIC, is_skippable

_ZIP_MAGIC = b"PK\x03\x04"
_HEAD = 4096
_MAX_DICTIONARY = 16 * 1024 * 1024
_MAX_SKIPPABLE = 1000
ZSTD_WINDOW = 128 * 1024 * 1024

Format = Literal["warc", "arc", "wacz"]


def format_of(path: Path) -> Format | None:
    """The format of a file, None for any other; later damage does not matter."""
    head = read_head(path).lstrip()
    if head.startswith(_ZIP_MAGIC):
        return "wacz"
    if head.startswith(b"filedesc://"):
        return "arc"
    return "warc" if head[:5].upper() == b"WARC/" else None


def read_head(path: Path) -> bytes:
    """The first 4,096 bytes of a file, decompressed: for gzip and zstd those of the first member only. Empty for
    damaged compression."""
    try:
        if content := open_packed(path):
            with closing(content):
                return content.read(_HEAD)
        return _read_head(path)
    except (*PACKED_ERRORS, zstandard.ZstdError):
        return b""


def _read_head(path: Path) -> bytes:
    with path.open("rb") as file:
        dictionary = _dictionary(file)
        start = _skip_frames(file)
        raw = file.read(_HEAD)
        if raw.startswith(GZIP_MAGIC):
            return gzip_head(raw)
        if raw.startswith(ZSTD_MAGIC):
            file.seek(start)
            reader = zstandard.ZstdDecompressor(dictionary, max_window_size=ZSTD_WINDOW)
            return reader.stream_reader(file).read(_HEAD)
    return raw


def _dictionary(file: BinaryIO) -> zstandard.ZstdCompressionDict | None:
    """The dictionary in the first frame of a file, which may be compressed itself; None without. Raises ZstdError for a
    damaged one."""
    if file.read(len(ZSTD_DICTIONARY)) != ZSTD_DICTIONARY:
        return None
    size = int.from_bytes(file.read(4), "little")
    data = file.read(min(size, _MAX_DICTIONARY))
    if data.startswith(ZSTD_MAGIC):
        data = zstandard.ZstdDecompressor().decompress(data, max_output_size=_MAX_DICTIONARY)
    return zstandard.ZstdCompressionDict(data)


def _skip_frames(file: BinaryIO) -> int:
    """Go to the first byte that is not part of a leading skippable frame of zstd, and return its offset."""
    start = 0
    for _ in range(_MAX_SKIPPABLE):
        file.seek(start)
        head = file.read(8)
        if not is_skippable(head):
            break
        start += 8 + int.from_bytes(head[4:], "little")
    file.seek(start)
    return start


def records_start(path: Path) -> int:
    """Where the records of a file begin for FastWARC: behind leading skippable frames, which it does not know, but at
    one with a dictionary, which it reads."""
    if has_zstd_dictionary(path):
        return 0
    with path.open("rb") as file:
        return _skip_frames(file)


def has_zstd_dictionary(path: Path) -> bool:
    """Whether a file is compressed with a zstd dictionary of its own, as Archive Team's are: then it can be read from
    its start only."""
    with path.open("rb") as file:
        return file.read(len(ZSTD_DICTIONARY)) == ZSTD_DICTIONARY


def member_magic(path: Path) -> bytes | None:
    """The bytes that each compressed member of a file starts with; None if the file is not compressed."""
    with path.open("rb") as file:
        _skip_frames(file)
        start = file.read(len(ZSTD_MAGIC))
    return next((magic for magic in (GZIP_MAGIC, ZSTD_MAGIC) if start.startswith(magic)), None)
