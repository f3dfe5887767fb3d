"""Commits what a publish changed to a DuckLake: the months whose rows differ, in one transaction."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb

from flows.data_layout import Layout
from flows.settings import Warehouse
from flows.warehouse.connection import not_published
from flows.warehouse.lake_catalog import attach, for_table, lake_tables, refuse_newer, row_files
from flows.warehouse.lake_errors import CONFLICT, explained_at_lake
from flows.warehouse.lake_marks import Marks
from flows.warehouse.lake_storage import literal
from flows.warehouse.lake_writers import commits, number_writer
from flows.warehouse.statements import header, statement
from flows.warehouse.transaction import transaction

_ATTEMPTS: Final = 6  # while other writers commit
_COLUMNS: Final = (
    "select column_name, data_type from duckdb_columns() where database_name = ? and table_name = ? order by all"
)


def commit_to_lake(
    layout: Layout,
    target: Warehouse,
    full_text: Iterable[str] = (),
    marks: Marks | None = None,
) -> int:
    """Make what the lake has of this data folder equal to its published snapshot; returns the number of months, over
    all tables, that were replaced. With none there is no commit. Without `target.lake` nothing is done.

    `full_text` lists the sources whose body text may leave the warehouse; for all others it is null. When a source is
    no longer among them, the lake's older snapshots are deleted with their Parquet files. Where `marks` know what loads
    have changed since the last commit, only that is compared. A process that is killed leaves the last commit whole;
    the next publish commits the rest. Raises ConfigError for a lake that cannot be named so, and when another writer
    has one of the sources; WarehouseError for a lake of a newer version; Transient when catalog or bucket do not
    answer, or other writers commit all the time.
    """
    if target.lake is None:
        return 0
    for attempt in range(_ATTEMPTS):
        try:
            with duckdb.connect() as connection:
                connection.execute("set timezone = 'UTC'")
                attach(connection, target.lake, target.lake_data)
                _attach_snapshot(connection, layout.published)
                return _commit(connection, target.lake, layout, sorted(full_text), marks)
        except duckdb.Error as error:
            if CONFLICT not in str(error) or attempt == _ATTEMPTS - 1:
                raise explained_at_lake(error, target.lake) from error
            time.sleep(random.uniform(0, 2.0**attempt))  # noqa: S311 - spreads the writers, no secret
    raise AssertionError("the last attempt returns or raises")


def _attach_snapshot(connection: duckdb.DuckDBPyConnection, published: Path) -> None:
    if not published.exists():
        raise not_published(published)
    connection.execute(f"attach {literal(str(published))} as snapshot (read_only)")
    connection.execute("use snapshot")


def _commit(
    connection: duckdb.DuckDBPyConnection, lake: str, layout: Layout, full_text: list[str], marks: Marks | None
) -> int:
    connection.execute("create temp table lake_body_source (name text)")
    for name in full_text:
        connection.execute("insert into temp.lake_body_source values (?)", [name])
    connection.execute("create temp table lake_change (table_name text, month text, hash text)")
    with transaction(connection):
        connection.execute(statement("lake/ledger"))
        tables = lake_tables(connection)
        if "schema_migration" in tables:
            refuse_newer(connection, lake)
        number_writer(connection, lake, layout)
        is_marked = _compare_marked(connection, lake, marks)
        months = sum(_replace(connection, path, tables, is_marked) for path in row_files())
        if months:
            connection.execute(statement("lake/note_months"))
        connection.execute(statement("lake/added_source"))
    if connection.execute(statement("lake/withdrawn_source")).fetchone() is not None:
        # Noted last, so that a run which is killed here does this again.
        connection.execute(statement("lake/erase_history"))
        connection.execute(statement("lake/forget_source"))
    if marks:
        marks.note(lake, commits(connection), compared_all=not is_marked)
    return months


def _compare_marked(connection: duckdb.DuckDBPyConnection, lake: str, marks: Marks | None) -> bool:
    """Whether only marked months are compared, which are then in the temporary table compared_month."""
    connection.execute("create temp table compared_month (month_date date)")
    months = marks.months(lake, commits(connection)) if marks else None
    if months is None or connection.execute(statement("lake/differing_bodies")).fetchone():
        return False
    for month in months:
        connection.execute("insert into compared_month values (?)", [month])
    return True


def _replace(connection: duckdb.DuckDBPyConnection, path: Path, tables: list[str], is_marked: bool) -> int:
    """Replace the months of one table that differ; returns their number."""
    table, rows = path.stem, path.read_text("utf-8")
    connection.execute(statement("lake/compare_all"))
    connection.execute(f"create or replace temp view lake_rows as {rows}")
    compares_all = not is_marked or header(rows, "compares") is None
    if table not in tables or not _has_columns(connection, table):
        connection.execute(for_table("lake/create_table", table))
        connection.execute(f"alter table lake.{table} set partitioned by (lake_writer, lake_month)")
        compares_all = True
    if not compares_all:
        connection.execute(statement("lake/compare_marked"))
    connection.execute(statement("lake/difference"), {"name": table, "compares_all": compares_all})
    row = connection.execute("select count(*) from lake_difference").fetchone()
    if not row or not row[0]:
        return 0
    connection.execute(for_table("lake/replace_months", table))
    return int(row[0])


def _has_columns(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the lake's table has the columns of the rows: a migration may have changed them."""
    found = connection.execute(_COLUMNS, ["lake", table]).fetchall()
    return found == sorted(
        [("lake_writer", "INTEGER"), *connection.execute(_COLUMNS, ["temp", "lake_rows"]).fetchall()]
    )
