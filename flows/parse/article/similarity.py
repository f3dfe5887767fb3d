"""Computes content identity: a hash of the cleaned article, and a 64-bit SimHash that differs little in near-copies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from zlib import crc32

# Bytes hashed: a copy of a longer text starts the same way.
_MAX_BYTES = 200_000
# Of a text with more triples than two to this power, only a half, a fourth ... of them are hashed.
_SAMPLE_BITS = 7
_MASK = 0xFFFFFFFFFFFFFFFF
# The general punctuation of Unicode (quotes, dashes, dots) in UTF-8, and ASCII's as spaces.
_PUNCTUATION = re.compile(rb"\xe2\x80.")
_PLAIN = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_LANE = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """`content_hash` is the SHA-256 (hex) of headline and body, `word_count` the number of the body's words separated
    by white space, `simhash` a signed 64-bit integer (None under three words)."""

    content_hash: str
    word_count: int
    simhash: int | None


def identity_of(title: str | None, body: str | None) -> Identity:
    """The identity of an article, regardless of case and spacing; the SimHash ignores punctuation as well."""
    words = (body or "").casefold().split()
    folded = " ".join(words).encode()
    head = " ".join((title or "").casefold().split()).encode()
    return Identity(hashlib.sha256(head + b"\n" + folded).hexdigest(), len(words), _simhash(folded[:_MAX_BYTES]))


def _simhash(folded: bytes) -> int | None:
    """Charikar's SimHash (STOC 2002) over word triples. A long text is sampled by the hash of a triple's first word, so
    that a copy is sampled at the same words."""
    words = _PUNCTUATION.sub(b" ", folded).translate(_PLAIN).split()
    starts = words[:-2]
    share = (1 << max(0, (len(starts) - 1).bit_length() - _SAMPLE_BITS)) - 1
    chosen = [place for place, value in enumerate(map(crc32, starts)) if not value & share] or range(len(starts))
    values = {crc32(b" ".join(words[place : place + 3])) for place in chosen}
    return _majority(_mixed(values), len(values)) if values else None


def _mixed(values: Collection[int]) -> bytes:
    """Each 32-bit value with 64 bits mixed (the finalizer of SplitMix64, Steele et al., OOPSLA 2014), in a lane of 16
    bytes. One long number holds all lanes, so that each step is one operation; no product outgrows its lane."""
    count = len(values)
    low = int.from_bytes(_MASK.to_bytes(_LANE, "little") * count, "little")
    lanes = int.from_bytes(b"".join([value.to_bytes(_LANE, "little") for value in values]), "little")
    lanes = lanes * 0x9E3779B97F4A7C15 & low
    lanes = ((lanes ^ (lanes >> 30)) & low) * 0xBF58476D1CE4E5B9 & low
    lanes = ((lanes ^ (lanes >> 27)) & low) * 0x94D049BB133111EB & low
    return (lanes ^ (lanes >> 31)).to_bytes(_LANE * count, "little")


def _majority(lanes: bytes, count: int) -> int:
    """The bits that more than half of the `count` values have set, as a signed 64-bit number."""
    ones = int.from_bytes(b"\x01" * count, "little")
    bits = 0
    for at in range(8):
        column = int.from_bytes(lanes[at::_LANE], "little")
        for bit in range(8):
            if 2 * (column >> bit & ones).bit_count() > count:
                bits |= 1 << (8 * at + bit)
    return bits - (1 << 64) if bits >> 63 else bits
