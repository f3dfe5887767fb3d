"""Content identity: equal under layout, near under small edits, far apart otherwise."""

from __future__ import annotations

import random
import struct

import pytest

from flows.parse.article.similarity import identity_of

RNG = random.Random(7)
VOCABULARY = ["".join(RNG.choices("abcdefghijklmnoprstuvw", k=RNG.randint(2, 9))) for _ in range(3000)]


def article(words: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return rng.choices(VOCABULARY, weights=[1 / rank for rank in range(1, 3001)], k=words)


def distance(left: str, right: str) -> int:
    one, other = identity_of(None, left).simhash, identity_of(None, right).simhash
    assert one is not None
    assert other is not None
    return ((one ^ other) & 0xFFFFFFFFFFFFFFFF).bit_count()


def test_layout_and_case_do_not_count() -> None:
    one, other = (
        identity_of("Snow  is coming", "It snows.\n\nIt does."),
        identity_of("SNOW is coming", "it snows. It does."),
    )
    assert one == other
    assert one.word_count == 4
    assert len(one.content_hash) == 64


def test_punctuation_does_not_change_the_simhash() -> None:
    assert distance("“It snows,” he said – twice, in the valley", 'It snows" he said - twice in the valley.') == 0


@pytest.mark.parametrize("words", [120, 700, 3000])
def test_a_changed_word_stays_near_and_another_article_is_far(words: int) -> None:
    near, far = [], []
    for seed in range(20):
        text = article(words, seed)
        edited = [*text[: words // 2], "zzz", *text[words // 2 + 1 :]]
        near.append(distance(" ".join(text), " ".join(edited)))
        far.append(distance(" ".join(text), " ".join(article(words, seed + 1000))))
    assert sorted(near)[14] <= 3 + 600 // words
    assert min(far) > 12


def test_short_and_empty_texts() -> None:
    assert identity_of(None, None).simhash is None
    assert identity_of("a", "two words").simhash is None
    assert identity_of("a", "now three words").simhash is not None
    assert identity_of(None, None).word_count == 0


def test_simhash_fits_a_signed_64_bit_column() -> None:
    found = [identity_of(None, " ".join(article(60, seed))).simhash or 0 for seed in range(40)]
    assert all(-(1 << 63) <= bits < 1 << 63 for bits in found)
    assert min(found) < 0 < max(found)


def sketch_equality(left: str, right: str) -> int:
    """How many of the 64 bytes of the sketches are equal."""
    one, other = identity_of(None, left).sketch, identity_of(None, right).sketch
    assert one is not None
    assert other is not None
    return sum(a == b for a, b in zip(struct.pack("<8Q", *one), struct.pack("<8Q", *other), strict=True))


@pytest.mark.parametrize("words", [120, 700, 3000])
def test_equal_bytes_of_sketches_are_the_share_of_common_runs(words: int) -> None:
    """The first half is the same: of 3 n / 2 different runs, n / 2 are common, a third; 64 / 3 have an error of 4."""
    counts, far = [], []
    for seed in range(20):
        text, other = article(min(words, 2000), seed), article(min(words, 2000), seed + 1000)
        tail = article(words - len(text), seed + 2000)
        copy = [*text[: len(text) // 2], *other[len(text) // 2 :]]
        counts.append(sketch_equality(" ".join([*text, *tail]), " ".join([*copy, *tail])))
        far.append(sketch_equality(" ".join(text), " ".join(other)))
    assert 18 <= sum(counts) / 20 <= 25
    assert max(far) <= 4


def test_a_sketch_ignores_punctuation_and_needs_nine_words() -> None:
    assert (
        sketch_equality("“It snows,” he said – twice in the last week", 'It snows" he said - twice in the last week.')
        == 64
    )
    assert identity_of(None, "one two three four five six seven eight").sketch is None
