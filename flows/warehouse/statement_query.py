"""Runs a statement file on the published snapshot with named values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from flows.data_layout import Layout
from flows.errors import NewsvaneError, WarehouseError
from flows.warehouse.background import OutOfTimeError, background
from flows.warehouse.connection import kept_reader
from flows.warehouse.lake_errors import explained_at_lake, is_lost

_seconds: Final[ContextVar[float | None]] = ContextVar("seconds", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """In this block each statement of this thread takes at most `seconds`; raises NewsvaneError for a longer one."""
    token = _seconds.set(seconds)
    try:
        yield
    except OutOfTimeError as error:
        raise NewsvaneError(f"stopped after {seconds:g} s (query.seconds in newsvane.toml)") from error
    finally:
        _seconds.reset(token)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Column names and rows of Python values: dates are `date`, times aware in UTC, nulls None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def run_query(layout: Layout, path: Path, values: Mapping[str, object]) -> QueryResult:
    """The result of the statement in the file `path`.

    Raises ConfigError when nothing is published yet, Transient when the snapshot is locked, WarehouseError when it
    cannot be read or lacks what the statement reads.
    """
    return _on_snapshot(layout, path, values, _python_rows)


def run_query_arrays(layout: Layout, path: Path, values: Mapping[str, object]) -> QueryResult:
    """Like `run_query`, with lists of numbers as numpy arrays: long ones are not converted value by value."""
    return _on_snapshot(layout, path, values, _array_rows)


def _python_rows(cursor: duckdb.DuckDBPyConnection) -> QueryResult:
    columns = tuple(str(column[0]) for column in cursor.description or ())
    return QueryResult(columns, tuple(cursor.fetchall()))


def _array_rows(cursor: duckdb.DuckDBPyConnection) -> QueryResult:
    table = cursor.to_arrow_table()
    columns = [[_with_array(cell) for cell in column] for column in table.columns]
    return QueryResult(tuple(table.column_names), tuple(zip(*columns, strict=True)))


def _with_array(cell: pa.Scalar) -> object:
    if isinstance(cell, pa.ListScalar) and cell.is_valid:
        return cell.values.to_numpy(zero_copy_only=False)
    return cell.as_py()


def _on_snapshot(
    layout: Layout, path: Path, values: Mapping[str, object], read: Callable[[duckdb.DuckDBPyConnection], QueryResult]
) -> QueryResult:
    text = path.read_text("utf-8")
    with kept_reader(layout) as connection:
        try:
            with background(connection, _seconds.get()) as work:
                return work.run(lambda: read(connection.execute(text, dict(values))))
        except duckdb.Error as error:
            if layout.lake and is_lost(error):
                raise explained_at_lake(error, layout.lake) from error
            raise WarehouseError(
                f"{path}: fails on {layout.lake or layout.published} (if that snapshot is older than this version, run "
                f"`newsvane refresh`): {error}"
            ) from error
