"""Reads the facts of an article from any news page: the generic reader that site systems refine."""

from __future__ import annotations

from datetime import tzinfo

from flows.model import Page, Parsed
from flows.parse.article.authors import read_authors
from flows.parse.article.body import read_body
from flows.parse.article.kind import read_kind
from flows.parse.article.publication import read_publication
from flows.parse.article.published import read_dates
from flows.parse.article.scope import Scope
from flows.parse.article.summary import read_summary
from flows.parse.article.tags import read_tags
from flows.parse.article.title import read_title
from flows.parse.page import jsonld
from flows.parse.page.addresses import absolute_url
from flows.parse.page.charset import encode
from flows.parse.page.clean import clean_markup, clean_text
from flows.parse.page.document import Document
from flows.parse.page.language import guess_language


def read_article(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """The facts on the page; never raises on any content. `zone` is the source's own, for times that print none."""
    parsed = Parsed(url=encode(page.url)[0])
    parsed.title = read_title(document)
    scope = Scope(document, parsed.title)
    parsed.summary = read_summary(document, scope, parsed.title)
    read_publication(document, parsed)
    parsed.authors = read_authors(document, scope, parsed.title)
    parsed.published, parsed.updated = read_dates(document, scope, zone, page.captured_at)
    parsed.section = _section(document)
    parsed.lang = document.lang
    parsed.canonical_url = _canonical(document, page)
    parsed.robots_tags = _robots(document)
    parsed.tags = read_tags(document, scope, parsed.title)
    body = read_body(document, parsed.title, parsed.summary, scope.heading)
    parsed.body = body.text
    if parsed.lang is None and parsed.body:
        parsed.lang = guess_language(parsed.body)
    parsed.kind, parsed.kind_evidence = read_kind(document, parsed, body)
    parsed.notes = list(document.notes)
    return parsed


def _section(document: Document) -> str | None:
    stated = jsonld.texts(document.article_node.get("articleSection"), limit=1)
    stated += [document.meta_first("article:section", "section", "parsely-section", "og:article:section") or ""]
    return next((name for text in stated if (name := clean_markup(text[:300]))), None)


def _canonical(document: Document, page: Page) -> str | None:
    """The absolute http(s) URL that the page states as its own."""
    stated = (document.signals.canonical, document.meta_first("og:url"), page.canonical_hint)
    return next((url for text in stated if (url := absolute_url(page.url, text))), None)


def _robots(document: Document) -> list[str]:
    """The directives of the page's robots metadata, lower case, in order."""
    directives = [
        part
        for name in ("robots", "googlebot")
        for text in document.meta.get(name, ())
        for part in text[:500].split(",")
    ]
    return list(dict.fromkeys(clean_text(part).lower() for part in directives if part.strip()))
