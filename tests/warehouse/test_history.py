"""The history of an article is the same in any order and grouping of batches."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest

from flows.data_layout import Layout
from flows.model import Exchange, Moment, Parsed, Tag
from flows.warehouse.connection import open_writer
from flows.warehouse.load import load_group, refresh_rollups
from tests.conftest import EmptyAt
from tests.warehouse.conftest import STATION, Load, at, batch, exchange, feed, reading, story

Record = Exchange | tuple[Exchange, Parsed]
URL = "https://kxyz.test/content/news/1.html"

FACTS = {
    "articles": "select article_key, title, posted_date, first_seen_at, last_seen_at, gone_at, revisions"
    " from fact_article",
    "revisions": "select article_key, revision, from_at, until_at, kind, silent from fact_article_revision"
    " join fact_article using (article_id)",
    "tags": "select article_key, folded, method, position, raw_label from fact_article_tag"
    " join dim_tag using (tag_id) join fact_article using (article_id)",
    "appearances": "select fact_appearance.url, article_key, slot, from_at, until_at, sightings, best_rank"
    " from fact_appearance left join fact_article using (article_id)",
    "readings": "select place, observed_at, until_at, temp_f, page_count from fact_weather_observation",
    "forecasts": "select place, issued_at, valid_date, hi_f, lo_f from fact_weather_forecast",
    "days": "select * from fact_source_day",
    "fetches": "select url, requested_at, purpose, outcome from fact_fetch",
    "article days": "select posted_date, origin_kind, articles, stories from agg_article_day",
    "tag days": "select folded, posted_date, articles from agg_tag_day join dim_tag using (tag_id)",
    "tag pairs": "select month_date, least(one.folded, other.folded), greatest(one.folded, other.folded), articles"
    " from agg_tag_pair_month as pair"
    " join dim_tag as one on one.tag_id = pair.tag_id join dim_tag as other on other.tag_id = pair.other_tag_id",
    "templates": "select * from agg_template_day",
}


Facts = dict[str, list[tuple[object, ...]]]


def facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """All facts without surrogate keys, sorted."""
    refresh_rollups(connection)
    return {name: sorted(connection.execute(sql).fetchall(), key=repr) for name, sql in FACTS.items()}


def history() -> list[list[Record]]:
    """Four batches: listed in the feed and read; found unchanged; edited silently; gone."""
    edited = story(1, body="The council of Rivertown voted twice.", content_hash="hash-1b", weather=[reading(1, 31)])
    return [
        [feed(0, URL), (exchange(URL, 1), story(1, weather=[reading(1, 30)]))],
        [feed(30, URL), exchange(URL, 31, outcome="unchanged", status=304)],
        [(exchange(URL, 60, outcome="changed"), edited)],
        [feed(90, "https://kxyz.test/content/news/2.html"), exchange(URL, 91, outcome="gone", status=404)],
    ]


def test_the_same_exchanges_in_another_file_change_nothing(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    records = [record for part in history() for record in part]
    put("one", *records)
    before = facts(writer)
    assert put("copy", *records, *records)
    assert facts(writer) == before


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> Facts:
    """All facts after loading the batches in order, one by one."""
    layout = Layout.at(tmp_path_factory.mktemp("straight"))
    empty_at(layout.warehouse)
    return loaded(layout, ((0,), (1,), (2,), (3,)))


@pytest.mark.parametrize(
    "groups", [((3,), (2,), (1,), (0,)), ((1, 0), (3, 2)), ((2, 3, 1, 0),), ((0,), (2, 1, 3)), ((0, 1, 2, 3),)]
)
def test_order_and_grouping_of_batches_have_no_effect(
    straight: Facts, layout: Layout, groups: tuple[tuple[int, ...], ...]
) -> None:
    assert loaded(layout, groups) == straight


def loaded(layout: Layout, groups: tuple[tuple[int, ...], ...]) -> Facts:
    """All facts after loading these groups of batches."""
    with open_writer(layout, print) as connection:
        connection.execute(STATION)
        for group in groups:
            assert load_group(connection, {str(at): batch(*history()[at]) for at in group}, "1") == len(group)
        return {**facts(connection), "batches": ledger(connection)}


def ledger(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute("select batch_id, fetches from batch order by batch_id").fetchall()


def test_a_group_skips_loaded_batches_and_records_every_file(writer: duckdb.DuckDBPyConnection) -> None:
    parts = {str(at): batch(*records) for at, records in enumerate(history())}
    assert load_group(writer, {"0": parts["0"]}, "1") == 1
    assert load_group(writer, {**parts, "copy of 1": parts["1"], "empty": batch()}, "1") == 5
    assert ledger(writer) == [("0", 2), ("1", 2), ("2", 1), ("3", 2), ("copy of 1", 0), ("empty", 0)]
    assert load_group(writer, parts, "1") == 0


def test_revisions_are_first_and_silent(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    for number, records in enumerate(history()):
        put(str(number), *records)
    assert facts(writer)["revisions"] == [
        ("1", 1, at(1), at(31), "first", False),
        ("1", 2, at(60), at(60), "silent", True),
    ]
    assert facts(writer)["articles"] == [("1", "Council votes 1", date(2026, 3, 2), at(1), at(60), at(91), 2)]


def test_an_article_that_returns_is_not_gone(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(URL, 0), story(1)), exchange(URL, 5, outcome="gone", status=404))
    put("two", (exchange(URL, 10), story(1)))
    assert writer.execute("select gone_at, last_seen_at from fact_article").fetchall() == [(None, at(10))]


def test_tags_keep_their_commas_and_match_by_normalized_label(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    again = story(2, tags=[Tag("CITY  council", "meta_keywords", 1)])
    put("one", (exchange(URL, 0), story(1)), (exchange("https://kxyz.test/content/news/2.html", 1), again))
    rows = writer.execute(
        "select article_key, label, raw_label from fact_article_tag join dim_tag using (tag_id)"
        " join fact_article using (article_id) order by all"
    ).fetchall()
    assert rows == [
        ("1", "Budget, taxes and fees", "Budget, taxes and fees"),
        ("1", "City Council", "City Council"),
        ("2", "City Council", "CITY  council"),
    ]


def test_the_posted_date_is_the_local_day_of_the_source(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    late = Moment(datetime(2026, 3, 3, 4, 30, tzinfo=UTC), "10:30 PM", "source_zone", "minute")
    put("one", (exchange(URL, 0), story(1, published=late)))
    assert writer.execute("select posted_date, posted_at from fact_article").fetchall() == [(date(2026, 3, 2), late.at)]


def test_an_unknown_zone_gives_a_day_but_no_instant(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    printed = Moment(datetime(2026, 3, 2, 23, 0), "Mar 2, 2026 11:00 PM", "unknown", "minute")
    put("one", (exchange(URL, 0, source="elsewhere.test"), story(1, published=printed)))
    assert writer.execute("select posted_at, posted_date from fact_article").fetchall() == [(None, date(2026, 3, 2))]


def test_a_corrected_posted_date_moves_in_the_rollups(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(URL, 0), story(1)))
    corrected = Moment(datetime(2026, 3, 1, 15, 0, tzinfo=UTC), "Mar 1, 2026 9:00 AM", "source_zone", "minute")
    put("two", (exchange(URL, 9), story(1, published=corrected)))
    assert facts(writer)["article days"] == [(date(2026, 3, 1), "unknown", 1, 1)]


def test_a_day_is_observed_only_where_a_listing_responded(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", feed(0), feed(24 * 60, outcome="failed", status=None), feed(48 * 60, outcome="unchanged", status=304))
    rows = writer.execute("select date, channel_reads, failed, observed from fact_source_day order by date").fetchall()
    assert rows == [
        (date(2026, 3, 2), 1, 0, True),
        (date(2026, 3, 3), 0, 1, False),
        (date(2026, 3, 4), 1, 0, True),
    ]


def test_a_soft_404_page_is_a_fetch_and_no_article(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(URL, 0), story(1, kind="missing")))
    assert writer.execute("select count(*) from fact_article").fetchall() == [(0,)]
    assert writer.execute("select count(*) from fact_fetch").fetchall() == [(1,)]


def test_invalid_text_and_times_are_loaded(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    first_day = Moment(datetime.min.replace(tzinfo=UTC), "0001", "explicit", "instant")
    page = story(1, title="bad \ud800 text \x00", content_hash=None, published=first_day)
    put("one", (exchange(URL + "?\udcff", 0, reason="\udc80"), page))
    assert writer.execute("select count(*) from fact_article where title like 'bad%'").fetchall() == [(1,)]


def test_a_fetch_keeps_the_robots_tags_of_the_page(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("first", exchange(URL, 0, robots_tags=("noarchive", "nofollow")), exchange(URL, 1))
    rows = writer.execute("select robots_tags from fact_fetch order by fetch_id").fetchall()
    assert rows == [(["noarchive", "nofollow"],), ([],)]
