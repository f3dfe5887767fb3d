"""Computes content identity: a hash of the cleaned article, a 64-bit SimHash that differs little in near-copies, and a
MinHash sketch that tells how much of their text two edited copies share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

# Bytes hashed: a copy of a longer text starts the same way.
_MAX_BYTES = 200_000
# Of a text with more triples than two to this power, only a half, a fourth ... of them are hashed.
_SAMPLE_BITS = 7
_MASK = 0xFFFFFFFFFFFFFFFF
# The general punctuation of Unicode (quotes, dashes, dots) in UTF-8, and ASCII's as spaces.
_PUNCTUATION = re.compile(rb"\xe2\x80.")
_PLAIN = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_LANE = 16
# Runs of nine words: templated notes that differ in a number or name every few words share few of them.
_RUN: Final = 9
_MAX_WORDS: Final = 2_000  # sketched
_BINS: Final = 64
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
_FACTORS, _SUMMANDS = np.random.default_rng(16).integers(1, 1 << 63, (2, _BINS, 1), np.uint64)


@dataclass(frozen=True, slots=True)
class Identity:
    """`content_hash` is the SHA-256 (hex) of headline and body, `word_count` the number of the body's words separated
    by white space, `simhash` a signed 64-bit integer (None under three words). `sketch` is 64 bytes in eight unsigned
    64-bit integers (None under nine words): the share of equal bytes at the same place in two sketches estimates the
    share of runs of nine words that the texts have in common."""

    content_hash: str
    word_count: int
    simhash: int | None
    sketch: list[int] | None


def identity_of(title: str | None, body: str | None) -> Identity:
    """The identity of an article, regardless of case and spacing; SimHash and sketch ignore punctuation as well."""
    words = (body or "").casefold().split()
    folded = " ".join(words).encode()
    head = " ".join((title or "").casefold().split()).encode()
    plain = _PUNCTUATION.sub(b" ", folded[:_MAX_BYTES]).translate(_PLAIN).split()
    content_hash = hashlib.sha256(head + b"\n" + folded).hexdigest()
    return Identity(content_hash, len(words), _simhash(plain), _sketch(plain[:_MAX_WORDS]))


def _sketch(words: list[bytes]) -> list[int] | None:
    """Broder's MinHash (SEQUENCES 1997) of the runs of nine words: a byte of each least hash is kept (Li and Koenig,
    WWW 2010). The hash functions are multiply-shift (Dietzfelbinger, STACS 1996)."""
    if len(words) < _RUN:
        return None
    hashes = np.fromiter(map(crc32, words), np.uint64, len(words))
    runs = _run_hashes(hashes) >> np.uint64(32)
    least = (_FACTORS * runs + _SUMMANDS >> np.uint64(32)).min(axis=1)
    return list(map(int, least.astype(np.uint8).view("<u8")))


def _run_hashes(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A hash of each run of words, in the upper half of its bits, from the hashes of the words."""
    ends = len(hashes) - _RUN + 1
    total = np.zeros(ends, np.uint64)
    for at in range(_RUN):
        total = (total + hashes[at : at + ends]) * _ODD
        total ^= total >> np.uint64(29)
    return total * _ODD


def _simhash(words: list[bytes]) -> int | None:
    """Charikar's SimHash (STOC 2002) over word triples. A long text is sampled by the hash of a triple's first word, so
    that a copy is sampled at the same words."""
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
