"""The site over real sockets: validators, feed, sitemaps, robots.txt, removed pages and the request log."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from flows.clock import SimulatedClock
from flows.simulator.serving import serve
from flows.simulator.site import Site
from flows.simulator.world import World

NOW = datetime(2018, 12, 20, 18, 30, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site(World(5), SimulatedClock(NOW))) as served_site:
        yield served_site


def get(site: Site, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    with closing(http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=10)) as wire:
        wire.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = wire.getresponse()
        return response.status, dict(response.getheaders()), response.read()


def test_an_unchanged_page_is_304_by_etag_and_by_date_until_the_next_hour(site: Site) -> None:
    path = site.world.latest(NOW, 1)[0].path
    status, headers, body = get(site, path)
    assert (status, int(headers["Content-Length"])) == (200, len(body))
    assert get(site, path, If_None_Match=headers["ETag"])[0] == 304
    assert get(site, path, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(site, path, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    site.clock.sleep(3600)
    assert get(site, path, If_None_Match=headers["ETag"])[0] == 200


def test_the_feed_lists_the_newest_thirty_articles_with_their_headlines(site: Site) -> None:
    status, headers, body = get(site, "/feed.xml")
    items = ElementTree.fromstring(body).findall("channel/item")
    expected = site.world.latest(NOW, 30)
    assert status == 200
    assert headers["Content-Type"].startswith("application/rss+xml")
    assert [item.findtext("link") for item in items] == [site.base + article.path for article in expected]
    assert [item.findtext("title") for item in items] == [article.at(NOW).headline for article in expected]


def test_sitemaps_list_every_served_article_once(site: Site) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ElementTree.fromstring(get(site, "/sitemap.xml")[2])
    children = [node.text for node in index.findall("s:sitemap/s:loc", names)]
    listed = []
    for child in children:
        if "news" not in child:
            tree = ElementTree.fromstring(get(site, urlsplit(child).path)[2])
            listed += [node.text for node in tree.findall("s:url/s:loc", names)]
    current = [site.base + article.path for article in site.world.articles(NOW) if article.at(NOW)]
    assert sorted(listed) == sorted(current)
    news = ElementTree.fromstring(get(site, "/sitemap-news.xml")[2])
    assert 10 < len(news.findall("s:url", names)) < len(current)


def test_robots_names_disallowed_paths_crawl_delay_and_sitemap(site: Site) -> None:
    _, _, body = get(site, "/robots.txt")
    assert b"Disallow: /admin/" in body
    assert b"Crawl-delay: 1\n" in body
    assert f"Sitemap: {site.base}/sitemap.xml".encode() in body


def test_a_removed_page_is_gone_and_a_future_page_is_404(site: Site) -> None:
    removed = next(article for article in site.world.articles(NOW) if article.gone_at and article.gone_at <= NOW)
    later = site.world.articles(NOW + timedelta(days=1), NOW)[0]
    assert get(site, removed.path)[0] == removed.gone_status
    assert get(site, later.path)[0] == 404
    site.clock.move_to(later.posted)
    assert get(site, later.path + "?ref=741")[0] == 200


def test_the_site_logs_every_request_and_its_connections(site: Site) -> None:
    get(site, "/", User_Agent="probe/1")
    get(site, "/nowhere")
    assert [(entry.path, entry.status) for entry in site.log] == [("/", 200), ("/nowhere", 404)]
    assert site.log[0].user_agent == "probe/1"
    assert site.log[0].at == NOW
    assert site.connections.most == 1


def test_one_connection_serves_many_pages(site: Site) -> None:
    with closing(http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=10)) as wire:
        for path in ("/", "/news", "/closings.html"):
            wire.request("GET", path)
            assert wire.getresponse().read()
    assert [entry.open_connections for entry in site.log] == [1, 1, 1]


def test_two_connections_open_at_once_are_counted(site: Site) -> None:
    connections = [http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=10) for _ in range(2)]
    for wire in connections:
        wire.request("GET", "/robots.txt")
        wire.getresponse().read()
    for wire in connections:
        wire.close()
    assert site.connections.most == 2
