"""Writes the published facts as Parquet, one folder a table, one file a month; body text stays here unless allowed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from flows.errors import WarehouseError
from flows.settings import Layout
from flows.warehouse.connection import open_reader
from flows.warehouse.statements import named

_ROWS = 100_000


def export(layout: Layout, out: Path, full_text: Iterable[str] = ()) -> dict[str, int]:
    """Write every statement of sql/export, from the published snapshot, to `out`/<name>/month=YYYY-MM/; returns rows
    by table.

    `full_text` names the sources whose body text may leave; of all others it is null. Each table's folder is replaced
    in one step when it is complete, so that a second run leaves no rows of the first; other things in `out` are left
    alone. Rows without a month stand under month=__HIVE_DEFAULT_PARTITION__. Raises ConfigError where nothing is
    published yet, WarehouseError where `out` cannot be written.
    """
    written = {}
    with open_reader(layout) as connection:
        for path in named("export"):
            text = path.read_text("utf-8")
            values = {"full_text": sorted(full_text)} if "$full_text" in text else {}
            reader = connection.execute(text, values).to_arrow_reader(_ROWS)
            written[path.stem] = _write(reader, out / path.stem)
    return written


def _write(reader: pa.RecordBatchReader, folder: Path) -> int:
    fresh, old = folder.with_name(f".{folder.name}.fresh"), folder.with_name(f".{folder.name}.old")
    rows = 0

    def counted() -> Iterable[pa.RecordBatch]:
        nonlocal rows
        for part in reader:
            rows += part.num_rows
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
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise WarehouseError(
            f"{folder}: cannot be written: {error.strerror or error}; make room or give another folder with --parquet"
        ) from error
    return rows
