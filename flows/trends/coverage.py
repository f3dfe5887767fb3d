"""Finds the days that a question covers, and says what was observed, what is only known, and what is missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from flows.counts import count_text
from flows.data_layout import Layout
from flows.settings import ROOT
from flows.trends.catalog import Trend
from flows.warehouse.statement_query import run_query

_STATEMENTS: Final = ROOT / "sql" / "coverage"
_HISTORY_DAYS: Final = {"day": 90, "week": 728}  # of a long chart; by month there is no limit
_CACHED: Final = 64  # sources


class Day(NamedTuple):
    """One local day: how many sources the ledger names, how many were observed, how many articles were posted, how many
    of them at a source that was observed, and how many have tags."""

    date: date
    sources: int
    observed_sources: int
    articles: int
    observed_articles: int
    tagged_articles: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The local days of a question, first and last included (None: the warehouse has no article and no observation).

    `known_articles` were posted on days on which their source was not observed, on `known_days` different dates; on
    `unobserved_days` of them no source was. `later_articles` were posted after a last day that nobody chose.
    """

    since: date | None
    until: date | None
    observed_days: int = 0
    known_days: int = 0
    unobserved_days: int = 0
    known_articles: int = 0
    later_articles: int = 0

    @property
    def missing_days(self) -> int:
        """Days without an observation and without an article."""
        days = (self.until - self.since).days + 1 if self.since and self.until else 0
        return max(0, days - self.observed_days - self.unobserved_days)

    def with_known(self, trend: Trend) -> bool:
        """Whether days that are only known count like observed ones: always where articles are counted; where rates are
        compared, only if most days were not observed, because what is known of a day is less than there was."""
        if trend.known == "compared":
            return self.unobserved_days > self.observed_days
        return trend.known == "counted" and self.known_articles > 0


def cover(layout: Layout, trend: Trend, values: Mapping[str, object]) -> Coverage | None:
    """The days of one question, None for a trend without a range; raises as `run_query` does.

    The last day is by default the last observed one (of a long chart: the last one in the ledger), else the last one
    with articles.
    """
    if trend.range is None:
        return None
    source = values.get("source")
    days = days_of(layout, str(source) if source is not None else None)
    until = _date(values.get("until")) or _last(days, in_ledger=trend.range.is_history)
    since = _date(values.get("since")) or _since(trend, values, days, until)
    if since is None or until is None:
        return Coverage(since, until)
    inside = days[bisect_left(days, (since,)) : bisect_right(days, (until, float("inf")))]
    after = [] if values.get("until") else days[bisect_right(days, (until, float("inf"))) :]
    return Coverage(
        since,
        until,
        observed_days=sum(day.observed_sources > 0 for day in inside),
        known_days=sum(day.articles > day.observed_articles for day in inside),
        unobserved_days=sum(day.articles > 0 and not day.observed_sources for day in inside),
        known_articles=sum(day.articles - day.observed_articles for day in inside),
        later_articles=sum(day.articles - day.observed_articles for day in after),
    )


def first_of(days: int, until: date) -> date:
    """The first of `days` days up to `until`, at the earliest the first of the calendar."""
    return date.fromordinal(max(1, until.toordinal() - days + 1))


def footnotes(trend: Trend, coverage: Coverage | None, answered: bool) -> tuple[str, ...]:
    """What a reader must know of the days that were not observed, and of an empty answer: what it needs."""
    notes = [] if coverage is None else [*_known(trend, coverage), *_later(coverage)]
    if not answered:
        notes.append(f"No answer: it needs {trend.needs}.")
    return tuple(notes)


def _since(trend: Trend, values: Mapping[str, object], days: tuple[Day, ...], until: date | None) -> date | None:
    span = trend.range
    if span is None or until is None:
        return None
    if span.days is not None and not (span.whole_source and values.get("source")):
        return first_of(span.days + (int(str(values["days"])) if span.by_param else 0), until)
    first = days[0].date if days else None
    limit = _HISTORY_DAYS.get(str(values.get("by", "month"))) if span.is_history else None
    return max(first, first_of(limit, until)) if first and limit else first


def _last(days: tuple[Day, ...], in_ledger: bool) -> date | None:
    """The last day that was observed (or is in the ledger), else the last one with articles."""
    found = (day.date for day in reversed(days) if day.observed_sources or (in_ledger and day.sources))
    return next(found, days[-1].date if days else None)


def days_of(layout: Layout, source: str | None) -> tuple[Day, ...]:
    """The days with a row in the ledger or an article, in order; read once per snapshot and source."""
    return _read_days(layout, version_of(layout), source)


def version_of(layout: Layout) -> tuple[Path, int, int] | None:
    """What tells the published snapshot from any other, None without one; a key for what is read once per snapshot."""
    found = layout.published.stat() if layout.published.exists() else None
    return (layout.published, found.st_ino, found.st_mtime_ns) if found else None


@lru_cache(_CACHED)
def _read_days(layout: Layout, version: object, source: str | None) -> tuple[Day, ...]:
    if source is None:
        found = run_query(layout, _STATEMENTS / "all_sources.sql", {})
    else:
        found = run_query(layout, _STATEMENTS / "one_source.sql", {"source": source})
    return tuple(Day._make(row) for row in found.rows)


def _known(trend: Trend, coverage: Coverage) -> list[str]:
    """Where the known articles went. A day without an observation and without an article stays missing."""
    if not coverage.known_articles:
        return []
    where = (
        f"{count_text(coverage.known_articles, 'article')} known from backfill or feeds on "
        f"{count_text(coverage.known_days, 'day')} from {coverage.since} to {coverage.until} without an observation of "
        "the source"
    )
    if not coverage.with_known(trend):
        why = "it compares observed days, and most days were observed"
        return [f"{where}; left out: {why if trend.known == 'compared' else f'it needs {trend.needs}'}."]
    means = "counted as known" if trend.known == "counted" else "compared as if observed, because most days were not"
    missing = coverage.missing_days
    rest = f" {count_text(missing, 'day')} neither observed nor known: missing, not zero." if missing else ""
    return [f"{where}; {means}: there may have been more.{rest}"]


def _later(coverage: Coverage) -> list[str]:
    if not coverage.later_articles:
        return []
    count = count_text(coverage.later_articles, "article")
    return [f"{count} posted after {coverage.until}, the last observed day, left out; --until takes a later day."]


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None
