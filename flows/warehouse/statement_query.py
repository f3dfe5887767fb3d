"""Runs a statement file on the published snapshot with named values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.errors import WarehouseError
from flows.settings import Layout
from flows.warehouse.connection import kept_reader


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
    with _executed(layout, path, values) as cursor:
        columns = tuple(str(column[0]) for column in cursor.description or ())
        return QueryResult(columns, tuple(tuple(row) for row in cursor.fetchall()))


def run_query_arrays(layout: Layout, path: Path, values: Mapping[str, object]) -> QueryResult:
    """Like `run_query`, with lists of numbers as numpy arrays: long ones are not converted value by value."""
    with _executed(layout, path, values) as cursor:
        table = cursor.to_arrow_table()
    columns = [[_with_array(cell) for cell in column] for column in table.columns]
    return QueryResult(tuple(table.column_names), tuple(zip(*columns, strict=True)))


def _with_array(cell: pa.Scalar) -> object:
    if isinstance(cell, pa.ListScalar) and cell.is_valid:
        return cell.values.to_numpy(zero_copy_only=False)
    return cell.as_py()


@contextmanager
def _executed(layout: Layout, path: Path, values: Mapping[str, object]) -> Iterator[duckdb.DuckDBPyConnection]:
    with kept_reader(layout) as connection:
        try:
            yield connection.execute(path.read_text("utf-8"), dict(values))
        except duckdb.Error as error:
            raise WarehouseError(
                f"{path}: fails on {layout.published} (if that snapshot is older than this version, run "
                f"`newsvane refresh`): {error}"
            ) from error
