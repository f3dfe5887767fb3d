"""Trends of the simulated month against values computed from the state of the simulated stations.

Not tested here but by their cases: topic_mix_change (no owner or system changes in the month, the result is empty),
faded_topics (a month is too short for a half-life), forecast_error beside the weather service (the simulator has none),
uncovered_towns and coverage_by_place beyond datelines.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from statistics import fmean

import pytest

from flows.simulator.lists import newest
from flows.simulator.pages import build_frame
from flows.topic_config import load_topics
from tests.month import SOURCES
from tests.trends.truth import Truth, grouped, intervals, monday, near, quantile, rows_of, second

EVERY = [*SOURCES, None]


@pytest.mark.parametrize("source", EVERY)
def test_topic_frequency(truth: Truth, source: str | None) -> None:
    topic = truth.leaf_counts(source, date.min, date.max).most_common(1)[0][0]
    firsts, articles = set(), truth.of(source)
    seen_stories: set[int] = set()
    for at in sorted(range(len(articles)), key=lambda at: (articles[at].day, articles[at].local, articles[at].source)):
        if topic in articles[at].last.tags and articles[at].story not in seen_stories:
            seen_stories.add(articles[at].story)
            firsts.add(at)
    counts = Counter(seen.day for seen in articles if topic in seen.last.tags)
    stories = Counter(articles[at].day for at in firsts)
    rows = rows_of(truth, "topic_frequency", topic=topic, source=source)
    assert {row["topic"] for row in rows} == {topic}
    assert [(row["period"], row["articles"]) for row in rows] == [
        (row["period"], counts[row["period"]]) for row in rows
    ]
    assert [row["stories"] for row in rows] == [stories[row["period"]] for row in rows]
    assert sum(counts.values()) - sum(row["articles"] for row in rows) == sum(
        count for day, count in counts.items() if day < rows[0]["period"]
    )


@pytest.mark.parametrize("source", EVERY)
def test_topic_share(truth: Truth, source: str | None) -> None:
    observed = {(name, day) for name, days in truth.days.items() for day in days}
    articles = [seen for seen in truth.of(source) if (seen.source, seen.day) in observed]
    totals = Counter(monday(seen.day) for seen in articles)
    tagged = Counter((monday(seen.day), tag) for seen in articles for tag in seen.last.tags)
    rows = rows_of(truth, "topic_share", source=source, by="week", top="3")
    assert len(rows) >= 12
    for row in rows:
        week = row["period"]
        assert row["all_articles"] == totals[week]
        assert row["articles"] == tagged[week, row["topic"]]
        assert row["share"] == (near(row["articles"] / totals[week], 4) if totals[week] else None)


def test_top_topics_and_their_moves(truth: Truth) -> None:
    until = truth.last_day
    now = truth.leaf_counts(None, until - timedelta(days=9), until)
    before = truth.leaf_counts(None, until - timedelta(days=19), until - timedelta(days=10))
    rows = rows_of(truth, "top_topics", since=(until - timedelta(days=9)).isoformat(), top="1000")
    assert {row["topic"]: row["articles"] for row in rows} == dict(now)
    for row in rows:
        assert row["rank"] == 1 + sum(count > now[row["topic"]] for count in now.values())
        assert row["previous_articles"] == before[row["topic"]]
        rank = 1 + sum(count > before[row["topic"]] for count in before.values())
        assert row["previous_rank"] == (rank if before[row["topic"]] else None)


@pytest.mark.parametrize("source", list(SOURCES))
def test_rising_topics(truth: Truth, source: str) -> None:
    days = [day for day in truth.days[source] if day > truth.days[source][-1] - timedelta(days=35)]
    split = days[-1] - timedelta(days=7)
    counts = Counter((tag, seen.day) for seen in truth.of(source) for tag in seen.leaves)
    rates, much = {}, set()
    for topic in {tag for tag, _ in counts}:
        now = [counts[topic, day] for day in days if day > split]
        baseline = [counts[topic, day] for day in days if day <= split]
        rates[topic] = (sum(now), sum(baseline), near(fmean(now), 4), near(fmean(baseline), 4))
        if sum(now) + sum(baseline) >= 5 and fmean(now) > 1.5 * fmean(baseline):
            much.add(topic)
    rows = rows_of(truth, "rising_topics", source=source, show="all", top="1000")
    names = ("articles", "baseline_articles", "per_day", "baseline_per_day")
    assert {row["topic"]: tuple(row[name] for name in names) for row in rows} == {
        row["topic"]: rates[row["topic"]] for row in rows
    }
    assert much
    assert much <= {row["topic"] for row in rows}


def test_new_topics(truth: Truth) -> None:
    observed = sorted({day for days in truth.days.values() for day in days})
    first: dict[str, date] = {}
    for seen in truth.articles:
        for tag in seen.leaves:
            first[tag] = min(first.get(tag, seen.day), seen.day)
    new = {tag: day for tag, day in first.items() if sum(before < day for before in observed) >= 7 and day in observed}
    rows = rows_of(truth, "new_topics", top="1000")
    assert {row["topic"]: row["first_date"] for row in rows} == new
    assert new


def test_topic_pairs(truth: Truth) -> None:
    """A story stands for its first article with tags; every topic has at least three of them."""
    kin = {frozenset((tag, above)) for tag, named in load_topics(truth.month.config).parents.items() for above in named}
    tagged = sorted((seen for seen in truth.articles if seen.leaves), key=lambda seen: seen.local)
    rows = rows_of(truth, "topic_pairs", top="100000", topics="1000", show="all")
    found = {frozenset((row["topic"], row["other"])): row["stories"] for row in rows}
    stories = grouped([(str(seen.story), seen) for seen in tagged])
    is_sure = all(len({seen.leaves for seen in held if seen.local == held[0].local}) == 1 for held in stories.values())
    assert is_sure  # which of two copies of one minute is the first has no effect
    leaves = [held[0].leaves for held in stories.values()]
    topics = Counter(tag for own in leaves for tag in own)
    pairs = Counter(frozenset(pair) for own in leaves for pair in combinations(sorted(own), 2))
    assert found == {
        pair: count for pair, count in pairs.items() if pair not in kin and all(topics[tag] >= 3 for tag in pair)
    }
    assert {row["topic"]: row["topic_stories"] for row in rows}.items() <= topics.items()


def test_origin_and_local_topics(truth: Truth) -> None:
    observed = {(name, day) for name, days in truth.days.items() for day in days}
    articles = [seen for seen in truth.articles if (seen.source, seen.day) in observed]
    kinds = Counter((seen.day.replace(day=1), seen.last.origin.replace("own", "local")) for seen in articles)
    rows = rows_of(truth, "origin_share")
    assert {(row["month"], row["origin"]): row["articles"] for row in rows if row["articles"]} == dict(kinds)
    since = truth.last_day - timedelta(days=27)
    local = Counter(tag for seen in articles if seen.last.origin == "own" and seen.day >= since for tag in seen.leaves)
    rows = rows_of(truth, "local_topics", since=str(since), support="1", top="1000", show="all")
    assert {row["topic"]: row["local_articles"] for row in rows} == dict(local)


def test_clusters_are_stories(truth: Truth) -> None:
    """No cluster holds two stories, and copies with equal text are in one. Copies with different edits may be in
    two: the warehouse knows only their text."""
    stories = grouped([(str(seen.story), seen.origin_story) for seen in truth.articles])
    assert all(len(set(held)) == 1 for held in stories.values())
    copies = grouped([(f"{seen.origin_story} {seen.last.body}", seen.story) for seen in truth.articles])
    assert all(len(set(held)) == 1 for held in copies.values())
    assert any(len(held) > 1 for held in copies.values())


def test_stories_folded_and_who_was_first(truth: Truth) -> None:
    observed = {(name, day) for name, days in truth.days.items() for day in days}
    firsts = truth.firsts(None)
    stories = Counter(
        (seen.day.replace(day=1), seen.source)
        for at, seen in enumerate(truth.articles)
        if at in firsts and (seen.source, seen.day) in observed
    )
    rows = rows_of(truth, "stories_folded")
    assert {(row["period"], row["source"]): row["stories"] for row in rows} == dict(stories)
    races: dict[int, dict[str, datetime]] = {}
    for seen in truth.articles:
        race = races.setdefault(seen.story, {})
        race[seen.source] = min(race.get(seen.source, seen.posted), seen.posted)
    behind = grouped(
        [
            (source, (at - min(race.values())).total_seconds() / 60)
            for race in races.values()
            if len(race) == 2
            for source, at in race.items()
        ]
    )
    for row in rows_of(truth, "first_with_story"):
        late = [minutes for minutes in behind[row["source"]] if minutes]
        assert row["shared_stories"] == len(behind[row["source"]])
        assert row["first"] == len(behind[row["source"]]) - len(late)
        assert row["p50_minutes_behind"] == near(quantile(late, 0.5), 1)
        assert row["p95_minutes_behind"] == near(quantile(late, 0.95), 1)


def test_edits_and_disappearances(truth: Truth) -> None:
    for row in rows_of(truth, "headline_changes"):
        articles = truth.of(row["source"])
        changed = [sum(old.title != new.title for old, new in seen.changes) for seen in articles]
        assert (row["articles"], row["changes"]) == (len(articles), sum(changed))
        assert row["changed_articles"] == sum(map(bool, changed))
        assert row["seen_again"] == sum(len(set(seen.fetch_times)) > 1 for seen in articles)
    silent = [
        (seen.source, new.title)
        for seen in truth.articles
        for old, new in seen.changes
        if old.body != new.body and old.updated == new.updated
    ]
    assert sorted((row["source"], row["title"]) for row in rows_of(truth, "silent_edits")) == sorted(silent)
    gone = {
        (seen.source, seen.last.title, round((seen.gone_at - seen.fetch_times[0]).total_seconds() / 3600, 1))
        for seen in truth.articles
        if seen.gone_at
    }
    rows = rows_of(truth, "vanished_stories")
    assert {(row["source"], row["title"], round(row["hours_up_at_most"], 1)) for row in rows} == gone
    assert silent
    assert gone


@pytest.mark.parametrize("source", list(SOURCES))
def test_rhythm_and_delay(truth: Truth, source: str) -> None:
    observed = truth.days[source]
    articles = [seen for seen in truth.of(source) if seen.day in observed]
    slots = Counter((f"{seen.local:%a}", seen.local.hour) for seen in articles)
    rows = rows_of(truth, "posting_rhythm", source=source)
    assert {(row["weekday"], row["hour"]): row["articles"] for row in rows if row["articles"]} == dict(slots)
    late = [(seen.fetch_times[0] - seen.posted).total_seconds() / 60 for seen in articles if seen.day > observed[0]]
    (row,) = rows_of(truth, "posted_to_seen_delay", source=source)
    assert row["articles"] == len(late)
    assert row["p50_minutes"] == near(quantile(late, 0.5), 1)
    assert row["p95_minutes"] == near(quantile(late, 0.95), 1)
    assert row["p50_low"] <= row["p50_minutes"] <= row["p50_high"]


@pytest.mark.parametrize("source", list(SOURCES))
def test_channels_and_the_front_page(truth: Truth, source: str) -> None:
    """The home page links its thirty newest stories, popular ones and videos. An article's hours there run from the
    first to the last consecutive fetch that shows it. Feed and home page are fetched in the same run and their order is
    arbitrary: first_channel is tested for its bounds only."""
    home = sorted(second(at) for at, path, status in truth.month.log[source] if path == "/" and status == 200)
    shown = {}
    for at in home:
        around = build_frame(truth.world(source), at)
        linked = [path.partition("?")[0] for path, _ in (*around.popular, *around.videos)]
        shown[at] = {*linked, *(article.path for article, _ in newest(None, truth.world(source), at))}
    hours: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    since = datetime.combine(home[-1].date() - timedelta(days=27), datetime.min.time(), UTC)
    for seen in truth.of(source):
        spans = [(a, b) for is_on, a, b, _ in intervals([(at, seen.last.path in shown[at]) for at in home]) if is_on]
        spans = [(max(a, since), b) for a, b in spans if b >= since]
        for tag in seen.leaves if spans else ():
            hours[tag] += sum((b - a).total_seconds() / 3600 for a, b in spans)
            articles[tag] += 1
    rows = rows_of(truth, "front_page_topics", source=source, support="1", top="1000")
    assert {row["topic"]: row["articles"] for row in rows} == dict(articles)
    assert {row["topic"]: row["hours"] for row in rows} == {tag: near(hours[tag], 1) for tag in articles}
    (feed,) = [row for row in rows_of(truth, "first_channel", source=source) if row["channel"] == "feed"]
    assert feed["articles"] <= feed["shown"] <= len(truth.of(source))


def test_no_owner_changed_and_days_missing_are_counted(truth: Truth) -> None:
    assert rows_of(truth, "topic_mix_change", source="demo_station") == []
    for source, days in truth.days.items():
        between = {days[0] + timedelta(days=step) for step in range((days[-1] - days[0]).days + 1)}
        missing = sorted(between - set(days))
        rows = rows_of(truth, "days_missing", source=source)
        assert sum(row["days"] for row in rows) == len(missing)


@pytest.mark.parametrize("source", list(SOURCES))
def test_health_and_politeness(truth: Truth, source: str) -> None:
    days = truth.days[source]
    new = Counter(truth.local(source, seen.fetch_times[0]).date() for seen in truth.of(source))
    whole = max(day for day in days if day < truth.last_day)
    baseline = [new[day] for day in days if whole - timedelta(days=28) <= day < whole]
    (row,) = rows_of(truth, "source_health", source=source)
    assert (row["last_good_date"], row["new_articles"]) == (days[-1], new[whole])
    assert row["usual_new_articles"] == near(fmean(baseline), 2)
    assert row["issues"] is None
    log = [at for at, _, _ in truth.month.log[source]]
    since = truth.last_day - timedelta(days=27)
    (row,) = rows_of(truth, "politeness", source=source)
    assert row["requests"] == sum(truth.local(source, at).date() >= since for at in log)
