"""Writes the rows of `newsvane sql` to the terminal, a pipe or a file, part by part."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows.cli.options import TABLE_FORMATS, console_width, notify
from flows.errors import ConfigError
from flows.trends.charts import grid
from flows.warehouse.output_file import whole_file
from flows.warehouse.text_rows import csv_parts, json_parts

if TYPE_CHECKING:
    from flows.warehouse.analyst_query import AnalystQuery

FORMATS: Final = (*TABLE_FORMATS, "parquet")
_COUNT_S: Final = 0.5  # for counting the rows that a table leaves out


def check(form: str, out: Path | None) -> None:
    """Raise ConfigError unless `form` is one of FORMATS, and can be written where `out` says (None: stdout)."""
    if form not in FORMATS:
        raise ConfigError(f"--format {form}: valid formats are {', '.join(FORMATS)}")
    if form == "parquet" and out is None:
        raise ConfigError("format 'parquet' is binary: give a file with --out")


def write_rows(query: AnalystQuery, form: str, out: Path | None, shown: int) -> None:
    """Write the rows of `query` to `out`, whole or not at all, or to stdout; at most `shown` rows of a table. Raises
    ConfigError if `out` cannot be written."""
    if out is None:
        sys.stdout.writelines(_texts(query, form, shown))
        return
    with whole_file(out) as path:
        if form == "parquet":
            query.write_parquet(path)
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(_texts(query, form, shown))


def _texts(query: AnalystQuery, form: str, shown: int) -> Iterable[str]:
    if form == "csv":
        return csv_parts(query.columns, query.parts())
    if form == "json":
        return json_parts(query.columns, query.parts())
    return _table(query, shown)


def _table(query: AnalystQuery, shown: int) -> Iterator[str]:
    """The first `shown` rows as a table; how many more there are is said on stderr."""
    parts = query.parts()
    rows: list[Sequence[object]] = []
    for part in parts:
        rows += part
        if len(rows) > shown:
            break
    yield grid(query.columns, rows[:shown], console_width())
    if (more := len(rows) - shown) > 0:
        until = time.monotonic() + _COUNT_S
        for part in parts:
            more += len(part)
            if time.monotonic() > until:
                break
        number = f"{more} more" if next(parts, None) is None else "more rows"
        notify(f"{shown} rows shown, and {number}; for all: --format csv, or a higher --rows")
