"""Converts a table to JSON, CSV, Parquet, text or a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from flows.errors import ConfigError
from flows.trends.charts import below, chart, grid
from flows.trends.headings import heading
from flows.trends.run import Table
from flows.warehouse.export import write_parquet
from flows.warehouse.output_file import whole_file
from flows.warehouse.statement_query import QueryResult
from flows.warehouse.text_rows import csv_parts, json_parts, parts_of

FORMATS: Final = ("table", "chart", "json", "csv", "parquet")


def show(table: Table, form: str, width: int = 80) -> str:
    """The table in a text format, ending in a newline; Parquet is binary: see `save`."""
    return "".join(text_parts(table, form, width))


def text_parts(table: Table, form: str, width: int = 80) -> Iterable[str]:
    """The parts of `show`, made one after the other in the formats for programs."""
    if form == "json":
        return json_parts(table.columns, parts_of(table.rows))
    if form == "csv":
        return csv_parts(table.columns, parts_of(table.rows))
    if form == "table":
        names = [heading(table.trend, name) for name in table.columns]
        return [(grid(names, table.rows, width) if table.rows else "") + below(table, width)]
    if form == "chart":
        return [chart(table, width)]
    if form == "parquet":
        raise ConfigError("format 'parquet' is binary: give a file with --out")
    raise ConfigError(f"unknown format '{form}'; valid formats: {', '.join(FORMATS)}")


def cut(table: Table, form: str, rows: int) -> Table:
    """The table cut to `rows` rows for people; whole in the formats for programs and in line charts."""
    if form not in ("table", "chart") or (form == "chart" and table.trend.chart in ("line", "heat")):
        return table
    return replace(table, rows=table.rows[:rows])


def save(table: Table, form: str, out: Path) -> None:
    """The table as a file at `out`, UTF-8 for the text formats, whole or not at all; raises ConfigError if it cannot be
    written."""
    with whole_file(out) as path:
        if form == "parquet":
            write_parquet(table.columns, table.rows, path)
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(text_parts(table, form))


def to_json(table: Table | QueryResult) -> str:
    """A list of objects; dates and times in ISO 8601, missing is null."""
    return "".join(json_parts(table.columns, parts_of(table.rows)))


def to_csv(table: Table | QueryResult) -> str:
    """RFC 4180 with a header line; missing is an empty field."""
    return "".join(csv_parts(table.columns, parts_of(table.rows)))
