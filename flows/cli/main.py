"""The `newsvane` command: words in, exit codes out (0 good, 1 the job failed, 2 the user's words were wrong)."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import maintenance, query
from flows.cli.options import Data, layout_of, say
from flows.cli.sources import sources_app
from flows.errors import ConfigError, NewsvaneError
from flows.settings import Layout, load_settings

app = typer.Typer(
    name="newsvane",
    help="Local news and weather into a DuckDB warehouse, on a schedule.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command; expected failures become one line on stderr and exit code 1 or 2."""
    try:
        app()
    except NewsvaneError as error:
        sys.stderr.write(f"newsvane: {error}\n")
        sys.exit(2 if isinstance(error, ConfigError) else 1)


for command in (
    maintenance.rebuild,
    maintenance.restore,
    maintenance.export,
    query.sql,
    query.trend,
    query.trends,
    query.topics,
    query.report,
):
    app.command()(command)
app.add_typer(sources_app, name="sources")


@app.callback()
def words() -> None:
    """Local news and weather into a DuckDB warehouse, on a schedule."""


@app.command("parse")
def parse_command(
    files: Annotated[list[Path] | None, typer.Argument(help="Pages, HTML or plain text.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines {id, url, html|text} on stdin instead.")] = False,
    source: Annotated[
        str | None, typer.Option("--source", help="Whose pages they are: a name in config/sources.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the page stood.")] = None,
    captured_at: Annotated[str | None, typer.Option("--captured-at", help="When it was fetched, ISO 8601.")] = None,
    data: Data = None,
) -> None:
    """Read pages and print one JSON object each; touches no data folder."""
    from flows.errors import ShapeError
    from flows.parse import load_context, parse
    from flows.parse.jsonl import instant, page_from_file, stream, to_json

    context = load_context()
    if source:
        context.catalog.named(source)
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


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Names in config/sources; all enabled ones if none.")
    ] = None,
    data: Data = None,
) -> None:
    """Fetch what is new at sources, politely, into the archive."""
    from flows.sources import load_sources

    catalog = load_sources()
    chosen = [catalog.named(name) for name in sources] if sources else catalog.enabled
    if not chosen:
        raise ConfigError("no source is enabled: see `newsvane sources`, and README, 'Add a source'")
    for source in chosen:
        if not source.enabled:
            raise ConfigError(f"source '{source.name}' is disabled: {source.disabled_reason}")
    layout = _with_prefect(data)
    from flows.ingest import ingest as flow

    for source in chosen:
        done = flow(source.name, str(layout.data))
        say(
            f"{source.name}: {done.found} found, {done.new} new, {done.changed} changed, {done.unchanged} unchanged, "
            f"{done.refused} refused, {done.failed} failed"
        )


@app.command()
def refresh(data: Data = None) -> None:
    """Load the archive into the warehouse, check it, publish the snapshot."""
    layout = _with_prefect(data)
    from flows.refresh import refresh as flow

    _say_refreshed(flow(str(layout.data)))


@app.command()
def backfill(
    files: Annotated[list[Path], typer.Argument(help="WARC or WET files, gzip or not.")], data: Data = None
) -> None:
    """Load archive files made elsewhere, then check and publish."""
    layout = _with_prefect(data)
    from flows.backfill import backfill as flow
    from flows.pipeline.load import archive_files

    _say_refreshed(flow([str(path) for path in archive_files(files)], str(layout.data)))


@app.command()
def watch(data: Data = None) -> None:
    """Look through the published ledger for silent sources, missing days and drift."""
    layout = _with_prefect(data)
    from flows.watch import watch as flow

    ailing = flow(str(layout.data))
    say("every source is well" if not ailing else f"{ailing} sources want attention: newsvane trend source_health")


@app.command()
def doctor(data: Data = None) -> None:
    """Say what is set up, what is not, and the command that mends it."""
    from rich.console import Console
    from rich.markup import escape

    from flows.cli.doctor import examine

    console, findings = Console(), examine(layout_of(data))
    marks = {True: "[green]ok[/]", None: "[yellow]--[/]", False: "[red]no[/]"}
    for finding in findings:
        console.print(f"{marks[finding.good]} {finding.what}: {escape(finding.said)}", highlight=False)
        if not finding.good and finding.mend:
            console.print(f"   mend: {escape(finding.mend)}", highlight=False)
    if any(finding.good is False for finding in findings):
        raise typer.Exit(1)


@app.command()
def demo(
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=20, help="Simulated weeks.")] = 4, data: Data = None
) -> None:
    """Run the whole job on a simulated station: fetch weeks of it, load, and chart what it wrote about."""
    layout = _with_prefect(data)
    from flows.demo import demo as flow
    from flows.trends.charts import chart
    from flows.trends.run import run

    say(f"a simulated station and its sister, {weeks} weeks; nothing leaves this machine ...")
    _say_refreshed(flow(str(layout.data), weeks))
    words: dict[str, str | None] = {"by": "day", "source": "demo_station"}
    sys.stdout.write(chart(run(layout, "topic_frequency", words), shutil.get_terminal_size().columns))
    say(f"warehouse: {layout.published}")
    say("try next:")
    for line in (
        "newsvane trend rising_topics",
        "newsvane trend weather_and_topics",
        'newsvane sql "select posted_date, title, origin_kind from articles order by posted_at desc limit 10"',
        "newsvane up      # the same on a schedule, with the Prefect UI",
    ):
        say(f"  .venv/bin/{line}")


@app.command()
def up(data: Data = None) -> None:
    """Start the Prefect server and run what config/ schedules, until Ctrl-C. With PREFECT_API_URL set, that server gets
    the deployments, and none is started here."""
    from flows.runtime import api_url, operators_api, prepare
    from flows.sources import load_sources

    settings, layout = load_settings(), layout_of(data)
    catalog = load_sources()
    theirs = operators_api()
    prepare(layout, settings.server)
    os.environ.setdefault("PREFECT_API_URL", api_url(settings.server))
    from flows.serve import up as start

    try:
        start(catalog, layout, settings.server, say, theirs)
    except KeyboardInterrupt:
        say("stopped")


def _with_prefect(data: Path | None) -> Layout:
    """Set Prefect's surroundings before anything imports it."""
    from flows.runtime import hush, prepare

    layout = layout_of(data)
    if prepare(layout, load_settings().server) is None:
        say("starting a temporary Prefect server (`newsvane up` keeps one running) ...")
    import prefect.main  # noqa: F401 - sets its loggers up

    hush()
    return layout


def _say_refreshed(done: object) -> None:
    from flows.refresh import Refreshed

    if not isinstance(done, Refreshed):
        return
    faults = [check for check in done.checks if check.faults]
    say(f"{done.files} files, {done.exchanges} exchanges loaded; {len(done.checks)} checks, {len(faults)} with faults")
    for check in faults:
        say(f"  {check.level}: {check.name}: {check.faults} ({check.example})")
    say(f"published {done.published}")
