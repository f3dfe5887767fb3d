"""The options and helpers that all commands share: data folder, output format, notices on stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from flows.data_layout import DEMO_MARK, Layout
from flows.errors import ConfigError
from flows.settings import DEMO_CONFIG, load_settings

Data = Annotated[Path | None, typer.Option("--data", help="Data folder; default: `data` in config/newsvane.toml.")]
Lake = Annotated[str | None, typer.Option("--lake", help="Read this DuckLake (ducklake:PATH) instead of the snapshot.")]
Allow = Annotated[list[str] | None, typer.Option("--allow", help="A private network (CIDR) that the site may be in.")]
ForcePrefect = Annotated[
    bool, typer.Option("--prefect", help="Record the run in Prefect even if no `newsvane up` is running.")
]
DAY = ["%Y-%m-%d"]  # the form of a day
WIDE_AS_NEEDED = 10_000
TABLE_FORMATS = ("table", "json", "csv")
TableFormat = Annotated[str, typer.Option("--format", help="table, json or csv.")]


def layout_of(data: Path | None) -> Layout:
    """The layout of the data folder given, else of the configured one. A folder of the demo brings the demo's config,
    unless $NEWSVANE_CONFIG names another."""
    layout = Layout.at(data or load_settings().data)
    if (layout.data / DEMO_MARK).exists():
        use_demo_config()
    return layout


def read_layout(data: Path | None, lake: str | None) -> Layout:
    """Like `layout_of`; queries read the lake if one is given."""
    return replace(layout_of(data), lake=lake)


def use_demo_config() -> None:
    """Take the demo's config in this process and its children, unless $NEWSVANE_CONFIG names another."""
    os.environ.setdefault("NEWSVANE_CONFIG", str(DEMO_CONFIG))


def plain_line(line: str) -> None:
    """Write one line to stderr."""
    typer.echo(line, err=True)


write_line: Callable[[str], None] = plain_line  # replaced while progress bars are shown, so that lines go above them


def notify(line: str) -> None:
    """Write one line for the person to stderr; stdout is for data."""
    write_line(line)


def console_width() -> int:
    """The width of the terminal in columns, $COLUMNS if it is set; where stdout is no terminal, as wide as any table
    needs."""
    is_limited = sys.stdout.isatty() or "COLUMNS" in os.environ
    return shutil.get_terminal_size().columns if is_limited else WIDE_AS_NEEDED


def check_format(name: str) -> None:
    """Raise ConfigError unless `name` is one of TABLE_FORMATS."""
    if name not in TABLE_FORMATS:
        raise ConfigError(f"--format {name}: valid formats are {', '.join(TABLE_FORMATS)}")
