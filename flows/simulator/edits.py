"""Changes articles after they are posted: new headlines, longer bodies, silent edits, other tags, deletions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from flows.simulator.article import Change, Revision

HEADLINE, BODY, SILENT, TAGS, BOTH, TWICE = 0.08, 0.12, 0.05, 0.04, 0.03, 0.03
GONE = 0.025


def revise(first: Revision, headlines: tuple[str, ...], spare: tuple[str, ...], luck: Random) -> tuple[Revision, ...]:
    """All states of an article, the first among them; most articles have no other. `headlines` and `spare` sentences
    are what a desk would have used next."""
    plans: list[tuple[tuple[Change, ...], float]] = [
        (("headline",), HEADLINE), (("body",), BODY), (("silent",), SILENT), (("tags",), TAGS),
        (("headline", "body"), BOTH), (("body", "silent"), TWICE),
    ]  # fmt: skip
    mood = luck.random()
    for changes, part in plans:
        if mood < part and "tags" in changes and not first.tags:
            break  # a single tag alone would look like a subhead
        if mood < part:
            steps: list[tuple[Change, ...]] = [changes]
            if changes == ("body", "silent"):
                steps = [("body",), ("silent",)]
            return _apply(first, steps, headlines, spare, luck)
        mood -= part
    return (first,)


def gone(posted: datetime, luck: Random) -> tuple[datetime | None, int]:
    """When an article is taken down, if ever, and whether the site then says 404 or 410."""
    if luck.random() >= GONE:
        return None, 410
    return posted + timedelta(minutes=luck.randint(1500, 8000)), luck.choice([404, 410])


def _apply(
    first: Revision, steps: list[tuple[Change, ...]], headlines: tuple[str, ...], spare: tuple[str, ...], luck: Random
) -> tuple[Revision, ...]:
    states = [first]
    for number, changes in enumerate(steps, start=2):
        since = states[-1].since + timedelta(minutes=luck.choice([30, 55, 95, 150, 260, 500, 900, 1700]))
        state = replace(states[-1], number=number, since=since, changes=changes)
        for change in changes:
            state = _change(state, change, headlines, spare)
        if {"headline", "body"} & set(changes):
            state = replace(state, updated=since)
        states.append(state)
    return tuple(states)


def _change(state: Revision, change: Change, headlines: tuple[str, ...], spare: tuple[str, ...]) -> Revision:
    if change == "headline":
        fresh = next((text for text in headlines if text != state.headline), f"UPDATE: {state.headline}")
        return replace(state, headline=fresh)
    if change == "tags":
        return replace(state, tags=_with(state.tags, "Top stories"))
    addition = next((text for text in spare if text not in state.paragraphs), None)
    if change == "body" or len(state.paragraphs) < 3 or addition is None:
        return replace(
            state, paragraphs=(*state.paragraphs, addition or f"This story was changed {state.number} times.")
        )
    return replace(state, paragraphs=(*state.paragraphs[:-1], addition))


def _with(tags: tuple[str, ...], label: str) -> tuple[str, ...]:
    """One tag more: in its place where the tags stand in alphabetical order, else at the end."""
    is_sorted = list(tags) == sorted(tags, key=str.casefold)
    return tuple(sorted((*tags, label), key=str.casefold)) if is_sorted else (*tags, label)
