"""The commands about weather history: backfill it from files or from services."""

from __future__ import annotations

import difflib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import DAY, Data, layout_of, notify
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import load_settings
from flows.sources import Place, load_sources

if TYPE_CHECKING:
    from flows.pipeline.weather_backfill import WeatherRun
    from flows.pipeline.weather_services import WeatherServices

weather_app = typer.Typer(help="Load the weather of the past, from files or services.", no_args_is_help=True)


@weather_app.callback()
def weather() -> None:
    """Load the weather of the past, from files or services."""


@weather_app.command()
def backfill(
    place: Annotated[list[str], typer.Option("--place", help="A place of config/places.toml; may be repeated.")],
    since: Annotated[datetime, typer.Option("--since", formats=DAY, help="The first day.")],
    until: Annotated[
        datetime | None, typer.Option("--until", formats=DAY, help="The last day; default: today.")
    ] = None,
    files: Annotated[
        list[str] | None, typer.Option("--files", help="Files, or a pattern in quotes, in place of the services.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Zone of times in the files that name none, such as UTC.")
    ] = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option("--dataset", help="reports, days, alerts, storms or forecasts; default: reports, days, alerts."),
    ] = None,
    data: Data = None,
) -> None:
    """Archive the weather of the past for a place, from files or politely from the services of config/weather.toml, and
    load it. What is archived already is not asked or read again; exit 1 if a file or request failed."""
    from flows.clock import SystemClock
    from flows.pipeline.weather_backfill import DATASETS, Backfill, archive_files, ask_services
    from flows.pipeline.weather_files import matching_files
    from flows.pipeline.weather_services import load_weather_services

    layout, clock = layout_of(data), SystemClock()
    first, last = _days(since, until)
    chosen = tuple(dataset or DATASETS[:3])
    if unknown := sorted(set(chosen) - set(DATASETS)):
        raise ConfigError(f"--dataset {unknown[0]}: valid are {', '.join(DATASETS)}")
    _check_zone(zone)
    services = load_weather_services()
    paths = matching_files(files or [])
    job = Backfill(layout, load_settings(), clock, notify, _places(place), first, last)
    run = archive_files(job, paths, zone) if files else ask_services(job, services, chosen)
    _load(layout, services, run)


def _load(layout: Layout, services: WeatherServices, run: WeatherRun) -> None:
    """Load what was archived and say what came of it; exit 1 if a file or request failed."""
    from flows.parse.weather_history.history import FORMATS, UNKNOWN
    from flows.pipeline.weather_backfill import describe_files, load_history

    if run.skipped:
        notify(f"{count_text(run.skipped, 'file or request was', 'files or requests were')} archived before")
    done = load_history(layout, services, notify)
    for line in [*describe_files(layout, run.urls), *done.describe()]:
        notify(line)
    for failure in run.failures:
        notify(f"failed: {failure}")
    if any(UNKNOWN in failure for failure in run.failures):
        notify(f"formats that are read: {FORMATS}")
    if run.failures:
        notify("the rest is loaded; run the same command again to ask for what failed")
        raise typer.Exit(1)


def _days(since: datetime, until: datetime | None) -> tuple[date, date]:
    first, last = since.date(), (until.date() if until else datetime.now(UTC).date())
    if first > last:
        raise ConfigError(f"--since {first}: is after the last day, {last}")
    return first, last


def _places(keys: list[str]) -> dict[str, Place]:
    """The places with these keys; raises ConfigError with the nearest key."""
    known = load_sources().places
    for key in keys:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(sorted(known)) or 'none'}"
            raise ConfigError(f"--place {key}: not in places.toml: {hint}")
    return {key: known[key] for key in dict.fromkeys(keys)}


def _check_zone(name: str | None) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        if name is not None:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"--zone {name}: not an IANA time zone, such as America/Chicago or UTC") from error
