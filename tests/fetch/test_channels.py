"""Feeds, sitemaps and section pages: each format and each trap has its bytes here."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest

from flows.errors import NewsvaneError, ShapeError, Unsafe
from flows.fetch.discovery import feeds, sections, sitemaps
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


def test_dates_stay_as_the_feed_wrote_them():
    assert feed(FORMATS["rss 2.0"])[0].published == "Mon, 05 Jan 2026 06:00:00 CST"
    assert feed(FORMATS["atom"])[0].published == "2026-01-05T12:00:00Z"


def test_titles_are_plain_text():
    item = "<item><title>&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title><link>/a</link></item>"
    assert feed(f'<rss version="2.0"><channel>{item}</channel></rss>')[0].title == "A & B"


def test_a_repeated_entry_counts_once_and_ranks_are_dense():
    items = "".join(f"<item><link>/{name}</link></item>" for name in ("a", "b", "a?ref=3", "c"))
    finds = feed(f'<rss version="2.0"><channel>{items}</channel></rss>')
    assert [(find.url[-1], find.rank) for find in finds] == [("a", 1), ("b", 2), ("c", 3)]


def test_links_that_are_no_pages_are_left_out():
    items = "".join(f"<item><link>{link}</link></item>" for link in ("file:///etc/passwd", "javascript:x", "/fine"))
    assert [find.url for find in feed(f'<rss version="2.0"><channel>{items}</channel></rss>')] == [
        "https://news.example.org/fine"
    ]


def test_an_empty_feed_is_empty_and_not_broken():
    assert feed('<rss version="2.0"><channel><title>t</title></channel></rss>') == ()


@pytest.mark.parametrize("body", ["<html><body>404</body></html>", "", "{}", '{"a"', "\x00\x01", "[1]", "plain words"])
def test_what_is_no_feed_is_told(body: str):
    with pytest.raises(ShapeError):
        feed(body)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_of_its_own_are_refused(encoding: str):
    with pytest.raises(Unsafe):
        feed(f'{LAUGHS}<rss version="2.0"><channel><title>&b;</title></channel></rss>'.encode(encoding))
    with pytest.raises(Unsafe):
        sitemaps.read(Page(BASE, f"{LAUGHS}<urlset><url><loc>&b;</loc></url></urlset>".encode(encoding)), "s")


def test_a_deep_nest_of_json_is_told():
    with pytest.raises(ShapeError):
        feed('{"a":' * 100_000)


# -- sitemaps ---------------------------------------------------------------------------------------------------------


def sitemap(body: str | bytes) -> sitemaps.Sitemap:
    return sitemaps.read(
        Page("https://news.example.org/map.xml", body if isinstance(body, bytes) else body.encode()), "s"
    )


NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = (
    f'<?xml version="1.0"?><urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://news.example.org/a?utm_x=1 </loc>'
    "<news:news><news:publication_date>2026-01-05T06:00:00-06:00</news:publication_date>"
    "<news:title>A &amp; B</news:title></news:news><image:image><image:loc>https://news.example.org/i.jpg</image:loc><image:title>no</image:title>"
    "</image:image></url></urlset>"
)


def test_a_news_sitemap_gives_title_and_date():
    [find] = sitemap(NEWS).finds
    assert (find.url, find.title, find.published, find.channel) == (
        "https://news.example.org/a", "A & B", "2026-01-05T06:00:00-06:00", "sitemap",
    )  # fmt: skip


def test_gzip_and_no_namespace_and_utf16():
    assert sitemap(gzip.compress(NEWS.encode())).listed == 1
    plain = "<urlset><url><loc>https://news.example.org/a</loc></url></urlset>"
    assert sitemap(plain).listed == 1
    assert sitemap(f'<?xml version="1.0" encoding="utf-16"?>{plain}'.encode("utf-16")).listed == 1


def test_an_index_gives_children_with_their_dates():
    entry = "<sitemap><loc>https://news.example.org/m1.xml</loc><lastmod>2026-01-05</lastmod></sitemap>"
    read = sitemap(f"<sitemapindex {NS}>{entry}</sitemapindex>")
    assert (read.finds, read.children) == ((), (sitemaps.Child("https://news.example.org/m1.xml", "2026-01-05"),))


def test_a_plain_list():
    finds = sitemap("https://news.example.org/a\nhttps://news.example.org/b\nnonsense://x\n").finds
    assert [find.url[-1] for find in finds] == ["a", "b"]


def test_a_url_listed_again_counts_once_by_its_first_place():
    rows = "".join(
        f"<url><loc>https://news.example.org/{name}</loc></url>" for name in ("a", "b?utm_x=1", "a?ref=1", "b")
    )
    assert [(find.url[-1], find.rank) for find in sitemap(f"<urlset>{rows}</urlset>").finds] == [("a", 1), ("b", 2)]
    plain = sitemap("https://news.example.org/a\nhttps://news.example.org/a#top\nhttps://news.example.org/b\n")
    assert [(find.url[-1], find.rank) for find in plain.finds] == [("a", 1), ("b", 3)]


def test_one_that_breaks_off_gives_what_it_had():
    assert len(sitemap("<urlset><url><loc>https://news.example.org/a</loc></url><url><lo").finds) == 1


@pytest.mark.parametrize("body", ["<html><p>404</html>", "", "<urlset", "{}", b"\x1f\x8bbroken"])
def test_what_is_no_sitemap_is_told(body: str | bytes):
    with pytest.raises(NewsvaneError):
        sitemap(body)


def many(count: int) -> bytes:
    entry = "<url><loc>https://news.example.org/story-{0:06d}</loc><lastmod>2026-01-{1:02d}</lastmod></url>"
    return ("<urlset>" + "".join(entry.format(n, n % 28 + 1) for n in range(count)) + "</urlset>").encode()


def test_of_200_000_urls_the_newest_are_kept():
    read = sitemap(many(200_000))
    assert (read.listed, len(read.finds)) == (200_000, sitemaps.MAX_FINDS)
    assert {find.published for find in read.finds} <= {"2026-01-28", "2026-01-27"}
    assert [find.rank for find in read.finds] == sorted(find.rank for find in read.finds)


def test_memory_does_not_grow_with_a_sitemap():
    def peak(count: int) -> int:
        body = many(count)
        tracemalloc.start()
        sitemap(body)
        most = tracemalloc.get_traced_memory()[1] - len(body)
        tracemalloc.stop()
        return most

    assert peak(44_000) < 1.3 * peak(22_000)


# -- section pages ----------------------------------------------------------------------------------------------------


def section(body: str) -> sections.Section:
    return sections.read(Page("https://news.example.org/news/", body.encode()), "news")


def test_articles_are_told_from_furniture():
    links = {
        "/content/news/Council-votes-on-bridge-577011222.html": True,
        "/news/local/council-votes-on-new-bridge/article_0f1e2d3c-1111-11ee-8888-0a1b2c3d4e5f.html": True,
        "/2026/01/05/council-votes-on-new-bridge/": True,
        "/weather": False, "/": False, "/about-us/": False, "/tag/council-votes-on-bridge-1234567/": False,
        "/news/": False, "/photo-of-a-bridge-123456.jpg": False,
        "https://other.example/content/x-577011222.html": False,
        "javascript:void(0)": False,
    }  # fmt: skip
    body = "".join(f'<a href="{link}">Council votes on new bridge</a>' for link in links)
    found = {find.url.removeprefix("https://news.example.org") for find in section(body).finds}
    assert found == {link for link, wanted in links.items() if wanted}


def test_a_picture_link_lends_its_rank_to_the_headline():
    link = "/content/news/Bridge-577011222.html"
    other = '<a href="/content/news/Two-577011223.html">Two</a>'
    finds = section(f'<a href="{link}?ref=222"><img></a>{other}<a href="{link}">The bridge</a>').finds
    assert [(find.rank, find.title) for find in finds] == [(1, "The bridge"), (2, "Two")]


def test_feeds_are_discovered_but_not_those_of_comments():
    body = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="stylesheet" href="/x.css">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" hreflang="es" href="/es">'
    )
    assert section(body).feeds == ("https://news.example.org/feed/",)


def test_base_href_counts():
    body = '<base href="https://news.example.org/deep/"><a href="Bridge-opens-at-last-577011222.html">x</a>'
    assert section(body).finds[0].url.startswith("https://news.example.org/deep/")


def test_a_section_that_is_not_html_is_told():
    with pytest.raises(ShapeError):
        sections.read(Page("https://news.example.org/", b"%PDF", "application/pdf"), "s")
