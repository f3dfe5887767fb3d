"""Renders an article in the Heartland template, as HTML or as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from flows.model import Banner, PanelReading
from flows.simulator import banner_schedule
from flows.simulator.article import Article, Revision
from flows.simulator.printing import printed
from flows.simulator.world import World

_WX_STYLE = "font-size:1em; padding:15px 5px; clear:both"
_IMAGES = ("Radar", "Temperatures", "Alerts")
_DISCLAIMER = "*** This is the closed caption text of a live broadcast and has not been proofread. ***"
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one local hour shows besides its own content: banners, panel, forecast text, links."""

    world: World
    hour: datetime
    banners: tuple[Banner, ...]
    panel: tuple[PanelReading, ...]
    forecast: str | None
    popular: tuple[Link, ...]
    videos: tuple[Link, ...]


def build_frame(world: World, now: datetime) -> Frame:
    """The frame of the hour that contains `now` (aware)."""
    hour_start = now.replace(minute=0, second=0, microsecond=0)
    links = [(article, revision) for article in world.latest(hour_start, 40) if (revision := article.at(hour_start))]
    popular = [_link(article, revision) for article, revision in links if article.layout != "video"]
    videos = [_link(article, revision) for article, revision in links if article.layout == "video"]
    return Frame(
        world, world.hour(now), world.banners(now), world.panel(now), world.forecast_text(now),
        tuple(popular[4:9]), tuple(videos[:3]),
    )  # fmt: skip


def article_page(article: Article, revision: Revision, frame: Frame) -> str:
    """The HTML page of an article."""
    tags = escape(", ".join(revision.tags))
    meta = f'<meta property="og:type" content="article"><meta property="article:section" content="{article.section}">'
    if article.layout != "national" and tags:
        meta += f'<meta name="keywords" content="{tags}">'
    lines = clock_lines(article, revision, frame.world)
    bylines = "".join(f'<div class="byline">{escape(line)}</div>' for line in lines)
    summary = f'<h2 class="summary">{escape(revision.summary)}</h2>' if revision.summary else ""
    picture = _picture(article.picture) if article.picture else ""
    inner = (
        f"<h1>{escape(revision.headline)}</h1>{picture}{summary}{bylines}"
        f'<div id="article" class="storyBody">{_body(article, revision)}</div>'
    )
    return page_html(revision.headline, inner, frame, meta)


def page_html(title: str, inner: str, frame: Frame, meta: str = "") -> str:
    """The complete page: banners on top, the panel in a small box and again in the sidebar, link lists below."""
    call_sign, brand = frame.world.station.call_sign, escape(frame.world.station.brand)
    panel = _panel(frame)
    images = "".join(f'<div><img src="/i/{word.lower()}.png" alt="{call_sign} {word}"></div>' for word in _IMAGES)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - {brand}</title>'
        f'<link rel="alternate" type="application/rss+xml" href="/feed.xml">{meta}</head>\n<body>'
        '<form action="/search"><input name="q"><span class="clear-search">Clear</span></form>\n'
        '<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/weather">Weather</a> '
        f'<a href="/sports">Sports</a> <a href="/national">National</a></nav>\n{_banners(frame)}\n'
        f"<main>{inner}</main>\n<div>Related Content</div>\n<div>Scroll for more content...</div>\n"
        f'<div>Article Comments</div>\n<div class="hidden-sm-up">{panel}</div>\n<aside>{panel}{images}\n'
        f"<h3>Most Popular Stories</h3>{_links(frame.popular)}\n<h3>Latest Video</h3>{_links(frame.videos)}\n"
        "<h3>Community Events</h3></aside></body></html>\n"
    )


