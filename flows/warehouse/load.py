"""Loads batches in one transaction: dimensions, facts, ledger and daily rollups; and refreshes the monthly rollups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

import duckdb
import pyarrow.compute as pc

from flows.warehouse.staged_tables import Tables, grouped
from flows.warehouse.statements import needs, sequence, statement
from flows.warehouse.stories import cluster_stories
from flows.warehouse.transaction import transaction


def is_loaded(connection: duckdb.DuckDBPyConnection, batch_id: str) -> bool:
    """Whether the batch is in the warehouse."""
    return connection.execute("select 1 from batch where batch_id = ?", [batch_id]).fetchone() is not None


def load(connection: duckdb.DuckDBPyConnection, batch_id: str, tables: Tables, parser_version: str) -> bool:
    """Load the tables of one batch; False, with nothing changed, if the warehouse has that batch already.

    Exchanges that an earlier batch loaded are skipped, with all rows that came with them. An error leaves the
    warehouse as it was.
    """
    return load_group(connection, {batch_id: tables}, parser_version) == 1


def load_group(connection: duckdb.DuckDBPyConnection, group: Mapping[str, Tables], parser_version: str) -> int:
    """Load many batches, `batch_id -> tables`, in one transaction; returns how many were not in the warehouse yet.

    Grouping has no effect on the result: one transaction of many batches loads the same rows as one transaction per
    batch. Exchanges that are already loaded are skipped, with all rows that came with them. An error leaves the
    warehouse as it was.
    """
    fresh = {batch_id: tables for batch_id, tables in group.items() if not is_loaded(connection, batch_id)}
    if not fresh:
        return 0
    _load(connection, grouped(fresh), parser_version)
    return len(fresh)


class Batches:
    """The batches of one open warehouse, for rooms that do not know DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def sizes(self, batch_ids: Collection[str]) -> dict[str, int]:
        """Batch id -> exchanges that the batch brought, for those that have landed."""
        query = "select batch_id, fetches from batch where list_contains(?, batch_id)"
        rows = self._connection.execute(query, [list(batch_ids)]).fetchall()
        return {str(batch_id): int(fetches) for batch_id, fetches in rows}

    def load(self, group: Mapping[str, Tables], parser_version: str) -> None:
        """Load many batches in one transaction; see `load_group`."""
        load_group(self._connection, group, parser_version)


def refresh_rollups(connection: duckdb.DuckDBPyConnection) -> None:
    """Compute again what a migration marked as stale, then the stale monthly rollups and words; called once per
    refresh, before the checks.

    Months that follow one another are recomputed together as long as they are small, so that years with few articles
    take few statements, and memory holds one large month at most.
    """
    if connection.execute("select 1 from stale_article limit 1").fetchone():
        _load(connection, grouped({}), "")
    with transaction(connection):
        _each_month(connection, "rollups/next_months", "rollups/15_tags")
        # A month with other tags can change what is usual at a source, and with it the days of other months.
        if connection.execute("select 1 from stale_month limit 1").fetchone():
            connection.execute(statement("rollups/untagged_day"))
        connection.execute(statement("rollups/changed_month"))
        _each_month(connection, "rollups/next_months", "rollups/20_month")
        _each_month(connection, "rollups/next_word_month", "rollups/25_words")


def _each_month(connection: duckdb.DuckDBPyConnection, next_month: str, folder: str) -> None:
    """Run the statements of a folder once for each month, or months, that `next_month` sets, until it sets none."""
    connection.execute("set variable before_date = null::date")
    while connection.execute(statement(next_month)).fetchall() != [(None,)]:
        for text in sequence(folder):
            connection.execute(text)


def _load(connection: duckdb.DuckDBPyConnection, tables: Tables, parser_version: str) -> None:
    """Run the statements of a load on the staged tables, in one transaction; those that have nothing to do are left
    out, because DuckDB takes milliseconds to plan each."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        with transaction(connection):
            given = _given(connection, tables)
            for text in _needed("load", given):
                connection.execute(text, {"parser_version": parser_version} if "$parser_version" in text else {})
            if _is_needed(statement("story/start"), given):
                cluster_stories(connection)
            for text in _needed("rollups/10_day", given):
                connection.execute(text)
    finally:
        for name in tables:
            connection.unregister(name)


def _given(connection: duckdb.DuckDBPyConnection, tables: Tables) -> AbstractSet[str]:
    """What a statement can need and this load has, in the words of `statements.needs`."""
    given = {name for name, table in tables.items() if table.num_rows}
    given |= {f"{purpose} exchanges" for purpose in pc.unique(tables["stage_fetch"].column("purpose")).to_pylist()}
    if connection.execute("select 1 from stale_article limit 1").fetchone():
        given.add("stale_article")
    return given


def _needed(folder: str, given: AbstractSet[str]) -> Iterator[str]:
    """The statements of a folder that have something to do in a load with what is `given`."""
    return (text for text in sequence(folder) if _is_needed(text, given))


def _is_needed(text: str, given: AbstractSet[str]) -> bool:
    return not needs(text) or bool(needs(text) & given)
