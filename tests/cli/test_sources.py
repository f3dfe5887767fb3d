"""The sources commands: the list, the check of a site, the drafted config file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.sources import sources_app
from tests.fetch.sites import page, rss, serve

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


def test_new_writes_a_config_that_loads_and_is_disabled(config: Path) -> None:
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/"] = page('<title>Town</title><link rel="alternate" type="application/rss+xml" href="/feed">')
        done = CliRunner().invoke(sources_app, ["new", "town", site.url, "--allow", "127.0.0.1/32"])
        again = CliRunner().invoke(sources_app, ["new", "town", site.url, "--allow", "127.0.0.1/32"])
    assert done.exit_code == 0
    assert f'feeds = ["{site.url}/feed"]' in (config / "sources" / "town.toml").read_text()
    assert "already exists" in str(again.exception)
    assert CliRunner().invoke(sources_app).output.splitlines()[1].split()[:3] == ["town", "site", "no"]


def test_new_writes_nothing_when_the_site_does_not_answer(config: Path) -> None:
    with serve() as site:
        done = CliRunner().invoke(sources_app, ["new", "town", site.url])
    assert done.exit_code == 1
    assert "name the network (--allow)" in done.output
    assert list((config / "sources").iterdir()) == []


def test_an_invalid_name_is_rejected_before_any_request(config: Path) -> None:
    with serve() as site:
        done = CliRunner().invoke(sources_app, ["new", "My Town", site.url])
        assert site.log == []
    assert "'My Town' is not a valid source name" in str(done.exception)
