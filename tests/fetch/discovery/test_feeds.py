"""Feeds: every format, and feeds that are malformed or hostile."""

from __future__ import annotations

import json
import time

import pytest

from flows.errors import ShapeError, Unsafe
from flows.fetch.discovery import feeds
from flows.model import Page

BASE = "https://news.example.org/x/feed"


def feed(body: str | bytes, kind: str = "application/rss+xml", charset: str | None = None):
    data = body if isinstance(body, bytes) else body.encode()
    return feeds.read(Page(BASE, data, kind, charset), "slot").finds


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


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("&lt;b&gt;A&lt;/b&gt; &amp;amp; B", "A & B"),
        ("5 &lt; 6 and 7 &gt; 3 &lt;i&gt;!&lt;/i&gt;", "5 < 6 and 7 > 3 !"),
    ],
)
def test_titles_are_plain_text(title: str, plain: str):
    item = f"<item><title>{title}</title><link>/a</link></item>"
    assert feed(f'<rss version="2.0"><channel>{item}</channel></rss>')[0].title == plain


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_the_bytes_decide_on_an_encoding_that_the_declaration_denies(mark: str):
    declared = "iso-8859-1" if mark else "utf-16"
    item = "<item><title>caf\u00e9</title><link>/a</link></item>"
    body = f'{mark}<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>{item}</channel></rss>'
    assert feed(body)[0].title == "caf\u00e9"


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


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'><!ENTITY copy \"&#xA9;\">]>",
        '<!DOCTYPE rss [<!ENTITY town "St. Joseph">]>',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">', "<!DOCTYPE rss>",
    ],
)  # fmt: skip
def test_a_feed_with_harmless_entities_is_read(doctype: str):
    body = '<rss version="2.0"><channel><item><title>&town; &nbsp;A</title><link>/a</link></item></channel></rss>'
    [find] = feed(f'<?xml version="1.0"?>\n{doctype}\n{body}')
    assert find.url == "https://news.example.org/a"
    assert (find.title or "").startswith("St. Joseph" if "Joseph" in doctype else "&town;")


ITEM = "<item><title>A</title><link>https://news.example.org/{}</link></item>"
BOMB = "<!DOCTYPE rss [<!ENTITY a '{}'><!ENTITY b '{}'>]>".format("ha" * 16, "&a;" * 9)
HEAVY = {
    "bomb behind a long comment": f"<!--{'x' * 1_200_000}-->{BOMB}<rss version='2.0'><channel/></rss>",
    "long entity": f"<!DOCTYPE rss [<!ENTITY a '{'x' * 40}'>]><rss version='2.0'><channel/></rss>",
    "parameter entity": "<!DOCTYPE rss [<!ENTITY % a 'x'> %a;]><rss version='2.0'><channel/></rss>",
    "external entity": "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel/></rss>",
    "bomb in a malformed prolog": f"words {BOMB}<rss version='2.0'><channel/></rss>",
    "many entities": "<!DOCTYPE rss [{}]><rss version='2.0'/>".format(
        "".join(f"<!ENTITY a{n} 'x'>" for n in range(400))
    ),
    "many attributes": "<rss version='2.0' {}><channel/></rss>".format(" ".join(f"a{n}='1'" for n in range(100_000))),
    "unclosed tags": f"<rss version='2.0'><channel>{'<a>' * 1_000_000}",
    "unclosed tags, spread": f"<rss version='2.0'><channel>{'<a>x<b>y</c>' * 20_000}",
}


@pytest.mark.parametrize("kind", HEAVY)
def test_a_feed_that_would_take_long_is_refused_soon(kind: str):
    started = time.process_time()
    with pytest.raises(Unsafe):
        feed(HEAVY[kind])
    assert time.process_time() - started < 5


@pytest.mark.parametrize("is_well_formed", [True, False])
def test_of_many_entries_the_first_are_read_soon_and_that_is_said(is_well_formed: bool):
    items = "".join(ITEM.format(number) for number in range(200_000))
    body = f"<rss version='2.0'><channel>{'' if is_well_formed else '&nope;'}{items}</channel></rss>"
    started = time.process_time()
    read = feeds.read(Page(BASE, body.encode(), "application/rss+xml"), "slot")
    assert time.process_time() - started < 10
    assert [find.rank for find in read.finds] == list(range(1, 1001))
    assert "after the first 1000" in read.notes[0]


