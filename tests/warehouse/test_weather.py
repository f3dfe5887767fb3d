"""Panel weather: equal readings are one interval on any number of pages, and unknown times stay out of time series."""

from __future__ import annotations

from datetime import date

import duckdb

from tests.warehouse.conftest import Load, at, exchange, reading, story

PAGE = "https://kxyz.test/content/news/{}.html"
INTERVALS = "select place, observed_at, until_at, temp_f, page_count from fact_weather_observation order by all"


def test_equal_readings_are_one_interval_and_a_returning_one_is_new(
    writer: duckdb.DuckDBPyConnection, put: Load
) -> None:
    temps = [30, 30, 31, 30]
    records = [(exchange(PAGE.format(n), n), story(n, weather=[reading(1, temp)])) for n, temp in enumerate(temps)]
    put("one", *records[:2])
    put("two", *records[2:])
    assert writer.execute(INTERVALS).fetchall() == [
        ("Rivertown", at(0), at(1), 30.0, 2),
        ("Rivertown", at(2), at(2), 31.0, 1),
        ("Rivertown", at(3), at(3), 30.0, 1),
    ]


def test_panel_twice_on_a_page_and_two_pages_at_once_are_one_reading(
    writer: duckdb.DuckDBPyConnection, put: Load
) -> None:
    twice = [reading(1, 30), reading(2, 33)]
    put("one", (exchange(PAGE.format(1), 0), story(1, weather=twice)))
    put("two", (exchange(PAGE.format(2), 0), story(2, weather=[reading(1, 35)])))
    assert writer.execute(INTERVALS).fetchall() == [("Rivertown", at(0), at(0), 30.0, 2)]


def test_a_row_without_a_place_is_named_by_its_position(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(PAGE.format(1), 0), story(1, weather=[reading(1, 30), reading(2, 28, place=None)])))
    assert [row[0] for row in writer.execute(INTERVALS).fetchall()] == ["#2", "Rivertown"]


def test_high_and_low_are_forecasts_for_the_local_day(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    # 11 hours after the start it is 02:00 UTC on March 3, and 20:00 on March 2 in Chicago.
    put("one", (exchange(PAGE.format(1), 11 * 60), story(1, weather=[reading(1, 30)])))
    rows = writer.execute("select issued_at, valid_date, hi_f, lo_f from fact_weather_forecast").fetchall()
    assert rows == [(at(660), date(2026, 3, 2), 40.0, 20.0)]


def test_an_unknown_capture_time_gives_no_observation_time(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("one", (exchange(PAGE.format(1), 0, requested_at=None), story(1, weather=[reading(1, 30)])))
    assert writer.execute(INTERVALS).fetchall() == [("Rivertown", None, None, 30.0, 1)]
    assert writer.execute("select count(*) from observations").fetchall() == [(0,)]
    assert writer.execute("select count(*) from fact_weather_forecast").fetchall() == [(0,)]
