"""Trends of weather, closings and alerts in the simulated month against the state of the simulated stations."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean

import pytest

from tests.month import SOURCES
from tests.trends.truth import Truth, grouped, intervals, near, own_town, quantile, rows_of


@pytest.mark.parametrize("source", list(SOURCES))
def test_panel_and_forecast_text(truth: Truth, source: str) -> None:
    world, pages = truth.world(source), truth.pages(source)
    hours = sorted({at.replace(minute=0, second=0) for at in pages})
    panels = [{row.place: (row.temp_f, row.condition, row.feels_like_f) for row in world.panel(at)} for at in hours]
    for row in rows_of(truth, "panel_twins", source=source):
        equal = sum(panel[row["town"]] == panel[row["other"]] for panel in panels)
        assert (row["hours"], row["equal_share"]) == (len(hours), near(equal / len(hours), 4))
        towns = {town.name: town.thermometer for town in world.station.towns}
        assert row["one_station"] == (towns[row["town"]] == towns[row["other"]])
    texts = [
        interval for interval in intervals([(at, world.forecast_text(at)) for at in pages]) if interval[0] is not None
    ]
    closed = [(a, b, after) for (_, a, b, _), (_, after, _, _) in pairwise(texts)]
    (row,) = rows_of(truth, "forecast_text_life", source=source)
    assert row["intervals"] == len(closed)
    assert row["p50_hours"] == near(quantile([(b - a).total_seconds() / 3600 for a, b, _ in closed], 0.5), 1)
    upper = [(after - a).total_seconds() / 3600 for a, _, after in closed]
    assert row["p95_hours_at_most"] == near(quantile(upper, 0.95), 1)


@pytest.mark.parametrize("source", list(SOURCES))
def test_forecasts_against_what_was_observed(truth: Truth, source: str) -> None:
    """A panel's high against the warmest reading from its first showing to midnight."""
    world, pages = truth.world(source), truth.pages(source)
    errors: dict[str, list[tuple[str, float]]] = {"high": [], "low": []}
    for at_town in range(len(world.station.towns)):
        readings = [(at, world.panel(at)[at_town]) for at in pages]
        by_day = grouped((truth.local(source, at).date().isoformat(), (at, reading)) for at, reading in readings)
        for rows in by_day.values():
            for shown, start, _, _ in intervals([(at, (row.hi_f, row.lo_f)) for at, row in rows]):
                rest = intervals(
                    [(at, (row.temp_f, row.condition, row.feels_like_f)) for at, row in rows if at >= start]
                )
                if len(rest) >= 3:
                    lead = "0 d, before noon" if truth.local(source, start).hour < 12 else "0 d, after noon"
                    temps = [temp for (temp, _, _), _, _, _ in rest]
                    errors["high"].append((lead, shown[0] - max(temps)))
                    errors["low"].append((lead, shown[1] - min(temps)))
    found = {(row["kind"], row["lead"]): row for row in rows_of(truth, "forecast_error", source=source)}
    for kind, pairs in errors.items():
        for lead, values in grouped(pairs).items():
            row = found[kind, lead]
            assert (row["forecasts"], row["mean_error"]) == (len(values), near(fmean(values), 2))
            assert row["mean_abs_error"] == near(fmean(map(abs, values)), 2)


