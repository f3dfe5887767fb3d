"""Tells the demo's story from the warehouse: the storylines' topics by day, and a sentence about each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.counts import count_text
from flows.data_layout import Layout
from flows.pipeline.demo_world import DemoWorld
from flows.trends.run import Table, run

_DAYS: Final = 28
_WEEK: Final = 7


def story_topics(demo: DemoWorld, day: date) -> list[str]:
    """The labels of the four weeks around a local day: a rising topic, a fading one, a storm, a vote."""
    chapter = demo.storylines.chapter(day)
    return [*(topic.tags[0] for topic in (chapter.rising, chapter.fading, chapter.storm_topic)), "Elections"]


def story_table(layout: Layout, demo: DemoWorld, today: date) -> Table:
    """The daily counts of the storylines' topics over the four weeks that end yesterday, or from the world's first day
    on: today is not complete."""
    until = today - timedelta(days=1)
    since = max(until - timedelta(days=_DAYS - 1), demo.first_day)
    period = {"since": str(since), "until": str(until), "by": "day"}
    tables = [run(layout, "topic_frequency", {**period, "topic": topic}) for topic in story_topics(demo, until)]
    return replace(tables[0], rows=tuple(row for table in tables for row in table.rows))


def sentences(table: Table) -> list[str]:
    """One sentence per topic: whether it rose, faded or had a peak, with the counts that show it."""
    counts: dict[str, dict[date, int]] = {}
    for topic, period, articles in zip(*(table.column(name) for name in ("topic", "period", "articles")), strict=True):
        if isinstance(period, date) and isinstance(articles, int):
            counts.setdefault(str(topic), {})[period] = articles
    return [_sentence(topic, by_day) for topic, by_day in counts.items()]


def _sentence(topic: str, by_day: dict[date, int]) -> str:
    days = sorted(by_day)
    weeks = [sum(by_day[day] for day in days[max(end - _WEEK, 0) : end]) for end in range(len(days), 0, -_WEEK)]
    first, last = sum(by_day[day] for day in days[:_WEEK]), weeks[0]
    largest = max(first, *weeks)
    if last == largest and last >= 2 * max(first, 1):
        return f"{topic} rises: {count_text(first, 'article')} in the first week, {last} in the last."
    if first == largest and first >= 2 * max(last, 1):
        return f"{topic} fades: {count_text(first, 'article')} in the first week, {last} in the last."
    peak = max(days, key=lambda day: by_day[day])
    total = sum(by_day.values())
    most, length = count_text(by_day[peak], "article"), count_text(len(days), "day")
    return f"{topic} peaks on {peak:%a, %b %-d} with {most}; {total} in {length}."
