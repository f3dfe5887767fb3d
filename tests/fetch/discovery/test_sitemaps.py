"""Sitemaps: every format, the limits, and sitemaps that are malformed or hostile."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from flows.errors import NewsvaneError, Unsafe
from flows.fetch.discovery import sitemaps
from flows.model import Page


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


def test_no_namespace_and_utf16_are_read():
    plain = "<urlset><url><loc>https://news.example.org/a</loc></url></urlset>"
    assert sitemap(plain).listed == 1
    assert sitemap(f'<?xml version="1.0" encoding="utf-16"?>{plain}'.encode("utf-16")).listed == 1


def test_an_index_gives_children_with_their_dates():
    entry = "<sitemap><loc>https://news.example.org/m1.xml</loc><lastmod>2026-01-05</lastmod></sitemap>"
    read = sitemap(f"<sitemapindex {NS}>{entry}</sitemapindex>")
    assert (read.finds, read.children) == ((), (sitemaps.Child("https://news.example.org/m1.xml", "2026-01-05"),))


def test_a_plain_text_list_is_read():
    finds = sitemap("https://news.example.org/a\nhttps://news.example.org/b\nnonsense://x\n").finds
    assert [find.url[-1] for find in finds] == ["a", "b"]


def test_a_repeated_url_counts_once_at_its_first_position():
    rows = "".join(
        f"<url><loc>https://news.example.org/{name}</loc></url>" for name in ("a", "b?utm_x=1", "a?ref=1", "b")
    )
    assert [(find.url[-1], find.rank) for find in sitemap(f"<urlset>{rows}</urlset>").finds] == [("a", 1), ("b", 2)]
    plain = sitemap("https://news.example.org/a\nhttps://news.example.org/a#top\nhttps://news.example.org/b\n")
    assert [(find.url[-1], find.rank) for find in plain.finds] == [("a", 1), ("b", 3)]


def test_a_truncated_sitemap_gives_the_entries_before_its_end():
    assert len(sitemap("<urlset><url><loc>https://news.example.org/a</loc></url><url><lo").finds) == 1


@pytest.mark.parametrize("body", ["<html><p>404</html>", "", "<urlset", "{}", b"\x1f\x8bbroken", "words\nand lines"])
def test_a_body_that_is_no_sitemap_raises(body: str | bytes):
    with pytest.raises(NewsvaneError):
        sitemap(body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_sitemap_with_entity_declarations_is_refused(encoding: str):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Unsafe):
        sitemap(f"{laughs}<urlset><url><loc>&b;</loc></url></urlset>".encode(encoding))


PLAIN = f"<urlset {NS}>{{}}</urlset>"
ONE, TWO = (f"<url><loc>https://news.example.org/{name}</loc></url>" for name in ("one", "two"))
ODD = {
    "blanks before the declaration": f'\n\n  <?xml version="1.0"?>{PLAIN.format(ONE + TWO)}',
    "BOM and blanks": f"\ufeff\n{PLAIN.format(ONE + TWO)}",
    "undeclared prefix": PLAIN.format(f"{ONE}<url><news:news><news:title>x</news:title></news:news></url>{TWO}"),
    "control character": PLAIN.format(f"{ONE}<url><loc>x</loc><title>\x0b</title></url>{TWO}").replace(
        "<loc>x</loc>", ""
    ),
    "bare ampersand": PLAIN.format(f"{ONE}<url><lastmod>&</lastmod></url>{TWO}"),
    "unknown entity": PLAIN.format(f"{ONE}<url><lastmod>&nbsp;</lastmod></url>{TWO}"),
    "unclosed entry": PLAIN.format(f"{ONE.removesuffix('</url>')}{TWO}&"),
    "unclosed comment before the end": PLAIN.format(f"{ONE}{TWO}<!-- the rest"),
    "CDATA": PLAIN.format(f"{ONE}{TWO}".replace("<loc>", "<loc><![CDATA[").replace("</loc>", "]]></loc>")),
    "CDATA in malformed XML": PLAIN.format(f"{ONE}{TWO}&")
    .replace("<loc>", "<loc><![CDATA[")
    .replace("</loc>", "]]></loc>"),
    "prefixes": f'<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">{ONE}{TWO}</sm:urlset>'.replace(
        "<url><loc>", "<sm:url><sm:loc>"
    ).replace("</loc></url>", "</sm:loc></sm:url>"),
    "foreign loc": PLAIN.format(
        f"{ONE}{TWO}".replace("</loc>", "</loc><m:content><m:loc>https://news.example.org/pic</m:loc></m:content>")
    ).replace("<urlset", '<urlset xmlns:m="http://media.example/1"'),
    "foreign loc beside": PLAIN.format(f"{ONE}{TWO}".replace("</loc>", "</loc><m:loc>https://x.example/p</m:loc>")),
    "second loc": PLAIN.format(f"{ONE}{TWO}".replace("</loc>", "</loc><loc>https://news.example.org/three</loc>")),
    "loc in a loc": PLAIN.format(f"{ONE}{TWO}".replace("</loc>", "<i:loc>https://x.example/p</i:loc></loc>")),
    "upper case": PLAIN.format(ONE + TWO).replace("loc>", "LOC>").replace("url>", "URL>"),
    "harmless entity": f"<!DOCTYPE urlset [<!ENTITY nbsp '&#160;'>]>{PLAIN.format(ONE + TWO)}",
    "unknown encoding": f'<?xml version="1.0" encoding="x-none"?>{PLAIN.format(ONE + TWO)}',
    "another encoding declared": f'<?xml version="1.0" encoding="utf-16"?>{PLAIN.format(ONE + TWO)}',
    "a notice before": f'<br />\n<b>Warning</b>: x<br>\n<?xml version="1.0"?>{PLAIN.format(ONE + TWO)}',
    "a script after": f"{PLAIN.format(ONE + TWO)}<script>x()</script>",
    "a feed after a notice": "<b>Warning</b>: x<br>\n<rss version='2.0'><channel>"
    "<item><link>https://news.example.org/one</link></item><item><link>https://news.example.org/two</link></item>"
    "</channel></rss>",
    "text with markup": "<!-- pages -->\nhttps://news.example.org/one\nhttps://news.example.org/two\n<end>\n",
    "text with a comment": "# made today\r\n\r\nhttps://news.example.org/one\r\nhttps://news.example.org/two\r\n",
    "end tags missing": PLAIN.format(f"{ONE}{TWO}").replace("</url>", ""),
    "end tags of loc missing": PLAIN.format(f"{ONE}{TWO}").replace("</loc>", "<lastmod>2026-01-05</lastmod>"),
    "quotes": PLAIN.format(f"{ONE}{TWO}").replace("<loc>", '<loc>"').replace("</loc>", '"</loc>'),
    "no scheme": PLAIN.format(f"{ONE}{TWO}").replace("https://", ""),
    "reference to no character": PLAIN.format(f"{ONE}{TWO}").replace("</loc>", "&#0;</loc>"),
    "text with dates": "https://news.example.org/one\t2026-01-05\nhttps://news.example.org/two, 2026-01-05T01:00:00Z\n",
    "text in quotes": '"https://news.example.org/one","2026-01-05"\n\'https://news.example.org/two\'\n',
    "text with prose": "See https://x.example/ and others\nhttps://news.example.org/one\nall pages\nHTTPS://news.example.org/two",
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_sitemap_gives_all_its_entries(kind: str):
    finds = sitemap(ODD[kind]).finds
    assert [find.url for find in finds] == ["https://news.example.org/one", "https://news.example.org/two"]


@pytest.mark.parametrize("name", ["base64", "zlib", "rot13", "undefined"])
def test_a_declared_encoding_that_is_none_of_text_costs_no_entry(name: str):
    text = f'<?xml version="1.0" encoding="{name}"?>{PLAIN.format(ONE)}'.encode()
    read = sitemap(text.replace(b"</urlset>", b"<url><loc>https://news.example.org/caf\xe9</loc></url></urlset>"))
    assert [find.url[-3:] for find in read.finds] == ["one", "%A9"]


def test_entries_behind_a_bad_byte_are_read_and_that_is_said():
    bad = b"<url><loc>https://news.example.org/caf\xe9</loc></url>"
    read = sitemap(PLAIN.format(ONE).encode().replace(b"</urlset>", bad + TWO.encode() + b"</urlset>"))
    assert [find.url[-3:] for find in read.finds] == ["one", "%A9", "two"]
    assert "read leniently" in read.notes[0]


@pytest.mark.parametrize("given", ["a=1&amp;b=2", "a=1&amp;amp;b=2", "a=1&b=2"])
def test_an_ampersand_is_read_however_often_it_is_escaped(given: str):
    [find] = sitemap(PLAIN.format(f"<url><loc>https://news.example.org/?{given}</loc></url>")).finds
    assert find.url == "https://news.example.org/?a=1&b=2"


def test_valid_utf8_is_read_as_such_whatever_malformed_xml_declares():
    entry = "<url><loc>https://news.example.org/caf\u00e9</loc></url>"
    [find] = sitemap(f'<?xml version="1.0" encoding="us-ascii"?>{PLAIN.format(entry)}').finds
    assert find.url == "https://news.example.org/caf%C3%A9"


def test_a_list_of_nothing_but_xml_files_is_an_index():
    files = "".join(f"<url><loc>https://news.example.org/{name}</loc></url>" for name in ("a.xml", "b.xml.gz"))
    read = sitemap(PLAIN.format(files))
    assert (read.finds, [child.url[-8:] for child in read.children]) == ((), ["rg/a.xml", "b.xml.gz"])
    assert sitemap(PLAIN.format(f"{files}{ONE}")).listed == 3


def test_a_location_cut_in_the_middle_is_no_entry():
    assert [find.url[-3:] for find in sitemap(f"<urlset>{ONE}<url><loc>https://news.example.org/t").finds] == ["one"]


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="2.0"><channel><item><title>One</title><link>https://news.example.org/one</link></item></channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="https://news.example.org/one"/></entry></feed>',
    ],
)
def test_a_feed_given_as_sitemap_is_read(feed: str):
    [find] = sitemap(f'<?xml version="1.0"?>\n{feed}').finds
    assert (find.url, find.title, find.channel) == ("https://news.example.org/one", "One", "sitemap")


@pytest.mark.parametrize("opening", ["<!--", "<![CDATA[", "<url>", "<", "<a "])
def test_malformed_markup_is_read_in_linear_time(opening: str):
    started = time.process_time()
    with pytest.raises(NewsvaneError):
        sitemap(f"<urlset>&{opening * 200_000}")
    assert time.process_time() - started < 10


def many(count: int) -> bytes:
    entry = "<url><loc>https://news.example.org/story-{0:06d}</loc><lastmod>2026-01-{1:02d}</lastmod></url>"
    return ("<urlset>" + "".join(entry.format(n, n % 28 + 1) for n in range(count)) + "</urlset>").encode()


def test_the_newest_urls_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemaps, "MAX_FINDS", 1000)
    read = sitemap(many(20_000))
    assert (read.listed, len(read.finds)) == (20_000, 1000)
    assert {find.published for find in read.finds} <= {"2026-01-28", "2026-01-27"}
    assert [find.rank for find in read.finds] == sorted(find.rank for find in read.finds)


def test_memory_does_not_grow_with_a_sitemap(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemaps, "MAX_FINDS", 500)

    def peak(count: int) -> int:
        body = many(count)
        tracemalloc.start()
        sitemap(body)
        most = tracemalloc.get_traced_memory()[1] - len(body)
        tracemalloc.stop()
        return most

    assert peak(4400) < 1.3 * peak(2200)
