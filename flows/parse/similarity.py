"""Content identity: a hash of the cleaned story, and a 64-bit SimHash under which near-copies lie few bits apart."""

from __future__ import annotations

import hashlib
import re
from zlib import crc32

_WORD = re.compile(r"\w+")
_SHINGLE = 3
_MOST = 256
# Each byte value spread into eight 16-bit lanes, so that one addition counts eight bits at once.
_LANES = [sum(((value >> bit) & 1) << (16 * bit) for bit in range(8)) for value in range(256)]


def content_hash(title: str | None, body: str | None) -> str:
    """SHA-256 (hex) of headline and body, case and spacing folded, so that furniture and layout do not count."""
    text = "\n".join(" ".join((part or "").split()).casefold() for part in (title, body))
    return hashlib.sha256(text.encode()).hexdigest()


def word_count(text: str | None) -> int:
    """Words in a text: runs of letters, digits and underscores."""
    return len(_WORD.findall(text)) if text else 0


def simhash(text: str | None) -> int | None:
    """Charikar's SimHash (STOC 2002) over word triples, as a signed 64-bit integer; None for under three words.

    Long texts use a sample of their triples chosen by content, so that a copy samples the same ones.
    """
    words = _WORD.findall(text.casefold()) if text else []
    if len(words) < _SHINGLE:
        return None
    coded = [crc32(word.encode()) for word in words]
    mixed = {
        (a * 3 + b * 5 + c * 7) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        for a, b, c in zip(coded, coded[1:], coded[2:], strict=False)
    }
    every = 1 << max(0, (len(mixed) - 1).bit_length() - 8)
    chosen = [value for value in mixed if not (value >> 20) & (every - 1)] if len(mixed) > _MOST else list(mixed)
    chosen = chosen or list(mixed)[:_MOST]
    return _majority([_scatter(value) for value in chosen])


def _scatter(value: int) -> int:
    """Mix all 64 bits (the finaliser of SplitMix64, Steele et al., OOPSLA 2014)."""
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 31)


def _majority(values: list[int]) -> int:
    lanes = [0] * 8
    for value in values:
        for at, byte in enumerate(value.to_bytes(8, "little")):
            lanes[at] += _LANES[byte]
    half = len(values) / 2
    bits = sum(
        1 << (8 * at + bit)
        for at, lane in enumerate(lanes)
        for bit in range(8)
        if ((lane >> (16 * bit)) & 0xFFFF) > half
    )
    return bits - (1 << 64) if bits >> 63 else bits
