"""The world is a pure function of its seed, and varied enough for a demo."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from flows.simulator.world import World

WORLD = World(5)  # shared: it caches its days
START = date(2018, 11, 19)
DAYS = [START + timedelta(days=number) for number in range(90)]
PRINT = (
    "import hashlib; from datetime import date, timedelta; from flows.simulator.world import World; w = World(5); "
    "print(hashlib.sha256(repr([w.day(date(2018, 12, 1) + timedelta(days=n)) for n in range(3)]).encode()).hexdigest())"
)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def test_days_depend_on_the_seed_not_on_the_order_of_calls() -> None:
    forward, backward = World(5), World(5)
    expected = [forward.day(day) for day in DAYS[:20]]
    assert [backward.day(day) for day in reversed(DAYS[:20])] == expected[::-1]
    assert [World(6).day(day) for day in DAYS[:3]] != expected[:3]


def test_days_do_not_depend_on_the_process_or_its_hash_seed() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_ids_are_one_sequence_over_both_stations_that_increases_with_time() -> None:
    both = [article for day in DAYS for station in (WORLD, WORLD.sister) for article in station.day(day)]
    in_order = sorted(both, key=lambda article: article.native_id)
    assert len({article.native_id for article in both}) == len(both)
    assert [article.posted for article in in_order] == sorted(article.posted for article in both)
    assert all(WORLD.find(article.native_id) == article for day in DAYS for article in WORLD.day(day))


def test_every_day_has_articles_and_weekends_have_fewer() -> None:
    counts = {day: len(WORLD.day(day)) for day in DAYS}
    weekday = [count for day, count in counts.items() if day.weekday() < 5]
    weekend = [count for day, count in counts.items() if day.weekday() >= 5]
    assert min(counts.values()) >= 8
    assert sum(weekday) / len(weekday) > sum(weekend) / len(weekend) + 2


def test_both_stations_carry_the_same_wire_stories_under_similar_headlines() -> None:
    until, since = noon(DAYS[-1]), noon(DAYS[60])
    here = {a.story: a for a in WORLD.articles(until, since) if a.layout == "national"}
    there = {a.story: a for a in WORLD.sister.articles(until, since) if a.layout == "national"}
    shared = [(here[story].revisions[0], there[story].revisions[0]) for story in here.keys() & there.keys()]
    assert len(shared) > 30
    assert all(one.paragraphs == other.paragraphs and one.tags == other.tags for one, other in shared)
    assert any(one.headline != other.headline for one, other in shared)
    assert any("," in tag for one, _ in shared for tag in one.tags)


def test_articles_are_revised_and_removed_in_every_way() -> None:
    articles = WORLD.articles(noon(DAYS[-1]))
    changes = Counter(change for article in articles for state in article.revisions for change in state.changes)
    assert set(changes) == {"first", "headline", "body", "silent", "tags"}
    assert {article.gone_status for article in articles if article.gone_at} == {404, 410}
    for article in articles:
        for before, after in pairwise(article.revisions):
            assert after.since > before.since
            assert (after.updated > before.updated) == bool({"headline", "body"} & set(after.changes))
            assert (after.headline, after.paragraphs, after.tags) != (before.headline, before.paragraphs, before.tags)


def test_story_bodies_differ() -> None:
    articles = WORLD.articles(noon(DAYS[-1]))
    bodies = {article.revisions[0].paragraphs for article in articles}
    assert len(bodies) > 0.99 * len(articles)


def test_topics_rise_fade_recur_and_follow_the_weather() -> None:
    on = {day: Counter(tag for article in WORLD.day(day) for tag in article.revisions[0].tags) for day in DAYS}

    def per_day(tag: str, days: list[date]) -> float:
        return sum(on[day][tag] for day in days) / len(days)

    assert per_day("Canning plant strike", DAYS[8:16]) > 3 * per_day("Canning plant strike", DAYS[:4])
    assert per_day("Levee repairs", DAYS[:7]) > 3 * per_day("Levee repairs", DAYS[21:49])
    mondays = [day for day in DAYS if day.weekday() == 0]
    assert per_day("City council", mondays) > 2 * per_day("City council", [day for day in DAYS if day.weekday() != 0])
    cold = [day for day in DAYS if WORLD.climate.is_cold(day)]
    mild = [day for day in DAYS if not WORLD.climate.is_cold(day)]
    assert min(len(cold), len(mild)) >= 5
    assert per_day("Extreme cold", cold) > 3 * per_day("Extreme cold", mild)


def test_winter_is_cold_and_snowy_without_jumps_and_two_towns_share_a_thermometer() -> None:
    temps = []
    for number in range(90 * 24):
        rows = WORLD.panel(datetime(2018, 11, 19, 6, tzinfo=UTC) + timedelta(hours=number))
        first, third = rows[0], rows[2]
        assert (first.temp_f, first.feels_like_f, first.condition) == (
            third.temp_f,
            third.feels_like_f,
            third.condition,
        )
        temps.append(first.temp_f)
    assert min(temps) < 10
    assert max(temps) > 40
    assert max(abs(after - before) for before, after in pairwise(temps)) <= 25
    assert sum(WORLD.climate.is_snowy(day) for day in DAYS) >= 5


def test_every_banner_kind_is_shown_on_some_days_only() -> None:
    hours = Counter(
        banner.kind for day in DAYS for hour in range(24) for banner in WORLD.banners(noon(day) + timedelta(hours=hour))
    )
    assert set(hours) == {"breaking", "severe", "closings", "streaming"}
    assert all(count < 0.5 * 24 * len(DAYS) for count in hours.values())
