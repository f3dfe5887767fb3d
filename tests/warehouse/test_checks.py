"""Each folder under tests/sql/checks/ holds valid and faulty rows; its check finds exactly the faulty ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.settings import ROOT
from flows.trends.output import to_json
from flows.warehouse.publish import run_checks
from flows.warehouse.statement_query import QueryResult
from flows.warehouse.statements import header, named
from tests.conftest import EmptyAt

BASE = (ROOT / "tests" / "sql" / "cases" / "base.sql").read_text("utf-8")
CASES = ROOT / "tests" / "sql" / "checks"
CHECKS = named("checks")


Warehouse = Callable[[str], duckdb.DuckDBPyConnection]


@pytest.fixture
def warehouse(tmp_path: Path, empty_at: EmptyAt) -> Warehouse:
    """Open a warehouse with the rows that the statements insert."""

    def filled(given: str) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(empty_at(tmp_path / "checked.duckdb")))
        connection.execute("set timezone = 'UTC'")
        connection.execute(BASE + given)
        return connection

    return filled


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_check(path: Path, warehouse: Warehouse) -> None:
    folder = CASES / path.stem
    with warehouse((folder / "given.sql").read_text("utf-8")) as connection:
        found = connection.execute(path.read_text("utf-8"))
        faults = QueryResult(tuple(column[0] for column in found.description or ()), tuple(found.fetchall()))
    rows = sorted(json.loads(to_json(faults)), key=str)
    assert rows == json.loads((folder / "expected.json").read_text("utf-8"))
    assert rows


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> duckdb.DuckDBPyConnection:
    """A warehouse with the sources and tags of the cases, open for reading only."""
    path = empty_at(tmp_path_factory.mktemp("checks") / "empty.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(BASE)
    connection = duckdb.connect(str(path), read_only=True)
    connection.execute("set timezone = 'UTC'")
    return connection


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_check_has_a_level_and_finds_nothing_in_an_empty_warehouse(
    path: Path, empty: duckdb.DuckDBPyConnection
) -> None:
    text = path.read_text("utf-8")
    assert header(text, "level") in ("fail", "warn")
    assert empty.execute(text).fetchall() == []


def test_failed_checks_read_their_rows_again_and_passed_ones_do_not(warehouse: Warehouse) -> None:
    given = (CASES / "refused_but_fetched" / "given.sql").read_text("utf-8")
    with warehouse(given + "update batch set loaded_at = now();") as connection:
        assert faults(connection, "refused_but_fetched") == 2
        assert faults(connection, "refused_but_fetched") == 2
        connection.execute("update fact_fetch set outcome = 'refused' where fetch_id in (4, 5)")
        assert faults(connection, "refused_but_fetched") == 0
        connection.execute("update fact_fetch set outcome = 'new' where fetch_id = 4")
        assert faults(connection, "refused_but_fetched") == 0
        connection.execute("insert into batch values ('next', now(), '1', 1)")
        connection.execute("insert into fact_fetch select * replace (7 as fetch_id) from fact_fetch where fetch_id = 4")
        assert faults(connection, "refused_but_fetched") == 1


def faults(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    return next(check.faults for check in run_checks(connection) if check.name == name)
