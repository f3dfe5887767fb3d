"""The kinds of feed that feedparser's tests know, well-formed and ill-formed, as feeds of our own: what the first entry
leads to, what it is called and how it is dated."""

# ruff: noqa: E501 - one case on one line
from __future__ import annotations

from flows.errors import NewsvaneError
from flows.fetch.discovery import feeds
from flows.model import Page
from tests.suites.suite import Suite

URL = "https://h.test/news/feed"
WET = ("https://h.test/wet", "Wet", None)
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
NO_FEED = "no feed"


def _rss(item: str, version: str = "2.0", more: str = "") -> str:
    return f'<rss version="{version}"{more}><channel><title>H</title><item>{item}</item></channel></rss>'


def _atom(entry: str, more: str = "") -> str:
    return f"<feed {ATOM}{more}><title>H</title><entry>{entry}</entry></feed>"


LINK = "<title>Wet</title><link>https://h.test/wet</link>"
HREF = '<title>Wet</title><link href="https://h.test/wet"/>'
WELL_FORMED = [
    *((f"RSS {version}", _rss(LINK, version), WET) for version in ("0.91", "0.92", "0.93", "0.94", "2.0", "2.1")),
    (
        "RSS 0.90",
        f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>H</title></channel>'
        f"<item>{LINK}</item></rdf:RDF>",
        WET,
    ),
    (
        "RSS 1.0",
        f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://h.test/"><title>H</title></channel>'
        f'<item rdf:about="https://h.test/wet">{LINK}</item></rdf:RDF>',
        WET,
    ),
    ("Atom 0.3", f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>{HREF}</entry></feed>', WET),
    ("Atom 1.0", _atom(HREF), WET),
    (
        "CDF",
        '<CHANNEL HREF="https://h.test/"><TITLE>H</TITLE><ITEM HREF="https://h.test/wet"><TITLE>Wet</TITLE></ITEM></CHANNEL>',
        WET,
    ),
    ("prefixed Atom", '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Wet</a:title>'
     '<a:link href="https://h.test/wet"/></a:entry></a:feed>', WET),
    ("guid as link", _rss("<title>Wet</title><guid>https://h.test/wet</guid>"), WET),
    ("guid as permanent link", _rss('<title>Wet</title><guid isPermaLink="true">https://h.test/wet</guid>'), WET),
    ("guid that is no link", _rss(f'{LINK}<guid isPermaLink="false">id 7</guid>'), WET),
    ("guid beside link", _rss(f"{LINK}<guid>https://h.test/?p=7</guid>"), WET),
    ("alternate among links", _atom('<title>Wet</title><link rel="self" href="https://h.test/self"/><link rel="alternate"'
     ' href="https://h.test/wet"/><link rel="enclosure" href="https://h.test/p.jpg"/>'), WET),
    ("relative link", _rss("<title>Wet</title><link>/wet</link>"), WET),
    ("relative to xml:base", _atom('<title>Wet</title><link href="wet"/>', ' xml:base="https://h.test/"'), WET),
    ("relative to the document", _atom('<title>Wet</title><link href="../wet"/>'), WET),
    ("query in a link", _rss("<title>Wet</title><link>https://h.test/wet?a=1&amp;b=2</link>"),
     ("https://h.test/wet?a=1&b=2", "Wet", None)),
    ("CDATA", _rss("<title><![CDATA[Wet]]></title><link><![CDATA[https://h.test/wet]]></link>"), WET),
    ("HTML title", _atom('<title type="html">&lt;b&gt;Wet&lt;/b&gt;</title><link href="https://h.test/wet"/>'), WET),
    ("text title", _atom('<title type="text">Wet &amp; dry</title><link href="https://h.test/wet"/>'),
     ("https://h.test/wet", "Wet & dry", None)),
    ("XHTML title", _atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>Wet</b></div></title>'
     '<link href="https://h.test/wet"/>'), WET),
    ("script in a title", _rss("<title>Wet&lt;script&gt;alert(1)&lt;/script&gt;</title><link>https://h.test/wet</link>"), WET),
    ("entities in a title", _rss("<title>&#087;e&#x74;</title><link>https://h.test/wet</link>"), WET),
    ("blanks in a title", _rss("<title>\n Wet \n</title><link>\nhttps://h.test/wet\n</link>"), WET),
    ("no title", _rss("<link>https://h.test/wet</link>"), ("https://h.test/wet", None, None)),
    ("pubDate", _rss(f"{LINK}<pubDate>Thu, 01 Jan 2026 19:48:21 GMT</pubDate>"),
     (*WET[:2], "Thu, 01 Jan 2026 19:48:21 GMT")),
    ("dc:date", _rss(f"{LINK}<dc:date>2026-01-01T19:48:21Z</dc:date>", more=' xmlns:dc="http://purl.org/dc/elements/1.1/"'),
     (*WET[:2], "2026-01-01T19:48:21Z")),
    ("published", _atom(f"{HREF}<published>2026-01-01T19:48:21Z</published><updated>2026-01-02T00:00:00Z</updated>"),
     (*WET[:2], "2026-01-01T19:48:21Z")),
    ("updated only", _atom(f"{HREF}<updated>2026-01-01T19:48:21Z</updated>"), (*WET[:2], "2026-01-01T19:48:21Z")),
    ("media", _rss(f'{LINK}<media:content url="https://h.test/p.jpg"><media:title>no</media:title></media:content>',
     more=' xmlns:media="http://search.yahoo.com/mrss/"'), WET),
    ("iTunes", _rss(f"<itunes:title>no</itunes:title>{LINK}", more=' xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd"'),
     WET),
    ("original link of FeedBurner", _rss("<title>Wet</title><link>https://feeds.test/~r/1</link>"
     "<feedburner:origLink>https://h.test/wet</feedburner:origLink>",
     more=' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'), WET),
    ("language", _atom(HREF, ' xml:lang="en"'), WET),
    ("processing instruction", '<?xml version="1.0"?><?xml-stylesheet href="s.xsl" type="text/xsl"?>' + _rss(LINK), WET),
    ("JSON Feed", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "7", "url": "https://h.test/wet",'
     '"title": "Wet", "date_published": "2026-01-01T19:48:21Z"}]}', (*WET[:2], "2026-01-01T19:48:21Z")),
    *((f"declared {name}", f'<?xml version="1.0" encoding="{name}"?>{_rss(LINK)}'.replace("Wet", "Wét").encode(name),
       (WET[0], "Wét", None)) for name in ("utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-32")),
    *((f"UTF-16 {order}, not declared", _rss(LINK).encode(f"utf-16-{order}"), WET) for order in ("le", "be")),
    ("koi8-r", f'<?xml version="1.0" encoding="koi8-r"?>{_rss(LINK)}'.replace("Wet", "Дождь").encode("koi8-r"),
     (WET[0], "Дождь", None)),
    ("byte-order mark", "\ufeff" + _rss(LINK), WET),
    ("internal DTD with an entity", f'<!DOCTYPE rss [<!ENTITY wet "Wet">]>{_rss(LINK.replace(">Wet", ">&wet;"))}', WET),
]  # fmt: skip
ILL_FORMED = [
    ("undeclared prefix", _rss(f"{LINK}<dc:creator>Desk</dc:creator>"), WET),
    ("bare ampersand in a link", _rss("<title>Wet</title><link>https://h.test/wet?a=1&b=2</link>"),
     ("https://h.test/wet?a=1&b=2", "Wet", None)),
    ("bare ampersand in a title", _rss("<title>Wet & dry</title><link>https://h.test/wet</link>"),
     (WET[0], "Wet & dry", None)),
    ("CDATA without an end", f"<rss><channel><item>{LINK}<description><![CDATA[cut", WET),
    ("HTML entity, not declared", _rss("<title>Wet&nbsp;day</title><link>https://h.test/wet</link>"),
     (WET[0], "Wet day", None)),
    ("HTML not closed", _rss(f"{LINK}<description><p>one<br>two</description>"), WET),
    ("tags crossed", _rss(f"{LINK}<description><b><i>x</b></i></description>"), WET),
    ("end missing", f'<rss version="2.0"><channel><item>{LINK}</item><item><title>ne', WET),
    ("words before the feed", f"\n\n  {_rss(LINK)}", WET),
    ("warning before the feed", f"<b>Warning</b>: something\n{_rss(LINK)}", WET),
    ("words after the feed", f"{_rss(LINK)}\n<!-- made in 3 ms -->\nbye", WET),
    ("byte that is not UTF-8", _rss(LINK.replace("Wet", "Wét")).encode("latin-1"), (WET[0], "Wét", None)),
    ("wrong declaration", f'<?xml version="1.0" encoding="us-ascii"?>{_rss(LINK.replace("Wet", "Wét"))}'.encode(),
     (WET[0], "Wét", None)),
    ("unknown encoding", f'<?xml version="1.0" encoding="bogus"?>{_rss(LINK)}', WET),
    ("date with high bytes", _rss(f"{LINK}<pubDate>lundi 5 janv\u00e9 2026</pubDate>"), (*WET[:2], "lundi 5 janvé 2026")),
    ("two declarations", f'<?xml version="1.0"?><?xml version="1.0"?>{_rss(LINK)}', WET),
    ("upper-case tags", _rss(LINK).replace("item", "ITEM").replace("title", "TITLE"), WET),
    ("external DTD", f'<!DOCTYPE rss SYSTEM "https://h.test/x.dtd">{_rss(LINK)}', WET),
    ("external entity", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_rss(LINK.replace("Wet", "&x;"))}', NO_FEED),
    ("entities that grow", f'<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>{_rss(LINK.replace("Wet", "&b;"))}',
     NO_FEED),
    ("nothing", "", NO_FEED),
    ("a page", "<!doctype html><html><body><p>gone</p></body></html>", NO_FEED),
    ("an empty list", '<rss version="2.0"><channel><title>H</title></channel></rss>', None),
]  # fmt: skip


def _first(given: str | bytes) -> tuple[str, str | None, str | None] | str | None:
    body = given if isinstance(given, bytes) else given.encode()
    try:
        finds = feeds.read(Page(URL, body, "application/xml"), "slot").finds
    except NewsvaneError:
        return NO_FEED
    return (finds[0].url, finds[0].title, finds[0].published) if finds else None


SOURCE = "kurtmckee/feedparser"
FEEDS = Suite("feeds, well-formed", SOURCE, WELL_FORMED, _first)
BROKEN = Suite("feeds, ill-formed", SOURCE, ILL_FORMED, _first)
