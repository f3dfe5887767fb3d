"""The commands about sources: list them, look at a site, draft a config file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import ConfigError
from flows.settings import config_dir, load_settings
from flows.words import Data, layout_of, say

sources_app = typer.Typer(help="List, check and draft sources.", invoke_without_command=True)


@sources_app.callback()
def sources(context: typer.Context) -> None:
    """List the sources of config/sources."""
    from rich.console import Console
    from rich.table import Table

    from flows.sources import load_sources

    if context.invoked_subcommand:
        return
    table = Table("source", "kind", "schedule", "zone", "enabled", "home or reason")
    for name, source in sorted(load_sources().sources.items()):
        state = "yes" if source.enabled else "no"
        table.add_row(name, source.kind, source.schedule, source.zone, state, source.disabled_reason or source.home)
    Console().print(table)


@sources_app.command("check")
def sources_check(
    url: Annotated[str, typer.Argument(help="The site's home page.")],
    write: Annotated[Path | None, typer.Option("--write", help="Write the drafted config file here.")] = None,
    data: Data = None,
) -> None:
    """Look at a site: feeds, sitemaps, sections, what robots.txt says; drafts a config file for review."""
    from flows.clock import SystemClock
    from flows.fetch.check import check, draft

    text = draft(check(url, load_settings(), layout_of(data), SystemClock()))
    if write is None:
        sys.stdout.write(text)
    elif write.exists():
        raise ConfigError(f"{write} is there already: give another name")
    else:
        write.write_text(text, "utf-8")
        say(f"wrote {write}: review it, set kind and zone, then enable it")


@sources_app.command("new")
def sources_new(
    name: Annotated[str, typer.Argument(help="The file's stem, such as my_station.")],
    url: Annotated[str, typer.Argument(help="The site's home page.")],
    data: Data = None,
) -> None:
    """Check a site and write config/sources/NAME.toml for review."""
    sources_check(url, config_dir() / "sources" / f"{name}.toml", data)
