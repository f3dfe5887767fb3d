"""The analyst's views on a loaded month: the key that each names is unique, and each has all rows of its fact table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from flows.settings import ROOT
from tests.month import Month

KEYLESS = {"observations"}
VIEWS = sorted({path.stem for path in (ROOT / "sql" / "views").rglob("*.sql")} - KEYLESS)
ALL_ROWS_OF = {
    "article_bodies": "fact_article",
    "revisions": "fact_article_revision",
    "appearances": "fact_appearance",
    "forecasts": "fact_weather_forecast",
    "alerts": "fact_alert",
    "closings": "fact_closing",
    "closings_polls": "fact_closing_poll",
    "source_days": "fact_source_day",
    "fetches": "fact_fetch",
}


@pytest.fixture(scope="module")
def published(loaded_month: Month) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(loaded_month.layout.published), read_only=True) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> tuple[object, ...]:
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize("view", VIEWS)
def test_the_key_that_a_view_names_is_unique(published: duckdb.DuckDBPyConnection, view: str) -> None:
    (comment,) = one(published, "select comment from duckdb_views() where view_name = ?", view)
    key = re.search(r"Key: ([\w, ]+)\.", str(comment))
    assert key, comment
    total, distinct = one(published, f"select count(*), count(distinct row({key[1]})) from {view}")
    assert total == distinct


@pytest.mark.parametrize(("view", "fact"), ALL_ROWS_OF.items())
def test_a_view_has_every_row_of_its_fact_table(published: duckdb.DuckDBPyConnection, view: str, fact: str) -> None:
    rows, facts = one(published, f"select (select count(*) from {view}), (select count(*) from {fact})")
    assert rows == facts
    assert facts or fact == "fact_alert"


def test_stories_and_tags_add_up(published: duckdb.DuckDBPyConnection) -> None:
    assert one(published, "select sum(articles) from stories") == one(published, "select count(*) from fact_article")
    assert one(published, "select sum(articles) from tags") == one(
        published,
        "select count(*) from (select distinct article_id, tag_id from article_tags where posted_date is not null)",
    )
    copied = one(
        published, "select sources, first_source, first_at < last_at from stories order by sources desc limit 1"
    )
    assert (copied[0], copied[2]) == (2, True)
    assert copied[1] in ("demo_station", "demo_sister")


def test_forecast_errors_are_those_of_whole_days(published: duckdb.DuckDBPyConnection) -> None:
    wrong = """
    select count(*) from forecast_errors as error
    join weather_by_day as day on day.place = error.place and day.state = error.state and day.date = error.valid_date
    where not day.is_whole or error.error_f <> error.forecast_f - if(error.kind = 'high', day.high_f, day.low_f)
    """
    assert one(published, wrong) == (0,)
