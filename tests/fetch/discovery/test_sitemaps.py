"""Sitemaps: every format, the limits, and sitemaps that are malformed or hostile."""

from __future__ import annotations

import gzip
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


def test_gzip_no_namespace_and_utf16_are_read():
    assert sitemap(gzip.compress(NEWS.encode())).listed == 1
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


@pytest.mark.parametrize("body", ["<html><p>404</html>", "", "<urlset", "{}", b"\x1f\x8bbroken"])
def test_a_body_that_is_no_sitemap_raises(body: str | bytes):
    with pytest.raises(NewsvaneError):
        sitemap(body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_sitemap_with_entity_declarations_is_refused(encoding: str):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Unsafe):
        sitemap(f"{laughs}<urlset><url><loc>&b;</loc></url></urlset>".encode(encoding))


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
