"""Renders the station after a redesign: WordPress or BLOX templates with JSON-LD, and new URL patterns."""

from __future__ import annotations

import json
import re
from datetime import date
from html import escape

from flows.simulator.article import Article, Revision, slug
from flows.simulator.faults import Template
from flows.simulator.world import World

_OLD = re.compile(r"/content/(?:news|national|video)/[^/\s\"<?]*?(\d{9})\.html")
_WORDPRESS = re.compile(r"^/\d{4}/\d\d/\d\d/[a-z0-9-]*?-(\d{9})/$")
_BLOX = re.compile(r"^/[a-z]+/[a-z0-9-]+/article_([0-9a-f]{8})-6bce-41ec-9f0a-[0-9a-f]{12}\.html$")


def path_of(article: Article, world: World, template: Template) -> str:
    """The path of an article posted after the redesign."""
    words = slug(article.revisions[0].headline).lower()
    if template == "wordpress":
        return f"/{world.hour(article.posted):%Y/%m/%d}/{words}-{article.native_id}/"
    number = int(article.native_id)
    return f"/{article.section.lower()}/{words}/article_{number:08x}-6bce-41ec-9f0a-{number:012x}.html"


def id_in(path: str) -> str | None:
    """The native id in a path of a new pattern; None for any other path."""
    if match := _WORDPRESS.match(path):
        return match.group(1)
    match = _BLOX.match(path)
    return f"{int(match.group(1), 16):09d}" if match else None


def relink(text: str, world: World, since: date, template: Template) -> str:
    """`text` with links to articles posted since the redesign rewritten to the new pattern; older links stay."""

    def renamed(match: re.Match[str]) -> str:
        article = world.find(match.group(1))
        is_new = article is not None and world.hour(article.posted).date() >= since
        return path_of(article, world, template) if article and is_new else match.group(0)

    return _OLD.sub(renamed, text)


def article_page(article: Article, revision: Revision, world: World, url: str, template: Template) -> str:
    """An article in the new template: no panel, banners or tag block; metadata is in JSON-LD."""
    zone = world.station.tzinfo
    published, updated = (at.astimezone(zone).isoformat() for at in (article.posted, revision.updated))
    graph: dict[str, object] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": revision.headline,
        "datePublished": published, "dateModified": updated, "articleSection": article.section,
        "keywords": list(revision.tags), "mainEntityOfPage": url,
        "publisher": {"@type": "NewsMediaOrganization", "name": world.station.brand},
    }  # fmt: skip
    if revision.summary:
        graph["description"] = revision.summary
    if article.author:
        graph["author"] = [{"@type": "Person", "name": article.author}]
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in revision.paragraphs)
    meta = _meta(revision, url) + f'<script type="application/ld+json">{_json(graph)}</script>'
    byline = f'<span class="byline">By {escape(article.author)}</span>' if article.author else ""
    body_class = "entry-content" if template == "wordpress" else "asset-body"
    inner = (
        f'<article class="post"><h1 class="entry-title">{escape(revision.headline)}</h1>{byline}'
        f'<time datetime="{published}">{published[:10]}</time>\n<div class="{body_class}">\n{body}</div></article>'
    )
    return _page_html(revision.headline, inner, world, template, meta)


def index_page(name: str | None, articles: list[tuple[str, str]], world: World, template: Template) -> str:
    """The home page (`name` None) or a section page in the new template; `articles` are (path, headline)."""
    cards = "".join(
        f'<article class="card"><h2><a href="{path}">{escape(headline)}</a></h2></article>\n'
        for path, headline in articles
    )
    return _page_html(name or world.station.brand, f'<main id="posts">{cards}</main>', world, template, "")


def _meta(revision: Revision, url: str) -> str:
    tags = "".join(f'<meta property="article:tag" content="{escape(tag)}">' for tag in revision.tags)
    return (
        f'<link rel="canonical" href="{escape(url)}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{escape(revision.headline)}">{tags}'
    )


def _page_html(title: str, inner: str, world: World, template: Template, meta: str) -> str:
    marks = {
        "wordpress": '<link rel="stylesheet" href="/wp-content/themes/station/style.css">'
        '<link rel="https://api.w.org/" href="/wp-json/">',
        "blox": '<script src="/shared-content/art/tncms/user/user.js"></script>',
    }[template]
    brand = escape(world.station.brand)
    return (
        f'<!DOCTYPE html>\n<html lang="en-US"><head><meta charset="utf-8"><title>{escape(title)} | {brand}</title>'
        f'{marks}{meta}<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>\n'
        f'<body class="site"><header><a href="/">{brand}</a> <a href="/news">News</a></header>\n{inner}\n'
        f"<footer>{brand}</footer></body></html>\n"
    )


def _json(graph: dict[str, object]) -> str:
    return json.dumps(graph, ensure_ascii=False).replace("</", "<\\/")
