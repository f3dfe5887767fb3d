"""Formats rows of Python values as CSV or JSON, part by part, so that a long result is never in memory as a whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

Rows = Sequence[Sequence[object]]

PART_ROWS: Final = 2048  # one vector of DuckDB
PART_BYTES: Final = 4_000_000


def parts_of(rows: Rows) -> Iterator[Rows]:
    """The rows in parts of PART_ROWS."""
    return (rows[start : start + PART_ROWS] for start in range(0, len(rows), PART_ROWS))


def csv_parts(columns: Sequence[str], parts: Iterable[Rows]) -> Iterator[str]:
    """RFC 4180 with a header line; missing is an empty field.

    Text is not escaped against spreadsheets that read `=1+1` as a formula, because a program that reads the file back
    must get the label as published. In a spreadsheet, import the columns as text.
    """
    yield _csv_lines([columns])
    for rows in parts:
        yield _csv_lines([["" if value is None else plain(value) for value in row] for row in rows])


def _csv_lines(rows: Rows) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def json_parts(columns: Sequence[str], parts: Iterable[Rows]) -> Iterator[str]:
    """A list of objects, one line per value; dates and times in ISO 8601, missing is null."""
    begun = False
    for rows in parts:
        if rows:
            objects = [dict(zip(columns, map(plain, row), strict=True)) for row in rows]
            text = json.dumps(objects, ensure_ascii=False, indent=1, allow_nan=False)
            yield ("," if begun else "[") + text.removeprefix("[").removesuffix("\n]")
            begun = True
    yield "\n]\n" if begun else "[]\n"


def plain(value: object) -> object:
    """A value as JSON knows it: dates, times and intervals in ISO 8601, bytes in hexadecimal, NaN as null, infinity
    and fractions too long for a float as text; lists and structs with their values so."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {str(plain(key)): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date | time):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal) and Decimal(repr(float(value))) != value:  # a float would lose digits
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, Decimal | float):
        return _number(float(value))
    return _text(value)


def _number(value: float) -> float | str | None:
    if value != value:
        return None
    return value if abs(value) != float("inf") else "Infinity" if value > 0 else "-Infinity"


def _text(value: object) -> object:
    if isinstance(value, timedelta):
        length = abs(value)
        part = f".{length.microseconds:06}" if length.microseconds else ""
        return f"{'-' if value < timedelta() else ''}P{length.days}DT{length.seconds}{part}S"
    if isinstance(value, UUID):
        return str(value)
    return value.hex() if isinstance(value, bytes) else value
