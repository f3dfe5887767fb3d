"""The `newsvane` command: its subcommands, and exit codes for errors (0 success, 1 failed, 2 usage error)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from flows.cli import doctor, fetch_past, init, loads, maintenance, parse, query, runs, search, serve
from flows.cli.interrupt import ends_at_interrupt
from flows.cli.prefect_env import bypass_proxy_on_loopback
from flows.cli.sources import sources_app
from flows.cli.weather import weather_app
from flows.errors import ConfigError, NewsvaneError

_START, _RUN, _READ, _KEEP = "Set up", "Fetch and load", "Read", "Maintain"
# Command -> its group in the help, and examples. Groups are in the order of a first day.
COMMANDS: dict[Callable[..., object], tuple[str, tuple[str, ...]]] = {
    init.init: (
        _START,
        ("newsvane init", "newsvane init 'Maryville, MO' --contact you@your-domain.org", "newsvane init SITE --yes"),
    ),
    runs.demo: (_START, ("newsvane demo", "newsvane demo --weeks 8 --data data/eight")),
    doctor.doctor: (_START, ("newsvane doctor",)),
    runs.ingest: (_RUN, ("newsvane ingest", "newsvane ingest my_station nws")),
    loads.refresh: (_RUN, ("newsvane refresh",)),
    loads.backfill: (
        _RUN,
        (
            "newsvane backfill crawl.warc.gz archive/ @more.txt",
            "newsvane backfill --cc-news 2026-10 --host news-press.example --language en",
        ),
    ),
    fetch_past.fill: (_RUN, ("newsvane fill --plan", "newsvane fill my_station --report missing.csv")),
    fetch_past.fetch: (_RUN, ("newsvane fetch stories.csv",)),
    runs.up: (_RUN, ("newsvane up", "newsvane up --demo")),
    runs.watch: (_RUN, ("newsvane watch",)),
    query.trend: (
        _READ,
        (
            "newsvane trend rising_topics",
            "newsvane trend topic_frequency --topic Weather --by week",
            "newsvane trend phrase_frequency --phrase 'flash flood' --by month",
            "newsvane trend top_topics --source my_station --format csv --out top.csv",
            "newsvane trend topic_frequency --out topics.svg",
        ),
    ),
    query.trends: (_READ, ("newsvane trends", "newsvane trends topic_frequency")),
    search.search: (
        _READ,
        ("newsvane search flood* 'city council'", "newsvane search snow --not rain --source my_station --newest"),
    ),
    query.sql: (
        _READ,
        ('newsvane sql "select title, posted_at from articles order by posted_at desc limit 10"', "newsvane sql"),
    ),
    query.topics: (_READ, ("newsvane topics", "newsvane topics --finding spelling --format csv")),
    serve.serve: (_READ, ("newsvane serve", "newsvane serve --data data/demo --port 8080")),
    query.report: (_READ, ("newsvane report --out report.html --pdf report.pdf",)),
    parse.parse: (_READ, ("newsvane parse page.html --url https://www.my-station.example/a",)),
    maintenance.rebuild: (_KEEP, ("newsvane rebuild --check", "newsvane rebuild")),
    maintenance.restore: (_KEEP, ("newsvane restore", "newsvane restore 12")),
    maintenance.export: (_KEEP, ("newsvane export --parquet facts",)),
}

app = typer.Typer(
    name="newsvane",
    epilog="Answers go to stdout, messages to stderr. Exit codes: 0 success, 1 failed, 2 usage error, 130 Ctrl-C.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _examples(lines: tuple[str, ...]) -> str:
    """The examples below a command's help; each stays a line of its own."""
    return "Examples:\n\n" + "\n\n".join(f"  {line}".replace("[", "\\[") for line in lines)


def _unwrapped(docstring: str) -> str:
    """A docstring with each paragraph on one line: the help keeps its line breaks, and wraps by itself."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in docstring.split("\n\n"))


for command, (group, examples) in COMMANDS.items():
    kind = query.StatementCommand if command is query.sql else None
    app.command(cls=kind, rich_help_panel=group, epilog=_examples(examples))(command)
app.add_typer(sources_app, name="sources", rich_help_panel=_START)
app.add_typer(weather_app, name="weather", rich_help_panel=_RUN)

for listed in (app, *(group.typer_instance for group in app.registered_groups if group.typer_instance)):
    for registered in listed.registered_commands:
        registered.help = _unwrapped(registered.callback.__doc__ or "")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsvane {own_version()}")
        raise typer.Exit


def own_version() -> str:
    """The installed version; `unknown` where newsvane runs without being installed."""
    try:
        return version("newsvane")
    except PackageNotFoundError:
        return "unknown"


@app.callback()
def newsvane(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Local news and weather into a DuckDB warehouse, on a schedule.

    New here? `newsvane demo`, then `newsvane init`."""


def main() -> None:
    """Run the command; an expected failure becomes one line on stderr and exit code 1, or 2 for a usage error."""
    bypass_proxy_on_loopback()
    with ends_at_interrupt():
        try:
            app()
        except NewsvaneError as error:
            sys.stderr.write(f"newsvane: {error}\n")
            sys.exit(2 if isinstance(error, ConfigError) else 1)
        except BrokenPipeError:  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