def article_text(article: Article, now: datetime, world: World) -> str | None:
    """The plain-text rendering of an article's page at `now`, one block per line; None if it is not served then."""
    revision = article.at(now)
    if revision is None:
        return None
    frame = build_frame(world, now)
    lines = ["Clear", *(" ".join(banner_schedule.printed(banner, frame.hour.date())) for banner in frame.banners)]
    lines += [revision.headline, *([f"{article.picture} {article.picture}"] if article.picture else [])]
    lines += [*([revision.summary] if revision.summary else []), *clock_lines(article, revision, world)]
    lines += [*_lead_in(article, revision), *_with_block(article, revision)]
    lines += [*([article.trailer] if article.trailer else []), "Related Content", "Scroll for more content..."]
    for row in frame.panel:
        lines += [row.place or "", row.condition or "", f"{row.temp_f}° wxIcon"]
        lines += [f"Hi: {row.hi_f}° Lo: {row.lo_f}°", f"Feels Like: {row.feels_like_f}°"]
    lines += [*([frame.forecast] if frame.forecast else [])]
    lines += [*(f"{world.station.call_sign} {word}" for word in _IMAGES), "Community Events"]
    return "\n\n".join(lines) + "\n"


def clock_lines(article: Article, revision: Revision, world: World) -> list[str]:
    """The lines Posted, Updated and Posted By. Updated equals Posted until the first update."""
    zone = world.station.tzinfo
    lines = [f"Posted: {printed(article.posted, article.layout, zone)}"]
    lines.append(f"Updated: {printed(revision.updated, article.layout, zone)}")
    if article.author:
        lines.append(f"Posted By: {article.author}")
    return lines


def _link(article: Article, revision: Revision) -> Link:
    return f"{article.path}?ref={article.native_id[-3:]}", revision.headline


def _links(links: tuple[Link, ...]) -> str:
    items = "".join(f'<li><a href="{path}">{escape(title)}</a></li>' for path, title in links)
    return f"<ul>{items}</ul>"


def _picture(caption: str) -> str:
    text = escape(caption)
    return f'<figure><img src="/i/story.jpg" alt="{text}"><figcaption>{text}</figcaption></figure>'


def _lead_in(article: Article, revision: Revision) -> list[str]:
    """The lines between the clock lines and the captions of a video page."""
    return [f"Speech to Text for {revision.headline}", _DISCLAIMER] if article.layout == "video" else []


def _with_block(article: Article, revision: Revision) -> list[str]:
    """The paragraphs; on a wire page the tag block follows the second."""
    block = revision.tags if article.layout == "national" else ()
    return [*revision.paragraphs[:2], *block, *revision.paragraphs[2:]]


def _body(article: Article, revision: Revision) -> str:
    blocks = [f"<p>{escape(paragraph)}</p>" for paragraph in revision.paragraphs]
    if article.layout == "national" and revision.tags:
        blocks.insert(2, "<ul>" + "".join(f"<li>{escape(tag)}</li>" for tag in revision.tags) + "</ul>")
    above = "".join(f"<div>{escape(line)}</div>" for line in _lead_in(article, revision))
    below = f"<p>{escape(article.trailer)}</p>" if article.trailer else ""
    return f"{above}{''.join(blocks)}{below}"


def _banners(frame: Frame) -> str:
    has_closings = any(banner.kind == "closings" for banner in frame.banners)
    items = ""
    for banner in frame.banners:
        words, link = banner_schedule.printed(banner, frame.hour.date())
        href = "/weather/closings" if banner.kind == "closings" else "/weather/alerts"
        items += f'<div class="alertsTop">{escape(words)} <a href="{href}">{link}</a></div>'
    state = "breakingTop" if frame.banners else "noalert"
    return f'<!-- Closings Bar: {str(has_closings).lower()} -->\n<div id="alertsBar" class="{state}">{items}</div>'


def _panel(frame: Frame) -> str:
    towns = "".join(
        f'<div class="wxRotate"><div class="city"><b>{escape(row.place or "")}</b></div>'
        f'<div class="sky">{escape(row.condition or "")}</div>'
        f"<div class=\"temperature\">{row.temp_f}&deg; <img alt='wxIcon' class='wxicon'></div>"
        f'<div class="hilo">Hi: {row.hi_f}&deg; Lo: {row.lo_f}&deg;</div>'
        f'<div class="Wind">Feels Like: {row.feels_like_f}&deg;</div>'
        '<a class="wxlink" href="/weather">More Weather</a></div>'
        for row in frame.panel
    )
    return f'<div class="cycle-slideshow">{towns}</div><div style="{_WX_STYLE}">{escape(frame.forecast or "")}</div>'
