"""States what a perfect reader would have read off the station's pages, to be compared with the warehouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flows.model import Banner, Closing, OriginKind, PanelReading
from flows.simulator.article import Article, Revision
from flows.simulator.world import World

_NOTE = re.compile(r"\s*\(\(\([^()]*\(\(\(\s*")


@dataclass(frozen=True, slots=True)
class Told:
    """One state of an article as a reader should return it: `since` to `until` (None: for good) it was served.
    Times are aware UTC to the minute, `updated` is None until something was; a summary that repeats the title is
    None; `body` holds paragraphs joined by an empty line, without the control room's notes `(((take vo(((`."""

    native_id: str
    path: str
    number: int
    since: datetime
    until: datetime | None
    title: str
    summary: str | None
    body: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime | None
    authors: tuple[str, ...]
    origin: OriginKind


@dataclass(frozen=True, slots=True)
class Around:
    """What every page said beside its story at one instant, and what the closings file said."""

    panel: tuple[PanelReading, ...]
    forecast_text: str | None
    banners: tuple[Banner, ...]
    closings: tuple[Closing, ...]


def told(world: World, article: Article, revision: Revision) -> Told:
    """The truth of one state of an article of `world`."""
    later = [state.since for state in article.revisions if state.since > revision.since]
    ends = sorted(moment for moment in [*later, article.gone_at] if moment is not None)
    summary = revision.summary
    is_repeat = summary is not None and summary.casefold() == revision.headline.casefold()
    return Told(
        native_id=article.native_id,
        path=article.path,
        number=revision.number,
        since=revision.since,
        until=ends[0] if ends else None,
        title=revision.headline,
        summary=None if is_repeat else summary,
        body="\n\n".join(_spoken(paragraph) for paragraph in revision.paragraphs),
        tags=revision.tags,
        published=article.posted,
        updated=revision.updated if revision.updated > article.posted else None,
        authors=(article.author,) if article.author else (),
        origin=article.origin.kind,
    )


def all_told(world: World, until: datetime, since: datetime | None = None) -> Iterator[Told]:
    """Every state that any article posted after `since` and up to `until` had by then, in order of posting."""
    for article in world.articles(until, since):
        for revision in article.revisions:
            is_served = article.gone_at is None or revision.since < article.gone_at
            if revision.since <= until and is_served:
                yield told(world, article, revision)


def served(world: World, visits: dict[str, list[datetime]]) -> Iterator[Told]:
    """The states that visits saw: `visits` holds the instants each path was fetched. Equal states in a row are one."""
    for path, instants in visits.items():
        article = world.find(path.rpartition("-")[2].removesuffix(".html"))
        if article is None or article.path != path:
            continue
        seen = [revision for instant in sorted(instants) if (revision := article.at(instant))]
        for _, states in groupby(seen, key=lambda revision: revision.number):
            yield told(world, article, next(states))


def around(world: World, now: datetime) -> Around:
    """The panel, forecast text, bars and closings at `now`."""
    return Around(world.panel(now), world.forecast_text(now), world.banners(now), world.closings(now))


def _spoken(paragraph: str) -> str:
    return _NOTE.sub(" ", paragraph).strip()
