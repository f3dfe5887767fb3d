"""Copies of a story form one cluster, at any source and in any order of loading."""

from __future__ import annotations

import random
import struct
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.model import Exchange, Moment, Parsed
from flows.warehouse.connection import open_writer
from flows.warehouse.load import load
from tests.conftest import EmptyAt
from tests.warehouse.conftest import START, Load, batch, exchange, story

Record = tuple[Exchange, Parsed]
STORIES = (
    "select list_sort(list(article_key)), list_sort(list(distinct method)) from fact_story"
    " join fact_article using (article_id) group by story_id order by 1"
)


def record(
    number: int, *, text: str, bits: int, day: int = 0, words: int = 200, minute: int = 0, sketch: bytes | None = None
) -> Record:
    posted = Moment(START + timedelta(days=day), "", "source_zone", "minute")
    parts = list(struct.unpack("<8Q", sketch)) if sketch else None
    page = story(number, content_hash=text, simhash=bits, sketch=parts, word_count=words, published=posted)
    return exchange(page.url, day * 1440 + minute + 1), page


def edited(number: int, *, equal: int, day: int = 0) -> Record:
    """An article whose sketch has the first `equal` bytes of all others; its SimHash and other bytes are its own."""
    other = random.Random(number)
    sketch = bytes([0] * equal + [255 - number] * (64 - equal))
    return record(number, text=f"t{number}", bits=other.getrandbits(62), day=day, sketch=sketch)


