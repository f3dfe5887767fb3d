"""The init command: leads from an empty config to a first source: contact, town with its weather, site, schedules."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.add_source import FirstRun, Offline, add_source, checked_source, run_first, wants_first_run
from flows.cli.dialog import ask, confirm, is_interactive
from flows.cli.options import Allow, Data, layout_of, notify
from flows.cli.places import NWS_FILE, Lat, Lon, given_town, nws_source, plan_place, town_or_none
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import DEMO_CONFIG, SHIPPED_CONFIG, Identity, Settings, config_dir, load_settings
from flows.sources import Source, load_sources, valid_cron

if TYPE_CHECKING:
    from flows.cli.config_writer import ConfigChanges
    from flows.pipeline.gazetteer import Town

_SETTINGS = "newsvane.toml"
_Subject = Annotated[str | None, typer.Argument(help="A town, such as 'Maryville, MO', or a site's home page.")]
_Contact = Annotated[
    str | None, typer.Option("--contact", help="Your mail address or web page, for webmasters and the NWS.")
]
_Schedule = Annotated[
    str | None, typer.Option("--schedule", help="When to fetch the site: a cron expression; default: */30 * * * *.")
]
_RefreshSchedule = Annotated[
    str | None, typer.Option("--refresh-schedule", help="When to load the archive: a cron expression.")
]
_Yes = Annotated[
    bool, typer.Option("--yes", help="Write without asking, also over values that are set; enable what is added.")
]


@dataclass(slots=True)
class Wanted:
    """What is to be set up; None where the person wants nothing set."""

    contact: str | None = None
    town: Town | None = None
    site: str | None = None
    schedule: str | None = None
    refresh_schedule: str | None = None
    left: list[str] = field(default_factory=list)


def init(
    subject: _Subject = None,
    contact: _Contact = None,
    town: Annotated[str | None, typer.Option("--town", help="The town to fetch weather for.")] = None,
    lat: Lat = None,
    lon: Lon = None,
    site: Annotated[str | None, typer.Option("--site", help="The home page of a news site to add.")] = None,
    schedule: _Schedule = None,
    refresh_schedule: _RefreshSchedule = None,
    yes: _Yes = False,
    first_run: FirstRun = None,
    offline: Offline = False,
    allow: Allow = None,
    data: Data = None,
) -> None:
    """Set up newsvane step by step: your contact, a town with its weather, a news site, the schedules. With options it
    asks nothing; what is set already is overwritten only after a yes."""
    from flows.cli.config_writer import ConfigChanges

    layout = _layout(data)
    town, site = _with_subject(subject, town, site)
    wanted = Wanted(
        contact=contact and _valid_contact(contact),
        town=given_town(town, lat, lon),
        site=site,
        schedule=schedule and _valid_schedule(schedule),
        refresh_schedule=refresh_schedule and _valid_schedule(refresh_schedule),
    )
    changes = ConfigChanges(config_dir())
    if is_interactive() and not yes:
        _ask_for_rest(wanted, changes)
    elif schedule and not site:
        raise ConfigError("--schedule: name the site too; when the archive is loaded is --refresh-schedule")
    _plan(wanted, changes, layout, offline=offline, yes=yes)
    _write(changes, yes=yes)
    name = _add_site(wanted, layout, yes=yes, offline=offline, allow=allow)
    _say_what_is_left(wanted)
    if name and wants_first_run(first_run):
        run_first(name, layout.data)


def _layout(data: Data) -> Layout:
    """The data folder; a config folder that does not exist yet has the shipped settings."""
    folder = config_dir()
    layout = layout_of(data) if (folder / _SETTINGS).exists() else Layout.at(data or load_settings(SHIPPED_CONFIG).data)
    if config_dir() == DEMO_CONFIG:
        raise ConfigError(f"{layout.data} holds the demo, which needs no setup: leave out --data, or give a new folder")
    return layout


def _with_subject(subject: str | None, town: str | None, site: str | None) -> tuple[str | None, str | None]:
    """Town and site, one of which the subject may name. Raises ConfigError if an option names another one."""
    if not subject:
        return town, site
    option, other = ("--site", site) if _is_site(subject) else ("--town", town)
    if other:
        raise ConfigError(f"'{subject}' and {option} '{other}': give one of them")
    return (town, subject) if _is_site(subject) else (subject, site)


def _is_site(text: str) -> bool:
    return "://" in text or ("." in text and " " not in text.strip())


def _ask_for_rest(wanted: Wanted, changes: ConfigChanges) -> None:
    """Ask the person for what the options do not say."""
    notify(f"newsvane is set up in {changes.folder}. Enter keeps what is in brackets; - leaves a thing out.\n")
    if wanted.contact is None:
        notify("1  Every request names you, so that a webmaster can reach you; the weather service requires it.")
        now = str(changes.value(_SETTINGS, ("identity", "contact")) or "")
        wanted.contact = ask("   Your mail address or web page", "-" if _is_placeholder(now) else now, _contact_or_none)
    if wanted.town is None:
        notify("\n2  The weather of a US town, from the National Weather Service.")
        wanted.town = ask("   Town, such as 'Maryville, MO'", "-", town_or_none)
    if wanted.site is None:
        notify("\n3  A news site.")
        wanted.site = ask("   Its home page", "-", lambda text: None if text == "-" else text)
    if wanted.site and wanted.schedule is None:
        wanted.schedule = ask(
            "   When to fetch it (cron: minute hour day month weekday)", "*/30 * * * *", _valid_schedule
        )
    if wanted.refresh_schedule is None:
        notify("\n4  `newsvane up` fetches on schedule and loads what came after each fetch, and at these times:")
        now = str(changes.value(_SETTINGS, ("server", "refresh_schedule")) or "*/15 * * * *")
        wanted.refresh_schedule = ask("   Load the archive (cron)", now, _valid_schedule)


def _plan(wanted: Wanted, changes: ConfigChanges, layout: Layout, *, offline: bool, yes: bool) -> None:
    """Plan the changes of the settings, the place and the NWS source."""
    if wanted.contact:
        now = str(changes.value(_SETTINGS, ("identity", "contact")) or "")
        changes.set(_SETTINGS, ("identity", "contact"), wanted.contact, is_default=_is_placeholder(now))
    if wanted.refresh_schedule:
        changes.set(_SETTINGS, ("server", "refresh_schedule"), wanted.refresh_schedule)
    settings = _settings_with(wanted.contact, changes.folder)
    if wanted.town:
        wanted.left += plan_place(changes, wanted.town, settings, layout, offline=offline)
        changes.set(_SETTINGS, ("server", "zone"), wanted.town.zone)
    _plan_weather(wanted.town, changes, settings, yes=yes)


def _plan_weather(town: Town | None, changes: ConfigChanges, settings: Settings, *, yes: bool) -> None:
    """Plan the weather: the NWS source fetches the town with its other places, not with those that the shipped file has
    as an example; it is enabled if there is a contact."""
    nws, shipped = nws_source(changes.folder), nws_source(SHIPPED_CONFIG)
    places = () if nws == shipped else nws.places
    if town and town.key not in places:
        if not places:
            changes.set(NWS_FILE, ("zone",), town.zone, is_default=True)
        places = (*places, town.key)
        changes.set(NWS_FILE, ("places",), list(places), is_default=True)
    is_waiting = not nws.enabled and nws.disabled_reason == shipped.disabled_reason
    if not is_waiting or not places or settings.identity.is_placeholder:
        return
    if yes or not is_interactive() or confirm(f"   Fetch the weather of {', '.join(places)} every hour?", default=True):
        changes.set(NWS_FILE, ("enabled",), True, is_default=True)
        changes.remove(NWS_FILE, ("disabled_reason",))


def _write(changes: ConfigChanges, *, yes: bool) -> None:
    """Show the changes and write them, over values that a person chose only after a yes."""
    if not changes.changes:
        return
    notify("\nchanges:")
    for change in changes.changes:
        notify(f"  {change.describe()}{'  (overwrites)' if change.overwrites else ''}")
    if not yes:
        if is_interactive():
            if not confirm("Write them?", default=True):
                notify("nothing was written")
                raise typer.Exit(1)
        elif changes.overwriting:
            first = changes.overwriting[0]
            raise ConfigError(
                f"{first.path}: {'.'.join(first.keys)} is set already; nothing was written: add --yes to overwrite it"
            )
    for path in changes.write():
        notify(f"wrote {path}")
    load_settings(changes.folder)
    load_sources(changes.folder)


def _add_site(wanted: Wanted, layout: Layout, *, yes: bool, offline: bool, allow: list[str] | None) -> str | None:
    if not wanted.site:
        return None
    notify("")
    source = checked_source(wanted.site, layout, allow)
    if wanted.town and source.guess.town is None:
        source = source.corrected(town=wanted.town)
    return add_source(source, layout, yes=yes, offline=offline, schedule=wanted.schedule)


def _say_what_is_left(wanted: Wanted) -> None:
    """What is still to be filled in, and the next commands."""
    folder = config_dir()
    enabled: list[Source] = load_sources(folder).enabled if (folder / _SETTINGS).exists() else []
    left = list(wanted.left)
    if _settings_with(None, folder).identity.is_placeholder:
        left.insert(0, f"identity.contact in {folder / _SETTINGS}: newsvane init --contact YOUR_ADDRESS")
    if not enabled:
        left.append("a source that is enabled: newsvane sources new SITE")
    for line in left:
        notify(f"left to fill in: {line}")
    if enabled:
        names = ", ".join(source.name for source in enabled)
        notify(f"enabled: {names}")
        notify("next: newsvane ingest; newsvane refresh; newsvane trend top_topics; or `newsvane up`, on schedule")


def _settings_with(contact: str | None, folder: Path) -> Settings:
    """The settings as they will be: with the new contact, if there is one."""
    settings = load_settings(folder if (folder / _SETTINGS).exists() else SHIPPED_CONFIG)
    if contact is None:
        return settings
    return settings.model_copy(update={"identity": settings.identity.model_copy(update={"contact": contact})})


def _is_placeholder(contact: str) -> bool:
    return len(contact) < 3 or Identity(user_agent="newsvane", contact=contact).is_placeholder


def _valid_contact(contact: str) -> str:
    """The contact; raises ConfigError for one at which nobody can be reached."""
    is_mail = "@" in contact and "." in contact.rpartition("@")[2] and not any(c.isspace() for c in contact)
    if not (is_mail or contact.startswith(("http://", "https://"))):
        raise ConfigError(f"'{contact}' is neither a mail address nor a web page")
    if not contact.isascii() or not contact.isprintable():
        raise ConfigError(f"'{contact}' cannot be sent in a header: use ASCII letters")
    if _is_placeholder(contact):
        raise ConfigError(f"'{contact}' is at a domain reserved for examples: give one where you can be reached")
    return contact


def _contact_or_none(text: str) -> str | None:
    return None if text == "-" else _valid_contact(text)


def _valid_schedule(schedule: str) -> str:
    try:
        return valid_cron(schedule)
    except ValueError as error:
        raise ConfigError(str(error)) from error
