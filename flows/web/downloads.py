"""Sends a result as a file: CSV, JSON or Parquet."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from fastapi.responses import Response

from flows.errors import ConfigError
from flows.trends.output import to_csv, to_json
from flows.warehouse.export import write_parquet
from flows.warehouse.statement_query import QueryResult
from flows.warehouse.text_rows import plain
from flows.web.drilldown import link

MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}

# pyarrow's errors about a column: mixed or unknown types (ArrowInvalid, ArrowTypeError), intervals and empty structs
# (ArrowNotImplementedError), integers of more than 64 bits.
_UNTYPED: Final = (ValueError, TypeError, NotImplementedError, OverflowError)


def download(result: QueryResult, form: str, name: str) -> Response:
    """The rows as a file to save, called `name`; raises ConfigError for an unknown format."""
    if form not in MEDIA:
        raise ConfigError(f"format '{form}': valid formats are {', '.join(MEDIA)}")
    if form == "parquet":
        content = _parquet(result)
    else:
        content = (to_json(result) if form == "json" else to_csv(result)).encode("utf-8", "replace")
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=disposition)


def result_of(rows: Sequence[dict[str, Any]]) -> QueryResult:
    """Rows by column name as a result."""
    return QueryResult(tuple(rows[0]) if rows else (), tuple(tuple(row.values()) for row in rows))


def download_links(path: str, /, **state: object) -> dict[str, str]:
    """The addresses of the downloads below `path`, by format."""
    return {form: link(f"{path}/data.{form}", **state) for form in MEDIA}


def _parquet(result: QueryResult) -> bytes:
    """A column of values that Parquet has no type for becomes text; the others keep their types."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.parquet"
        try:
            write_parquet(result.columns, result.rows, path)
        except _UNTYPED:
            columns = [[row[at] for row in result.rows] for at in range(len(result.columns))]
            stored = [values if _has_type(values, path) else _as_text(values) for values in columns]
            write_parquet(result.columns, list(zip(*stored, strict=True)), path)
        return path.read_bytes()


def _has_type(values: list[object], scratch: Path) -> bool:
    try:
        write_parquet(("values",), [(value,) for value in values], scratch)
    except _UNTYPED:
        return False
    return True


def _as_text(values: list[object]) -> list[str | None]:
    return [None if value is None else str(plain(value)) for value in values]
