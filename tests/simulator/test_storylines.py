"""A world that ends at any date has a storm week, a vote, a rising and a fading topic in its last four weeks."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from flows.clock import SimulatedClock
from flows.model import Page
from flows.parse import parse
from flows.parse.context import load_context
from flows.settings import DEMO_CONFIG
from flows.simulator import truth
from flows.simulator.fixtures import KGALE
from flows.simulator.site import Site
from flows.simulator.storylines import CHAPTER_DAYS, STORM_DAYS, Chapter
from flows.simulator.world import World

# Every season, every weekday, a leap day and both ends of a year.
EPOCHS = [
    date(2026, 11, 27), date(2026, 1, 1), date(2024, 2, 29), date(2026, 3, 24), date(2025, 4, 27), date(2026, 6, 2),
    date(2026, 7, 20), date(2026, 8, 31), date(2026, 10, 7), date(2025, 12, 31),
]  # fmt: skip
CASES = [(epoch, seed) for epoch in EPOCHS for seed in (5, 6)]


@cache
def world_at(epoch: date, seed: int = 5) -> World:
    return World.ending(epoch, seed)


def chapter_at(world: World) -> Chapter:
    assert world.storylines is not None
    return world.storylines.chapter(world.storylines.epoch)


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def count(world: World, tag: str, days: list[date]) -> int:
    """Own articles with that tag; the sister's borrowed ones are left out."""
    articles = (article for day in days for article in world.day(day) if article.origin.kind == "own")
    return sum(tag in article.revisions[0].tags for article in articles)


@pytest.mark.parametrize(("epoch", "seed"), CASES)
def test_one_topic_rises_and_one_fades_over_the_last_four_weeks(epoch: date, seed: int) -> None:
    world = world_at(epoch, seed)
    chapter = chapter_at(world)
    assert (chapter.first, chapter.last) == (world.start, epoch)
    assert chapter.rising.key != chapter.fading.key
    for station in (world, world.sister):
        weeks = [days_from(chapter.first + timedelta(weeks=week), 7) for week in range(4)]
        rising = [count(station, chapter.rising.tags[0], week) for week in weeks]
        fading = [count(station, chapter.fading.tags[0], week) for week in weeks]
        assert rising[3] >= 3 * max(rising[0], 2), rising
        assert fading[0] >= 3 * max(fading[3], 2), fading
        assert rising[3] == max(rising)
        assert fading[0] == max(fading)


@pytest.mark.parametrize(("epoch", "seed"), CASES)
def test_a_storm_of_the_season_closes_schools_in_one_calendar_week(epoch: date, seed: int) -> None:
    world = world_at(epoch, seed)
    chapter = chapter_at(world)
    storm_days = days_from(chapter.storm_first, STORM_DAYS)
    assert chapter.storm_first.weekday() == 1
    assert chapter.first < storm_days[0]
    assert storm_days[-1] < chapter.last - timedelta(days=7)
    assert chapter.storm.is_wintry == (epoch.month in (12, 1, 2) or epoch in (date(2026, 11, 27), date(2026, 3, 24)))
    for day in storm_days:
        morning = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
        assert len(world.closings(morning)) >= 10
        assert {row.effective_date for row in world.closings(morning)} == {day}
        assert chapter.storm.product in " ".join(banner.text for banner in world.banners(morning))
        assert (world.climate.mean_f(day) < 32) == chapter.storm.is_wintry
        assert (world.climate.is_snowy(day), world.climate.is_stormy(day)) == (
            chapter.storm.is_wintry,
            not chapter.storm.is_wintry,
        )
        assert any(chapter.storm.product in article.revisions[0].headline for article in world.day(day))
    weeks = Counter({week: 0 for week in range(-1, 4)})
    for day in days_from(chapter.first, CHAPTER_DAYS):
        week = (day - chapter.storm_first + timedelta(days=1)).days // 7
        weeks[week] += count(world, chapter.storm_topic.tags[0], [day])
    assert weeks[0] >= 15
    assert weeks[0] > 3 * max(value for week, value in weeks.items() if week != 0)


@pytest.mark.parametrize(("epoch", "seed"), CASES)
def test_a_vote_has_a_campaign_before_and_the_same_results_in_every_story_after(epoch: date, seed: int) -> None:
    world = world_at(epoch, seed)
    chapter = chapter_at(world)
    assert world.storylines is not None
    vote = world.storylines.vote(epoch, world.station)
    assert vote.measure is None
    assert vote.day.weekday() == 1
    assert epoch - timedelta(days=13) < vote.day < epoch - timedelta(days=5)
    days = days_from(chapter.first, CHAPTER_DAYS)
    before = [day for day in days if day <= vote.day]
    after = [day for day in days if day > vote.day]
    assert count(world, "Candidates", before) >= 5 > count(world, "Candidates", after) == 0
    assert count(world, "Elections", after) >= 5
    shares = (f"{vote.winner_share} percent", f"{100 - vote.winner_share} percent")
    stories = [
        article.revisions[0].paragraphs[0]
        for day in after
        for article in world.day(day)
        if "Elections" in article.revisions[0].tags and article.origin.kind == "own"
    ]
    assert all(any(share in lead for share in shares) for lead in stories)


