"""Runs an analyst's own SQL on the published snapshot, locked down: read only, no files, no extensions, bounded."""

from __future__ import annotations

import threading

import duckdb

from flows.errors import ConfigError, NewsvaneError
from flows.settings import Layout, Query
from flows.warehouse.connection import open_reader
from flows.warehouse.statement_query import QueryResult

# Pragmas and settings are fixed before the first word of the user's runs, then the configuration is locked.
_LOCK_DOWN = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set allow_unsigned_extensions = false",
    "set memory_limit = $1",
    "set threads = $1",
    "set lock_configuration = true",
)
_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


def query(layout: Layout, sql: str, limits: Query) -> QueryResult:
    """The answer to one SELECT. Raises ConfigError for words that are not one readable SELECT, with DuckDB's reason;
    NewsvaneError when it takes longer than `limits.seconds` or more memory than `limits.memory`."""
    with open_reader(layout) as connection:
        _lock_down(connection, limits)
        try:
            statements = connection.extract_statements(sql)
        except duckdb.Error as error:
            raise ConfigError(f"not valid SQL: {error}") from error
        if len(statements) != 1 or statements[0].type not in _ALLOWED:
            raise ConfigError("give one SELECT statement: the snapshot is read only")
        return _run(connection, statements[0], limits)


def _run(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, limits: Query) -> QueryResult:
    timer = threading.Timer(limits.seconds, connection.interrupt)
    timer.start()
    try:
        cursor = connection.execute(statement)
        return QueryResult(tuple(column[0] for column in cursor.description or ()), tuple(cursor.fetchall()))
    except duckdb.OutOfMemoryException as error:
        raise NewsvaneError(f"needs more than {limits.memory} (query.memory in newsvane.toml)") from error
    except duckdb.Error as error:
        if "interrupt" in str(error).lower():  # an answer cut off while it is read says so only in its words
            raise NewsvaneError(f"stopped after {limits.seconds:g} s (query.seconds in newsvane.toml)") from error
        raise ConfigError(str(error)) from error
    finally:
        timer.cancel()


def _lock_down(connection: duckdb.DuckDBPyConnection, limits: Query) -> None:
    for setting in _LOCK_DOWN:
        value: object = limits.memory if "memory" in setting else limits.threads
        if "$1" in setting:
            # Both come from validated settings: a size pattern and a whole number.
            connection.execute(setting.replace("$1", f"'{value}'" if isinstance(value, str) else str(value)))
        else:
            connection.execute(setting)
