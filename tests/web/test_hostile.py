"""A hostile page, from the archive through the load to the browser: its text stays text, its markup stays confined."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from flows.data_layout import Layout
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish, run_checks
from tests.fetch.archive.builders import http, record, warc
from tests.stories import story
from tests.web.conftest import client_of, rows

TITLE = "Council <script>alert('title')</script> approves"
TAG = 'storm" onfocus="alert(1)" x'
MARKUP_TAG = '"><img src=x onerror=alert(1)>'  # the parser takes markup out of labels
RTL = "مجلس المدينة \u202e evil"
SCRIPT = b"<script>document.title = 'hostile'</script>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A published warehouse of one hostile page."""
    folder = tmp_path_factory.mktemp("hostile")
    layout, path = Layout.at(folder / "data"), folder / "hostile.warc.gz"
    tags = "".join(f'<meta property="article:tag" content="{escape(tag)}">' for tag in (TAG, MARKUP_TAG, RTL))
    page = story(escape(TITLE)).replace(b"</head>", tags.encode() + SCRIPT + b"</head>")
    path.write_bytes(warc(record("response", http(page))))
    sync_config(layout, lambda line: None)
    load_batches(layout, unloaded(layout, [path], lambda line: None), lambda line: None)
    with open_writer(layout, lambda line: None) as connection:
        refresh_rollups(connection)
        publish(connection, layout, run_checks(connection))
    return layout


@pytest.fixture(scope="module")
def client(hostile: Layout) -> Iterator[TestClient]:
    with client_of(hostile) as client:
        yield client


def test_hostile_text_is_loaded_as_it_is(hostile: Layout) -> None:
    assert rows(hostile, "select title from fact_article") == [(TITLE,)]
    assert (TAG,) in rows(hostile, "select tag from article_tags")


@pytest.mark.parametrize(
    "address",
    [
        "/", "/articles", "/articles/{id}", "/stories", "/topics", "/trends/topic_frequency", "/trends/new_topics",
        "/sql?statement=select * from articles", "/sql?statement=select tag from article_tags",
        "/articles?words=<script>",
        "/articles?topic=%22%3E%3Cimg src=x onerror=alert(1)%3E", "/catalog?words=<script>", "/sources",
    ],
)  # fmt: skip
def test_hostile_text_stays_text(client: TestClient, hostile: Layout, address: str) -> None:
    ((article_id,),) = rows(hostile, "select article_id from fact_article")
    text = client.get(address.format(id=article_id)).text
    assert "<script>" not in text
    assert "<img src=x" not in text
    assert 'onfocus="' not in text
    assert "\u202e" not in text.partition("Body text")[0]


def test_hostile_names_are_data_in_charts(client: TestClient) -> None:
    answer = client.get("/sql/chart.json?statement=select tag, 1 as n from article_tags&mark=bar&x=tag&y=n")
    assert answer.headers["content-type"] == "application/json"
    assert TAG in {point["x"] for point in answer.json()["data"]["values"]}


def capture_of(layout: Layout) -> str:
    ((exchange_id,),) = rows(layout, "select fetch_id from fact_article")
    return f"/captures/{exchange_id}"


def test_the_captured_page_is_confined(client: TestClient, hostile: Layout) -> None:
    answer = client.get(capture_of(hostile))
    assert answer.status_code == 200
    assert SCRIPT in answer.content
    policy = answer.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert not [part for part in policy if part.startswith("script-src") or "allow-" in part]
    assert answer.headers["content-type"].startswith("text/html")


def test_a_capture_whose_file_is_gone_says_so(client: TestClient, hostile: Layout, tmp_path: Path) -> None:
    ((name,),) = rows(hostile, "select warc_file from fact_fetch")
    path = hostile.data / name
    moved = path.rename(tmp_path / "moved")
    try:
        answer = client.get(capture_of(hostile))
    finally:
        moved.rename(path)
    assert answer.status_code == 404
    assert "cannot be read" in answer.text
