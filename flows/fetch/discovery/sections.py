"""Reads section pages: the links that look like articles, and the feeds that the page announces."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from flows.errors import ShapeError
from flows.fetch.urls import absolute, base_url, canonical, is_file, redact
from flows.model import Find, Page

MAX_FINDS = 500
MIN_SCORE = 3
_MAX_LINKS = 5000
_FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/xml",
    "text/xml",
}  # fmt: skip
_VAGUE_TYPES = ("application/octet-stream", "text/plain", "application/xml", "text/xml")
_DATED = re.compile(
    r"/(19|20)\d\d(/(0?[1-9]|1[0-2])(/|-)|/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/\d"
    r"|-(0[1-9]|1[0-2])-[0-3]\d[/-]|(0[1-9]|1[0-2])[0-3]\d/)"
)
_ID_IN_QUERY = re.compile(r"(^|&)(p|id|[a-z]*(article|story|news)_?id|sid|aid)=\d{4,}(&|$)", re.IGNORECASE)
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


def read(page: Page, slot: str, is_ours: Callable[[str], bool]) -> Section:
    """Score every link of an HTML page and return those that look like articles, each once, ranked by page order.

    Links that are not `is_ours` are ignored. Raises ShapeError for a page that is not HTML.
    """
    if not _is_html(page):
        raise ShapeError(f"a section page of type {page.media_type} is not HTML")
    tree = LexborHTMLParser(page.body)
    base = base_url(page.url, tree)
    finds: dict[str, Find] = {}
    for anchor in tree.css("a[href]")[:_MAX_LINKS]:
        url = absolute(base, anchor.attributes.get("href") or "")
        if url is None or not is_ours(url):
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


def _is_html(page: Page) -> bool:
    """Whether a page is HTML, by its type, or by its first bytes where the type says little."""
    if page.media_type in ("text/html", "application/xhtml+xml"):
        return True
    head = page.body[:1024]
    start = head if isinstance(head, bytes) else head.encode()
    return page.media_type in _VAGUE_TYPES and bool(re.search(rb"<(!doctype html|html|head|body)\b", start, re.I))


def is_boilerplate(url: str) -> bool:
    """Whether a path leads to a page that every site has and that is no article: tags, authors, terms, login."""
    return bool(_BOILERPLATE & set(urlsplit(url).path.lower().split("/")))


def score(url: str, text: str) -> int:
    """How much a link looks like an article, by ids, dates, slugs and headline; from MIN_SCORE on it counts as one."""
    path = urlsplit(url).path
    segments = [segment for segment in path.lower().split("/") if segment]
    if is_file(url):
        return 0
    last = re.sub(r"\.[a-z]{2,5}$", "", segments[-1]) if segments else ""
    words = [word for word in re.split(r"[-_]", last) if word]
    points = 0
    points += 3 * bool(re.search(r"\d{6,}|[0-9a-f]{8}-[0-9a-f]{4}-", last))
    points += 3 * bool(_DATED.search(path.lower()))
    points += 3 * bool(_ID_IN_QUERY.search(urlsplit(url).query))
    points += bool(re.fullmatch(r"\d{4,5}", last))
    points += 2 if len(words) >= 4 else int(len(words) == 3)
    points += bool(re.search(r"\.(html?|php|aspx?)$", path.lower()))
    points += bool({"article", "articles", "story", "stories", "news", "archives"} & set(segments[:-1]))
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
        relations = (attributes.get("rel") or "").lower().split()
        if ("alternate" in relations and kind in _FEED_TYPES) or "feed" in relations:
            url = absolute(base, attributes.get("href") or "")
            if url and "/comments/" not in url and url not in found:
                found.append(url)
    return tuple(found)
