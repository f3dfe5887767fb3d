"""Rollups of pairs, weather and templates count each exchange and each article once, in any order of loading."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest

from flows.model import Exchange, Moment, Parsed, Tag
from flows.warehouse.fingerprint import fingerprint
from flows.warehouse.load import refresh_rollups
from flows.warehouse.statements import SQL, statement
from tests.warehouse.conftest import Load, exchange, feed, reading, story

PAGE = "https://kxyz.test/content/news/{}.html"
PAIRS = """
select pair.month_date, least(one.label, other.label), greatest(one.label, other.label), pair.articles
from agg_tag_pair_month as pair
join dim_tag as one on one.tag_id = pair.tag_id
join dim_tag as other on other.tag_id = pair.other_tag_id
where pair.tag_id < pair.other_tag_id
order by all
"""
# Rows in which the rollups over all sources and the sums of the rollup by source and day differ.
DAYS = """
with expected as (
    select
        posted_date, tag_id, sum(articles), sum(leaf_articles), sum(stories),
        coalesce(sum(articles) filter (observed), 0), coalesce(sum(leaf_articles) filter (observed), 0),
        coalesce(sum(stories) filter (observed), 0)
    from agg_tag_day
    left join fact_source_day on fact_source_day.source_id = agg_tag_day.source_id and date = posted_date
    group by all
)
(from expected except from agg_topic_day) union all (from agg_topic_day except from expected)
"""
MONTHS = """
with expected as (
    select
        date_trunc('month', posted_date)::date, tag_id, sum(articles), sum(leaf_articles), sum(stories),
        sum(observed_articles), sum(observed_leaf_articles), sum(observed_stories)
    from agg_topic_day
    group by all
)
(from expected except from agg_topic_month) union all (from agg_topic_month except from expected)
"""


def refreshed(writer: duckdb.DuckDBPyConnection) -> None:
    """Refresh the monthly rollups and compare days and months over all sources with the days of each source."""
    refresh_rollups(writer)
    assert writer.execute(DAYS).fetchall() == []
    assert writer.execute(MONTHS).fetchall() == []


def tagged(number: int, *labels: str, **fields: object) -> tuple[Exchange, Parsed]:
    tags = [Tag(label, "tag_box", position) for position, label in enumerate(labels, 1)]
    return exchange(PAGE.format(number), number), story(number, tags=tags, **fields)


def test_pairs_follow_an_article_whose_month_changes(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", tagged(1, "Snow", "Schools"), tagged(2, "Snow", "Schools", "Roads"))
    moved = Moment(datetime(2026, 2, 27, 15, 0, tzinfo=UTC), "Feb 27, 2026 9:00 AM", "source_zone", "minute")
    again = exchange(PAGE.format(2), 90), tagged(2, "Snow", "Schools", "Roads", published=moved)[1]
    put("two", again)
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    refresh_rollups(writer)
    assert writer.execute(PAIRS).fetchall() == [
        (february, "Roads", "Schools", 1),
        (february, "Roads", "Snow", 1),
        (february, "Schools", "Snow", 1),
        (march, "Schools", "Snow", 1),
    ]


def test_topics_follow_late_and_corrected_articles(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    months = "select month_date, label, articles from agg_topic_month join dim_tag using (tag_id) order by all"
    put("one", tagged(1, "Snow"), tagged(2, "Snow", "Roads"))
    refreshed(writer)
    assert writer.execute(months).fetchall() == [(march, "Roads", 1), (march, "Snow", 2)]
    moved = Moment(datetime(2026, 2, 27, 15, 0, tzinfo=UTC), "Feb 27, 2026 9:00 AM", "source_zone", "minute")
    put("late", tagged(3, "Snow", published=moved))
    put("corrected", (exchange(PAGE.format(2), 90), tagged(2, "Snow", "Ice", published=moved)[1]))
    refreshed(writer)
    assert writer.execute(months).fetchall() == [(february, "Ice", 1), (february, "Snow", 2), (march, "Snow", 1)]


def test_the_months_of_a_year_are_stored_in_order_of_tag(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    def posted(number: int, year: int, month: int) -> tuple[Exchange, Parsed]:
        at = Moment(datetime(year, month, 2, 15, 0, tzinfo=UTC), "", "source_zone", "minute")
        return tagged(number, "Snow", "Roads", published=at)

    put("one", posted(1, 2026, 2), posted(2, 2026, 3), posted(3, 2025, 4))
    refreshed(writer)
    put("two", posted(4, 2026, 1))
    put("late", posted(5, 2025, 2))
    refreshed(writer)
    stored = writer.execute("select tag_id, month_date from agg_topic_month order by rowid").fetchall()
    assert len(stored) == 10
    for year in (2025, 2026):
        rows = [row for row in stored if row[1].year == year]
        assert rows == sorted(rows)


def test_a_day_observed_later_counts_as_observed(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    days = "select date, sources, observed_sources, articles, observed_articles from agg_day"
    topics = "select articles, observed_articles, observed_leaf_articles, observed_stories from agg_topic_day"
    put("one", tagged(1, "Snow"))
    refreshed(writer)
    assert writer.execute(days).fetchall() == [(date(2026, 3, 2), 1, 0, 1, 0)]
    assert writer.execute(topics).fetchall() == [(1, 0, 0, 0)]
    put("later", feed(30))
    refreshed(writer)
    assert writer.execute(days).fetchall() == [(date(2026, 3, 2), 1, 1, 1, 1)]
    assert writer.execute(topics).fetchall() == [(1, 1, 1, 1)]


def test_a_second_refresh_changes_nothing(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", tagged(1, "Snow", "Roads"), tagged(2, "Snow"))
    refreshed(writer)
    before = fingerprint(writer)
    refreshed(writer)
    assert fingerprint(writer) == before
    assert writer.execute("select count(*) from stale_month").fetchall() == [(0,)]


def test_the_next_refresh_fills_the_rollups_of_an_older_warehouse(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", tagged(1, "Snow", "Roads"), tagged(2, "Snow"), feed(3))
    refreshed(writer)
    before = fingerprint(writer)
    for table in (
        "agg_day", "agg_topic_day", "agg_topic_month", "agg_place_month", "agg_tag_coverage", "agg_untagged_day",
    ):  # fmt: skip
        writer.execute(f"drop table {table}")
    for name in ("05_topics", "20_tag_coverage"):
        writer.execute((SQL / "schema" / f"{name}.sql").read_text("utf-8"))
    refreshed(writer)
    assert fingerprint(writer) == before


def test_a_tag_and_its_ancestor_are_no_pair(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    writer.execute("insert into tag_parent values ('blizzards', 'weather')")
    put("one", tagged(1, "Blizzards", "Weather", "Schools"), tagged(2, "Weather", "Schools"))
    refresh_rollups(writer)
    assert [row[1:] for row in writer.execute(PAIRS).fetchall()] == [
        ("Blizzards", "Schools", 1),
        ("Schools", "Weather", 1),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_weather_counts_readings_on_the_local_day_of_the_place(
    writer: duckdb.DuckDBPyConnection, put: Load, order: tuple[int, ...]
) -> None:
    writer.execute(
        "insert into dim_place values (7, 'river', 'Rivertown', 'MO', null, 'America/Chicago', 40, -94, 'KRVR')"
    )
    writer.execute("insert into place_alias values ('rivertown', 7)")
    # The first reading is at 09:00 in Chicago, the last at 05:30 UTC on March 3, which is still March 2 there.
    records = [
        (exchange(PAGE.format(1), 0), story(1, weather=[reading(1, 30)])),
        (exchange(PAGE.format(2), 60), story(2, weather=[reading(1, 34), reading(1, 34)])),
        (exchange(PAGE.format(3), 14 * 60 + 30), story(3, weather=[reading(1, 12)])),
    ]
    for at in order:
        put(str(at), records[at])
    rows = writer.execute(
        "select place_id, date, provider, observations, min_temp_f, max_temp_f, conditions from agg_weather_day"
    ).fetchall()
    assert rows == [(7, date(2026, 3, 2), "kxyz", 3, 12.0, 34.0, ["Overcast"])]


def test_template_days_count_every_page_once(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(PAGE.format(1), 0), story(1)), (exchange(PAGE.format(2), 1), story(2, title=None, tags=[])))
    put("two", (exchange(PAGE.format(1), 5), story(1, summary="One line.")))
    put("copy", (exchange(PAGE.format(1), 5), story(1, summary="One line.")))
    rows = writer.execute(
        "select template, date, pages, with_title, with_tags, with_body, with_summary from agg_template_day"
    ).fetchall()
    assert rows == [("heartland", date(2026, 3, 2), 3, 2, 2, 3, 1)]


def test_months_in_a_row_are_recomputed_together_while_they_are_small(writer: duckdb.DuckDBPyConnection) -> None:
    """Articles by month: a range ends before a month that is not stale, and before 20,000 articles are passed."""
    articles = {"2020-01": 9_000, "2020-02": 9_000, "2020-03": 9_000, "2020-06": 90_000, "2020-07": 1, "2019-11": 0}
    for month, count in articles.items():
        writer.execute("insert into stale_month values (?)", [f"{month}-01"])
        writer.execute("insert into agg_article_day values (1, ?, 'own', ?, 0)", [f"{month}-15", count])
    found = []
    while writer.execute(statement("rollups/next_months")).fetchall() != [(None,)]:
        found += writer.execute("select getvariable('from_date')::text, getvariable('before_date')::text").fetchall()
        writer.execute(statement("rollups/20_month/70_stale_month"))
    assert found == [
        ("2019-11-01", "2019-12-01"),
        ("2020-01-01", "2020-03-01"),
        ("2020-03-01", "2020-04-01"),
        ("2020-06-01", "2020-07-01"),
        ("2020-07-01", "2020-08-01"),
    ]
