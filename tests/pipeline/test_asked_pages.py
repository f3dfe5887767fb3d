"""Pages that are wanted by URL: lists of several forms, robots.txt obeyed, and a web archive for what is gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.pipeline import asked_pages
from flows.pipeline.asked_pages import Asked, Job, Wanted, archive_session, ask_for_pages
from flows.pipeline.progress import ignore
from flows.pipeline.url_list import read_url_list
from flows.pipeline.warehouse_refresh import refresh_warehouse
from flows.settings import DEMO_CONFIG, load_settings
from flows.sources import load_sources
from flows.warehouse.connection import open_reader
from tests.fetch.sites import Site, page, serve
from tests.fetch.web_archive import Archive, web_archive
from tests.stories import story

SOURCE = (
    'kind = "site"\ntitle = "Town"\nhome = "{home}/"\nzone = "UTC"\ndelay_s = 0\nallow_addresses = ["127.0.0.1/32"]\n'
)
AT = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with web_archive() as served:
        yield served


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        served.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        served.pages["/news/a-100001.html"] = page(story("The mill opens"))
        served.pages["/private/b-100002.html"] = page(story("Nobody may read this"))
        yield served


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site, archive: Archive) -> Job:
    config = Path(shutil.copytree(DEMO_CONFIG, tmp_path / "config", ignore=shutil.ignore_patterns("demo_*")))
    (config / "sources" / "town.toml").write_text(SOURCE.format(home=site.url), "utf-8")
    with (config / "newsvane.toml").open("a", encoding="utf-8") as file:
        file.write(archive.config)
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    clock = SimulatedClock(datetime(2026, 1, 5, tzinfo=UTC))
    return Job(Layout.at(tmp_path / "data"), load_settings(), load_sources(), clock, lambda line: None, ignore)


def test_pages_come_from_their_site_and_what_is_gone_from_the_archive(
    job: Job, site: Site, archive: Archive, tmp_path: Path
) -> None:
    gone, refused, nowhere = (f"{site.url}/{name}" for name in ("news/c-100003.html", "private/b-100002.html", "d-1"))
    for url in (gone, refused):
        archive.kept[url, AT] = story("The mill has burnt down")
    archive.kept[gone, AT.replace(year=2021)] = story("The mill had burnt down")
    wanted = [
        Wanted(f"{site.url}/news/a-100001.html"),
        Wanted(gone, date(2020, 1, 1)),
        Wanted(refused),
        Wanted(nowhere),
    ]
    asked = ask_for_pages(job, wanted)
    assert (asked.fetched, asked.captures, asked.known) == (1, 1, 0)
    assert {each.url for each in asked.missing} == {refused, nowhere}
    assert not [path for path in archive.sent if "private" in path], "what a site refuses is not asked for elsewhere"
    asked.write(tmp_path / "missing.csv")
    lines = (tmp_path / "missing.csv").read_text("utf-8").splitlines()
    assert lines[0] == "url,day,reason"
    assert any(line.startswith(f"{nowhere},,") and "web archive: no capture" in line for line in lines)

    refresh_warehouse(job.layout, notify=lambda line: None)
    with open_reader(job.layout) as reader:
        rows = reader.execute(
            "select source.name, article.title, first_seen_at from fact_article as article"
            " join dim_source as source using (source_id) order by title"
        ).fetchall()
    assert [(name, title) for name, title, _ in rows] == [
        ("town", "The mill has burnt down"), ("town", "The mill opens"),
    ]  # fmt: skip
    assert rows[0][2] == AT, "a capture counts at its own time"

    sent = len(site.log), len(archive.sent)
    again = ask_for_pages(job, wanted)
    assert (again.fetched, again.captures, again.known) == (0, 0, 2)
    assert site.requests("/news/a-100001.html") == 1
    assert len([path for path in archive.sent[sent[1] :] if path.startswith("/web/")]) == 0


def test_long_answers_of_the_index_are_read_to_their_end(job: Job, site: Site, archive: Archive) -> None:
    archive.page = 1
    for year in (2020, 2019, 2021):
        archive.kept[f"{site.url}/gone-100004.html", AT.replace(year=year)] = story(f"As of {year}")
    assert ask_for_pages(job, [Wanted(f"{site.url}/gone-100004.html")]).captures == 1
    assert [path for path in archive.sent if path.startswith("/web/2019")]


def test_captures_beyond_the_last_answer_are_not_dropped_in_silence(
    job: Job, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_pages, "_MAX_ANSWERS", 2)
    archive.page = 1
    for year in (2019, 2020, 2021):
        archive.kept["http://press.test/a", AT.replace(year=year)] = story()
    lines: list[str] = []
    with archive_session(replace(job, notify=lines.append)) as opened:
        found = opened.captures("http://press.test/a", date(2019, 1, 1), date(2022, 1, 1), "exact")
    assert len(found) == 2
    assert lines == [
        "http://press.test/a: the web archive lists more captures from 2019-01-01 to 2022-01-01; these were left out:"
        " fill fewer days"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.test/1\n\n# note\nhttps://a.test/2\nhttps://a.test/1\n", [("1", None), ("2", None)]),
        (
            "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
            '9,2026-10-02,en,a.test,a.test,2026-10-01,"Mill, old","https://a.test/1"\n',
            [("1", date(2026, 10, 1))],
        ),
        (
            '"URL","MobileURL","Date","Title"\n"https://a.test/1","","20261001T120000Z","x"\n',
            [("1", date(2026, 10, 1))],
        ),
        (
            "900\t20261001\tUS\t4.2\thttps://a.test/1\n901\t20261001\tUS\t-1\thttps://a.test/2\n",
            [("1", None), ("2", None)],
        ),
        ("https://a.test/0,114,1.html\nhttps://a.test/2;x|y\n", [("0,114,1.html", None), ("2;x|y", None)]),
        ('https://a.test/1\n"https://a.test/2\n<https://a.test/3>\n', [("1", None), ("2", None), ("3", None)]),
        ("https://a.test/1,2026-10-01\nhttps://a.test/2,2026-10-01\n", [("1", None), ("2", None)]),
        ("\ufeffLink;date\nhttps://a.test/1;2026-10-01\nno url;2026-10-01\n", [("1", date(2026, 10, 1))]),
    ],
)
def test_lists_of_several_forms(tmp_path: Path, text: str, expected: list[tuple[str, date | None]]) -> None:
    (tmp_path / "list").write_text(text, "utf-8")
    assert read_url_list(tmp_path / "list") == [Wanted(f"https://a.test/{name}", day) for name, day in expected]


def test_a_list_in_utf16_is_read(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("url\tdate\nhttps://a.test/1\t2026-10-01\n", "utf-16")
    assert read_url_list(tmp_path / "list") == [Wanted("https://a.test/1", date(2026, 10, 1))]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_a_list_without_urls_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="one URL a line"):
        read_url_list(tmp_path / "list")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_url_list(tmp_path / "nowhere")


def test_counts_are_added() -> None:
    total = Asked(1, 2, 3)
    total.add(Asked(1, 1, 1, [], ["a note"]))
    assert total.describe() == [
        "2 pages from their sites, 4 from the web archive, 3 known before, 0 not available",
        "a note",
    ]
