"""Decides when the article was published and updated, from all signals on the page in order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from functools import cached_property
from itertools import chain

from selectolax.lexbor import LexborNode

from flows.model import Moment
from flows.parse.article.scope import Scope
from flows.parse.dates.days import FIRST_YEAR, LAST_YEAR
from flows.parse.dates.lines import Conventions, Stamp, read_line
from flows.parse.dates.local_time import in_local_time
from flows.parse.dates.visible import (
    date_lines,
    dated_titles,
    dates_in_lines,
    dates_in_scripts,
    day_first_of,
    marks_update,
    url_day,
)
from flows.parse.page import jsonld
from flows.parse.page.document import Document
from flows.parse.page.vocabulary import ordered

# Names of `Document.meta_joined`, most trusted first.
_PUBLISHED_META = ordered(
    "articlepublishedtime ogarticlepublishedtime ogpublishedtime datepublished rnewsdatepublished parselypubdate "
    "articlepublished sailthrudate publisheddate publishdate publishedat publicationdate pubdate "
    "cxenseparserecspublishtime cxenseparsepublishtime articledateoriginal dcdateissued dctermsissued dctermscreated "
    "citationpublicationdate citationonlinedate dcdatecreated originalpublicationdate ptime displaydate "
    "articlepublisheddate articlepublishdate mediatorpublishedtime vrpublishedtime articlepostdate "
    "articlepublicationdate articledate articlecreatedate ogarticlepublished ogpublishdate ogdatepublished "
    "publishedtime published firstpublished datecreated createddate dateposted postdate articlecreated "
    "analyticsattributesarticledate btpubdate dcdatepublication dccreated dcissued schemadatepublished "
    "schemadatecreated shareaholicarticlepublishedtime twtpublishedat rbpubdate ogregdate citationdate "
    "contentcreatedate contentcreated publishtime publicationtime storydate issuedate itempublishdate searchpubdate "
    "bi3dartpubdate leaddate dctermsavailable ogreleasedate"
)
_PLAIN_META = ordered(
    "date dcdate dctermsdate ogpubdate timestamp creationdate releasedate created docdate pdate gentime "
    "videoreleasedate ogvideoreleasedate thedate dateline"
)
_UPDATED_META = ordered(
    "articlemodifiedtime ogupdatedtime datemodified lastmodified lastmod dctermsmodified ogarticlemodifiedtime "
    "articlemodified articlemodifieddate articlepostmodified btmoddate dcmodified dcdatemodified modifiedtime modified "
    "modificationdate ogmodifiedtime updatedtime updated revisiondate revised schemadatemodified "
    "cxenseparserecsmodifiedtime articleupdated articleupdatedtime lastmodifieddate lastupdateddate lastupdated "
    "lastupdate eomportallastupdate mediatormodifiedtime utime"
)
_PUBLISHED_LABEL = re.compile(r"publi|posted|veröffentlicht|erschienen", re.IGNORECASE)
_DATA_ATTRIBUTES = ("data-timestamp", "data-time", "data-datetime", "data-date", "data-published", "data-epoch")
MAX_TIMES = 12


def read_dates(
    document: Document, scope: Scope, zone: tzinfo | None, captured_at: datetime | None
) -> tuple[Moment | None, Moment | None]:
    """When the article was published, and when it was last changed; None where the page states neither. `zone` is the
    source's own, for times that print none. With the time of capture (aware) known, later dates are left out and
    relative ones are resolved."""
    is_plausible = captured_at is not None and FIRST_YEAR <= captured_at.year <= LAST_YEAR
    conventions = Conventions(
        zone, day_first_of(document.lang, document.url, zone), captured_at if is_plausible else None
    )
    dates = _PageDates(document, scope, conventions)
    return dates.published(), dates.updated()


class _PageDates:
    """The dates of one page."""

    def __init__(self, document: Document, scope: Scope, conventions: Conventions) -> None:
        self._document, self._scope, self._conventions = document, scope, conventions

    def published(self) -> Moment | None:
        """The most trusted signal, made more precise by others that agree with it."""
        found: list[Moment] = []
        stated = self._stated()
        for raw in stated:
            if when := self._conventions.read(raw):
                found.append(when)
                if _is_exact(found[0]):
                    return self._localized(found[0], stated)
        return _refined(found[0], found[1:]) if found else self._last_resort()

    def updated(self) -> Moment | None:
        """What the metadata states, else the date printed with a label such as `Updated`."""
        raws = chain(
            jsonld.texts(self._document.article_node.get("dateModified"), limit=1),
            self._in_meta(_UPDATED_META),
            (_time_of(node) for node in self._document.signals.props.get("datemodified", ())[:2]),
            (_time_of(node) for node in self._own_times if marks_update(_marks_of(node))),
        )
        stated = next((when for raw in raws if raw and (when := self._conventions.read(raw))), None)
        return stated or next((stamp.when for stamp in self._printed if stamp.is_update), None)

    def _localized(self, exact: Moment, stated: Iterator[str]) -> Moment:
        if self._conventions.zone or exact.at.utcoffset():
            return exact
        return in_local_time(self._document, exact, stated, self._scope.excludes)

    def _stated(self) -> Iterator[str]:
        """Raw dates stated as the publication, most trusted first."""
        document, node = self._document, self._document.article_node
        yield from jsonld.texts(node.get("datePublished"), limit=1)
        yield from self._in_meta(_PUBLISHED_META)
        for name in ("datepublished", "issued", "created"):
            for prop in document.signals.props.get(name, ())[:2]:
                yield _time_of(prop)
        yield from jsonld.texts(node.get("dateCreated"), limit=1)
        yield from self._marked_times()
        for other in document.jsonld:
            yield from jsonld.texts(other.get("datePublished") or other.get("uploadDate"), limit=1)
        yield from self._in_meta(_PLAIN_META)
        for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
            if _PUBLISHED_LABEL.search(document.meta_first(label) or ""):
                yield document.meta_first(data) or ""

    def _in_meta(self, names: Iterable[str]) -> Iterator[str]:
        meta = self._document.meta_joined
        return (meta[name][0] for name in names if name in meta)

    @cached_property
    def _own_times(self) -> list[LexborNode]:
        """The first `time` elements that are the article's."""
        times = self._document.signals.times[: 4 * MAX_TIMES]
        return [node for node in times if not self._scope.excludes(node)][:MAX_TIMES]

    def _marked_times(self) -> Iterator[str]:
        """The times not marked as an update: those marked as publication, then three others."""
        plain: list[str] = []
        for node in self._own_times:
            marks = _marks_of(node)
            if marks_update(marks):
                continue
            if "pubdate" in node.attributes or "publish" in marks.lower():
                yield _time_of(node)
            else:
                plain.append(_time_of(node))
        yield from plain[:3]

    def _data_attributes(self) -> Iterator[str]:
        """Dates in the attributes that scripts print them from."""
        nodes = self._document.tree.css(",".join(f"[{name}]" for name in _DATA_ATTRIBUTES))[:MAX_TIMES]
        for node in nodes:
            if not self._scope.excludes(node) and not marks_update(_marks_of(node)):
                yield from (value for name in _DATA_ATTRIBUTES if (value := node.attributes.get(name)))

    @cached_property
    def _printed(self) -> list[Stamp]:
        """The stamps of the page's date lines, in page order."""
        found: list[Stamp] = []
        for text, is_update in date_lines(self._document, self._scope.excludes):
            found += [Stamp(s.when, s.is_update or is_update) for s in read_line(text, self._conventions)]
        return found

    def _last_resort(self) -> Moment | None:
        """The day in the URL, refined by the text; else a date in the text, in scripts, in any line; else the
        update."""
        in_url = url_day(self._document.url, self._conventions.zone)
        titles = (when for title in dated_titles(self._document) if (when := self._conventions.read(title)))
        lines = (stamp.when for stamp in self._printed if not stamp.is_update)
        printed = next(chain(titles, lines), None)
        if in_url:
            return _refined(in_url, [printed] if printed else [])
        others = chain(self._data_attributes(), dates_in_scripts(self._document), dates_in_lines(self._document))
        return (
            printed or next((when for raw in others if (when := self._conventions.read(raw))), None) or self.updated()
        )


def _time_of(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("content") or attributes.get("datetime") or node.text()[:100]


def _marks_of(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {attributes.get('id') or ''}"


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
