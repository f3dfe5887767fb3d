"""Polls of a closings list: read, unchanged, stale, broken and refused differ; the order of loading has no effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from flows.model import Closing, ClosingsList, Exchange
from flows.warehouse.batch import Batch
from flows.warehouse.load import load
from flows.warehouse.staged_tables import Tables
from tests.conftest import EmptyAt
from tests.warehouse.conftest import ZONES, at, exchange

DAY = 24 * 60
POLLS = "select polled_at, state, updated_at, rows, read_fetch_id is not null from fact_closing_poll order by all"
CLOSINGS = """
select name, effective_date, status, first_seen_at, last_seen_at
from fact_closing
join dim_organisation using (organisation_id)
order by all
"""
URL = "https://kxyz.test/closings.html"
SCHOOL = Closing("Rivertown R-II Schools", "Closed Tomorrow", date(2026, 3, 3))


def poll(minutes: float, **fields: Any) -> Exchange:
    return exchange(URL, minutes, purpose="closings", **fields)


def polls(*polled: tuple[Exchange, ClosingsList | None]) -> Tables:
    """The polls as the tables of one batch; None stands for a poll that read no list."""
    collected = Batch(ZONES)
    for made, closings in polled:
        if closings is None:
            collected.add(made)
        else:
            collected.add_closings(made, closings)
    return collected.tables()


READ = poll(0, outcome="changed"), ClosingsList("populated", at(-10), [SCHOOL])
SAME = poll(60, outcome="unchanged", status=304), None
STILL_SAME = poll(4 * DAY, outcome="unchanged", status=304), None
EMPTY = poll(5 * DAY, outcome="changed"), ClosingsList("empty", at(5 * DAY - 5), [])
REFUSED = poll(6 * DAY, outcome="refused", status=403), None
BROKEN = poll(7 * DAY, outcome="failed", status=500), None


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 2, 4, 1, 3, 0)])
def test_each_poll_has_a_state(writer: duckdb.DuckDBPyConnection, order: tuple[int, ...]) -> None:
    made = [READ, SAME, STILL_SAME, EMPTY, REFUSED, BROKEN]
    for number in order:
        load(writer, f"poll-{number}", polls(made[number]), "1")
    states = writer.execute("select polled_at, state, updated_at, rows from fact_closing_poll order by 1").fetchall()
    assert states == [
        (at(0), "populated", at(-10), 1),
        (at(60), "populated", at(-10), 1),
        (at(4 * DAY), "stale", at(-10), 1),
        (at(5 * DAY), "empty", at(5 * DAY - 5), 0),
        (at(6 * DAY), "refused", None, 0),
        (at(7 * DAY), "broken", None, 0),
    ]
    closings = writer.execute("select effective_date, status, first_seen_at, last_seen_at from fact_closing").fetchall()
    assert closings == [(date(2026, 3, 3), "Closed Tomorrow", at(0), at(4 * DAY))]


# Seed and number of polls: each poll is a load of its own, twice.
FEW = [(seed, 6) for seed in range(2)]
MANY = [pytest.param(seed, 12, marks=pytest.mark.long) for seed in range(8)]


def random_poll(number: int, rng: Random) -> tuple[Exchange, ClosingsList | None]:
    """A random poll: some of three rows (one without a date), an empty list, or no list."""
    minutes = number * 9 * 60
    match rng.choice(["read", "read", "empty", "same", "same", "broken"]):
        case "read":
            rows = [replace(SCHOOL, organisation=name) for name in ("Rivertown Library", "Senior Center")]
            shown = rng.sample([SCHOOL, replace(rows[0], effective_date=None), rows[1]], rng.randint(1, 3))
            return poll(minutes, outcome="changed"), ClosingsList("populated", at(minutes - 20), shown)
        case "empty":
            return poll(minutes, outcome="changed"), ClosingsList("empty", at(minutes - 20), [])
        case "same":
            return poll(minutes, outcome="unchanged", status=304), None
    return poll(minutes, outcome="failed", status=500), None


@pytest.mark.parametrize(("seed", "count"), [*FEW, *MANY])
def test_order_and_grouping_of_polls_have_no_effect(tmp_path: Path, empty_at: EmptyAt, seed: int, count: int) -> None:
    rng = Random(seed)
    made = [random_poll(number, rng) for number in range(count)]
    mixed = rng.sample(made, len(made))
    groupings = ([made], [[one] for one in made], [[one] for one in mixed], [mixed[:5], mixed[5:]])
    found = [loaded(empty_at(tmp_path / f"{number}.duckdb"), groups) for number, groups in enumerate(groupings)]
    assert found[1:] == found[:1] * 3


def loaded(warehouse: Path, groups: list[list[tuple[Exchange, ClosingsList | None]]]) -> list[list[tuple[Any, ...]]]:
    """All polls and closings after loading these groups, one batch per group."""
    with duckdb.connect(str(warehouse)) as connection:
        for number, group in enumerate(groups):
            load(connection, f"group-{number}", polls(*group), "1")
        return [connection.execute(query).fetchall() for query in (POLLS, CLOSINGS)]


def test_unchanged_since_a_poll_that_is_not_loaded_is_unknown(writer: duckdb.DuckDBPyConnection) -> None:
    load(writer, "alone", polls(SAME), "1")
    assert writer.execute("select state, rows, read_fetch_id from fact_closing_poll").fetchall() == [
        ("unknown", 0, None)
    ]


def test_a_closing_of_several_days_has_a_row_for_each(writer: duckdb.DuckDBPyConnection) -> None:
    closed = Closing("Rivertown R-II Schools", "Closed Mar 3 - 4", date(2026, 3, 3), (date(2026, 3, 4),))
    load(writer, "range", polls((poll(0, outcome="changed"), ClosingsList("populated", at(-10), [closed]))), "1")
    assert writer.execute("select effective_date from fact_closing order by 1").fetchall() == [
        (date(2026, 3, 3),),
        (date(2026, 3, 4),),
    ]
    assert writer.execute("select rows from fact_closing_poll").fetchall() == [(1,)]
