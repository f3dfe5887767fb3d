"""The options and helpers that all commands share: data folder, output format, notices on stderr."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.errors import ConfigError
from flows.settings import Layout, load_settings

Data = Annotated[Path | None, typer.Option("--data", help="Data folder; default: `data` in config/newsvane.toml.")]
TABLE_FORMATS = ("table", "json", "csv")
TableFormat = Annotated[str, typer.Option("--format", help="table, json or csv.")]


def layout_of(data: Path | None) -> Layout:
    """The layout of the data folder given, else of the configured one."""
    return Layout.at(data or load_settings().data)


def notify(line: str) -> None:
    """Write one line for the person to stderr; stdout is for data."""
    typer.echo(line, err=True)


def check_format(name: str) -> None:
    """Raise ConfigError unless `name` is one of TABLE_FORMATS."""
    if name not in TABLE_FORMATS:
        raise ConfigError(f"--format {name}: valid formats are {', '.join(TABLE_FORMATS)}")
