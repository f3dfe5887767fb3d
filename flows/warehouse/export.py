"""Writes Parquet: the published facts, one folder per table and month, and single query results."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from flows.data_layout import Layout
from flows.errors import WarehouseError
from flows.warehouse.background import background
from flows.warehouse.connection import open_reader
from flows.warehouse.statements import named

_BATCH_ROWS: Final = 100_000


def export(
    layout: Layout,
    out: Path,
    full_text: Iterable[str] = (),
    on_rows: Callable[[str, int, int], None] = lambda name, number, rows: None,
) -> dict[str, int]:
    """Write the result of every statement in sql/export, run on the published snapshot, to
    `out`/<name>/month=YYYY-MM/; returns the number of rows by name.

    `full_text` lists the sources whose body text is exported; for all others it is null. `on_rows` receives the name
    and number (from 0) of the table at work, and its rows so far. Each table's folder is replaced as a whole once it is
    complete, so that a second run keeps no rows of the first, and a run that is stopped leaves the tables that it has
    not finished as they were; other files in `out` stay. Rows without a month go to
    month=__HIVE_DEFAULT_PARTITION__. Raises ConfigError when nothing is published yet, WarehouseError when `out` cannot
    be written.
    """
    counts = {}
    with open_reader(layout) as connection, background(connection) as work:
        for number, path in enumerate(named("export")):
            text = path.read_text("utf-8")
            values = {"full_text": sorted(full_text)} if "$full_text" in text else {}
            report = partial(on_rows, path.stem, number)
            counts[path.stem] = work.run(partial(_write_table, connection, text, values, out / path.stem, report))
    return counts


def _write_table(
    connection: duckdb.DuckDBPyConnection,
    text: str,
    values: Mapping[str, object],
    folder: Path,
    on_rows: Callable[[int], None],
) -> int:
    """Replace `folder` by the rows of the statement, partitioned by month; returns their number."""
    reader = connection.execute(text, dict(values)).to_arrow_reader(_BATCH_ROWS)
    fresh, old = folder.with_name(f".{folder.name}.fresh"), folder.with_name(f".{folder.name}.old")
    rows = 0

    def counted() -> Iterable[pa.RecordBatch]:
        nonlocal rows
        for part in reader:
            rows += part.num_rows
            on_rows(rows)
            yield part

    try:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        fresh.mkdir(parents=True)
        layout = ds.partitioning(pa.schema([("month", pa.string())]), flavor="hive")
        ds.write_dataset(counted(), str(fresh), schema=reader.schema, format="parquet", partitioning=layout)
        if folder.exists():
            folder.replace(old)
        fresh.replace(folder)
    except OSError as error:
        raise WarehouseError(
            f"{folder}: cannot be written: {error.strerror or error}; free disk space or give another "
            "folder with --parquet"
        ) from error
    finally:
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(fresh, ignore_errors=True)
    return rows


def write_parquet(columns: Sequence[str], rows: Sequence[Sequence[object]], out: Path) -> None:
    """Write the rows as one Parquet file; a column's type is inferred from its values, null if all are None."""
    arrays = [pa.array([row[index] for row in rows]) for index in range(len(columns))]
    pq.write_table(pa.Table.from_arrays(arrays, names=list(columns)), str(out))
