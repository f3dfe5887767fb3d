"""Pages over little or no data open, and say what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from flows.data_layout import Layout
from tests.trends.conftest import Fill
from tests.web.conftest import Open

PAGES = (
    "/",
    "/topics",
    "/topics?topic=storm",
    "/trends",
    "/stories",
    "/articles",
    "/weather",
    "/sources",
    "/sql",
    "/catalog",
)
ONE_DAY = """
insert into dim_source (source_id, name, kind, title, zone, enabled)
values (1, 'kone', 'station', 'Station One', 'America/Chicago', true);
insert into fact_source_day
(source_id, date, channel_reads, good_runs, new_articles, changed_articles, refused, failed, observed)
values (1, '2026-03-20', 1, 1, 3, 0, 0, 0, true);
"""
MISSING = {
    "/": "The warehouse is empty",
    "/topics": "No data in this range.",
    "/stories": "No story with these filters.",
    "/articles": "0 articles",
    "/weather": "No weather of a known place was observed yet.",
    "/sources": "No data in this range.",
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_over_an_empty_warehouse_says_what_is_missing(browse: Open, empty: Layout, address: str) -> None:
    answer = browse(empty).get(address)
    assert answer.status_code == 200
    assert MISSING.get(address, "") in unescape(answer.text)


def test_a_day_of_one_source_without_weather(browse: Open, fill: Fill) -> None:
    client = browse(fill(ONE_DAY), now=datetime(2026, 3, 20, 18, tzinfo=UTC))
    for address in (*PAGES, "/sources/kone", "/?day=2026-03-19"):
        assert client.get(address).status_code == 200, address
    text = unescape(client.get("/").text)
    assert "3 new articles at 1 of 1 source; 0 known articles were posted on this day." in text
    assert "No closings list was polled yet." in text
    assert "kone: not observed on Thu 2026-03-19" in unescape(client.get("/?day=2026-03-19").text)


def test_a_day_that_was_not_observed_is_a_gap(browse: Open, fill: Fill) -> None:
    client = browse(fill(ONE_DAY), now=datetime(2026, 3, 22, 18, tzinfo=UTC))
    assert [row["new_articles"] for row in client.get("/today/data.json?day=2026-03-21").json()][-3:] == [None, 3, None]
    assert "Nothing was observed since Fri 2026-03-20" in unescape(client.get("/").text)


@pytest.mark.parametrize("address", ["/", "/topics", "/trends/topic_frequency", "/weather"])
def test_nothing_published_names_the_next_command(browse: Open, tmp_path: Path, address: str) -> None:
    layout = Layout.at(tmp_path / "local news")
    answer = browse(layout).get(address)
    assert answer.status_code == (200 if address == "/" else 503)
    assert "<h1>Nothing is published yet</h1>" in answer.text
    assert "<code>newsvane init</code>" in answer.text
    assert f"<code>newsvane ingest --data '{layout.data}'</code>" in unescape(answer.text)
    archive = layout.raw / "kone" / "2026-03-20" / "kone-1.warc.gz"
    archive.parent.mkdir(parents=True)
    archive.touch()
    later = unescape(browse(layout).get(address).text)
    assert "Fetch what is new at the sources: done" in later
    assert f"<code>newsvane refresh --data '{layout.data}'</code>" in later


def test_the_demo_begins_with_the_demo(browse: Open, tmp_path: Path) -> None:
    (tmp_path / "demo.json").touch()
    answer = browse(Layout.at(tmp_path)).get("/")
    assert f"<code>newsvane demo --data {tmp_path}</code>" in answer.text


def test_the_sql_page_over_nothing_published_keeps_the_statement(browse: Open, tmp_path: Path) -> None:
    answer = browse(Layout.at(tmp_path)).get("/sql?statement=select 1")
    assert answer.status_code == 400
    assert "newsvane refresh" in answer.text
    assert "select 1" in answer.text
