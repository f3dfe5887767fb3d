"""The commands about sources: list them, check a site, test a source, say that its pages were looked at."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.add_source import sources_add_town, sources_new
from flows.cli.complete import complete_source
from flows.cli.options import Allow, Data, console_width, layout_of, notify
from flows.settings import Settings, config_dir, load_settings

if TYPE_CHECKING:
    from flows.sources import Source

_WIDE = 100

sources_app = typer.Typer(help="List, add, check, test and acknowledge sources.", invoke_without_command=True)


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

    console = Console(width=console_width())
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
            console.print(
                Padding(source.disabled_reason or "", (0, 0, 0, 2), expand=False), highlight=False, markup=False
            )


@sources_app.command("check")
def sources_check(
    url: Annotated[str, typer.Argument(help="The site's home page.")],
    allow: Allow = None,
    data: Data = None,
) -> None:
    """Check a site: feeds, sitemaps, sections, robots.txt. The drafted file goes to stdout; nothing is written."""
    from flows.cli.add_source import checked_source
    from flows.cli.config_writer import source_text

    source = checked_source(url, layout_of(data), allow)
    for line in source.describe():
        notify(line)
    sys.stdout.write(source_text(source.values(accepted_on=None), source.comments()))
    notify(f"\nto add it: newsvane sources new {source.report.url}")


@sources_app.command("test")
def sources_test(
    name: Annotated[str, typer.Argument(help="A source, enabled or not.", autocompletion=complete_source)],
    data: Data = None,
) -> None:
    """Test a source without a run: what robots.txt says, what would be fetched, how many pages, at what pace. Fetches
    robots.txt and the lists only."""
    from flows.clock import SystemClock
    from flows.pipeline.dry_run import dry_run
    from flows.sources import load_sources

    layout, settings = layout_of(data), load_settings()
    from flows.fetch.urls import host_port, redact

    source = load_sources().by_name(name)
    if source.kind == "nws":
        _describe_nws(source, settings)
        return
    notify(f"fetching robots.txt and the lists of {source.home}; no article is fetched, nothing is kept")
    done = dry_run(source, settings, layout, SystemClock(), notify)
    sys.stdout.write("\n".join(done.describe()) + "\n")
    if not source.enabled:
        notify(f"the source is disabled: {source.disabled_reason}")
    if not done.is_answered:
        notify(f"nobody answers at {host_port(source.home)}: next: newsvane sources check {redact(source.home)}")
        raise typer.Exit(1)


@sources_app.command("ack")
def sources_ack(
    name: Annotated[str, typer.Argument(help="The source.", autocompletion=complete_source)],
    data: Data = None,
) -> None:
    """Say that you have looked at a source's pages after a redesign: from the next refresh on they do not count as
    drift. Writes `reviewed`, the day, to its file."""
    from datetime import datetime

    from flows.cli.config_writer import ConfigChanges
    from flows.sources import load_sources

    layout_of(data)
    folder = config_dir()
    source = load_sources(folder).by_name(name)
    changes = ConfigChanges(folder)
    changes.set(f"sources/{name}.toml", ("reviewed",), datetime.now(source.tzinfo).date(), is_default=True)
    for change in changes.changes:
        notify(change.describe())
    changes.write()
    load_sources(folder)
    notify(f"pages of {name} up to today count as looked at; next: newsvane refresh")


def _describe_nws(source: Source, settings: Settings) -> None:
    """What a run at the NWS requests, from its config alone."""
    is_placeholder = settings.identity.is_placeholder
    places = ", ".join(source.places) or "none: newsvane sources add-town nws 'TOWN, ST'"
    sys.stdout.write(
        f"places      {places}\n"
        "requests    for each place its point (every 14 days), then observations, forecast and alerts; what places "
        "share is requested once\n"
        f"contact     {settings.identity.contact}{', a placeholder: nothing is requested' if is_placeholder else ''}\n"
        "this test made no request\n"
    )


sources_app.command("new")(sources_new)
sources_app.command("add-town")(sources_add_town)
