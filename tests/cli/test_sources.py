"""The sources commands: the list, the check of a site, the new source, its test, its towns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.sources import sources_app
from flows.sources import load_sources
from tests.cli.conftest import Command, type_in
from tests.fetch.sites import STORY, Site, page, rss, serve
from tests.month import free_port

NWS = """
kind = "nws"
title = "National Weather Service"
home = "https://api.weather.gov/"
zone = "America/Chicago"
enabled = false
disabled_reason = "no contact"
"""
SITE = """
kind = "site" # the town's own
title = "Town"
home = "https://www.my-station.example/"
zone = "UTC"
"""
REASON = "The terms forbid it, " + "as the publisher has confirmed by mail, " * 6 + "so it stays disabled."


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    (folder / "sources").mkdir(parents=True)
    (folder / "places.toml").write_text("")
    (folder / "newsvane.toml").write_text(
        f'data = "{tmp_path / "data"}"\n[identity]\nuser_agent = "newsvane/0.1"\ncontact = "crawler@example.org"\n'
        "[limits]\ndefault_delay_s = 0\n"
    )
    monkeypatch.setenv("NEWSVANE_CONFIG", str(folder))
    return folder


def test_without_a_terminal_no_line_is_cut_or_filled(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(config, 80, monkeypatch)
    monkeypatch.delenv("COLUMNS")
    lines = CliRunner().invoke(sources_app).output.splitlines()
    assert f"  {REASON}" in lines
    assert max(map(len, lines)) == len(REASON) + 2


def listed(config: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    for name, rest in (
        ("a_rather_long_station_name", ""),
        ("resting", f'enabled = false\ndisabled_reason = "{REASON}"'),
    ):
        (config / "sources" / f"{name}.toml").write_text(
            f'kind = "station"\ntitle = "T"\nhome = "https://www.{name.replace("_", "-")}.example/news/"\n'
            f'zone = "America/Chicago"\n{rest}\n'
        )
    monkeypatch.setenv("COLUMNS", str(columns))
    return CliRunner().invoke(sources_app).output.splitlines()


def test_the_list_has_one_line_per_source_and_the_reasons_below(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = listed(config, 80, monkeypatch)
    assert lines[0].split() == ["source", "kind", "enabled", "schedule", "home"]
    assert lines[1].split()[:3] == ["a_rather_long_station_name", "station", "yes"]
    assert lines[2].split()[:3] == ["resting", "station", "no"]
    assert "*/30 * * * *" in lines[2]
    assert lines[4] == "resting is disabled:"
    assert " ".join(line.strip() for line in lines[5:]) == REASON
    assert max(map(len, lines)) <= 80
    assert "America/Chicago" in listed(config, 120, monkeypatch)[1]


HOME = (
    '<title>Town</title><link rel="alternate" type="application/rss+xml" href="/feed">'
    "<footer>Town Office, 1 Main Street, Maryville, MO 64468</footer>"
)
ALLOW = ("--allow", "127.0.0.1/32", "--offline")


@contextmanager
def town_site() -> Iterator[Site]:
    with serve(feed=rss(STORY)) as site:
        site.pages["/"] = page(HOME)
        site.pages[STORY] = page("<title>A story</title><h1>A story</h1><p>The council voted on Monday.</p>")
        yield site


def test_new_guesses_and_without_a_yes_leaves_the_source_disabled(newsvane: Command, config: Path) -> None:
    with town_site() as site:
        done = newsvane("sources", "new", site.url, *ALLOW)
        again = newsvane("sources", "new", site.url, *ALLOW)
    assert done.status == 0, done.err
    assert done.out == ""
    source = load_sources(config).by_name("town")
    assert (source.enabled, source.place, source.zone) == (False, "maryville-mo", "America/Chicago")
    assert source.feeds == (f"{site.url}/feed",)
    assert "an address on the page (Maryville, MO 64468)" in done.err
    assert "read the site's terms, review the file, then set enabled = true" in done.err
    assert again.status == 2
    assert "already exists: give another name (--name)" in again.err


def test_new_with_a_yes_enables_and_the_first_run_ends_in_a_chart(newsvane: Command, config: Path) -> None:
    with town_site() as site:
        done = newsvane("sources", "new", site.url, *ALLOW, "--yes", "--first-run", "--title", 'The "Town" 😀')
    assert done.status == 0, done.err
    source = load_sources(config).by_name("town")
    assert (source.enabled, source.title) == (True, 'The "Town" 😀')
    assert "read and accepted by the operator on " in (source.terms or "")
    assert "town: 1 found, 1 new, 0 changed" in done.err
    assert "Topic frequency" in done.out


def test_at_a_terminal_the_town_can_be_kept_changed_and_left_out(
    newsvane: Command, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {}
    with town_site() as site:
        for name, town in (("kept", ""), ("changed", "Savannah, MO"), ("without", "-")):
            type_in(monkeypatch, name, "", "", town, "", "n")
            done = newsvane("sources", "new", site.url, *ALLOW)
            assert done.status == 0, done.err
            source = load_sources(config).by_name(name)
            places[name] = (source.place, source.zone)
    assert places == {
        "kept": ("maryville-mo", "America/Chicago"),
        "changed": ("savannah-mo", "America/Chicago"),
        "without": (None, "America/Chicago"),
    }


def test_new_leaves_a_site_disabled_that_refuses_us(newsvane: Command, config: Path) -> None:
    with town_site() as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n", "text/plain")
        done = newsvane("sources", "new", site.url, *ALLOW, "--yes", "--name", "town")
    assert done.status == 0, done.err
    source = load_sources(config).by_name("town")
    assert not source.enabled
    assert "robots.txt refuses us: Disallow: /" in (source.disabled_reason or "")


def test_new_writes_nothing_when_the_site_does_not_answer(newsvane: Command, config: Path) -> None:
    with serve() as site:
        done = newsvane("sources", "new", site.url)
    assert done.status == 1
    assert "name the network (--allow)" in done.err
    assert list((config / "sources").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--name", "My Town"], "'My Town' is not a valid source name"),
        (["--kind", "blog"], "'blog' is not a kind"),
        (["--zone", "Chicago"], "'Chicago' is not an IANA time zone"),
        (["--town", "Nowhereville, MO"], "'Nowhereville, MO' is not among the towns"),
        (["--town", "Nowhereville, MO"], "--lat LATITUDE --lon LONGITUDE, in degrees, west negative"),
        (["--lat", "40", "--lon=-95"], "name the town there too"),
    ],
)
def test_invalid_values_are_rejected_and_write_nothing(
    newsvane: Command, config: Path, arguments: list[str], message: str
) -> None:
    with serve() as site:
        done = newsvane("sources", "new", site.url, *ALLOW, *arguments)
        assert site.log == []
    assert done.status == 2
    assert message in done.err
    assert list((config / "sources").iterdir()) == []


def test_check_prints_a_draft_and_says_that_nobody_answers(newsvane: Command, config: Path) -> None:
    with town_site() as site:
        done = newsvane("sources", "check", site.url, "--allow", "127.0.0.1/32")
    assert done.status == 0
    assert tomllib.loads(done.out)["place"] == "maryville-mo"
    path = config / "newsvane.toml"
    path.write_text(path.read_text("utf-8") + "max_attempts = 1\n", "utf-8")
    dead = newsvane("sources", "check", f"http://127.0.0.1:{free_port()}/", "--allow", "127.0.0.1/32")
    assert (dead.status, dead.out) == (1, "")
    assert "nobody answers at 127.0.0.1:" in dead.err


def test_test_counts_without_fetching_a_page(newsvane: Command, config: Path) -> None:
    with town_site() as site:
        newsvane("sources", "new", site.url, *ALLOW)
        before = len(site.log)
        done = newsvane("sources", "test", "town")
        assert STORY not in [path for path, _ in site.log[before:]]
    assert done.status == 0, done.err
    assert "1 new, 0 known and due; the next run fetches 1" in done.out
    assert "the source is disabled: drafted" in done.err
    assert newsvane("sources", "test", "twon").status == 2


def test_a_town_is_added_to_a_source(newsvane: Command, config: Path) -> None:
    (config / "sources" / "nws.toml").write_text(NWS, "utf-8")
    (config / "sources" / "town.toml").write_text(SITE, "utf-8")
    for arguments in (["nws", "Maryville, MO"], ["town", "Maryville, MO"], ["town", "Savannah, MO"]):
        done = newsvane("sources", "add-town", *arguments, "--offline")
        assert done.status == 0, done.err
    catalog = load_sources(config)
    assert catalog.by_name("nws").places == ("maryville-mo",)
    town = catalog.by_name("town")
    assert (town.place, town.zone, town.panel_places) == ("maryville-mo", "America/Chicago", ("savannah-mo",))
    assert "# the town's own" in (config / "sources" / "town.toml").read_text("utf-8")
    again = newsvane("sources", "add-town", "nws", "Maryville, MO", "--offline")
    assert "nws has maryville-mo already" in again.err


def test_a_redesign_is_acknowledged(newsvane: Command, config: Path) -> None:
    file = config / "sources" / "town.toml"
    file.write_text(SITE, "utf-8")
    done = newsvane("sources", "ack", "town")
    assert (done.status, done.out) == (0, "")
    assert "next: newsvane refresh" in done.err
    assert load_sources(config).by_name("town").reviewed == datetime.now(UTC).date()
    assert "# the town's own" in file.read_text("utf-8")
    assert newsvane("sources", "ack", "twon").status == 2
