"""The `newsvane` command: words in, exit codes out (0 good, 1 the job failed, 2 the user's words were wrong)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import ConfigError, NewsvaneError
from flows.settings import Layout, load_settings

app = typer.Typer(
    name="newsvane",
    help="Local news and weather into a DuckDB warehouse, on a schedule.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path | None, typer.Option("--data", help="Data folder; else the one config/newsvane.toml names.")]


def main() -> None:
    """Run the command; expected failures become one line on stderr and exit code 1 or 2."""
    try:
        app()
    except NewsvaneError as error:
        sys.stderr.write(f"newsvane: {error}\n")
        sys.exit(2 if isinstance(error, ConfigError) else 1)


@app.callback()
def words() -> None:
    """Local news and weather into a DuckDB warehouse, on a schedule."""


def layout_of(data: Path | None) -> Layout:
    """The data folder asked for, else the configured one."""
    return Layout.at(data or load_settings().data)


@app.command("parse")
def parse_command(
    files: Annotated[list[Path] | None, typer.Argument(help="Pages, HTML or plain text.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines {id, url, html|text} on stdin instead.")] = False,
    source: Annotated[
        str | None, typer.Option("--source", help="Whose pages they are: a name in config/sources.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the page stood.")] = None,
    captured_at: Annotated[str | None, typer.Option("--captured-at", help="When it was fetched, ISO 8601.")] = None,
) -> None:
    """Read pages and print one JSON object each."""
    from flows.errors import ShapeError
    from flows.parse import load_context, parse
    from flows.parse.jsonl import instant, page_from_file, stream, to_json

    context = load_context()
    if source:
        context.catalogue.named(source)
    if jsonl == bool(files):
        raise ConfigError("give files to parse, or --jsonl and JSON lines on stdin")
    if jsonl:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        stream(sys.stdin.buffer, sys.stdout, context, source)
        return
    try:
        at = instant(captured_at)
    except ShapeError as error:
        raise ConfigError(str(error).replace("captured_at", "--captured-at")) from error
    for file in files or []:
        page = page_from_file(file, url, at, source)
        typer.echo(json.dumps(to_json(parse(page, context), page), ensure_ascii=False, indent=2))
