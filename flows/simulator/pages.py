"""Renders an article as the station serves it: a page in the Heartland template, or the plain text of one."""

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
    """What stands around every page of one local hour: bars, panel, forecast text, and links to other stories."""

    world: World
    hour: datetime
    banners: tuple[Banner, ...]
    panel: tuple[PanelReading, ...]
    forecast: str | None
    popular: tuple[Link, ...]
    videos: tuple[Link, ...]


def frame(world: World, now: datetime) -> Frame:
    """The frame of the hour that `now` (aware) lies in."""
    top = now.replace(minute=0, second=0, microsecond=0)
    links = [(article, revision) for article in world.latest(top, 40) if (revision := article.at(top))]
    popular = [_link(article, revision) for article, revision in links if article.layout != "video"]
    videos = [_link(article, revision) for article, revision in links if article.layout == "video"]
    return Frame(
        world, world.hour(now), world.banners(now), world.panel(now), world.forecast_text(now),
        tuple(popular[4:9]), tuple(videos[:3]),
    )  # fmt: skip


def article_page(article: Article, revision: Revision, around: Frame) -> str:
    """The HTML page of an article."""
    tags = escape(", ".join(revision.tags))
    meta = f'<meta property="og:type" content="article"><meta property="article:section" content="{article.section}">'
    if article.layout != "national" and tags:
        meta += f'<meta name="keywords" content="{tags}">'
    lines = clock_lines(article, revision, around.world)
    clocks = "".join(f'<div class="byline">{escape(line)}</div>' for line in lines)
    summary = f'<h2 class="summary">{escape(revision.summary)}</h2>' if revision.summary else ""
    picture = _picture(article.picture) if article.picture else ""
    inner = (
        f"<h1>{escape(revision.headline)}</h1>{picture}{summary}{clocks}"
        f'<div id="article" class="storyBody">{_body(article, revision)}</div>'
    )
    return whole(revision.headline, inner, around, meta)


def whole(title: str, inner: str, around: Frame, meta: str = "") -> str:
    """A whole page: bars above, the panel in a small box and again in the sidebar, lists below."""
    call_sign, brand = around.world.station.call_sign, escape(around.world.station.brand)
    panel = _panel(around)
    images = "".join(f'<div><img src="/i/{word.lower()}.png" alt="{call_sign} {word}"></div>' for word in _IMAGES)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - {brand}</title>'
        f'<link rel="alternate" type="application/rss+xml" href="/feed.xml">{meta}</head>\n<body>'
        '<form action="/search"><input name="q"><span class="clear-search">Clear</span></form>\n'
        '<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/weather">Weather</a> '
        f'<a href="/sports">Sports</a> <a href="/national">National</a></nav>\n{_bars(around)}\n'
        f"<main>{inner}</main>\n<div>Related Content</div>\n<div>Scroll for more content...</div>\n"
        f'<div>Article Comments</div>\n<div class="hidden-sm-up">{panel}</div>\n<aside>{panel}{images}\n'
        f"<h3>Most Popular Stories</h3>{_links(around.popular)}\n<h3>Latest Video</h3>{_links(around.videos)}\n"
        "<h3>Community Events</h3></aside></body></html>\n"
    )


def article_text(article: Article, now: datetime, world: World) -> str | None:
    """The plain-text rendering of an article's page at `now`, one block a line; None when it is not served then."""
    revision = article.at(now)
    if revision is None:
        return None
    around = frame(world, now)
    lines = ["Clear", *(" ".join(banner_schedule.printed(banner, around.hour.date())) for banner in around.banners)]
    lines += [revision.headline, *([f"{article.picture} {article.picture}"] if article.picture else [])]
    lines += [*([revision.summary] if revision.summary else []), *clock_lines(article, revision, world)]
    lines += [*_lead_in(article, revision), *_with_block(article, revision)]
    lines += [*([article.trailer] if article.trailer else []), "Related Content", "Scroll for more content..."]
    for row in around.panel:
        lines += [row.place or "", row.condition or "", f"{row.temp_f}° wxIcon"]
        lines += [f"Hi: {row.hi_f}° Lo: {row.lo_f}°", f"Feels Like: {row.feels_like_f}°"]
    lines += [*([around.forecast] if around.forecast else [])]
    lines += [*(f"{world.station.call_sign} {word}" for word in _IMAGES), "Community Events"]
    return "\n\n".join(lines) + "\n"


def clock_lines(article: Article, revision: Revision, world: World) -> list[str]:
    """Posted, Updated and Posted By as printed. Updated equals Posted until something is updated."""
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
    said = escape(caption)
    return f'<figure><img src="/i/story.jpg" alt="{said}"><figcaption>{said}</figcaption></figure>'


def _lead_in(article: Article, revision: Revision) -> list[str]:
    """What stands between the clocks and the captions of a video page."""
    return [f"Speech to Text for {revision.headline}", _DISCLAIMER] if article.layout == "video" else []


def _with_block(article: Article, revision: Revision) -> list[str]:
    """The paragraphs, on a wire page with its tag block after the second."""
    block = revision.tags if article.layout == "national" else ()
    return [*revision.paragraphs[:2], *block, *revision.paragraphs[2:]]


def _body(article: Article, revision: Revision) -> str:
    said = [f"<p>{escape(paragraph)}</p>" for paragraph in revision.paragraphs]
    if article.layout == "national" and revision.tags:
        said.insert(2, "<ul>" + "".join(f"<li>{escape(tag)}</li>" for tag in revision.tags) + "</ul>")
    above = "".join(f"<div>{escape(line)}</div>" for line in _lead_in(article, revision))
    below = f"<p>{escape(article.trailer)}</p>" if article.trailer else ""
    return f"{above}{''.join(said)}{below}"


def _bars(around: Frame) -> str:
    has_closings = any(banner.kind == "closings" for banner in around.banners)
    items = ""
    for banner in around.banners:
        words, link = banner_schedule.printed(banner, around.hour.date())
        href = "/weather/closings" if banner.kind == "closings" else "/weather/alerts"
        items += f'<div class="alertsTop">{escape(words)} <a href="{href}">{link}</a></div>'
    state = "breakingTop" if around.banners else "noalert"
    return f'<!-- Closings Bar: {str(has_closings).lower()} -->\n<div id="alertsBar" class="{state}">{items}</div>'


def _panel(around: Frame) -> str:
    towns = "".join(
        f'<div class="wxRotate"><div class="city"><b>{escape(row.place or "")}</b></div>'
        f'<div class="sky">{escape(row.condition or "")}</div>'
        f"<div class=\"temperature\">{row.temp_f}&deg; <img alt='wxIcon' class='wxicon'></div>"
        f'<div class="hilo">Hi: {row.hi_f}&deg; Lo: {row.lo_f}&deg;</div>'
        f'<div class="Wind">Feels Like: {row.feels_like_f}&deg;</div>'
        '<a class="wxlink" href="/weather">More Weather</a></div>'
        for row in around.panel
    )
    return f'<div class="cycle-slideshow">{towns}</div><div style="{_WX_STYLE}">{escape(around.forecast or "")}</div>'
