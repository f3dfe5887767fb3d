"""Weather service records: late values enter, rain is counted once, and later messages end earlier alerts."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import duckdb
import pytest

from flows.model import Alert, NwsAnswer, Observation
from flows.warehouse.batch import Batch
from flows.warehouse.load import load
from tests.warehouse.conftest import ZONES, at, exchange

TOWN = (
    "insert into dim_place (place_id, place_key, name, state, zone, lat, lon)"
    " values (1, 'rivertown-mo', 'Rivertown', 'MO', 'America/Chicago', 39, -94)"
)
ALERTS = "select alert_id, zone, message_type, status, ends_at, ended_at from fact_alert order by all"


def put(writer: duckdb.DuckDBPyConnection, minutes: float, answer: NwsAnswer) -> None:
    """Load one response as a batch of its own, requested at that minute."""
    collected = Batch(ZONES)
    requested = exchange(f"https://api.kxyz.test/{minutes}", minutes, purpose="observations")
    collected.add_nws(requested, answer, ["rivertown-mo"])
    load(writer, f"nws-{minutes}", collected.tables(), "1")


def rain(*reports: tuple[float, float | None]) -> NwsAnswer:
    """Reports at these minutes with the rain of the hour before, in inches."""
    return NwsAnswer(observations=[Observation("KXYZ", at(minutes), precip_in=inches) for minutes, inches in reports])


@pytest.mark.parametrize("order", permutations(range(3)))
def test_values_that_arrive_late_enter_in_any_order_of_loading(
    writer: duckdb.DuckDBPyConnection, order: tuple[int, ...]
) -> None:
    writer.execute(TOWN)
    readings = [
        (10, Observation("KXYZ", at(0), condition="Fair")),
        (70, Observation("KXYZ", at(0), condition="Fair", temp_f=31, wind_deg=350, visibility_mi=10)),
        (130, Observation("KXYZ", at(0), condition="Fair", temp_f=32, wind_deg=350, visibility_mi=10)),
    ]
    for number in order:
        minutes, observation = readings[number]
        put(writer, minutes, NwsAnswer(observations=[observation]))
    rows = writer.execute(
        "select place, temp_f, wind_deg, visibility_mi, read_at, page_count from fact_weather_observation"
    ).fetchall()
    assert rows == [("Rivertown", 32.0, 350.0, 10.0, at(130), 1)]


def test_a_reading_that_lost_values_does_not_take_them_away(writer: duckdb.DuckDBPyConnection) -> None:
    put(writer, 10, NwsAnswer(observations=[Observation("KXYZ", at(0), temp_f=31, wind_mph=5)]))
    put(writer, 70, NwsAnswer(observations=[Observation("KXYZ", at(0), temp_f=31)]))
    assert writer.execute("select temp_f, wind_mph from fact_weather_observation").fetchall() == [(31.0, 5.0)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
@pytest.mark.parametrize("is_one_batch", [True, False])
def test_readings_that_have_different_values_complete_one_another(
    writer: duckdb.DuckDBPyConnection, order: tuple[int, ...], is_one_batch: bool
) -> None:
    readings = [
        (10, {"temp_f": 31, "wind_mph": 5, "precip_in": 0.1}),
        (70, {"temp_f": 32, "dewpoint_f": 28}),
        (130, {"temp_f": 33, "humidity_pct": 90, "precip_in": 0.2}),
    ]
    answers = [(minutes, [Observation("KXYZ", at(0), **values)]) for minutes, values in readings]
    if is_one_batch:
        collected = Batch(ZONES)
        for number in order:
            minutes, observations = answers[number]
            requested = exchange(f"https://api.kxyz.test/{minutes}", minutes, purpose="observations")
            collected.add_nws(requested, NwsAnswer(observations=observations))
        load(writer, "nws", collected.tables(), "1")
    else:
        for number in order:
            put(writer, answers[number][0], NwsAnswer(observations=answers[number][1]))
    rows = writer.execute("select temp_f, wind_mph, dewpoint_f, humidity_pct, precip_in from fact_weather_observation")
    assert rows.fetchall() == [(33.0, 5.0, 28.0, 90.0, 0.2)]


@pytest.mark.parametrize(
    ("reports", "inches"),
    [
        ([(0, 0.3), (15, 0.3), (35, 0.3)], 0.3),  # one shower, in three reports of the same hour
        ([(35, 0.3), (53, 0.3), (70, 0.3)], 0.3),  # across the full hour
        ([(53, 0.3), (63, 0.0), (113, 0.1)], 0.4),  # a special report starts counting anew
        ([(53, 0.1), (112, 0.2), (173, 0.3)], 0.6),  # hourly reports, a minute early or late
        ([(5 * n, 0.3 if 5 <= n < 17 else 0.0) for n in range(30)], 0.3),  # every five minutes
        ([(53, 0.0), (113, 0.0)], 0.0),
        ([(53, None), (113, None)], None),
    ],
)
def test_rain_of_hours_that_overlap_is_counted_once(
    writer: duckdb.DuckDBPyConnection, reports: list[tuple[float, float | None]], inches: float | None
) -> None:
    writer.execute(TOWN)
    put(writer, 200, rain(*reports))
    assert writer.execute("select precip_in from agg_weather_day").fetchall() == [(pytest.approx(inches),)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
@pytest.mark.parametrize(
    ("reports", "days"),
    [
        ([(893, 0.3), (905, 0.3), (953, 0.0)], [0.3, 0.0]),  # one shower, before midnight and after
        ([(893, 0.3), (905, 0.35), (953, 0.1)], [0.3, 0.1]),  # the hour of 00:53 begins at the report of 23:53
        ([(893, 0.1), (899, 0.15), (953, 0.4)], [0.15, 0.35]),  # together 0.5: the hours that end at 23:53 and 00:53
        ([(893, 0.0), (920, 0.3), (953, 0.4)], [0.0, 0.4]),
        ([(893, 0.2), (948, 0.3), (1008, 0.1)], [0.2, 0.4]),  # hourly reports, five minutes early
        ([(893, 0.2), (905, None), (1013, 0.1)], [0.2, 0.1]),
        ([(833, 0.2), (893, 0.1), (905, None)], [0.3, None]),
    ],
)
def test_rain_across_midnight_is_counted_once(
    writer: duckdb.DuckDBPyConnection,
    reports: list[tuple[float, float | None]],
    days: list[float | None],
    order: tuple[int, ...],
) -> None:
    writer.execute(TOWN)  # START is 09:00 there, so midnight is at minute 900
    for number in order:
        put(writer, 2000 + number, rain(reports[number]))
    found = writer.execute("select date, precip_in from agg_weather_day order by date").fetchall()
    assert found == [(date(2026, 3, 2), days[0]), (date(2026, 3, 3), days[1])]


@pytest.mark.parametrize("order", permutations(range(3)))
def test_an_update_replaces_and_a_cancel_ends_in_any_order_of_loading(
    writer: duckdb.DuckDBPyConnection, order: tuple[int, ...]
) -> None:
    shared = {"status": "Actual", "zones": ("MOC021",), "ends_at": at(300)}
    messages = [
        Alert("a", "Flood Warning", "Alert", sent_at=at(0), **shared),
        Alert("b", "Flood Warning", "Update", sent_at=at(60), references=("a",), **shared),
        Alert("c", "Flood Warning", "Cancel", sent_at=at(90), references=("a", "b"), **shared),
    ]
    for number in order:
        put(writer, number, NwsAnswer(alerts=[messages[number]]))
    assert writer.execute(ALERTS).fetchall() == [
        ("a", "MOC021", "Alert", "Actual", at(300), at(60)),
        ("b", "MOC021", "Update", "Actual", at(300), at(90)),
    ]
