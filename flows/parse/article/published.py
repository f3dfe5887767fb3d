"""Decides when the article was published and when it was updated, from all the page's signals in order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

from selectolax.lexbor import LexborNode

from flows.model import Moment
from flows.parse.dates.local_time import in_local_time
from flows.parse.dates.visible import dates_in_lines, dates_in_scripts, dates_in_text, read_date, url_day
from flows.parse.page import jsonld
from flows.parse.page.document import Document

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "rnews:datepublished",
    "parsely-pub-date", "article.published", "sailthru.date", "published-date", "publish-date", "published_at",
    "publication_date", "pubdate", "cxenseparse:recs:publishtime", "article_date_original", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "citation_publication_date", "citation_online_date", "dc.date.created",
    "originalpublicationdate", "ptime", "displaydate", "article:published", "article:published_date",
    "mediator_published_time", "vr:published_time",
)  # fmt: skip
_PLAIN_META = (
    "date", "dc.date", "dcterms.date", "dc.terms.date", "og:pubdate", "timestamp", "creation_date", "release_date",
)  # fmt: skip
_UPDATED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified",
    "og:article:modified_time",
)  # fmt: skip
MOST_TIMES = 12
_UPDATED_CLASS = re.compile(r"updat|modif|aktualis|edited|revised", re.IGNORECASE)


def read_published(document: Document, zone: tzinfo | None) -> Moment | None:
    """When the page says it was published: the most trusted signal, made more precise by others that agree with it."""
    found: list[Moment] = []
    stated = _stated(document)
    for raw in stated:
        if when := read_date(document, raw, zone):
            found.append(when)
            if _is_sharp(found[0]):
                return found[0] if zone or found[0].at.utcoffset() else in_local_time(document, found[0], stated)
    return _sharpened(found[0], found[1:]) if found else _last_resort(document, zone)


def read_updated(document: Document, zone: tzinfo | None) -> Moment | None:
    """When the page says it was last changed; None when nothing says so."""
    raws = [*jsonld.texts(document.article_node.get("dateModified"), limit=1)]
    raws += [raw for name in _UPDATED_META for raw in document.meta.get(name, ())[:1]]
    raws += [_time_of(node) for node in document.signals.props.get("datemodified", ())[:2]]
    return next((when for raw in raws if raw and (when := read_date(document, raw, zone))), None)


def _stated(document: Document) -> Iterator[str]:
    """Raw dates that name the publication, most trusted first."""
    yield from jsonld.texts(document.article_node.get("datePublished"), limit=1)
    for name in _PUBLISHED_META:
        yield from document.meta.get(name, ())[:1]
    for node in document.signals.props.get("datepublished", ())[:2]:
        yield _time_of(node)
    yield from jsonld.texts(document.article_node.get("dateCreated"), limit=1)
    for other in document.jsonld:
        yield from jsonld.texts(other.get("datePublished") or other.get("uploadDate"), limit=1)
    yield from _marked_times(document.signals.times)
    for name in _PLAIN_META:
        yield from document.meta.get(name, ())[:1]


def _time_of(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("content") or attributes.get("datetime") or node.text()[:100]


def _marked_times(times: list[LexborNode]) -> Iterator[str]:
    """Times of the page's head: those marked as publication first, then those before any marked as an update."""
    plain: list[str] = []
    for node in times[:MOST_TIMES]:
        attributes = node.attributes
        marks = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {attributes.get('id') or ''}"
        if _UPDATED_CLASS.search(marks):
            continue
        if "pubdate" in attributes or "publish" in marks.lower():
            yield _time_of(node)
        else:
            plain.append(_time_of(node))
    yield from plain[:3]


def _is_sharp(when: Moment) -> bool:
    return when.zone_basis == "explicit" and when.precision != "day"


def _sharpened(first: Moment, others: list[Moment]) -> Moment:
    """The first signal's day or minute with the clock time and zone of another signal that does not contradict it."""
    if _is_sharp(first):
        return first
    for other in others:
        if other.precision == "day":
            continue
        same_day = first.precision == "day" and first.at.date() == other.at.date()
        wall, named = first.at.replace(tzinfo=None, second=0, microsecond=0), other.zone_basis == "explicit"
        same_clock = (
            named and first.precision != "day" and wall == other.at.replace(tzinfo=None, second=0, microsecond=0)
        )
        if same_day or same_clock:
            return other
    return first


def _last_resort(document: Document, zone: tzinfo | None) -> Moment | None:
    """The day in the URL, sharpened by the text; else a date printed near the headline; else the update's date."""
    in_url = url_day(document.url, zone)
    document.prune()
    printed = _first(document, dates_in_text(document), zone)
    if in_url:
        return _sharpened(in_url, [printed] if printed else [])
    return (
        printed
        or _first(document, dates_in_scripts(document), zone)
        or _first(document, dates_in_lines(document), zone)
        or read_updated(document, zone)
    )


def _first(document: Document, raws: Iterator[str], zone: tzinfo | None) -> Moment | None:
    return next((when for raw in raws if (when := read_date(document, raw, zone))), None)
