"""Runs one statement file on the published snapshot with named values, and writes an answer as Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import WarehouseError
from flows.settings import Layout
from flows.warehouse.connection import kept_reader


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Column names and rows of plain Python values; dates are `date`, times aware UTC, missing is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def run_query(layout: Layout, path: Path, values: Mapping[str, object]) -> QueryResult:
    """What the statement in `path` says of the published snapshot.

    Raises ConfigError where nothing is published yet, Transient where the snapshot is locked, WarehouseError where it
    cannot be read or the statement does not fit it.
    """
    with _asked(layout, path, values) as cursor:
        columns = tuple(str(column[0]) for column in cursor.description or ())
        return QueryResult(columns, tuple(tuple(row) for row in cursor.fetchall()))


def run_query_arrays(layout: Layout, path: Path, values: Mapping[str, object]) -> QueryResult:
    """The same with lists of numbers as numpy arrays: long ones need not become Python's numbers one by one."""
    with _asked(layout, path, values) as cursor:
        found = cursor.to_arrow_table()
    columns = [[_plain(cell) for cell in column] for column in found.columns]
    return QueryResult(tuple(found.column_names), tuple(zip(*columns, strict=True)))


def _plain(cell: pa.Scalar) -> object:
    if isinstance(cell, pa.ListScalar) and cell.is_valid:
        return cell.values.to_numpy(zero_copy_only=False)
    return cell.as_py()


@contextmanager
def _asked(layout: Layout, path: Path, values: Mapping[str, object]) -> Iterator[duckdb.DuckDBPyConnection]:
    with kept_reader(layout) as connection:
        try:
            yield connection.execute(path.read_text("utf-8"), dict(values))
        except duckdb.Error as error:
            raise WarehouseError(f"{path}: the snapshot cannot answer this: {error}") from error


def write_parquet(columns: Sequence[str], rows: Sequence[Sequence[object]], out: Path) -> None:
    """Rows as one Parquet file at `out`; types are taken from the values, null where all are missing."""
    arrays = [pa.array([row[index] for row in rows]) for index in range(len(columns))]
    pq.write_table(pa.Table.from_arrays(arrays, names=list(columns)), str(out))
