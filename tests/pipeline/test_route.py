"""A response whose media type is not a page's is a fetch and not an article, although a list named its URL as one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.data_layout import Layout
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.http.client import Hop
from flows.model import Exchange
from flows.parse import load_context
from flows.pipeline.load import load_batches, sync_config
from flows.pipeline.route import URL_LIST, add_exchange
from flows.settings import DEMO_CONFIG
from flows.warehouse.batch import Batch
from flows.warehouse.connection import open_writer
from tests.stories import story

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
BODIES = {
    "application/pdf": b"%PDF-1.4",
    "application/xml": b"<urlset><url><loc>http://127.0.0.1:8751/a</loc></url></urlset>",
    "application/rss+xml": b"<rss/>",
    "application/ld+json": b"{}",
    "image/png": b"\x89PNG",
    "text/xml": b"<urlset/>",
    "text/html": story("One timetable for the county"),
    "application/xhtml+xml": story("Two timetables for the county"),
    "text/plain": b"Three\n\nA third story.",
}


@pytest.fixture
def layout(layout: Layout) -> Layout:
    writer = WarcWriter(layout, "demo_station")
    for number, (kind, body) in enumerate(BODIES.items()):
        at, url = START + timedelta(minutes=number), f"http://127.0.0.1:8751/news/{number}"
        hop = Hop(url, at, {}, 200, "OK", "HTTP/1.1", [("Content-Type", kind)], body)
        writer.write(Exchange("demo_station", url, at, "article", "new", status=200, media_type=kind), [hop])
    writer.seal()
    return layout


def test_only_pages_become_articles(layout: Layout) -> None:
    sync_config(layout)
    load_batches(layout, layout.raw.glob("*/*/*.warc.gz"), print)
    with open_writer(layout, print) as connection:
        assert connection.execute("select count(*) from fact_fetch").fetchall() == [(len(BODIES),)]
        articles = connection.execute("select right(url, 1)::int from fact_article order by 1").fetchall()
    assert [list(BODIES)[number] for (number,) in articles] == ["text/html", "application/xhtml+xml", "text/plain"]


def test_the_clock_of_a_simulated_station_may_be_years_ahead() -> None:
    context, at = load_context(DEMO_CONFIG), datetime.now(UTC) + timedelta(days=3000)
    simulated = next(name for name, source in context.catalog.sources.items() if source.kind == "simulated")
    batch = Batch({})
    for source in (simulated, "elsewhere.test"):
        exchange = Exchange(source, "https://elsewhere.test/feed.xml", at, "feed", "unchanged", status=304)
        add_exchange(batch, exchange, None, context)
    assert batch.tables()["stage_fetch"]["requested_at"].to_pylist() == [at, None]


def test_a_site_without_config_is_named_by_its_host_in_one_spelling() -> None:
    context, at = load_context(DEMO_CONFIG), datetime(2026, 3, 2, tzinfo=UTC)
    batch = Batch({})
    for host in ("www.m\u00fchle.test", "xn--mhle-0ra.test"):
        exchange = Exchange(URL_LIST, f"https://{host}/news/1", at, "article", "unchanged", status=304)
        add_exchange(batch, exchange, None, context)
    assert batch.tables()["stage_fetch"]["source"].to_pylist() == ["xn--mhle-0ra.test"] * 2
