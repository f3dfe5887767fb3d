"""`newsvane fetch` and `newsvane fill`: what they say, load, and write to a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.fetch.sites import page, serve
from tests.stories import story
from tests.trends.conftest import Fill

SOURCE = (
    'kind = "site"\ntitle = "Town"\nhome = "{home}/"\nzone = "UTC"\ndelay_s = 0\nallow_addresses = ["127.0.0.1/32"]\n'
)
GAP = """
insert into dim_source (source_id, name, kind, title, zone, enabled) values (1, 'town', 'site', 'Town', 'UTC', true);
insert into fact_source_day
(source_id, date, channel_reads, good_runs, new_articles, changed_articles, refused, failed, observed)
values
(1, '2026-03-01', 1, 1, 3, 0, 0, 0, true),
(1, '2026-03-02', 0, 0, 0, 0, 0, 1, false),
(1, '2026-03-03', 1, 1, 3, 0, 0, 0, true);
"""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the source files of an empty config."""
    folder = tmp_path / "config"
    (folder / "sources").mkdir(parents=True)
    (folder / "places.toml").touch()
    (folder / "newsvane.toml").write_text('[identity]\nuser_agent = "newsvane/0.1"\ncontact = "crawler@example.org"\n')
    monkeypatch.setenv("NEWSVANE_CONFIG", str(folder))
    return folder / "sources"


def test_the_pages_of_a_list_are_loaded_and_the_rest_is_reported(
    newsvane: Command, sources: Path, tmp_path: Path
) -> None:
    """The refused page is not asked for at the web archive, which nothing here replaces."""
    wanted, report = tmp_path / "wanted.txt", tmp_path / "missing.csv"
    data = ("--data", str(tmp_path / "data"))
    with serve() as site:
        (sources / "town.toml").write_text(SOURCE.format(home=site.url), "utf-8")
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/news/a-100001.html"] = page(story("The mill opens"))
        wanted.write_text(f"{site.url}/news/a-100001.html\n{site.url}/private/b-100002.html\n", "utf-8")
        done = newsvane("fetch", str(wanted), "--report", str(report), *data)
    assert done.status == 0, done.err
    assert "wanted.txt: 2 pages" in done.err
    assert f"1 page that could not be fetched: {report}" in done.err
    assert "/private/b-100002.html" in report.read_text("utf-8")
    titles = newsvane("sql", "select title from articles", "--format", "csv", *data).out
    assert titles.splitlines() == ["title", "The mill opens"]


def test_a_report_that_cannot_be_written_is_refused_before_the_first_request(
    newsvane: Command, sources: Path, tmp_path: Path
) -> None:
    wanted, report = tmp_path / "wanted.txt", tmp_path / "none" / "missing.csv"
    with serve() as site:
        wanted.write_text(f"{site.url}/a\n", "utf-8")
        done = newsvane("fetch", str(wanted), "--report", str(report), "--data", str(tmp_path / "data"))
        assert not site.log
    assert done.status == 2
    assert f"--report {report}: there is no folder {report.parent}" in done.err


def test_a_plan_lists_the_gaps_only(newsvane: Command, sources: Path, fill: Fill) -> None:
    (sources / "town.toml").write_text(SOURCE.format(home="http://town.test"), "utf-8")
    data = ("--data", str(fill(GAP).data))
    done = newsvane("fill", "--plan", *data)
    assert (done.status, done.out) == (0, "")
    assert "town: 2026-03-02 to 2026-03-02, 1 day" in done.err
    none = newsvane("fill", "--since", "2026-03-03", *data)
    assert "no day is missing" in none.err
