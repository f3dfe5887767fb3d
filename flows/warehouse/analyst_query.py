"""Runs an analyst's own SQL on the published snapshot: read-only, no files, no extensions, bounded time and memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

from flows.data_layout import Layout
from flows.errors import ConfigError, NewsvaneError
from flows.settings import Query
from flows.warehouse.background import Background, OutOfTimeError, background
from flows.warehouse.connection import open_reader
from flows.warehouse.lake_errors import explained_at_lake, is_lost
from flows.warehouse.statement_query import QueryResult
from flows.warehouse.text_rows import PART_BYTES, PART_ROWS

# Applied before the analyst's SQL is parsed; the last one makes them final. `$1` is a value of `Query`.
_LOCK_DOWN: Final = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set allow_unsigned_extensions = false",
    "set memory_limit = $1",
    "set threads = $1",
    # DuckDB counts no texts when it fills this buffer: with the default, 4 GB of long ones.
    "set streaming_buffer_size = '16KB'",
    "set lock_configuration = true",
)
_ALLOWED: Final = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
# Types that Arrow or Parquet lacks, or that DuckDB hands to Arrow without their offset or their upper half.
_NOT_IN_PARQUET: Final = ("INTERVAL", "BIT", "BIGNUM", "UHUGEINT", "TIME WITH TIME ZONE", "UNION")


@dataclass(frozen=True, slots=True)
class AnalystQuery:
    """A running query: its columns, each with a name of its own and its DuckDB type, and the (given, new) names of
    those that were renamed for it. Its rows are read once."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    _cursor: duckdb.DuckDBPyConnection
    _work: Background

    def parts(self) -> Iterator[list[tuple[object, ...]]]:
        """The rows as Python values, in parts of at most PART_ROWS and about PART_BYTES; two exist at most."""
        size = 1

        def fetch() -> list[tuple[object, ...]] | None:
            nonlocal size
            part: list[tuple[object, ...]] = self._cursor.fetchmany(size)
            if part:
                size = max(1, min(PART_ROWS, 2 * size, PART_BYTES // _row_bytes(part)))
            return part or None

        return self._work.each(fetch)

    def write_parquet(self, out: Path) -> int:
        """Write the rows to `out` with their own types; returns their number. Raises ConfigError for a column whose
        type Parquet does not hold, OSError when `out` cannot be written."""
        for name, kind in zip(self.columns, self.types, strict=True):
            if found := next((each for each in _NOT_IN_PARQUET if each in kind), None):
                raise ConfigError(f"column '{name}': Parquet has no type {found}: select it as text, with `::varchar`")
        reader = self._work.run(lambda: self._cursor.to_arrow_reader(PART_ROWS))
        schema = reader.schema
        for position, name in enumerate(self.columns):
            schema = schema.set(position, schema.field(position).with_name(name))
        rows = 0
        with pq.ParquetWriter(str(out), schema) as writer:
            for part in self._work.each(lambda: next(reader, None)):
                writer.write_batch(part.rename_columns(list(self.columns)))
                rows += int(part.num_rows)
        return rows


def _row_bytes(part: list[tuple[object, ...]]) -> int:
    """About how many bytes a row takes, estimated from a few: texts and lists beside a constant."""
    few = part[:: max(1, len(part) // 16)]
    return sum(64 + sum(_bytes(value) for value in row) for row in few) // len(few)


def _bytes(value: object) -> int:
    return len(value) * (1 if isinstance(value, str | bytes) else 40) if isinstance(value, Sized) else 8


def run_analyst_query(layout: Layout, sql: str, limits: Query, rows: int | None = None) -> QueryResult:
    """The result of one SELECT, or its first `rows` rows; raises what `analyst_query` raises."""
    with analyst_query(layout, sql, limits) as query:
        return QueryResult(query.columns, tuple(islice((row for part in query.parts() for row in part), rows)))


@contextmanager
def analyst_query(layout: Layout, sql: str, limits: Query) -> Iterator[AnalystQuery]:
    """One SELECT, running; columns of one name are numbered (`name`, `name_2`).

    Raises ConfigError for anything that is not one valid SELECT, with DuckDB's reason; NewsvaneError when DuckDB takes
    longer than `limits.seconds` or more memory than `limits.memory`, also while the rows are read.
    """
    with (
        open_reader(layout) as connection,
        _explained(limits, layout.lake),
        background(connection, limits.seconds) as work,
    ):
        _lock_down(connection, limits)
        statement = _one_select(connection, sql)
        cursor = work.run(lambda: connection.execute(statement))
        described = cursor.description or []
        given = [str(column[0]) for column in described]
        columns = distinct(given)
        renamed = tuple((old, new) for old, new in zip(given, columns, strict=True) if old != new)
        yield AnalystQuery(columns, tuple(str(column[1]) for column in described), renamed, cursor, work)


def _one_select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise ConfigError(f"not valid SQL: {error}") from error
    if len(statements) != 1 or statements[0].type not in _ALLOWED:
        raise ConfigError("the snapshot is read-only: give one SELECT statement")
    return statements[0]


@contextmanager
def _explained(limits: Query, lake: str | None) -> Iterator[None]:
    try:
        yield
    except OutOfTimeError as error:
        raise NewsvaneError(f"stopped after {limits.seconds:g} s (query.seconds in newsvane.toml)") from error
    except duckdb.OutOfMemoryException as error:
        raise NewsvaneError(f"needs more than {limits.memory} (query.memory in newsvane.toml)") from error
    except duckdb.Error as error:
        if lake and is_lost(error):
            raise explained_at_lake(error, lake) from error
        raise ConfigError(str(error)) from error


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
