"""The init command by options and at a terminal: what it writes, asks, refuses, and says is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli.config_writer import start_folder
from flows.settings import load_settings
from flows.sources import load_sources
from tests.cli.conftest import Command, Done, type_in
from tests.fetch.sites import Site, page, rss, serve


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config folder that does not exist yet."""
    monkeypatch.setenv("NEWSVANE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def started(newsvane: Command, config: Path, *arguments: str) -> Done:
    return newsvane("init", *arguments, "--data", str(config.parent / "data"))


def test_a_town_without_a_contact_works_offline_and_says_what_is_left(newsvane: Command, config: Path) -> None:
    done = started(newsvane, config, "St. Joseph, MO")
    assert done.status == 0, done.err
    assert done.out == ""
    catalog = load_sources(config)
    assert (catalog.places["saint-joseph-mo"].county, catalog.places["saint-joseph-mo"].station) == ("Buchanan", None)
    assert (catalog.by_name("nws").places, catalog.by_name("nws").enabled) == (("saint-joseph-mo",), False)
    assert "left to fill in: identity.contact in " in done.err
    assert "left to fill in: station, nws_zone and county_zone of saint-joseph-mo" in done.err
    again = started(newsvane, config, "--contact", "me@localhost.localdomain", "--offline")
    assert again.status == 0, again.err
    assert load_sources(config).by_name("nws").enabled
    assert not load_settings(config).identity.is_placeholder


def test_the_nws_is_asked_with_a_real_contact_only(newsvane: Command, config: Path) -> None:
    started(newsvane, config, "Saint Joseph, MO")
    with serve() as site:
        answer_points(site, config)
        placeholder = started(newsvane, config, "Maryville, MO")
        assert (placeholder.status, site.log) == (0, [])
        done = started(newsvane, config, "Savannah, MO", "--contact", "me@localhost.localdomain")
    assert done.status == 0, done.err
    place = load_sources(config).places["savannah-mo"]
    assert (place.station, place.nws_zone, place.county_zone) == ("KSTJ", "MOZ012", "MOC003")
    assert place.zone == "America/Chicago"
    nws = load_sources(config).by_name("nws")
    assert (nws.enabled, nws.places) == (True, ("saint-joseph-mo", "maryville-mo", "savannah-mo"))


def answer_points(site: Site, config: Path) -> None:
    """Let the site answer as the NWS API, and the config ask it."""
    path = config / "sources" / "nws.toml"
    text = (
        path.read_text("utf-8")
        .replace("https://api.weather.gov/", f"{site.url}/")
        .replace("delay_s = 1", "delay_s = 0")
    )
    path.write_text(f'allow_addresses = ["127.0.0.1/32"]\n{text}', "utf-8")
    properties = {
        "forecastZone": "https://api.weather.gov/zones/forecast/MOZ012",
        "county": "https://api.weather.gov/zones/county/MOC003",
        "timeZone": "America/Chicago",
        "observationStations": f"{site.url}/stations",
    }
    site.pages["/points/39.9417,-94.8303"] = page(json.dumps({"properties": properties}))
    site.pages["/stations"] = page(json.dumps({"features": [{"properties": {"stationIdentifier": "KSTJ"}}]}))


def test_a_position_replaces_the_gazetteer(newsvane: Command, config: Path) -> None:
    done = started(newsvane, config, "Fairfax, MO", "--lat", "40.3386", "--lon=-95.3919")
    assert done.status == 0, done.err
    place = load_sources(config).places["fairfax-mo"]
    assert (place.lat, place.lon, place.county, place.zone) == (40.3386, -95.3919, "Atchison", "America/Chicago")
    assert "nearest known town, Tarkio, MO" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Springfield"], "add the state"),
        (["Fairfax, MO", "--lat", "40"], "give both --lat and --lon"),
        (["--contact", "me@example.org"], "reserved for examples"),
        (["--contact", "nobody"], "neither a mail address nor a web page"),
        (["--contact", "雨@localhost.localdomain"], "use ASCII letters"),
        (["--lat", "40", "--lon=-95"], "name the town there too"),
        (["--schedule", "5 * * * *"], "name the site too"),
        (["Maryville, MO", "--town", "Fairfax, MO"], "give one of them"),
        (["--refresh-schedule", "often"], "'often' is not a cron expression"),
    ],
)
def test_usage_errors_exit_with_2_and_write_nothing(
    newsvane: Command, config: Path, arguments: list[str], message: str
) -> None:
    done = started(newsvane, config, *arguments)
    assert done.status == 2
    assert message in done.err
    assert not config.exists()


def test_what_is_set_is_overwritten_only_after_a_yes(newsvane: Command, config: Path) -> None:
    started(newsvane, config, "--contact", "me@localhost.localdomain")
    refused = started(newsvane, config, "--contact", "you@localhost.localdomain")
    assert refused.status == 2
    assert "identity.contact is set already; nothing was written: add --yes" in refused.err
    assert load_settings(config).identity.contact == "me@localhost.localdomain"
    done = started(newsvane, config, "--contact", "you@localhost.localdomain", "--yes")
    assert done.status == 0
    assert load_settings(config).identity.contact == "you@localhost.localdomain"


def test_a_site_is_added_with_the_town_and_the_schedule(newsvane: Command, config: Path) -> None:
    start_folder(config)
    settings = config / "newsvane.toml"
    settings.write_text(settings.read_text("utf-8").replace("default_delay_s = 5", "default_delay_s = 0"), "utf-8")
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/"] = page('<title>T</title><link rel="alternate" type="application/rss+xml" href="/feed">')
        options = ["--town", "Maryville, MO", "--schedule", "5 * * * *", "--allow", "127.0.0.1/32"]
        done = started(newsvane, config, f"{site.url}/", *options, "--offline", "--yes")
    assert done.status == 0, done.err
    source = load_sources(config).by_name("t")
    assert (source.place, source.zone, source.schedule) == ("maryville-mo", "America/Chicago", "5 * * * *")
    assert source.enabled
    assert source.feeds == (f"{site.url}/feed",)


def test_at_a_terminal_it_leads_and_asks_again_after_a_mistake(
    newsvane: Command, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(
        monkeypatch, "me", "me@localhost.localdomain", "Maryvill, MO", "Maryville, MO", "-", "*/20 * * * *", "y", "y"
    )
    done = started(newsvane, config, "--offline")
    assert done.status == 0, done.err
    assert "'me' is neither a mail address nor a web page" in done.err
    assert "did you mean Maryville, MO" in done.err
    settings = load_settings(config)
    assert (settings.identity.contact, settings.server.refresh_schedule) == ("me@localhost.localdomain", "*/20 * * * *")
    assert load_sources(config).by_name("nws").enabled


def test_a_no_writes_nothing(newsvane: Command, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, "me@localhost.localdomain", "-", "-", "*/20 * * * *", "n")
    done = started(newsvane, config)
    assert done.status == 1
    assert "nothing was written" in done.err
    assert not config.exists()
