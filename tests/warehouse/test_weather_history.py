"""Weather history in the warehouse is the same in any order and grouping of its files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from flows.warehouse.batch import Batch
from flows.warehouse.load import load_group
from flows.warehouse.staged_tables import Tables
from flows.weather_model import StationDay, StationReport, WeatherHistory
from tests.warehouse.conftest import ZONES, exchange
from tests.warehouse.test_nws import TOWN

MIDNIGHT = datetime(2026, 3, 2, 6, tzinfo=UTC)  # in Rivertown


def batch(minutes: float, **records: list[object]) -> Tables:
    """A file of one station and method with these records, for Rivertown."""
    history = WeatherHistory("open-meteo", "Open-Meteo", "reanalysis")
    for name, found in records.items():
        setattr(history, name, found)
    collected = Batch(ZONES)
    requested = exchange(f"https://weather.kxyz.test/{minutes}", minutes, purpose="history")
    collected.add_history(requested, history, ["rivertown-mo"])
    return collected.tables()


@pytest.mark.parametrize("groups", [[["hours"], ["days"]], [["days"], ["hours"]], [["hours", "days"]]])
def test_hours_sum_up_to_their_day_and_a_day_without_hours_stands_as_it_is(
    writer: duckdb.DuckDBPyConnection, groups: list[list[str]]
) -> None:
    writer.execute(TOWN)
    hours: list[object] = [
        StationReport("model", MIDNIGHT + timedelta(hours=hour), "model", temp_f=20.0 + hour) for hour in range(24)
    ]
    days: list[object] = [StationDay("model", date(2026, 3, day), 50.0, 10.0) for day in (2, 3)]
    parts = {"hours": batch(0, reports=hours), "days": batch(1, days=days)}
    for group in groups:
        load_group(writer, {name: parts[name] for name in group}, "1")
    found = writer.execute("select date, observations, min_temp_f, max_temp_f from agg_weather_day order by 1, 2")
    assert found.fetchall() == [(date(2026, 3, 2), 24, 20.0, 43.0), (date(2026, 3, 3), 1, 10.0, 50.0)]
