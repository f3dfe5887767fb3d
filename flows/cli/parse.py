"""The parse command: pages to JSON, without a server, a database or a data folder."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Data
from flows.errors import ConfigError


def parse(
    files: Annotated[list[Path] | None, typer.Argument(help="Pages, HTML or plain text.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines {id, url, html|text} on stdin instead.")] = False,
    source: Annotated[
        str | None, typer.Option("--source", help="The source of the pages: a name in config/sources.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="The URL of the page.")] = None,
    captured_at: Annotated[str | None, typer.Option("--captured-at", help="When it was fetched, ISO 8601.")] = None,
    data: Data = None,
) -> None:
    """Parse pages and print one JSON object each; reads no data folder."""
    from flows.parse import load_context
    from flows.parse import parse as parse_page
    from flows.parse.jsonl import page_from_file, stream, to_json

    context = load_context()
    if source:
        context.catalog.by_name(source)
    if jsonl == bool(files):
        raise ConfigError("give files to parse, or --jsonl and JSON lines on stdin")
    if jsonl:
        stream(sys.stdin.buffer, sys.stdout, context, source)
        return
    at = _instant(captured_at)
    for file in files or []:
        page = page_from_file(file, url, at, source)
        typer.echo(json.dumps(to_json(parse_page(page, context), page), ensure_ascii=False, indent=2))


def _instant(captured_at: str | None) -> datetime | None:
    from flows.errors import ShapeError
    from flows.parse.jsonl import instant

    try:
        return instant(captured_at)
    except ShapeError as error:
        raise ConfigError(str(error).replace("captured_at", "--captured-at")) from error