def test_closings(truth: Truth) -> None:
    for row in rows_of(truth, "closings_lead"):
        source = row["source"]
        world, polls = truth.world(source), truth.polls(source)
        first: dict[tuple[str, date], datetime] = {}
        for at in polls:
            for closing in world.closings(at):
                first.setdefault((closing.organisation, closing.effective_date), at)
        ahead = [
            (datetime.combine(day, datetime.min.time(), world.station.tzinfo) - at).total_seconds() / 3600
            for (_, day), at in first.items()
            if at != polls[0]
        ]
        assert row["closings"] == len(ahead)
        assert row["p50_hours_ahead"] == near(quantile(ahead, 0.5), 1)
        assert row["day_before_share"] == near(sum(hours > 0 for hours in ahead) / len(ahead), 4)
    days: Counter[int] = Counter()
    closed: Counter[int] = Counter()
    for source in SOURCES:
        world, town = truth.world(source), own_town(source)
        feels: dict[date, float] = {}
        for at in truth.pages(source):
            reading = next(row for row in world.panel(at) if row.place == town)
            day = truth.local(source, at).date()
            feels[day] = min(feels.get(day, 999), reading.feels_like_f)
        shut = {closing.effective_date for at in truth.polls(source) for closing in world.closings(at)}
        polled = {truth.local(source, at).date() for at in truth.polls(source)}
        for day in {day for day in polled & set(feels) if day.isoweekday() <= 5}:
            days[10 * (feels[day] // 10)] += 1
            closed[10 * (feels[day] // 10)] += day in shut
    rows = rows_of(truth, "closings_and_weather")
    assert grouped((str(row["feels_like_from"]), row["days"]) for row in rows).keys() == {str(band) for band in days}
    for band, count in days.items():
        same = [row for row in rows if row["feels_like_from"] == band]
        assert sum(row["days"] for row in same) == count
        assert sum(row["days_with_closings"] for row in same) == closed[band]


@pytest.mark.parametrize("source", list(SOURCES))
def test_weather_and_topics(truth: Truth, source: str) -> None:
    """Lift of each topic on cold days against the share of its month, from the towns' own readings."""
    world, town = truth.world(source), own_town(source)
    low: dict[date, float] = {}
    for at in truth.pages(source):
        day = truth.local(source, at).date()
        low[day] = min(low.get(day, 999), next(row.temp_f for row in world.panel(at) if row.place == town))
    cold = {day: temp < 20 for day, temp in low.items() if day in truth.days[source]}
    months = grouped((f"{day:%Y-%m}", day) for day in cold)
    mixed = [days for days in months.values() if len({cold[day] for day in days}) == 2]
    articles = Counter(seen.day for seen in truth.of(source))
    tagged = Counter((tag, seen.day) for seen in truth.of(source) for tag in seen.leaves)
    answers = rows_of(truth, "weather_and_topics", source=source, support="1", show="all")
    rows = [row for row in answers if row["condition"] == "cold"]
    assert rows
    for row in rows:
        topic = row["topic"]
        expected = sum(
            sum(tagged[topic, day] for day in days) / sum(articles[day] for day in days)
            * sum(articles[day] for day in days if cold[day])
            for days in mixed
        )  # fmt: skip
        seen = sum(tagged[topic, day] for days in mixed for day in days if cold[day])
        assert (row["articles"], row["expected"]) == (seen, near(expected, 3))
        assert row["exposed_days"] == sum(cold[day] for days in mixed for day in days)
        assert row["lift"] == near(seen / expected, 3)


def alert_starts(event: str, banners: list[tuple[datetime, set[str]]]) -> list[datetime]:
    """The instants at which the event was shown first, or again after six hours, given the banners of each page: a
    banner is in force from the first to the last of the consecutive pages that show its text."""
    spans = [
        (first, last)
        for text in {text for _, texts in banners for text in texts if event in text.split(" - ")}
        for is_shown, first, last, _ in intervals([(at, text in texts) for at, texts in banners])
        if is_shown
    ]
    starts: list[datetime] = []
    until: datetime | None = None
    for first, last in sorted(spans):
        if until is None or first > until + timedelta(hours=6):
            starts.append(first)
        until = max(last, until or last)
    return starts


def test_topics_after_an_alert(truth: Truth) -> None:
    """Alerts from the banners of the pages, the articles of the twelve hours after each, and the delay of the first."""
    counts: Counter[tuple[str, str]] = Counter()
    alerts: Counter[str] = Counter()
    waits = []
    for source in SOURCES:
        world, pages = truth.world(source), truth.pages(source)
        banners = [(at, {b.text for b in world.banners(at) if b.kind == "severe"}) for at in pages]
        for event in {part for _, texts in banners for text in texts for part in text.split(" - ")}:
            starts = alert_starts(event, banners)
            alerts[event] += len(starts)
            taken = set()
            for start in reversed(starts):
                after = [
                    (seen, at)
                    for at, seen in enumerate(truth.of(source))
                    if start <= seen.posted < start + timedelta(hours=12) and at not in taken
                ]
                taken |= {at for _, at in after}
                counts.update((event, tag) for seen, _ in after for tag in seen.leaves)
                first: dict[str, datetime] = {}
                for seen, _ in after:
                    for tag in seen.leaves:
                        first[tag] = min(first.get(tag, seen.posted), seen.posted)
                waits += [(f"{event} / {tag}", (at - start).total_seconds() / 60) for tag, at in first.items()]
    rows = rows_of(truth, "topics_after_alert", top="1000", support="1", show="all")
    assert {(row["event"], row["topic"]): row["articles_after"] for row in rows if row["articles_after"]} == counts
    for row in (row for row in rows if row["articles_after"]):
        waited = grouped(waits)[f"{row['event']} / {row['topic']}"]
        assert (row["alerts"], row["alerts_answered"]) == (alerts[row["event"]], len(waited))
        assert row["p50_minutes_to_first"] == near(quantile(waited, 0.5), 1)
