"""Renders the pages that list articles: home, sections, feed and sitemaps; and robots.txt."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from flows.simulator.article import Article, Revision
from flows.simulator.pages import Frame, page_html
from flows.simulator.world import World

SECTIONS = {"/news": "News", "/weather": "Weather", "/sports": "Sports", "/national": "National"}
FEED_LENGTH = 30
NEWS_SITEMAP_SPAN = timedelta(days=2)
_SECTION_LENGTH = 30
_ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /search\nCrawl-delay: {delay:g}\n\nSitemap: {base}/sitemap.xml\n"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def section_page(name: str | None, frame: Frame, now: datetime) -> str:
    """The home page (`name` None) or a section page: links to its newest articles, with `?ref=`."""
    rows = [
        f'<li><a href="{article.path}?ref={article.native_id[-3:]}">{escape(revision.headline)}</a></li>'
        for article, revision in newest(name, frame.world, now)
    ]
    heading = name or frame.world.station.brand
    return page_html(heading, f"<h1>{escape(heading)}</h1><ul>{''.join(rows)}</ul>", frame)


def newest(name: str | None, world: World, now: datetime) -> list[tuple[Article, Revision]]:
    """The articles that a section page (`name` None: the home page) lists, newest first."""
    offered = world.latest(now, _SECTION_LENGTH if name is None else 4 * _SECTION_LENGTH)
    shown = [
        (article, revision) for article in offered if name in (None, article.section) and (revision := article.at(now))
    ]
    return shown[:_SECTION_LENGTH]


def feed(world: World, base: str, now: datetime) -> str:
    """The RSS feed of the newest articles."""
    items = []
    for article in world.latest(now, FEED_LENGTH):
        if revision := article.at(now):
            url = f"{base}{article.path}"
            items.append(
                f"<item><title>{escape(revision.headline)}</title><link>{url}</link>"
                f'<guid isPermaLink="true">{url}</guid><category>{article.section}</category>'
                f"<pubDate>{format_datetime(article.posted.astimezone(UTC))}</pubDate></item>\n"
            )
    head = f"<title>{escape(world.station.brand)}</title><link>{base}/</link><description>News</description>\n"
    return f'{_XML}<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>\n'


def news_sitemap(world: World, base: str, now: datetime) -> str:
    """The news sitemap: articles of the last two days."""
    name = escape(world.station.brand)
    rows = [
        f"<url><loc>{base}{article.path}</loc><news:news><news:publication><news:name>{name}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{article.posted.isoformat()}"
        f"</news:publication_date><news:title>{escape(revision.headline)}</news:title></news:news></url>\n"
        for article in world.articles(now, now - NEWS_SITEMAP_SPAN)
        if (revision := article.at(now))
    ]
    return f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">{"".join(rows)}</urlset>\n'


def sitemap_index(world: World, base: str, now: datetime) -> str:
    """The sitemap index: the news sitemap and one sitemap per month up to `now`."""
    names = ["news", *_months(world, now)]
    rows = "".join(f"<sitemap><loc>{base}/sitemap-{name}.xml</loc></sitemap>" for name in names)
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP}">{rows}</sitemapindex>\n'


def month_sitemap(world: World, base: str, now: datetime, month: str) -> str | None:
    """The articles of a local month `YYYY-MM` served at `now`; None for a month before the start or after `now`."""
    if month not in _months(world, now):
        return None
    first = date.fromisoformat(f"{month}-01")
    days = (first + timedelta(days=number) for number in range(monthrange(first.year, first.month)[1]))
    rows = [
        f"<url><loc>{base}{article.path}</loc><lastmod>{revision.updated.isoformat()}</lastmod></url>\n"
        for day in days
        for article in (world.day(day) if day <= world.hour(now).date() else ())
        if (revision := article.at(now))
    ]
    return f'{_XML}<urlset xmlns="{_SITEMAP}">{"".join(rows)}</urlset>\n'


def robots(base: str, delay_s: float) -> str:
    """The robots.txt file; `delay_s` is its Crawl-delay in seconds."""
    return _ROBOTS.format(base=base, delay=delay_s)


def _months(world: World, now: datetime) -> list[str]:
    first, last = world.start, world.hour(now).date()
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    steps = (first.month - 1 + step for step in range(count))
    return [f"{first.year + step // 12:04}-{step % 12 + 1:02}" for step in steps]
