"""The demo's world: kept in its data folder, the same on each run, and told in sentences that its counts support."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.pipeline.demo_story import sentences, story_topics
from flows.pipeline.demo_world import DemoWorld, demo_file
from flows.settings import DEMO_CONFIG
from flows.simulator.fixtures import KGALE, KVANE
from flows.sources import load_sources
from flows.trends.catalog import load
from flows.trends.rising import rising
from flows.trends.run import Table
from flows.warehouse.statement_query import QueryResult

TODAY = date(2026, 11, 27)


def test_a_later_run_continues_the_world_of_the_first(tmp_path) -> None:
    layout = Layout.at(tmp_path)
    first = DemoWorld.read_or_create(layout, TODAY)
    assert DemoWorld.read_or_create(layout, TODAY + timedelta(days=9), weeks=7) == first == DemoWorld.read(layout)
    assert first.first_day == date(2026, 10, 31)
    assert first.world(KVANE).day(TODAY)


def test_the_first_run_is_at_six_local_time_on_the_first_day() -> None:
    source = load_sources(DEMO_CONFIG).by_name("demo_station")
    assert DemoWorld(TODAY).first_run(source).isoformat() == "2026-10-31T06:00:00-05:00"


def test_a_folder_of_real_sources_is_refused(tmp_path) -> None:
    layout = Layout.at(tmp_path)
    (layout.raw / "kqtv").mkdir(parents=True)
    with pytest.raises(ConfigError, match="holds data that is not of the demo"):
        DemoWorld.read_or_create(layout, TODAY)
    assert not demo_file(layout).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"epoch": "soon", "weeks": 4, "seed": 5}', '{"epoch": "2026-11-27"}'])
def test_a_damaged_file_is_named(tmp_path, text: str) -> None:
    layout = Layout.at(tmp_path)
    demo_file(layout).write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"demo\.json: damaged"):
        DemoWorld.read(layout)


def test_the_demo_has_its_own_sources_and_towns_and_the_shipped_topics() -> None:
    assert [source.kind for source in load_sources(DEMO_CONFIG).enabled] == ["simulated", "simulated"]
    assert not [source for source in load_sources().sources.values() if source.kind == "simulated"]


def test_the_story_is_about_four_different_topics() -> None:
    for days in (0, 28, 90):
        assert len(set(story_topics(DemoWorld(TODAY), TODAY + timedelta(days=days)))) == 4


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        ((1, 4, 9, 20), "T rises: 1 article in the first week, 20 in the last."),
        ((0, 0, 1, 2), "T rises: 0 articles in the first week, 2 in the last."),
        ((20, 8, 4, 1), "T fades: 20 articles in the first week, 1 in the last."),
        ((0, 6, 0, 0), "T peaks on Sat, Nov 7 with 6 articles; 6 in 28 days."),
        ((5, 5, 5, 5), "T peaks on Sat, Oct 31 with 5 articles; 20 in 28 days."),
    ],
)
def test_a_sentence_says_what_the_counts_show(weeks: tuple[int, ...], sentence: str) -> None:
    start = TODAY - timedelta(days=27)
    rows = [
        ("T", start + timedelta(days=day), weeks[day // 7] if day % 7 == 0 else 0) for day in range(28)
    ]  # a week's articles all come on its first day
    table = Table(("topic", "period", "articles"), tuple(rows), load("topic_frequency"))
    assert sentences(table) == [sentence]


@pytest.mark.parametrize("today", [TODAY, date(2026, 7, 4)])
def test_the_rising_topic_of_the_first_day_is_likely_real(today: date) -> None:
    demo = DemoWorld(today)
    days = [demo.first_day + timedelta(days=number) for number in range(28)]
    counts: Counter[tuple[str, int]] = Counter()
    for station in (KVANE, KGALE):
        world = demo.world(station)
        for at, day in enumerate(days):
            for article in world.day(day):
                counts.update((tag, at) for tag in set(article.revisions[0].tags))
    labels = sorted({tag for tag, _ in counts})
    rows = [(labels.index(tag), at, articles) for (tag, at), articles in counts.items()]
    numbers = [(day - date(1970, 1, 1)).days for day in days]
    found = QueryResult(("",) * 6, ((numbers, [2] * 28, labels, *map(list, zip(*rows, strict=True))),))
    answer = rising(found, {"until": today, "days": 7, "show": "likely", "top": 5})
    assert demo.storylines.chapter(today).rising.tags[0] in {row[0] for row in answer.result.rows}


def test_days_without_observation_are_left_out_of_a_sentence() -> None:
    rows = (("T", TODAY, None), ("T", TODAY + timedelta(days=1), 2))
    table = Table(("topic", "period", "articles"), rows, load("topic_frequency"))
    assert sentences(table) == ["T peaks on Sat, Nov 28 with 2 articles; 2 in 1 day."]


def test_a_redesign_and_an_end_are_kept_and_change_the_station(tmp_path) -> None:
    layout, source = Layout.at(tmp_path), load_sources(DEMO_CONFIG).by_name("demo_station")
    plain = DemoWorld(TODAY)
    DemoWorld(TODAY, redesigned={"demo_station": TODAY}, stopped={"demo_station": TODAY + timedelta(days=2)}).write(
        layout
    )
    world = DemoWorld.read(layout)
    assert world is not None
    assert world != plain
    noon = datetime(2026, 11, 28, 18, tzinfo=UTC)
    later, much_later = noon + timedelta(days=2), noon + timedelta(days=9)
    site, usual = (one.site(source, KVANE, SimulatedClock(much_later)) for one in (world, plain))
    for found in (site, usual):
        found.base = "http://127.0.0.1:1"
    assert site.respond("/", noon).body != usual.respond("/", noon).body
    assert site.clock.now() < later < usual.clock.now()
    assert site.clock.now().tzinfo is UTC
