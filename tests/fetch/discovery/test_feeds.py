"""Feeds: every format, and feeds that are malformed or hostile."""

from __future__ import annotations

import json

import pytest

from flows.errors import ShapeError, Unsafe
from flows.fetch.discovery import feeds
from flows.model import Page

BASE = "https://news.example.org/x/feed"


def feed(body: str | bytes, kind: str = "application/rss+xml", charset: str | None = None):
    data = body if isinstance(body, bytes) else body.encode()
    return feeds.read(Page(BASE, data, kind, charset), "slot")


FORMATS = {
    "rss 0.91": '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
    '<rss version="0.91"><channel><item><title>A</title><link>https://news.example.org/a</link></item></channel></rss>',
    "rss 2.0": '<rss version="2.0"><channel><item><title>A</title><link>https://news.example.org/a?utm_source=rss</link>'
    "<pubDate>Mon, 05 Jan 2026 06:00:00 CST</pubDate></item></channel></rss>",
    "rss guid": '<rss version="2.0"><channel><item><guid isPermaLink="true">https://news.example.org/a</guid>'
    "<title>A</title></item></channel></rss>",
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<item rdf:about="https://news.example.org/a"><title>A</title><link>https://news.example.org/a</link></item></rdf:RDF>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>'
    '<link rel="alternate" href="https://news.example.org/a"/><updated>2026-01-05T12:00:00Z</updated></entry></feed>',
    "relative": '<rss version="2.0"><channel><item><title>A</title><link>/a</link></item></channel></rss>',
    "json": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://news.example.org/a", "title": "A"}]}
    ),
    "rss 0.92, no version of its own": '<rss version="0.92"><channel><item><title>A</title>'
    "<link>https://news.example.org/a</link></item></channel></rss>",
    "json 1.0, elsewhere": '{"version": "https://jsonfeed.org/version/1", "items": '
    '[{"external_url": "https://news.example.org/a", "title": "A"}, {"title": "without an address"}]}',
    "wordpress": '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://news.example.org</link><item><title>A</title>'
    '<link>https://news.example.org/a</link><dc:creator><![CDATA[Desk]]></dc:creator><guid isPermaLink="false">'
    "https://news.example.org/?p=1234</guid><content:encoded><![CDATA[<a href='/b'>B</a>]]></content:encoded></item>"
    "</channel></rss>",
    "blox search": '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Search</title><item>'
    '<title>A</title><link>https://news.example.org/a?utm_medium=rss</link><guid isPermaLink="false">'
    "http://news.example.org/tncms/asset/editorial/0f1e2d3c-1111-11ee-8888-0a1b2c3d4e5f</guid>"
    '<enclosure url="https://news.example.org/p.jpg" length="1" type="image/jpeg"/></item></channel></rss>',
    "cut": '<rss version="2.0"><channel><item><title>A</title><link>https://news.example.org/a</link></item><item><ti',
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_its_entry(name: str):
    [find] = feed(FORMATS[name])
    assert (find.url, find.title, find.channel, find.slot, find.rank) == (
        "https://news.example.org/a", "A", "feed", "slot", 1,
    )  # fmt: skip


def test_dates_are_kept_as_the_feed_wrote_them():
    assert feed(FORMATS["rss 2.0"])[0].published == "Mon, 05 Jan 2026 06:00:00 CST"
    assert feed(FORMATS["atom"])[0].published == "2026-01-05T12:00:00Z"


def test_titles_are_plain_text():
    item = "<item><title>&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title><link>/a</link></item>"
    assert feed(f'<rss version="2.0"><channel>{item}</channel></rss>')[0].title == "A & B"


def test_a_repeated_entry_counts_once_and_ranks_have_no_gaps():
    items = "".join(f"<item><link>/{name}</link></item>" for name in ("a", "b", "a?ref=3", "c"))
    finds = feed(f'<rss version="2.0"><channel>{items}</channel></rss>')
    assert [(find.url[-1], find.rank) for find in finds] == [("a", 1), ("b", 2), ("c", 3)]


def test_links_that_are_no_pages_are_ignored():
    items = "".join(f"<item><link>{link}</link></item>" for link in ("file:///etc/passwd", "javascript:x", "/fine"))
    assert [find.url for find in feed(f'<rss version="2.0"><channel>{items}</channel></rss>')] == [
        "https://news.example.org/fine"
    ]


def test_an_empty_feed_has_no_entries():
    assert feed('<rss version="2.0"><channel><title>t</title></channel></rss>') == ()


@pytest.mark.parametrize("body", ["<html><body>404</body></html>", "", "{}", '{"a"', "\x00\x01", "[1]", "plain words"])
def test_a_body_that_is_no_feed_raises_shape_error(body: str):
    with pytest.raises(ShapeError):
        feed(body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_feed_with_entity_declarations_is_refused(encoding: str):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Unsafe):
        feed(f'{laughs}<rss version="2.0"><channel><title>&b;</title></channel></rss>'.encode(encoding))


def test_deeply_nested_json_raises_shape_error():
    with pytest.raises(ShapeError):
        feed('{"a":' * 100_000)
