"""Says how many articles have tags, and which sources stopped tagging: a topic without tags is missing, not gone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Final

from flows.counts import count_text
from flows.data_layout import Layout
from flows.settings import ROOT
from flows.trends.coverage import days_of, version_of
from flows.warehouse.statement_query import run_query

_STATEMENT: Final = ROOT / "sql" / "coverage" / "tags_collapsed.sql"
_METHODS: Final = ROOT / "sql" / "coverage" / "topic_methods.sql"
_NAMED: Final = 3  # sources
_WORDS: Final = {"publisher": "tagged by the publisher", "story": "with tags of a copy", "rules": "found by a rule"}


def tag_notes(layout: Layout, values: Mapping[str, object]) -> tuple[str, ...]:
    """The share of articles with tags from `since` to `until` at `source`, where not all have any, and the sources
    whose tags had collapsed; raises as `run_query` does."""
    source, since, until = (values.get(name) for name in ("source", "since", "until"))
    first, last = (since if isinstance(since, date) else date.min), (until if isinstance(until, date) else date.max)
    days = [
        day for day in days_of(layout, str(source) if source else None) if first <= day.date <= last and day.articles
    ]
    articles, tagged = sum(day.articles for day in days), sum(day.tagged_articles for day in days)
    if tagged == articles:
        return ()
    span = f"from {days[0].date} to {days[-1].date}"
    notes = [f"Tag coverage: {tagged / articles:.0%} of {count_text(articles, 'article')} {span} have tags."]
    collapsed = {
        name: [day for day in own if first <= day <= last]
        for name, own in _collapsed(layout, version_of(layout)).items()
        if source in (None, name)
    }
    stretches = [_stretch(name, own) for name, own in collapsed.items() if own]
    if stretches:
        more = len(stretches) - _NAMED
        named = ", ".join(stretches[:_NAMED]) + (f" and {count_text(more, 'more source')}" if more > 0 else "")
        notes.append(f"Tags collapsed at {named}: missing, not zero. `newsvane trend tag_coverage` shows when.")
    return tuple(notes)


def method_notes(layout: Layout, values: Mapping[str, object]) -> tuple[str, ...]:
    """Where topics come from other ways than the publishers' tags: how many articles have any by which way."""
    if values.get("tags", "publisher") == "publisher":
        return ()
    wanted = {name: values.get(name) for name in ("source", "since", "until")}
    counts = {str(method): int(str(number)) for method, number in run_query(layout, _METHODS, wanted).rows}
    ways = {method: words for method, words in _WORDS.items() if values["tags"] in ("all", method)}
    found = [f"{counts.get(method, 0):,} {words}" for method, words in ways.items()]
    return (f"Topics by --tags {values['tags']}; articles: {', '.join(found)}.",)


@lru_cache(4)
def _collapsed(layout: Layout, version: object) -> dict[str, list[date]]:
    """The days with collapsed tags by source; read once per snapshot."""
    rows = run_query(layout, _STATEMENT, {}).rows
    by_source = groupby(rows, key=lambda row: str(row[0]))
    return {name: [day for _, day in own if isinstance(day, date)] for name, own in by_source}


def _stretch(source: str, days: list[date]) -> str:
    return f"{source} ({len(days):,} days from {days[0]} to {days[-1]})" if len(days) > 1 else f"{source} ({days[0]})"
