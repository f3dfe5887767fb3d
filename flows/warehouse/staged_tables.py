"""Joins the Arrow tables of staged rows: the parts of a file, and the batches that one transaction loads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from flows.warehouse.rows import SCHEMAS

Tables = dict[str, pa.Table]

_SPANS: Final = pa.schema([("batch_id", pa.string()), ("from_no", pa.int64()), ("before_no", pa.int64())])


def merged(parts: Iterable[Tables]) -> Tables:
    """The tables of several parts as one set; fetch numbers are shifted so that they stay unique."""
    collected: dict[str, list[pa.Table]] = {name: [] for name in SCHEMAS}
    offset = 0
    for part in parts:
        for name, table in part.items():
            shifted = pc.add(table.column("fetch_no"), pa.scalar(offset, pa.int64()))
            collected[name].append(table.set_column(0, table.schema.field(0), shifted))
        offset += part["stage_fetch"].num_rows
    return {
        name: pa.concat_tables(tables) if tables else SCHEMAS[name].empty_table() for name, tables in collected.items()
    }


def write_tables(tables: Tables, path: Path) -> None:
    """Write tables to one file, each as an Arrow stream; empty ones are left out."""
    with pa.OSFile(str(path), "wb") as file:
        for name, table in tables.items():
            if table.num_rows:
                named = table.replace_schema_metadata({"table": name})
                with pa.ipc.new_stream(file, named.schema) as stream:
                    stream.write_table(named)


def read_tables(path: Path) -> Tables:
    """The tables that `write_tables` wrote."""
    found = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    with pa.OSFile(str(path), "rb") as file:
        while file.tell() < file.size():
            with pa.ipc.open_stream(file) as stream:
                table = stream.read_all()
            name = table.schema.metadata[b"table"].decode()
            found[name] = table.replace_schema_metadata(None)
    return found


def grouped(batches: Mapping[str, Tables]) -> Tables:
    """The tables of many batches as one set, with two more: `stage_batch` gives each batch's range of fetch numbers;
    `stage_folded` numbers the normalized labels, and `stage_tag` holds that `tag_no` (integers join faster than
    text)."""
    spans, start = [], 0
    for batch_id, tables in batches.items():
        end = start + tables["stage_fetch"].num_rows
        spans.append({"batch_id": batch_id, "from_no": start, "before_no": end})
        start = end
    tables = merged(batches.values())
    folded = tables["stage_tag"].column("folded")
    labels = pc.unique(folded)
    numbers = pc.index_in(folded, value_set=labels)
    return {
        **tables,
        "stage_tag": tables["stage_tag"].drop_columns(["folded"]).append_column("tag_no", numbers),
        "stage_folded": pa.table({"tag_no": pa.array(range(len(labels)), pa.int32()), "folded": labels}),
        "stage_batch": pa.Table.from_pylist(spans, _SPANS),
    }
