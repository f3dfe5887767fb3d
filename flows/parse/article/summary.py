"""Chooses the article's summary: the lead printed under the headline, else the description in the metadata."""

from __future__ import annotations

import re

from flows.parse.article.scope import Scope
from flows.parse.page import jsonld
from flows.parse.page.clean import clean_markup, clean_text
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key, similar

_LEAD_WORDS = (
    "subtitle", "sub-title", "standfirst", "lead", "intro", "lede", "excerpt", "subhead", "sub-head", "dek", "deck",
    "vorspann", "chapo", "bajada", "sommario", "summary",
)  # fmt: skip
_LEAD_TAGS = ("p", "div", "h2", "h3", "ul", "span")
_LEAD_NAME = re.compile(
    r"(?i:(?:^|[ _-])(?:sub-?title|standfirst|lead|intro|lede|excerpt|sub-?head(?:ing|line)?|dec?k|vorspann|chapo|"
    r"bajada|sommario|(?:top-)?summary(?:-bullets|-list|-text)?)(?:__?text|-text)?(?=$| )|"
    r"article__?-?(?:intro|lead|subtitle)(?=$| ))|"
    r"(?<=[a-z])(?:Lead|Lede|Intro|Standfirst|Subtitle|Vorspann)(?=$|[ _-])"
)
_CREDIT = re.compile(r"\s*(?:[•|]\s*(?:foto|photo|bild|image)\b.*|[•|]\s*)$", re.IGNORECASE)
MIN_LENGTH, MAX_LENGTH = 50, 700


def read_summary(document: Document, scope: Scope, title: str | None) -> str | None:
    """The editors' summary, in one line; None where there is none or it only repeats the title or the site's name."""
    stated = _described(document, key(title or ""), document.sites)
    printed = _printed(document, scope, stated, title or "")
    return printed or stated


def _described(document: Document, title: str, sites: set[str]) -> str | None:
    described = [
        document.meta_first("og:description"),
        document.meta_first("description"),
        *jsonld.texts(document.article_node.get("description"), limit=1),
        document.meta_first("twitter:description"),
        document.meta_first("dc.description", "dcterms.description", "sailthru.description"),
        _in_microdata(document),
    ]
    for text in described:
        cleaned = _CREDIT.sub("", clean_markup(text[:5000])) if text else ""
        if len(cleaned) > 10 and key(cleaned) not in sites and key(cleaned) != title:
            return cleaned
    return None


def _in_microdata(document: Document) -> str | None:
    """A lead marked as the description, unless it is as long as a text."""
    for node in document.signals.props.get("description", ())[:1]:
        text = clean_text(node.attributes.get("content") or node.text(separator=" ")[: 2 * MAX_LENGTH])
        return text if MIN_LENGTH <= len(text) <= MAX_LENGTH else None
    return None


def _printed(document: Document, scope: Scope, stated: str | None, title: str) -> str | None:
    """The first element with the class of a lead that resembles the description or is near the headline; None where
    it only extends the description."""
    for node in document.outline.with_class(_LEAD_WORDS, _LEAD_NAME, 60):
        if node.tag not in _LEAD_TAGS:
            continue
        text = clean_text(node.text(separator=" ", skip_empty=True)[:3000])
        if not MIN_LENGTH <= len(text) <= MAX_LENGTH or key(text) == key(title) or scope.excludes(node):
            continue
        if stated and key(stated) in key(text):
            return None
        if stated is None or similar(text, stated) > 0.25:
            return text
        if len(text) < 350 and scope.surrounds(node, 3):
            return text
    return None
