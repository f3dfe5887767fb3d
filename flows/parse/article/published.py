"""Decides when the article was published and updated, from all signals on the page in order of trust."""

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
MAX_TIMES = 12
_UPDATED_CLASS = re.compile(r"updat|modif|aktualis|edited|revised", re.IGNORECASE)


def read_published(document: Document, zone: tzinfo | None) -> Moment | None:
    """When the article was published: the most trusted signal, made more precise by others that agree with it."""
    found: list[Moment] = []
    stated = _stated(document)
    for raw in stated:
        if when := read_date(document, raw, zone):
            found.append(when)
            if _is_exact(found[0]):
                return found[0] if zone or found[0].at.utcoffset() else in_local_time(document, found[0], stated)
    return _refined(found[0], found[1:]) if found else _last_resort(document, zone)


def read_updated(document: Document, zone: tzinfo | None) -> Moment | None:
    """When the article was last changed, as the page states it; None when it states nothing."""
    raws = [*jsonld.texts(document.article_node.get("dateModified"), limit=1)]
    raws += [raw for name in _UPDATED_META for raw in document.meta.get(name, ())[:1]]
    raws += [_time_of(node) for node in document.signals.props.get("datemodified", ())[:2]]
    return next((when for raw in raws if raw and (when := read_date(document, raw, zone))), None)


def _stated(document: Document) -> Iterator[str]:
    """Raw dates stated as the publication, most trusted first."""
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
    """The first `time` elements not marked as an update: those marked as publication, then three others."""
    plain: list[str] = []
    for node in times[:MAX_TIMES]:
        attributes = node.attributes
        marks = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {attributes.get('id') or ''}"
        if _UPDATED_CLASS.search(marks):
            continue
        if "pubdate" in attributes or "publish" in marks.lower():
            yield _time_of(node)
        else:
            plain.append(_time_of(node))
    yield from plain[:3]


def _is_exact(when: Moment) -> bool:
    return when.zone_basis == "explicit" and when.precision != "day"


def _refined(first: Moment, others: list[Moment]) -> Moment:
    """The first moment, or another one with a clock time or zone that the first lacks and that agrees with it."""
    if _is_exact(first):
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
    """The day in the URL, refined by the text; else a date in the text, in scripts, in any line; else the update."""
    in_url = url_day(document.url, zone)
    document.prune()
    printed = _first(document, dates_in_text(document), zone)
    if in_url:
        return _refined(in_url, [printed] if printed else [])
    return (
        printed
        or _first(document, dates_in_scripts(document), zone)
        or _first(document, dates_in_lines(document), zone)
        or read_updated(document, zone)
    )


def _first(document: Document, raws: Iterator[str], zone: tzinfo | None) -> Moment | None:
    return next((when for raw in raws if (when := read_date(document, raw, zone))), None)
