"""The commands that read the published snapshot: sql, trend, report."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import ConfigError
from flows.settings import load_settings
from flows.words import Data, layout_of, say


def sql(
    statement: Annotated[str, typer.Argument(help="One SELECT.")],
    data: Data = None,
    format: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
) -> None:
    """Ask the published snapshot, read only."""
    from flows.trends.charts import grid
    from flows.trends.output import to_csv, to_json
    from flows.warehouse.query import query

    if format not in ("table", "json", "csv"):
        raise ConfigError(f"--format {format}: valid formats are table, json, csv")
    result = query(layout_of(data), statement, load_settings().query)
    if format == "table":
        sys.stdout.write(grid(result.columns, result.rows, shutil.get_terminal_size().columns))
    else:
        sys.stdout.write(to_json(result) if format == "json" else to_csv(result))


def trend(
    name: Annotated[str, typer.Argument(help="A file in sql/trends, such as topic_frequency.")],
    since: Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, YYYY-MM-DD.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="day, week or month.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="One tag; the top ones if none.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="One source; all if none.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", help="Any other parameter, NAME=VALUE.")] = None,
    format: Annotated[str, typer.Option("--format", help="chart, table, json, csv or parquet.")] = "chart",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file instead.")] = None,
    data: Data = None,
) -> None:
    """Ask one of the questions of sql/trends."""
    from flows.trends.output import save, show
    from flows.trends.run import run

    words: dict[str, str | None] = {"since": since, "until": until, "by": by, "topic": topic, "source": source}
    for pair in param or []:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ConfigError(f"--param {pair}: write NAME=VALUE")
        words[key] = value
    table = run(layout_of(data), name, words)
    if out:
        save(table, format, out)
    else:
        sys.stdout.write(show(table, format, shutil.get_terminal_size().columns))


def report(
    out: Annotated[Path, typer.Option("--out", help="Where to write the page.")] = Path("newsvane.html"),
    data: Data = None,
) -> None:
    """Write the report page: the trends as charts in one HTML file."""
    from flows.trends.report import report as write

    for message in write(layout_of(data), out):
        say(message)
    say(f"wrote {out}")
