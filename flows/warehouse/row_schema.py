"""Turns a dataclass of staged rows into an Arrow schema, records into its rows, and rows into an Arrow table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from types import NoneType
from typing import Any, Final, NewType, get_args, get_type_hints

import pyarrow as pa

# A naive local time, as a clock on the wall at the source shows it. A plain `datetime` field is aware, in UTC.
WallClock = NewType("WallClock", datetime)

_ARROW_TYPES: Final[dict[object, pa.DataType]] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    WallClock: pa.timestamp("us"),
    list[str]: pa.list_(pa.string()),
    list[int]: pa.list_(pa.uint64()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A staged row. `fetch_no` numbers the exchange it came with, from 0 within a batch, so that a load can leave out
    everything that came with an exchange already loaded."""

    fetch_no: int


def row_of(row_type: type[Row], number: int, record: object, **more: object) -> Row:
    """The row of a record that came with exchange `number`: `more` gives the columns that the record does not have, its
    own fields have the names of the other columns. Tuples become lists."""
    values: dict[str, Any] = {"fetch_no": number, **more}
    for name in row_type.__dataclass_fields__:
        if name not in values:
            value = getattr(record, name)
            values[name] = list(value) if type(value) is tuple else value
    return row_type(**values)


def arrow_schema(row_type: type[Row]) -> pa.Schema:
    """The Arrow schema of a row's fields, in their order; a field that may be None is nullable, no other is."""
    hints = get_type_hints(row_type)
    return pa.schema([_arrow_field(field.name, hints[field.name]) for field in fields(row_type)])


def _arrow_field(name: str, hint: object) -> pa.Field:
    nullable = NoneType in get_args(hint)
    value_type = next(part for part in get_args(hint) if part is not NoneType) if nullable else hint
    return pa.field(name, _ARROW_TYPES[value_type], nullable=nullable)


def arrow_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """The rows as an Arrow table of this schema. Lone surrogates in text are replaced by `?`."""
    columns = [_arrow_array([*map(attrgetter(field.name), rows)], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _arrow_array(values: list[object], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        # A lone surrogate (from an undecodable byte in a URL or header) has no UTF-8 form. Only then check every value.
        return pa.array([_encodable(value) for value in values], kind)


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_encodable(item) for item in value] if isinstance(value, list) else value