def test_unclosed_items_are_bounded():
    assert len(feed("<rss version='2.0'><channel>" + "<item><link>/a</link>" * 9000)) == 1


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("<link>http://go.example/1</link><guid>https://news.example.org/a</guid>", "news.example.org/a"),
        ("<link>http://go.example/1</link><guid isPermaLink='false'>https://news.example.org/a</guid>",
         "news.example.org/a"),
        ("<link>http://go.example/~r/1</link><guid isPermaLink='false'>1234</guid>", "go.example/~r/1"),
        ("<link>https://news.example.org/a</link><guid>https://news.example.org/?p=1</guid>", "news.example.org/a"),
        ("<link>http://go.example/1</link><f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>"
         "https://news.example.org/a</f:origLink>", "news.example.org/a"),
        ("<link>http://go.example/1</link><p:origLink xmlns:p='http://www.pheedo.com/namespace/pheedo'>"
         "https://news.example.org/a</p:origLink>", "news.example.org/a"),
        ("<link>http://go.example/c?n=1&amp;u=https%3A%2F%2Fnews.example.org%2Fa</link>", "news.example.org/a"),
        ("<link>http://go.example/c?u=https%3A%2F%2Fx.test</link>", "go.example/c?u=https%3A%2F%2Fx.test"),
    ],
)  # fmt: skip
def test_an_entry_over_a_redirector_is_found_by_its_own_address(entry: str, url: str):
    body = f"<rss version='2.0'><channel><item><title>A</title>{entry}</item></channel></rss>"
    page = Page(BASE, body.encode(), "application/rss+xml")
    [find] = feeds.read(page, "slot", lambda url: "//news.example.org/" in url).finds
    assert find.url.partition("//")[2] == url


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("<![CDATA[/?a=1&amp;b=2]]>", "?a=1&b=2"), ("news.example.org/a", "a"), ("www.news.example.org/a", "a"),
        ('"https://news.example.org/a"', "a"), ("a.html", "x/a.html"), ("news/a", "x/news/a"),
    ],
)  # fmt: skip
def test_slips_in_a_link_are_mended(link: str, path: str):
    [find] = feed(f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>")
    assert find.url.replace("//www.", "//") == f"https://news.example.org/{path}"


def test_a_guid_that_is_a_number_is_no_link():
    assert feed("<rss version='2.0'><channel><item><title>A</title><guid>1234</guid></item></channel></rss>") == ()


def test_references_that_xml_does_not_have_are_read():
    title = "&#55357;&#56832; &#xD83D;&#xDE00; &#xD800;A&#0; &#99999999999999;B&#8212;"
    [find] = feed(f"<rss version='2.0'><channel><item><title>{title}</title><link>/a</link></item></channel></rss>")
    assert find.title == "\U0001f600 \U0001f600 A B\u2014"


def test_names_from_a_file_that_is_not_read_do_no_harm():
    doctype = '<!DOCTYPE rss [<!ENTITY % lat PUBLIC "-//X//ENTITIES Latin 1//EN" "http://x.example/l.ent"> %lat;]>'
    item = "<item><title>caf&eacute;</title><link>/a</link></item>"
    assert feed(f"{doctype}<rss version='2.0'><channel>{item}</channel></rss>")[0].title == "caf\u00e9"


def test_a_feed_that_breaks_the_reader_raises_shape_error():
    place = "<gml:pos xmlns:gml='http://www.opengis.net/gml'>1 2</gml:pos>"
    with pytest.raises(ShapeError, match="cannot read"):
        feed(f"<rss version='2.0'><channel><item><link>/a</link>{place}</item></channel></rss>")


def test_a_sitemap_given_as_feed_is_named():
    with pytest.raises(ShapeError, match="name it in `sitemaps`"):
        feed('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/a</loc></url></urlset>')


def test_an_atom_entry_over_a_redirector_is_found_by_its_id():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="http://go.example/1"/>'
        "<id>https://news.example.org/a</id></entry></feed>"
    )
    [find] = feeds.read(Page(BASE, body.encode()), "slot", lambda url: "//news.example.org/" in url).finds
    assert find.url == "https://news.example.org/a"


def test_entries_without_a_link_are_said():
    body = f"<rss version='2.0'><channel>{ITEM.format('a')}<item><title>B</title></item></channel></rss>"
    assert feeds.read(Page(BASE, body.encode()), "slot").notes == ("1 entry has no link to a page",)


def test_a_title_has_no_script_text():
    title = "A &lt;script&gt;track('x')&lt;/script&gt;B &lt;style&gt;p {}&lt;/style&gt;"
    assert (
        feed(f"<rss version='2.0'><channel><item><title>{title}</title><link>/a</link></item></channel></rss>")[0].title
        == "A B"
    )


def test_deeply_nested_json_raises_shape_error():
    with pytest.raises(ShapeError):
        feed('{"a":' * 100_000)


JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://news.example.org/a", "title": "A"}]}'


@pytest.mark.parametrize(
    "body",
    [
        JSON.replace("}]}", ",},]\n,}"), ")]}'\n" + JSON, "while(1);" + JSON, JSON.encode("utf-16"),
        JSON.encode("utf-16-le"), "\ufeff\n" + JSON, JSON.replace('"A"', '"A\n"'),
        JSON.replace('"A"', '"A", "x": "b,}"'),
    ],
    ids=["commas", "guard", "loop", "utf-16", "utf-16-le", "mark", "line feed", "comma in a text"],
)  # fmt: skip
def test_json_with_slips_is_read(body: str | bytes):
    assert [(find.url, find.title) for find in feed(body, "application/feed+json")] == [
        ("https://news.example.org/a", "A")
    ]


@pytest.mark.parametrize("text", ['{"\\"' * 200_000, '{"a": "' + "\\" * 999_999, "{" + ",  " * 300_000])
def test_hostile_json_takes_little_time(text: str):
    with pytest.raises(ShapeError):
        feed(text)
