"""Words: split as people search them, recomputed where a text changed, in any order of loading; no private bodies."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from flows.data_layout import Layout
from flows.model import Exchange, Moment, Parsed
from flows.sources import Source, SourceCatalog
from flows.topic_config import Topics
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.fingerprint import fingerprint
from flows.warehouse.load import load, refresh_rollups
from tests.warehouse.conftest import Load, batch, exchange, story

STALE = "select month_date::text from stale_word_month order by all"
PLACED = """
select word, month_date::text, list_transform({}, lambda one: (one >> 14, one & 16383))
from agg_word_month join dim_word using (word_id) where {} is not null order by all
"""


def page(number: int, minutes: float, **fields: object) -> tuple[Exchange, Parsed]:
    return exchange(f"https://kxyz.test/content/news/{number}.html", minutes), story(number, **fields)


def posted(month: int) -> Moment:
    return Moment(datetime(2026, month, 3, 15, 0, tzinfo=UTC), "", "source_zone", "minute")


def placed(connection: duckdb.DuckDBPyConnection, column: str = "headline_positions") -> list[tuple]:
    return connection.execute(PLACED.format(column, column)).fetchall()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Beyoncé’s naïve Café, CAFE\u0301", "beyonce s naive cafe cafe"),
        ("St. Joseph: 5.3% flash-flood", "st joseph 5 3 flash flood"),
        ("O'Brien «Ελλάδα» Ёлка", "o brien ελλαδα елка"),
        ("हिन्दी مُحَمَّد", "हिन्दी محمد"),
        ("TV東京 ガス", "tv 東 京 ガ ス"),
        ("", ""),
    ],
)
def test_words_are_split_and_folded(writer: duckdb.DuckDBPyConnection, text: str, words: str) -> None:
    assert writer.execute("select words_of($text)", {"text": text}).fetchall() == [(words.split(),)]
    printed = writer.execute("select words_in($text)", {"text": text}).fetchall()[0][0]
    assert len(printed) == len(words.split())


def test_each_field_has_positions_of_its_own(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", page(1, 0, title="Snow falls", summary="Snow", body="Much snow"))
    refresh_rollups(writer)
    assert placed(writer) == [("falls", "2026-03-01", [(1, 2)]), ("snow", "2026-03-01", [(1, 1), (1, 513)])]
    assert placed(writer, "body_positions") == [
        ("much", "2026-03-01", [(1, 1025)]),
        ("snow", "2026-03-01", [(1, 1026)]),
    ]


def test_a_revised_text_replaces_the_former_one(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", page(1, 0, title="Snow", body="First"), page(2, 0, title="Rain", body="First"))
    refresh_rollups(writer)
    put("two", page(1, 9, title="Ice", body="Second", published=posted(2)))
    assert writer.execute(STALE).fetchall() == [("2026-02-01",), ("2026-03-01",)]
    refresh_rollups(writer)
    assert placed(writer) == [("ice", "2026-02-01", [(1, 1)]), ("rain", "2026-03-01", [(2, 1)])]
    assert [row[0] for row in placed(writer, "body_positions")] == ["first", "second"]


def test_a_month_is_recomputed_only_where_a_text_changed(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", page(1, 0))
    refresh_rollups(writer)
    put("again", page(1, 9))
    put("earlier", page(1, -9, title="Former"))
    put("gone", exchange("https://kxyz.test/content/news/1.html", 20, outcome="gone", status=404))
    assert writer.execute(STALE).fetchall() == []


def test_an_article_without_any_day_is_found(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    at_no_time = exchange("https://kxyz.test/content/news/1.html", 0, requested_at=None)
    put("one", (at_no_time, story(1, title="Snow", published=None)))
    refresh_rollups(writer)
    assert writer.execute(STALE).fetchall() == []
    assert placed(writer) == [("snow", "-infinity", [(1, 1)])]


def test_the_order_of_loading_has_no_effect(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    records = [
        page(1, 0, title="Snow", body="First"),
        page(2, 1, title="Rain", published=posted(1)),
        page(1, 5, title="Ice and snow", body="Second"),
        page(2, 7, title="Rain", published=None),
        page(3, 8, title="Wind", published=None),
        page(3, 2, title="Wind", published=None),
    ]
    found = []
    for order in (records, records[::-1]):
        for table in ("batch", "fact_fetch", "article_reading", "article_state", "fact_article", "article_url"):
            writer.execute(f"delete from {table}")
        for table in ("fact_article_revision", "fact_story", "article_text", "fact_article_tag", "agg_word_month"):
            writer.execute(f"delete from {table}")
        for number, record in enumerate(order):
            put(str(number), record)
            refresh_rollups(writer)
        found.append(fingerprint(writer)["agg_word_month"])
    assert found[0] == found[1]
    assert found[0][0] > 10


def test_words_of_private_bodies_are_not_kept(layout: Layout) -> None:
    def sync(*, store_body: bool) -> None:
        fields = {"name": "kxyz", "kind": "station", "title": "K", "home": "https://kxyz.test/", "zone": "UTC"}
        source = Source.model_validate({**fields, "store_body": store_body})
        sync_dimensions(connection, SourceCatalog({"kxyz": source}, {}), Topics())

    with open_writer(layout, print) as connection:
        sync(store_body=True)
        load(connection, "one", batch(page(1, 0, title="Snow", body="Much snow")), "1")
        refresh_rollups(connection)
        assert placed(connection, "body_positions")
        sync(store_body=False)
        assert placed(connection, "body_positions") == []
        load(connection, "two", batch(page(2, 0, title="Rain", body="Much rain")), "1")
        refresh_rollups(connection)
        assert placed(connection, "body_positions") == []
        assert [row[0] for row in placed(connection)] == ["rain", "snow"]
