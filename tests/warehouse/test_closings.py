"""Looks at a closings list: read, unchanged, stale, broken and refused are different facts; order decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import duckdb
import pytest

from flows.model import Closing, ClosingsList, Exchange
from flows.warehouse.batch import Batch
from flows.warehouse.load import load
from flows.warehouse.migrate import migrate
from flows.warehouse.staged_tables import Tables
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


def look(minutes: float, **fields: Any) -> Exchange:
    return exchange(URL, minutes, purpose="closings", **fields)


def polls(*looks: tuple[Exchange, ClosingsList | None]) -> Tables:
    """Looks at the list as the tables of one batch; without a list nothing was read."""
    collected = Batch(ZONES)
    for seen, said in looks:
        if said is None:
            collected.add(seen)
        else:
            collected.add_closings(seen, said)
    return collected.tables()


READ = look(0, outcome="changed"), ClosingsList("populated", at(-10), [SCHOOL])
SAME = look(60, outcome="unchanged", status=304), None
STILL_SAME = look(4 * DAY, outcome="unchanged", status=304), None
EMPTY = look(5 * DAY, outcome="changed"), ClosingsList("empty", at(5 * DAY - 5), [])
REFUSED = look(6 * DAY, outcome="refused", status=403), None
BROKEN = look(7 * DAY, outcome="failed", status=500), None


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 2, 4, 1, 3, 0)])
def test_what_each_look_said(writer: duckdb.DuckDBPyConnection, order: tuple[int, ...]) -> None:
    seen = [READ, SAME, STILL_SAME, EMPTY, REFUSED, BROKEN]
    for number in order:
        load(writer, f"look-{number}", polls(seen[number]), "1")
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


def drawn(number: int, chance: Random) -> tuple[Exchange, ClosingsList | None]:
    """Any look: a list of some of three rows, one without a day of its own, or one that says nothing new."""
    minutes = number * 9 * 60
    match chance.choice(["read", "read", "empty", "same", "same", "broken"]):
        case "read":
            rows = [replace(SCHOOL, organisation=name) for name in ("Rivertown Library", "Senior Center")]
            shown = chance.sample([SCHOOL, replace(rows[0], effective_date=None), rows[1]], chance.randint(1, 3))
            return look(minutes, outcome="changed"), ClosingsList("populated", at(minutes - 20), shown)
        case "empty":
            return look(minutes, outcome="changed"), ClosingsList("empty", at(minutes - 20), [])
        case "same":
            return look(minutes, outcome="unchanged", status=304), None
    return look(minutes, outcome="failed", status=500), None


@pytest.mark.parametrize("seed", range(8))
def test_any_order_and_grouping_of_looks_says_the_same(seed: int) -> None:
    chance = Random(seed)
    looks = [drawn(number, chance) for number in range(12)]
    mixed = chance.sample(looks, len(looks))
    told = [
        said(groups) for groups in ([looks], [[one] for one in looks], [[one] for one in mixed], [mixed[:5], mixed[5:]])
    ]
    assert told[1:] == told[:1] * 3


def said(groups: list[list[tuple[Exchange, ClosingsList | None]]]) -> list[list[tuple[Any, ...]]]:
    """All that the warehouse says of looks loaded in these groups."""
    with duckdb.connect() as connection:
        migrate(connection)
        for number, group in enumerate(groups):
            load(connection, f"group-{number}", polls(*group), "1")
        return [connection.execute(question).fetchall() for question in (POLLS, CLOSINGS)]


def test_unchanged_since_a_look_we_do_not_have_is_unknown(writer: duckdb.DuckDBPyConnection) -> None:
    load(writer, "alone", polls(SAME), "1")
    assert writer.execute("select state, rows, read_fetch_id from fact_closing_poll").fetchall() == [
        ("unknown", 0, None)
    ]
