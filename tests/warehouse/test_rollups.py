"""Rollups of pairs, weather and templates count each look and each article once, whenever it is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest

from flows.model import Exchange, Moment, Parsed, Tag
from flows.warehouse.load import settle
from tests.warehouse.conftest import Load, exchange, reading, story

PAGE = "https://kxyz.test/content/news/{}.html"
PAIRS = """
select pair.month_date, least(one.label, other.label), greatest(one.label, other.label), pair.articles
from agg_tag_pair_month as pair
join dim_tag as one on one.tag_id = pair.tag_id
join dim_tag as other on other.tag_id = pair.other_tag_id
where pair.tag_id < pair.other_tag_id
order by all
"""


def tagged(number: int, *labels: str, **fields: object) -> tuple[Exchange, Parsed]:
    tags = [Tag(label, "tag_box", position) for position, label in enumerate(labels, 1)]
    return exchange(PAGE.format(number), number), story(number, tags=tags, **fields)


def test_pairs_follow_an_article_that_moves_to_another_month(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", tagged(1, "Snow", "Schools"), tagged(2, "Snow", "Schools", "Roads"))
    moved = Moment(datetime(2026, 2, 27, 15, 0, tzinfo=UTC), "Feb 27, 2026 9:00 AM", "source_zone", "minute")
    again = exchange(PAGE.format(2), 90), tagged(2, "Snow", "Schools", "Roads", published=moved)[1]
    put("two", again)
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    settle(writer)
    assert writer.execute(PAIRS).fetchall() == [
        (february, "Roads", "Schools", 1),
        (february, "Roads", "Snow", 1),
        (february, "Schools", "Snow", 1),
        (march, "Schools", "Snow", 1),
    ]


def test_ancestors_make_no_pair(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    writer.execute("insert into tag_parent values ('blizzards', 'weather')")
    put("one", tagged(1, "Blizzards", "Weather", "Schools"), tagged(2, "Weather", "Schools"))
    settle(writer)
    assert [row[1:] for row in writer.execute(PAIRS).fetchall()] == [
        ("Blizzards", "Schools", 1),
        ("Schools", "Weather", 1),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_weather_counts_looks_of_the_places_own_day(
    writer: duckdb.DuckDBPyConnection, put: Load, order: tuple[int, ...]
) -> None:
    writer.execute(
        "insert into dim_place values (7, 'river', 'Rivertown', 'MO', null, 'America/Chicago', 40, -94, 'KRVR')"
    )
    writer.execute("insert into place_alias values ('rivertown', 7)")
    # The first look is at nine in the morning there, the last at 05:30 UTC of the third: still the second in Chicago.
    looks = [
        (exchange(PAGE.format(1), 0), story(1, weather=[reading(1, 30)])),
        (exchange(PAGE.format(2), 60), story(2, weather=[reading(1, 34), reading(1, 34)])),
        (exchange(PAGE.format(3), 14 * 60 + 30), story(3, weather=[reading(1, 12)])),
    ]
    for at in order:
        put(str(at), looks[at])
    rows = writer.execute(
        "select place_id, date, provider, observations, min_temp_f, max_temp_f, conditions from agg_weather_day"
    ).fetchall()
    assert rows == [(7, date(2026, 3, 2), "kxyz", 3, 12.0, 34.0, ["Overcast"])]


def test_template_days_count_every_look_once(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(PAGE.format(1), 0), story(1)), (exchange(PAGE.format(2), 1), story(2, title=None, tags=[])))
    put("two", (exchange(PAGE.format(1), 5), story(1, summary="One line.")))
    put("copy", (exchange(PAGE.format(1), 5), story(1, summary="One line.")))
    rows = writer.execute(
        "select template, date, pages, with_title, with_tags, with_body, with_summary from agg_template_day"
    ).fetchall()
    assert rows == [("heartland", date(2026, 3, 2), 3, 2, 2, 3, 1)]
