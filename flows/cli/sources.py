"""The commands about sources: list them, check a site, draft a config file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Data, layout_of, notify
from flows.errors import ConfigError
from flows.settings import config_dir, load_settings
from flows.sources import NAME

if TYPE_CHECKING:
    from flows.sources import Source

_WIDE = 100

sources_app = typer.Typer(help="List, check and draft sources.", invoke_without_command=True)


@sources_app.callback()
def sources(context: typer.Context, data: Data = None) -> None:
    """List the sources of config/sources, one per line, then why some are disabled; reads no data folder."""
    from flows.sources import load_sources

    if not context.invoked_subcommand:
        _list([source for _, source in sorted(load_sources().sources.items())])


def _list(listed: list[Source]) -> None:
    """One line per source; a narrow terminal shows no zone and cuts long URLs."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from flows.fetch.urls import redact

    console = Console()
    is_wide = console.width >= _WIDE
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("source", "kind", "enabled", "schedule", *(("zone",) if is_wide else ())):
        table.add_column(heading, no_wrap=True)
    table.add_column("home", overflow="ellipsis")  # the only column that may shrink
    for source in listed:
        zone = (source.zone,) if is_wide else ()
        state = "yes" if source.enabled else "no"
        table.add_row(source.name, source.kind, state, source.schedule, *zone, Text(redact(source.home)))
    console.print(table if listed else "there are no sources: add one with `newsvane sources new`")
    for source in listed:
        if not source.enabled:
            console.print(f"\n{source.name} is disabled:", style="bold", highlight=False)
            console.print(Padding(source.disabled_reason or "", (0, 0, 0, 2)), highlight=False, markup=False)


Allow = Annotated[list[str] | None, typer.Option("--allow", help="A private network (CIDR) that the site may be in.")]


@sources_app.command("check")
def sources_check(
    url: Annotated[str, typer.Argument(help="The site's home page.")],
    write: Annotated[Path | None, typer.Option("--write", help="Write the drafted config to this file.")] = None,
    allow: Allow = None,
    data: Data = None,
) -> None:
    """Check a site: feeds, sitemaps, sections, robots.txt; drafts a config file for review."""
    from flows.clock import SystemClock
    from flows.fetch.discovery.site_check import check_site
    from flows.fetch.discovery.source_draft import describe, draft_config

    if write and write.exists():
        raise ConfigError(f"{write} already exists: give another name")
    layout = layout_of(data)
    report = check_site(url, load_settings(), layout, SystemClock(), allow or (), notify)
    notify("\n" + describe(report) + "\n")
    if not report.answered:
        notify("no config drafted: fix the problem above, then run the command again")
        raise typer.Exit(1)
    if write is None:
        sys.stdout.write(draft_config(report))
        return
    write.write_text(draft_config(report), "utf-8")
    notify(f"wrote {write}: review it, set kind, zone and place, then set enabled = true")


@sources_app.command("new")
def sources_new(
    name: Annotated[str, typer.Argument(help="The name of the source and its file, such as my_station.")],
    url: Annotated[str, typer.Argument(help="The site's home page.")],
    allow: Allow = None,
    data: Data = None,
) -> None:
    """Check a site and write config/sources/NAME.toml for review."""
    if not re.fullmatch(NAME, name):
        raise ConfigError(
            f"'{name}' is not a valid source name: use lower-case letters, digits, - and _, such as my_station"
        )
    sources_check(url, config_dir() / "sources" / f"{name}.toml", allow, data)
