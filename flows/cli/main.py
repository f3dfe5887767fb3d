"""The `newsvane` command: its subcommands, and exit codes for errors (0 success, 1 failed, 2 usage error)."""

from __future__ import annotations

import sys

import typer

from flows.cli import doctor, maintenance, parse, query, runs
from flows.cli.prefect_env import bypass_proxy_on_loopback
from flows.cli.sources import sources_app
from flows.cli.weather import weather_app
from flows.errors import ConfigError, NewsvaneError

app = typer.Typer(
    name="newsvane",
    help="Local news and weather into a DuckDB warehouse, on a schedule.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    runs.ingest,
    runs.refresh,
    runs.backfill,
    runs.watch,
    runs.demo,
    runs.up,
    query.sql,
    query.trend,
    query.trends,
    query.topics,
    query.report,
    maintenance.rebuild,
    maintenance.restore,
    maintenance.export,
    parse.parse,
    doctor.doctor,
):
    app.command()(command)
app.add_typer(sources_app, name="sources")
app.add_typer(weather_app, name="weather")


def main() -> None:
    """Run the command; an expected failure becomes one line on stderr and exit code 1, or 2 for a usage error."""
    bypass_proxy_on_loopback()
    try:
        app()
    except NewsvaneError as error:
        sys.stderr.write(f"newsvane: {error}\n")
        sys.exit(2 if isinstance(error, ConfigError) else 1)
