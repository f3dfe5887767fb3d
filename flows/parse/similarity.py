"""Content identity: a hash of the cleaned story, and a 64-bit SimHash under which near-copies lie few bits apart."""

from __future__ import annotations

import hashlib
import re
from zlib import crc32

# A copy of a text longer than this begins as it does.
_LONGEST = 200_000
# A text of more triples than two to this power is judged by every second, fourth ... of them.
_SAMPLE_BITS = 7
_MASK = 0xFFFFFFFFFFFFFFFF
# The general punctuation of Unicode (quotes, dashes, dots) in UTF-8, and ASCII's as spaces.
_PUNCTUATION = re.compile(rb"\xe2\x80.")
_PLAIN = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
# Each byte value spread into eight 16-bit lanes, so that one addition counts eight bits at once.
_LANES = [sum(((value >> bit) & 1) << (16 * bit) for bit in range(8)) for value in range(256)]


def content_hash(title: str | None, body: str | None) -> str:
    """SHA-256 (hex) of headline and body, case and spacing folded, so that furniture and layout do not count."""
    text = "\n".join(" ".join((part or "").split()).casefold() for part in (title, body))
    return hashlib.sha256(text.encode()).hexdigest()


def word_count(text: str | None) -> int:
    """Words in a text: what white space separates."""
    return len(text.split()) if text else 0


def simhash(text: str | None) -> int | None:
    """Charikar's SimHash (STOC 2002) over word triples, as a signed 64-bit integer; None for under three words.

    Case and punctuation do not count. Long texts use a sample of their triples chosen by content, so that a copy
    samples the same ones.
    """
    words = _PUNCTUATION.sub(b" ", (text or "")[:_LONGEST].casefold().encode()).translate(_PLAIN).split()
    triples = set(map(crc32, map(b" ".join, zip(words, words[1:], words[2:], strict=False))))
    if not triples:
        return None
    every = 1 << max(0, (len(triples) - 1).bit_length() - _SAMPLE_BITS)
    chosen = [value for value in triples if not value & (every - 1)] or triples
    return _majority(b"".join([_scatter(value) for value in chosen]))


def _scatter(value: int) -> bytes:
    """Mix all 64 bits (the finaliser of SplitMix64, Steele et al., OOPSLA 2014)."""
    value = value * 0x9E3779B97F4A7C15 & _MASK
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & _MASK
    return (value ^ (value >> 31)).to_bytes(8, "little")


def _majority(values: bytes) -> int:
    """The bits that more than half of the 8-byte values have set."""
    half = len(values) / 16
    lanes = [sum(map(_LANES.__getitem__, values[at::8])) for at in range(8)]
    bits = sum(
        1 << (8 * at + bit)
        for at, lane in enumerate(lanes)
        for bit in range(8)
        if ((lane >> (16 * bit)) & 0xFFFF) > half
    )
    return bits - (1 << 64) if bits >> 63 else bits
