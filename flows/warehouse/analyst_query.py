"""Runs an analyst's own SQL on the published snapshot: read-only, no files, no extensions, bounded time and memory."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import duckdb

from flows.errors import ConfigError, NewsvaneError
from flows.settings import Layout, Query
from flows.warehouse.connection import open_reader
from flows.warehouse.statement_query import QueryResult

# Applied before the analyst's SQL is parsed; the last one makes them final. `$1` is a value of `Query`.
_LOCK_DOWN: Final = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set allow_unsigned_extensions = false",
    "set memory_limit = $1",
    "set threads = $1",
    "set lock_configuration = true",
)
_ALLOWED: Final = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


def run_analyst_query(layout: Layout, sql: str, limits: Query) -> QueryResult:
    """The result of one SELECT; columns of one name are numbered (`name`, `name_2`).

    Raises ConfigError for anything that is not one valid SELECT, with DuckDB's reason; NewsvaneError when it takes
    longer than `limits.seconds` or more memory than `limits.memory`.
    """
    with open_reader(layout) as connection:
        _lock_down(connection, limits)
        try:
            statements = connection.extract_statements(sql)
        except duckdb.Error as error:
            raise ConfigError(f"not valid SQL: {error}") from error
        if len(statements) != 1 or statements[0].type not in _ALLOWED:
            raise ConfigError("the snapshot is read-only: give one SELECT statement")
        return _run(connection, statements[0], limits)


def _run(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, limits: Query) -> QueryResult:
    timer = threading.Timer(limits.seconds, connection.interrupt)
    timer.start()
    try:
        cursor = connection.execute(statement)
        columns = distinct([str(column[0]) for column in cursor.description or ()])
        return QueryResult(columns, tuple(cursor.fetchall()))
    except duckdb.OutOfMemoryException as error:
        raise NewsvaneError(f"needs more than {limits.memory} (query.memory in newsvane.toml)") from error
    except duckdb.Error as error:
        # Interrupted while its result is fetched, a query raises a general error: only the message tells.
        if "interrupt" in str(error).lower():
            raise NewsvaneError(f"stopped after {limits.seconds:g} s (query.seconds in newsvane.toml)") from error
        raise ConfigError(str(error)) from error
    finally:
        timer.cancel()


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names, repeats numbered from 2 on so that no two are equal."""
    columns: list[str] = []
    for name in names:
        chosen, number = name, 1
        while chosen in columns or (chosen != name and chosen in names):
            number += 1
            chosen = f"{name}_{number}"
        columns.append(chosen)
    return tuple(columns)


def _lock_down(connection: duckdb.DuckDBPyConnection, limits: Query) -> None:
    for setting in _LOCK_DOWN:
        # Settings take no parameters. Both values are validated: a size by its pattern, and a whole number.
        value = f"'{limits.memory}'" if "memory" in setting else str(limits.threads)
        connection.execute(setting.replace("$1", value))