def test_chapters_alternate_between_an_election_and_a_ballot_measure() -> None:
    world = World.ending(date(2026, 11, 27), days=4 * CHAPTER_DAYS)
    storylines = world.storylines
    assert storylines is not None
    measures = [storylines.vote(world.start + timedelta(weeks=4 * at), world.station).measure for at in range(4)]
    assert [measure is None for measure in measures] == [False, True, False, True]
    chapter = storylines.chapter(world.start)
    headlines = [
        article.revisions[0].headline
        for day in days_from(chapter.first, CHAPTER_DAYS)
        for article in world.day(day)
        if "Ballot measure" in article.revisions[0].tags
    ]
    assert any(str(measures[0]) in headline for headline in headlines)
    assert all(headline[0].isupper() or headline[0].isdigit() for headline in headlines)


def test_the_rising_topic_of_one_chapter_is_the_fading_topic_of_the_next() -> None:
    storylines = world_at(EPOCHS[0]).storylines
    assert storylines is not None
    chapters = [storylines.chapter(EPOCHS[0] + timedelta(days=CHAPTER_DAYS * number)) for number in range(-5, 6)]
    assert [chapter.number for chapter in chapters] == list(range(-5, 6))
    for before, after in pairwise(chapters):
        assert after.fading == before.rising
        assert after.first == before.last + timedelta(days=1)
        assert storylines.chapter(after.first) == after


def test_a_day_does_not_depend_on_the_start_on_other_days_or_on_time_going_on() -> None:
    epoch = date(2026, 11, 27)
    month, years = World.ending(epoch), World.ending(epoch, days=3000)
    before = {day: month.day(day) for day in days_from(month.start, CHAPTER_DAYS)}
    for day in days_from(epoch, 60):  # time goes on
        month.day(day)
    assert {day: years.day(day) for day in reversed(before)} == before
    fresh = World.ending(epoch)
    assert fresh.day(epoch + timedelta(days=59)) == month.day(epoch + timedelta(days=59))
    assert World.ending(epoch, station=KGALE).day(epoch) == month.sister.day(epoch)
    assert month.day(month.start - timedelta(days=1)) == ()
    assert World.ending(epoch + timedelta(days=1)).day(epoch) != month.day(epoch)
    for number in range(0, 7 * 24, 5):
        now = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=number)
        assert (month.panel(now), month.closings(now), month.banners(now)) == (
            years.panel(now),
            years.closings(now),
            years.banners(now),
        )


def test_one_day_of_a_long_world_costs_less_than_50_ms() -> None:
    world = World.ending(date(2026, 11, 27), days=3000)
    world.day(date(2020, 1, 1))  # warm up
    days = [date(2019, 5, 5) + timedelta(days=200 * number) for number in range(12)]
    begun = time.process_time()
    for day in days:
        assert len(world.day(day)) >= 8
    assert (time.process_time() - begun) / len(days) < 0.05


def test_story_bodies_differ() -> None:
    world = world_at(EPOCHS[0])
    bodies = [article.revisions[0].paragraphs for day in days_from(world.start, 28) for article in world.day(day)]
    assert len(set(bodies)) > 0.99 * len(bodies)


@pytest.mark.parametrize("epoch", [date(2026, 2, 10), date(2026, 7, 20)], ids=["winter", "summer"])
def test_pages_of_the_storm_parse_to_the_truth(epoch: date) -> None:
    world = world_at(epoch)
    site = Site(world, SimulatedClock(datetime.combine(epoch, datetime.min.time(), UTC)))
    context = load_context(DEMO_CONFIG)
    first = chapter_at(world).storm_first
    for day in days_from(first, 2):
        for article in world.day(day):
            at = article.revisions[0].since
            body = site.respond(article.path, at).body
            page = parse(Page(f"http://127.0.0.1{article.path}", body, captured_at=at, source="demo_station"), context)
            expected = truth.expected_revision(world, article, article.revisions[0])
            frame = truth.expected_frame(world, at)
            assert (page.title, page.body, page.origin.kind) == (expected.title, expected.body, expected.origin)
            assert tuple(tag.label for tag in page.tags) == expected.tags
            assert (tuple(page.banners), page.forecast_text) == (frame.banners, frame.forecast_text)
            assert tuple(page.weather) == frame.panel


@pytest.mark.parametrize(("epoch", "days"), [(date(2018, 3, 1), 1), (date(2035, 1, 1), 28), (date(2026, 1, 1), 0)])
def test_a_world_outside_the_dates_of_native_ids_is_an_error(epoch: date, days: int) -> None:
    with pytest.raises(ValueError, match="a world runs from 2018-03-23 to 2034-10-08"):
        World.ending(epoch, days=days)
