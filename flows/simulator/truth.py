"""States the ground truth: what a perfect parser returns for the station's pages."""

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
class ExpectedRevision:
    """One revision of an article as a parser should return it, served from `since` to `until` (None: never replaced).

    Times are aware UTC to the minute. `updated` is None before the first update; `summary` is None where the page
    repeats the title; `body` joins paragraphs by an empty line and omits control-room notes such as `(((take vo(((`.
    """

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
class ExpectedFrame:
    """What every page shows besides its article at one instant, and what the closings file holds then."""

    panel: tuple[PanelReading, ...]
    forecast_text: str | None
    banners: tuple[Banner, ...]
    closings: tuple[Closing, ...]


def expected_revision(world: World, article: Article, revision: Revision) -> ExpectedRevision:
    """The expected parse of one revision of an article of `world`."""
    later = [state.since for state in article.revisions if state.since > revision.since]
    ends = sorted(moment for moment in [*later, article.gone_at] if moment is not None)
    summary = revision.summary
    is_repeat = summary is not None and summary.casefold() == revision.headline.casefold()
    return ExpectedRevision(
        native_id=article.native_id,
        path=article.path,
        number=revision.number,
        since=revision.since,
        until=ends[0] if ends else None,
        title=revision.headline,
        summary=None if is_repeat else summary,
        body="\n\n".join(_without_notes(paragraph) for paragraph in revision.paragraphs),
        tags=revision.tags,
        published=article.posted,
        updated=revision.updated if revision.updated > article.posted else None,
        authors=(article.author,) if article.author else (),
        origin=article.origin.kind,
    )


def expected_revisions(world: World, until: datetime, since: datetime | None = None) -> Iterator[ExpectedRevision]:
    """All revisions up to `until` of the articles posted after `since`, in posting order."""
    for article in world.articles(until, since):
        for revision in article.revisions:
            is_served = article.gone_at is None or revision.since < article.gone_at
            if revision.since <= until and is_served:
                yield expected_revision(world, article, revision)


def fetched_revisions(world: World, fetches: dict[str, list[datetime]]) -> Iterator[ExpectedRevision]:
    """The revisions that fetches returned: `fetches` maps each path to its fetch times. Repeats in a row are one."""
    for path, instants in fetches.items():
        article = world.find(path.rpartition("-")[2].removesuffix(".html"))
        if article is None or article.path != path:
            continue
        seen = [revision for instant in sorted(instants) if (revision := article.at(instant))]
        for _, states in groupby(seen, key=lambda revision: revision.number):
            yield expected_revision(world, article, next(states))


def expected_frame(world: World, now: datetime) -> ExpectedFrame:
    """The panel, forecast text, banners and closings at `now`."""
    return ExpectedFrame(world.panel(now), world.forecast_text(now), world.banners(now), world.closings(now))


def _without_notes(paragraph: str) -> str:
    return _NOTE.sub(" ", paragraph).strip()
