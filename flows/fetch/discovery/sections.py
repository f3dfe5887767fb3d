"""Reads section pages: the links that look like articles, and the feeds that the page announces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from flows.errors import ShapeError
from flows.fetch.urls import absolute, canonical, is_file, redact
from flows.model import Find, Page

MAX_FINDS = 500
MIN_SCORE = 3
_MAX_LINKS = 5000
_FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
}  # fmt: skip
_BOILERPLATE = {
    "tag", "tags", "topic", "topics", "category", "categories", "author", "authors", "staff", "search", "login",
    "signin", "register", "account", "users", "subscribe", "subscription", "newsletter", "newsletters", "about",
    "about-us", "contact", "contact-us", "privacy", "privacy-policy", "terms", "terms-of-use", "terms-of-service",
    "advertise", "careers", "jobs", "help", "faq", "feed", "rss", "share", "print", "page", "wp-content", "wp-json",
    "wp-admin", "cdn-cgi", "tncms",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """The links of one page that look like articles, in page order, and the feeds it announces."""

    finds: tuple[Find, ...]
    feeds: tuple[str, ...]


def read(page: Page, slot: str) -> Section:
    """Score every link of an HTML page and return those that look like articles, each once, ranked by page order.

    Links to other hosts are ignored. Raises ShapeError for a page that is not HTML.
    """
    if page.media_type not in ("text/html", "application/xhtml+xml"):
        raise ShapeError(f"a section page of type {page.media_type} is not HTML")
    tree = LexborHTMLParser(page.body)
    node = tree.css_first("base[href]")
    base = (absolute(page.url, node.attributes.get("href") or "") if node else None) or page.url
    here = urlsplit(page.url).hostname
    finds: dict[str, Find] = {}
    for anchor in tree.css("a[href]")[:_MAX_LINKS]:
        url = absolute(base, anchor.attributes.get("href") or "")
        if url is None or urlsplit(url).hostname != here:
            continue
        url = redact(canonical(url))
        title = " ".join(anchor.text(deep=True, separator=" ").split())
        title = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", title)[:500]
        if url in finds:
            if title and not finds[url].title:  # the link of a picture comes before that of the headline
                finds[url] = Find(url, "section", slot, finds[url].rank, title)
        elif score(url, title) >= MIN_SCORE and len(finds) < MAX_FINDS:
            finds[url] = Find(url, "section", slot, len(finds) + 1, title or None)
    return Section(tuple(finds.values()), _feeds(tree, base))


def is_boilerplate(url: str) -> bool:
    """Whether a path leads to a page that every site has and that is no article: tags, authors, terms, login."""
    return bool(_BOILERPLATE & set(urlsplit(url).path.lower().split("/")))


def score(url: str, text: str) -> int:
    """How much a link looks like an article, by ids, dates, slugs and headline; from MIN_SCORE on it counts as one."""
    path = urlsplit(url).path
    segments = [segment for segment in path.lower().split("/") if segment]
    if not segments or is_file(url):
        return 0
    last = re.sub(r"\.[a-z]{2,5}$", "", segments[-1])
    words = [word for word in re.split(r"[-_]", last) if word]
    points = 0
    points += 3 * bool(re.search(r"\d{6,}|[0-9a-f]{8}-[0-9a-f]{4}-", last))
    points += 3 * bool(re.search(r"/(19|20)\d\d/(0?[1-9]|1[0-2])(/|-)", path))
    points += 2 if len(words) >= 4 else int(len(words) == 3)
    points += bool(re.search(r"\.(html?|php|aspx?)$", path.lower()))
    points += bool({"article", "articles", "story", "stories", "news"} & set(segments[:-1]))
    points += len(text.split()) >= 4
    points -= 4 * bool(_BOILERPLATE & set(segments))
    points -= 2 * (len(segments) == 1 and len(words) <= 2)
    return points


def _feeds(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    """Feed autodiscovery: link rel=alternate with the media type of a feed, without comment feeds."""
    found = []
    for link in tree.css("link[rel][href]"):
        attributes = link.attributes
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (attributes.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            url = absolute(base, attributes.get("href") or "")
            if url and "/comments/" not in url and url not in found:
                found.append(url)
    return tuple(found)
