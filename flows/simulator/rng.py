"""Turns a seed and names into numbers that are the same on every machine and in every order of asking."""

from __future__ import annotations

import math
from hashlib import blake2b
from random import Random


def dice(*parts: object) -> Random:
    """A generator that depends on `parts` alone."""
    return Random("|".join(map(str, parts)))  # noqa: S311 - a simulation, nothing is kept secret by it


def share(*parts: object) -> float:
    """A number in [0, 1) that depends on `parts` alone."""
    digest = blake2b("|".join(map(str, parts)).encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big") / (1 << 56)


def drift(at: float, *parts: object) -> float:
    """Smooth noise in [-1, 1]: random at whole numbers of `at`, eased between them."""
    low = math.floor(at)
    ease = (1 - math.cos((at - low) * math.pi)) / 2
    before, after = share(*parts, low), share(*parts, low + 1)
    return 2 * (before + (after - before) * ease) - 1
