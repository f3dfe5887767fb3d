"""The kinds of sitemap that ultimate-sitemap-parser's tests know, as files of our own: the URLs listed, or the children
of an index."""

# ruff: noqa: E501 - one case on one line
from __future__ import annotations

import gzip

from flows.errors import NewsvaneError
from flows.fetch.discovery import sitemaps
from flows.fetch.http.decode import decode
from flows.model import Page
from tests.suites.suite import Suite

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
ONE = "<url><loc>https://h.test/1</loc></url>"
TWO = "<url><loc>https://h.test/2</loc><lastmod>2026-01-02T03:04:05+01:00</lastmod></url>"
BOTH = ["https://h.test/1", "https://h.test/2"]
NO_SITEMAP = "no sitemap"
RSS = (
    '<rss version="2.0"><channel><title>H</title><link>https://h.test/</link><item><title>1</title>'
    "<link>https://h.test/1</link></item><item><title>2</title><link>https://h.test/2</link></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>H</title><entry><title>1</title><link href="https://h.test/1"/>'
    '</entry><entry><title>2</title><link href="https://h.test/2"/></entry></feed>'
)
CASES = [
    ("pages", f'<?xml version="1.0" encoding="UTF-8"?><urlset {NS}>{ONE}{TWO}</urlset>', BOTH),
    (
        "index",
        f"<sitemapindex {NS}><sitemap><loc>https://h.test/a.xml</loc></sitemap><sitemap>"
        "<loc>https://h.test/b.xml.gz</loc><lastmod>2026-01-02</lastmod></sitemap></sitemapindex>",
        ["https://h.test/a.xml", "https://h.test/b.xml.gz"],
    ),
    ("index without children", f"<sitemapindex {NS}></sitemapindex>", []),
    ("pages without entries", f"<urlset {NS}></urlset>", []),
    ("gzip", gzip.compress(f"<urlset {NS}>{ONE}{TWO}</urlset>".encode()), BOTH),
    ("byte-order mark", "\ufeff" + f'<?xml version="1.0"?><urlset {NS}>{ONE}{TWO}</urlset>', BOTH),
    ("without namespace", f"<urlset>{ONE}{TWO}</urlset>", BOTH),
    ("end of the list missing", f"<urlset {NS}>{ONE}{TWO}", BOTH),
    ("cut in an entry", f"<urlset {NS}>{ONE}{TWO}<url><loc>https://h.te", BOTH),
    ("cut in a tag", f"<urlset {NS}>{ONE}{TWO}<url><lo", BOTH),
    ("blanks around", f"\n\n  <urlset {NS}>{ONE.replace('<loc>', '<loc> ').replace('</loc>', ' </loc>')}{TWO}</urlset>", BOTH),
    (
        "news",
        f"<urlset {NS} {NEWS}><url><loc>https://h.test/1</loc><news:news><news:publication><news:name>H</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>2026-01-02</news:publication_date>"
        f"<news:title>&lt;One&gt; &amp; more</news:title></news:news></url>{TWO}</urlset>",
        BOTH,
    ),
    (
        "news without its fields",
        f"<urlset {NS} {NEWS}><url><loc>https://h.test/1</loc><news:news></news:news></url>{TWO}</urlset>",
        BOTH,
    ),
    (
        "images",
        f"<urlset {NS} {IMAGE}><url><loc>https://h.test/1</loc><image:image><image:loc>https://h.test/p.jpg</image:loc>"
        f"<image:caption>one</image:caption></image:image><image:image></image:image></url>{TWO}</urlset>",
        BOTH,
    ),
    (
        "languages",
        f'<urlset {NS} xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>https://h.test/1</loc><xhtml:link '
        f'rel="alternate" hreflang="fr" href="https://h.test/fr/1"/><xhtml:link rel="alternate"/></url>{TWO}</urlset>',
        BOTH,
    ),
    ("entry without a place", f"<urlset {NS}><url><lastmod>2026-01-02</lastmod></url>{ONE}{TWO}</urlset>", BOTH),
    ("plain text", "https://h.test/1\nhttps://h.test/2\n", BOTH),
    ("plain text with other lines", "\ufeffhttps://h.test/1\r\nsome words\r\n\r\n  https://h.test/2  ", BOTH),
    ("RSS", RSS, BOTH),
    ("Atom", ATOM, BOTH),
    ("RSS without items", '<rss version="2.0"><channel><title>H</title></channel></rss>', []),
    ("a page in its place", "<!doctype html><html><body><p>nothing here</p></body></html>", NO_SITEMAP),
    ("nothing", "", NO_SITEMAP),
    ("robots text", "User-agent: *\nDisallow: /\n", NO_SITEMAP),
    (
        "entities that grow",
        '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
        f"<urlset {NS}><url><loc>https://h.test/&c;</loc></url></urlset>",
        NO_SITEMAP,
    ),
]  # fmt: skip


def _listed(given: str | bytes) -> list[str] | str:
    body = decode(given if isinstance(given, bytes) else given.encode(), None, 1_000_000)
    try:
        read = sitemaps.read(Page("https://h.test/map.xml", body), "slot")
    except NewsvaneError:
        return NO_SITEMAP
    return [find.url for find in read.finds] or [child.url for child in read.children]


FILES = Suite("sitemaps", "GateNLP/ultimate-sitemap-parser", CASES, _listed)
