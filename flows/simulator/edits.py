"""Generates the revisions and removals of posted articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from flows.simulator.article import Change, Revision

_HEADLINE, _BODY, _SILENT, _TAGS, _BOTH, _TWICE = 0.08, 0.12, 0.05, 0.04, 0.03, 0.03  # shares of articles
_REMOVED = 0.025


def revise(first: Revision, headlines: tuple[str, ...], spare: tuple[str, ...], rng: Random) -> tuple[Revision, ...]:
    """All revisions of an article, oldest first; most articles have only the first. `headlines` and `spare` are the
    texts that later revisions draw on."""
    plans: list[tuple[tuple[Change, ...], float]] = [
        (("headline",), _HEADLINE), (("body",), _BODY), (("silent",), _SILENT), (("tags",), _TAGS),
        (("headline", "body"), _BOTH), (("body", "silent"), _TWICE),
    ]  # fmt: skip
    draw = rng.random()
    for changes, rate in plans:
        if draw < rate and "tags" in changes and not first.tags:
            break  # on a page a lone tag is indistinguishable from a subhead
        if draw < rate:
            steps: list[tuple[Change, ...]] = [changes]
            if changes == ("body", "silent"):
                steps = [("body",), ("silent",)]
            return _revise_in_steps(first, steps, headlines, spare, rng)
        draw -= rate
    return (first,)


def removal(posted: datetime, rng: Random) -> tuple[datetime | None, int]:
    """When an article is removed (None: never) and the status its URL then answers: 404 or 410."""
    if rng.random() >= _REMOVED:
        return None, 410
    return posted + timedelta(minutes=rng.randint(1500, 8000)), rng.choice([404, 410])


def _revise_in_steps(
    first: Revision, steps: list[tuple[Change, ...]], headlines: tuple[str, ...], spare: tuple[str, ...], rng: Random
) -> tuple[Revision, ...]:
    revisions = [first]
    for number, changes in enumerate(steps, start=2):
        since = revisions[-1].since + timedelta(minutes=rng.choice([30, 55, 95, 150, 260, 500, 900, 1700]))
        revision = replace(revisions[-1], number=number, since=since, changes=changes)
        for change in changes:
            revision = _change(revision, change, headlines, spare)
        if {"headline", "body"} & set(changes):
            revision = replace(revision, updated=since)
        revisions.append(revision)
    return tuple(revisions)


def _change(revision: Revision, change: Change, headlines: tuple[str, ...], spare: tuple[str, ...]) -> Revision:
    if change == "headline":
        fresh = next((text for text in headlines if text != revision.headline), f"UPDATE: {revision.headline}")
        return replace(revision, headline=fresh)
    if change == "tags":
        return replace(revision, tags=_add_tag(revision.tags, "Top stories"))
    addition = next((text for text in spare if text not in revision.paragraphs), None)
    if change == "body" or len(revision.paragraphs) < 3 or addition is None:
        return replace(
            revision, paragraphs=(*revision.paragraphs, addition or f"This story was changed {revision.number} times.")
        )
    return replace(revision, paragraphs=(*revision.paragraphs[:-1], addition))


def _add_tag(tags: tuple[str, ...], label: str) -> tuple[str, ...]:
    """The tags with one more: at its alphabetical position if the tags are sorted, else at the end."""
    is_sorted = list(tags) == sorted(tags, key=str.casefold)
    return tuple(sorted((*tags, label), key=str.casefold)) if is_sorted else (*tags, label)
