"""The commands that write source files: `sources new`, which guesses and asks, and `sources add-town`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.complete import complete_source
from flows.cli.dialog import ask, confirm, is_interactive
from flows.cli.options import Allow, Data, layout_of, notify
from flows.cli.places import Lat, Lon, find_town, given_town, plan_place, town_or_none
from flows.errors import ConfigError
from flows.settings import config_dir, load_settings
from flows.sources import NAME, load_sources, zone_known

if TYPE_CHECKING:
    from flows.data_layout import Layout
    from flows.pipeline.new_source import NewSource

KINDS = ("station", "newspaper", "site")
Yes = Annotated[bool, typer.Option("--yes", help="Accept the guesses and enable it: you have read the site's terms.")]
FirstRun = Annotated[
    bool | None, typer.Option("--first-run/--no-first-run", help="Fetch, load and chart the site now; default: ask.")
]
Offline = Annotated[bool, typer.Option("--offline", help="Do not ask the NWS for the town's station and zone.")]
FIRST_TREND = "topic_frequency"


def sources_new(
    site: Annotated[str, typer.Argument(help="The site's home page.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the source and its file; default: guessed.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Name of the site, as shown.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="station, newspaper or site.")] = None,
    zone: Annotated[str | None, typer.Option("--zone", help="IANA time zone, such as America/Chicago.")] = None,
    town: Annotated[str | None, typer.Option("--town", help="The site's town, such as 'Maryville, MO'.")] = None,
    lat: Lat = None,
    lon: Lon = None,
    yes: Yes = False,
    first_run: FirstRun = None,
    offline: Offline = False,
    allow: Allow = None,
    data: Data = None,
) -> None:
    """Check a site, guess name, kind, place and zone from its page, and write config/sources/NAME.toml."""
    layout = layout_of(data)
    given = {
        "name": name and valid_name(name),
        "title": title,
        "kind": kind and valid_kind(kind),
        "zone": zone and valid_zone(zone),
    }
    own_town = given_town(town, lat, lon)
    source = checked_source(site, layout, allow).corrected(**given, town=own_town)
    written = add_source(source, layout, yes=yes, offline=offline)
    if written and wants_first_run(first_run):
        run_first(written, layout.data)


def checked_source(site: str, layout: Layout, allow: list[str] | None) -> NewSource:
    """Check the site and guess; exit 1 if it does not answer."""
    from flows.clock import SystemClock
    from flows.fetch.discovery.site_check import check_site
    from flows.fetch.discovery.site_report import describe
    from flows.pipeline.new_source import new_source

    url = site if "://" in site else f"https://{site}"
    report = check_site(url, load_settings(), layout, SystemClock(), allow or (), notify)
    notify("\n" + describe(report) + "\n")
    if not report.answered:
        notify("nothing was written: fix the problem above, then run the command again")
        raise typer.Exit(1)
    return new_source(report)


def add_source(
    source: NewSource, layout: Layout, *, yes: bool, offline: bool, schedule: str | None = None
) -> str | None:
    """Show the guesses, let the person correct them, write the file; returns its name if it is enabled."""
    from flows.cli.config_writer import ConfigChanges, start_folder, write_source

    for line in source.describe():
        notify(line)
    if is_interactive() and not yes:
        source = _corrected_by_person(source)
    name, folder = source.guess.name.value, config_dir()
    path = folder / "sources" / f"{name}.toml"
    if path.exists():
        raise ConfigError(f"{path} already exists: give another name (--name)")
    accepted = source.report.allowed and (yes or (is_interactive() and _accepts_terms(source)))
    start_folder(folder)
    changes = ConfigChanges(folder)
    town = source.guess.town
    left = plan_place(changes, town, load_settings(), layout, offline=offline) if town else []
    for file in changes.write():
        notify(f"wrote {file}: the place {town.key if town else ''}")
    write_source(path, source.values(accepted_on=_today() if accepted else None, schedule=schedule), source.comments())
    load_sources(folder)
    _say_what_next(path, name, accepted, source, left)
    return name if accepted else None


def _corrected_by_person(source: NewSource) -> NewSource:
    guess = source.guess
    notify("\nEnter keeps what is in brackets.")
    name = ask("Name of the source and its file", guess.name.value, valid_name)
    title = ask("Name of the site, as shown", guess.title.value, str)
    kind = ask("station, newspaper or site", guess.kind.value, valid_kind)
    guessed = guess.town
    label = guessed.label if guessed else "-"
    town = ask(
        "Its town, such as 'Maryville, MO' (- for none)",
        label,
        lambda text: guessed if text == label else town_or_none(text),
    )
    if town is None:
        source = source.without_town()
    elif town != guessed:
        source = source.corrected(town=town)
    zone = ask("Time zone", source.zone, valid_zone)
    return source.corrected(name=name, title=title, kind=kind, zone=zone)


def _accepts_terms(source: NewSource) -> bool:
    notify(f"\nRead the terms of {source.report.url} first: do they allow a crawler that obeys robots.txt?")
    return confirm("Enable the source?")


def _say_what_next(path: Path, name: str, accepted: bool, source: NewSource, left: list[str]) -> None:
    if not accepted:
        why = "" if source.report.allowed else f" (robots.txt refuses us: {source.report.robots})"
        notify(f"wrote {path}, disabled{why}: read the site's terms, review the file, then set enabled = true")
    else:
        notify(f"wrote {path}: enabled")
    if source.guess.zone is None:
        left = [*left, f"zone in {path}: nothing on the page names it, so it is UTC"]
    if load_settings().identity.is_placeholder:
        left = [*left, f"identity.contact in {config_dir() / 'newsvane.toml'}: newsvane init --contact YOUR_ADDRESS"]
    for line in left:
        notify(f"left to fill in: {line}")
    if accepted:
        notify(f"next: newsvane sources test {name}; newsvane ingest {name}; newsvane refresh")


def wants_first_run(first_run: bool | None) -> bool:
    """Whether to fetch, load and chart a new source now: as the option says, else as the person says."""
    if first_run is None:
        return is_interactive() and confirm("Fetch it now, load it and show the first chart?", default=True)
    return first_run


def run_first(name: str, data: Path) -> None:
    """The first ingest and refresh of a source, and its first chart."""
    from flows.cli.loads import refresh
    from flows.cli.query import trend
    from flows.cli.runs import ingest

    ingest([name], data)
    refresh(data)
    trend(FIRST_TREND, source=name, data=data)


def sources_add_town(
    source: Annotated[str, typer.Argument(help="The source.", autocompletion=complete_source)],
    town: Annotated[str, typer.Argument(help="The town, such as 'Maryville, MO'.")],
    lat: Lat = None,
    lon: Lon = None,
    offline: Offline = False,
    data: Data = None,
) -> None:
    """Add a town to a source: for the NWS its weather is fetched from then on, for a site it is read from panels."""
    from flows.cli.config_writer import ConfigChanges

    layout, folder = layout_of(data), config_dir()
    found = load_sources(folder).by_name(source)
    changes, place = ConfigChanges(folder), find_town(town, lat, lon)
    left = plan_place(changes, place, load_settings(), layout, offline=offline)
    file = f"sources/{source}.toml"
    if found.kind != "nws" and found.place is None:
        changes.set(file, ("place",), place.key)
        changes.set(file, ("zone",), place.zone, is_default=True)
    else:
        key, listed = ("places", found.places) if found.kind == "nws" else ("panel_places", found.panel_places)
        if place.key not in (*listed, found.place):
            changes.set(file, (key,), [*listed, place.key], is_default=True)
    if not changes.changes:
        notify(f"{source} has {place.key} already")
    for change in changes.changes:
        notify(change.describe())
    changes.write()
    load_sources(folder)
    for line in left:
        notify(f"left to fill in: {line}")


def valid_name(name: str) -> str:
    """The name; raises ConfigError for one that a source cannot have."""
    if not re.fullmatch(NAME, name):
        raise ConfigError(
            f"'{name}' is not a valid source name: use lower-case letters, digits, - and _, such as my_station"
        )
    return name


def valid_kind(kind: str) -> str:
    """The kind; raises ConfigError for one that a written source cannot have."""
    if kind not in KINDS:
        raise ConfigError(f"'{kind}' is not a kind: {', '.join(KINDS)}")
    return kind


def valid_zone(zone: str) -> str:
    """The zone; raises ConfigError for one that is not IANA's."""
    try:
        return zone_known(zone)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the operator's own day