def test_the_same_text_within_three_days_is_one_story(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", record(1, text="a", bits=7), record(2, text="a", bits=7, day=3), record(3, text="a", bits=7, day=7))
    assert writer.execute(STORIES).fetchall() == [(["1", "2"], ["exact"]), (["3"], ["alone"])]


def test_three_different_bits_make_a_copy_and_four_do_not(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", record(1, text="a", bits=0), record(2, text="b", bits=0b111), record(3, text="c", bits=-1))
    put("two", record(4, text="d", bits=~0b1111))
    assert writer.execute(STORIES).fetchall() == [(["1", "2"], ["near"]), (["3"], ["alone"]), (["4"], ["alone"])]


def test_texts_with_sixteen_equal_bytes_of_the_sketch_are_copies(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", edited(1, equal=16), edited(2, equal=16))
    put("two", edited(3, equal=16, day=3), edited(4, equal=15), edited(5, equal=16, day=4))
    assert writer.execute(STORIES).fetchall() == [(["1", "2", "3"], ["near"]), (["4"], ["alone"]), (["5"], ["alone"])]


@pytest.mark.parametrize("day", range(8))
def test_copies_three_days_apart_are_found_in_either_order(
    writer: duckdb.DuckDBPyConnection, put: Load, day: int
) -> None:
    for number, later in enumerate((3, 0)):
        put(str(number), edited(number, equal=16, day=day + later))
    assert writer.execute(STORIES).fetchall() == [(["0", "1"], ["near"])]


def test_equal_sketches_of_a_day_are_copies(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", record(1, text="a", bits=0, sketch=bytes(64)), record(2, text="b", bits=-1, sketch=bytes(64)))
    put("two", record(3, text="c", bits=255, sketch=bytes(64)))
    assert writer.execute(STORIES).fetchall() == [(["1", "2", "3"], ["near"])]


def test_an_article_found_unchanged_keeps_its_sketch(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    first = edited(1, equal=16)
    put("one", first)
    put("two", (exchange(first[1].url, 9, outcome="unchanged", status=304), None))
    put("three", edited(2, equal=16))
    assert writer.execute(STORIES).fetchall() == [(["1", "2"], ["near"])]


def test_short_texts_are_not_copies(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    same = bytes(64)
    put("one", *[record(number, text="a", bits=0, words=24, sketch=same) for number in (1, 2)])
    put("two", *[record(number, text=f"t{number}", bits=255 << 8 * number, words=99, sketch=same) for number in (3, 4)])
    assert writer.execute(STORIES).fetchall() == [([str(number)], ["alone"]) for number in (1, 2, 3, 4)]


def test_an_edit_removes_an_article_from_its_story(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", record(1, text="a", bits=0), record(2, text="b", bits=1), record(3, text="c", bits=0b1111))
    assert writer.execute(STORIES).fetchall() == [(["1", "2", "3"], ["near"])]
    put("two", record(2, text="z", bits=-1, minute=30))
    assert writer.execute(STORIES).fetchall() == [(["1"], ["alone"]), (["2"], ["alone"]), (["3"], ["alone"])]


CHAINS = {
    "simhash": [
        record(1, text="a", bits=0),
        record(2, text="b", bits=0b11, day=2),
        record(3, text="c", bits=0b1111, day=3),
    ],
    "sketch": [
        record(1, text="a", bits=1, sketch=bytes([1] * 64)),
        record(2, text="b", bits=255, day=2, sketch=bytes([1] * 16 + [2] * 48)),
        record(3, text="c", bits=-1, day=3, sketch=bytes([3] * 16 + [2] * 48)),
    ],
}


@pytest.mark.parametrize("way", CHAINS)
@pytest.mark.parametrize("order", [(0, 2, 1), (1, 2, 0), (2, 1, 0)])
def test_a_connecting_copy_loaded_late_joins_two_stories(layout: Layout, order: tuple[int, ...], way: str) -> None:
    records = CHAINS[way]
    with open_writer(layout, print) as connection:
        for number in order:
            load(connection, str(number), batch(records[number]), "1")
        assert connection.execute(STORIES).fetchall() == [(["1", "2", "3"], ["near"])]


def test_the_rollup_counts_a_story_once_on_its_first_day(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("late", record(2, text="a", bits=7, day=2), record(3, text="q", bits=-1, day=2))
    put("early", record(1, text="a", bits=7))
    rows = writer.execute("select posted_date, articles, stories from agg_article_day order by 1").fetchall()
    assert [row[1:] for row in rows] == [(1, 1), (2, 1)]


def test_thousands_of_articles_with_one_simhash_are_one_story(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", *[record(number, text=f"t{number % 2500}", bits=5) for number in range(1, 5001)])
    assert writer.execute("select count(distinct story_id), count(*) from fact_story").fetchall() == [(1, 5000)]


def test_a_story_spans_three_days_from_its_first_copy(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", *[record(day + 1, text="a", bits=7, day=day) for day in (0, 2, 3, 5, 8, 9)])
    assert [articles for articles, _ in writer.execute(STORIES).fetchall()] == [["1", "3", "4"], ["10"], ["6", "9"]]


def test_a_daily_note_starts_a_story_every_four_days_at_a_flat_cost(
    writer: duckdb.DuckDBPyConnection, put: Load
) -> None:
    put("year", *[record(day, text="a", bits=7, day=day, sketch=bytes(64)) for day in range(1, 366)])
    sizes = "select members, count(*) from (select count(*) as members from fact_story group by story_id) group by all"
    assert sorted(writer.execute(sizes).fetchall()) == [(1, 1), (4, 91)]
    for day in range(366, 370):
        put(str(day), record(day, text="a", bits=7, day=day, sketch=bytes(64)))
        read = writer.execute("select count(*) from story_member").fetchone()
        assert read is not None
        assert read[0] <= 12


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_the_order_of_loading_has_no_effect(tmp_path: Path, empty_at: EmptyAt, seed: int) -> None:
    chance = random.Random(seed)
    sketches = [None, *(bytes([1] * at + [2] * (64 - at)) for at in (0, 20, 40, 60))]
    pages = [
        record(
            number,
            text=chance.choice("abcd"),
            bits=chance.choice([0, 1, 0b11, 0b1111, 2**20 - 1, 2**40 - 1]),
            day=chance.randrange(28),
            sketch=chance.choice(sketches),
        )
        for number in range(1, 30)
    ]
    edits = [record(number, text=chance.choice("abz"), bits=-1, day=20, minute=number) for number in range(1, 30, 7)]
    found = []
    for turn in range(2):
        own = Layout(tmp_path / str(turn))
        empty_at(own.warehouse)
        with open_writer(own, print) as connection:
            if turn:
                chance.shuffle(pages)
                for at in range(0, 29, 8):
                    load(connection, str(at), batch(*pages[at : at + 8]), "1")
                load(connection, "edits", batch(*edits), "1")
            else:
                load(connection, "all", batch(*pages, *edits), "1")
            found.append(connection.execute(STORIES).fetchall())
    assert found[0] == found[1]
