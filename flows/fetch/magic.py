"""Knows how compressed data begins: the magic numbers of gzip and zstd."""

from __future__ import annotations

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # after a first byte of 0x50 to 0x5f (RFC 8878 3.1.2)
ZSTD_DICTIONARY = b"\x5d" + _SKIPPABLE  # the skippable frame that holds the dictionary of a .warc.zst


def is_skippable(head: bytes) -> bool:
    """Whether data that begins so begins with a skippable frame of zstd."""
    return head[1:4] == _SKIPPABLE and head[0] & 0xF0 == 0x50
