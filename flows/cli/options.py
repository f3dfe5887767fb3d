"""What every command shares: the data folder asked for, and the line to the person on stderr."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.settings import Layout, load_settings

Data = Annotated[Path | None, typer.Option("--data", help="Data folder; else the one config/newsvane.toml names.")]


def layout_of(data: Path | None) -> Layout:
    """The data folder asked for, else the configured one."""
    return Layout.at(data or load_settings().data)


def say(line: str) -> None:
    """One line to the person, on stderr, so that stdout stays data."""
    typer.echo(line, err=True)
