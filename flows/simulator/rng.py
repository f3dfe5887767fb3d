"""Derives random numbers from a seed and names alone, so that they do not depend on machine, process or call order."""

from __future__ import annotations

import math
from hashlib import blake2b
from random import Random


def make_rng(*parts: object) -> Random:
    """A random number generator seeded by `parts` alone."""
    return Random("|".join(map(str, parts)))  # noqa: S311 - a simulation, not cryptography


def uniform(*parts: object) -> float:
    """A uniform number in [0, 1) that depends on `parts` alone."""
    digest = blake2b("|".join(map(str, parts)).encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big") / (1 << 56)


def smooth_noise(at: float, *parts: object) -> float:
    """Smooth noise in [-1, 1]: random at whole values of `at`, cosine-interpolated between them."""
    low = math.floor(at)
    ease = (1 - math.cos((at - low) * math.pi)) / 2
    before, after = uniform(*parts, low), uniform(*parts, low + 1)
    return 2 * (before + (after - before) * ease) - 1
