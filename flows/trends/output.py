"""Converts a table to JSON, CSV, Parquet, text or a chart."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

from flows.errors import ConfigError
from flows.trends.charts import below, chart, grid
from flows.trends.headings import heading
from flows.trends.run import Table
from flows.warehouse.export import write_parquet
from flows.warehouse.statement_query import QueryResult

FORMATS: Final = ("table", "chart", "json", "csv", "parquet")


def show(table: Table, form: str, width: int = 80) -> str:
    """The table in a text format, ending in a newline; Parquet is binary: see `save`."""
    if form == "json":
        return to_json(table)
    if form == "csv":
        return to_csv(table)
    if form == "table":
        names = [heading(table.trend, name) for name in table.columns]
        return (grid(names, table.rows, width) if table.rows else "") + below(table, width)
    if form == "chart":
        return chart(table, width)
    if form == "parquet":
        raise ConfigError("format 'parquet' is binary: give a file with --out")
    raise ConfigError(f"unknown format '{form}'; valid formats: {', '.join(FORMATS)}")


def cut(table: Table, form: str, rows: int) -> Table:
    """The table cut to `rows` rows for people; whole in the formats for programs and in line charts."""
    if form not in ("table", "chart") or (form == "chart" and table.trend.chart in ("line", "heat")):
        return table
    return replace(table, rows=table.rows[:rows])


def save(table: Table, form: str, out: Path) -> None:
    """The table as a file at `out`, UTF-8 for the text formats; raises ConfigError if it cannot be written."""
    try:
        if form == "parquet":
            write_parquet(table.columns, table.rows, out)
        else:
            out.write_bytes(show(table, form).encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error.strerror or error}") from error


def to_json(table: Table | QueryResult) -> str:
    """A list of objects; dates and times in ISO 8601, missing is null."""
    rows = [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_csv(table: Table | QueryResult) -> str:
    """RFC 4180 with a header line; missing is an empty field.

    Text is not escaped against spreadsheets that read `=1+1` as a formula, because a program that reads the file back
    must get the label as published. In a spreadsheet, import the columns as text.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([["" if value is None else plain(value) for value in row] for row in table.rows])
    return text.getvalue()


def plain(value: object) -> object:
    """A value as JSON knows it: dates, times and intervals in ISO 8601, bytes in hexadecimal, NaN as null, infinity as
    text; lists and structs with their values so."""
    if isinstance(value, dict):
        return {str(plain(key)): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date | time):
        return value.isoformat().replace("+00:00", "Z")
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
