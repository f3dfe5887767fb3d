"""The simulated month in the warehouse: each article, tag, revision and reading that the stations published, once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from flows.data_layout import Layout
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.load import load_batches, unloaded
from flows.pipeline.simulate import simulate
from flows.settings import DEMO_CONFIG, load_settings
from flows.simulator import truth
from flows.simulator.site import RequestLogEntry
from flows.simulator.world import World
from flows.sources import load_sources
from flows.warehouse.connection import open_reader, open_writer
from tests.month import EVERY, SOURCES, Month

Rows = list[tuple[Any, ...]]


def rows_of(month: Month, sql: str, *values: object) -> Rows:
    with open_reader(month.layout) as reader:
        return reader.execute(sql, list(values)).fetchall()


def second(at: datetime) -> datetime:
    """Without microseconds: the ledger uses them to order exchanges of one instant."""
    return at.astimezone(UTC).replace(microsecond=0)


def last_states(month: Month, world: World, source: str) -> dict[str, tuple[truth.ExpectedRevision, list[datetime]]]:
    """Native id -> the last state the station served of an article, and the instants at which it was served."""
    found = {}
    for path, instants in month.served(source).items():
        *_, state = truth.fetched_revisions(world, {path: instants})
        found[state.native_id] = (state, sorted(instants))
    return found


@pytest.fixture(params=list(SOURCES))
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(loaded_month: Month, source: str) -> World:
    return loaded_month.world(source)


def test_the_month_covers_thirty_days(loaded_month: Month, source: str) -> None:
    served = loaded_month.served(source)
    assert len(served) > 300
    days = {at.date() for instants in served.values() for at in instants}
    assert len(days) >= 30


def test_every_article_the_station_posted_was_found(loaded_month: Month, source: str, world: World) -> None:
    last = max(at for at, _, _ in loaded_month.log[source])
    posted = {
        state.path for state in truth.expected_revisions(world, last) if _could_be_seen(loaded_month, source, state)
    }
    assert posted == set(loaded_month.served(source))


def _could_be_seen(month: Month, source: str, state: truth.ExpectedRevision) -> bool:
    """Whether the article was on the site at one of the visits."""
    visits = {at for at, path, _ in month.log[source] if path == "/feed.xml"}
    return any(state.since <= at and (state.until is None or at < state.until) for at in visits)


def test_each_article_has_one_row_with_its_last_state_and_four_clocks(
    loaded_month: Month, source: str, world: World
) -> None:
    expected = {
        native_id: (
            state.title, state.summary, state.published, state.updated, list(state.authors), state.origin,
            second(instants[0]), second(instants[-1]), state.published.astimezone(world.station.tzinfo).date(),
        )
        for native_id, (state, instants) in last_states(loaded_month, world, source).items()
    }  # fmt: skip
    rows = rows_of(
        loaded_month,
        "select native_id, article.title, summary, posted_at, updated_at, authors, origin_kind, first_seen_at,"
        " last_seen_at, posted_date from fact_article as article join dim_source using (source_id) where name = ?",
        source,
    )
    found = {row[0]: (*row[1:7], second(row[7]), second(row[8]), row[9]) for row in rows}
    assert len(rows) == len(found)
    assert found == expected


def test_tags_are_those_of_the_last_state(loaded_month: Month, source: str, world: World) -> None:
    expected = sorted(
        (native_id, tag)
        for native_id, (state, _) in last_states(loaded_month, world, source).items()
        for tag in state.tags
    )
    found = rows_of(
        loaded_month,
        "select native_id, raw_label from fact_article_tag join fact_article using (article_id)"
        " join dim_source using (source_id) where name = ?",
        source,
    )
    assert sorted(found) == expected


def test_revisions_are_the_states_that_were_served(loaded_month: Month, source: str, world: World) -> None:
    """Title, body, first and last instant of each state, in order."""
    rows = rows_of(
        loaded_month,
        "select native_id, revision, state.title, state.body, from_at, until_at"
        " from fact_article_revision as seen join article_state as state using (article_id, state_hash)"
        " join fact_article using (article_id) join dim_source using (source_id)"
        " where name = ? order by native_id, revision",
        source,
    )
    found = [(key, number, title, body, second(start), second(end)) for key, number, title, body, start, end in rows]
    expected = [
        (state.native_id, number, state.title, state.body, second(start), second(end))
        for path, instants in sorted(loaded_month.served(source).items())
        for number, (state, start, end) in enumerate(_intervals(world, path, instants), 1)
    ]
    assert found == sorted(expected)
    assert max(number for _, number, *_ in found) >= 2


def _intervals(
    world: World, path: str, instants: list[datetime]
) -> Iterator[tuple[truth.ExpectedRevision, datetime, datetime]]:
    """The states of one article as they were served, each with its first and last instant."""
    seen = ((at, state) for at in sorted(instants) for state in truth.fetched_revisions(world, {path: [at]}))
    for _, group in groupby(seen, key=lambda pair: pair[1].number):
        interval = list(group)
        yield interval[0][1], interval[0][0], interval[-1][0]


def test_vanished_articles_have_the_instant_of_the_first_miss(loaded_month: Month, source: str) -> None:
    served = loaded_month.served(source)
    missed: dict[str, datetime] = {}
    for at, path, status in sorted(loaded_month.log[source]):
        if path in served and status in (404, 410) and at > max(served[path]):
            missed.setdefault(path, second(at))
    rows = rows_of(
        loaded_month,
        "select native_id, gone_at from fact_article join dim_source using (source_id)"
        " where name = ? and gone_at is not null",
        source,
    )
    assert {native_id: second(at) for native_id, at in rows} == {
        path.rpartition("-")[2].removesuffix(".html"): at for path, at in missed.items()
    }


def test_equal_panel_readings_are_one_interval(loaded_month: Month, source: str, world: World) -> None:
    """Per place: the reading, its interval and the number of pages. Each page has the same panel twice."""
    expected = []
    for position in range(len(world.station.towns)):
        shown = [(at, world.panel(at)[position]) for at in _pages(loaded_month, source)]
        intervals = groupby(
            shown, key=lambda pair: (pair[1].place, pair[1].condition, pair[1].temp_f, pair[1].feels_like_f)
        )
        for (place, condition, temp_f, feels_like_f), group in intervals:
            instants = [at for at, _ in group]
            expected.append((place, condition, temp_f, feels_like_f, instants[0], instants[-1], len(instants)))
    rows = rows_of(
        loaded_month,
        "select place, condition, temp_f::int, feels_like_f::int, observed_at, until_at, page_count"
        " from fact_weather_observation where provider = ?",
        source,
    )
    assert sorted((*row[:4], second(row[4]), second(row[5]), row[6]) for row in rows) == sorted(expected)
    assert all(place is not None for place, in rows_of(
        loaded_month, "select place_id from fact_weather_observation where provider = ?", source
    ))  # fmt: skip


def _pages(month: Month, source: str) -> list[datetime]:
    """The instants at which a page with a panel was served with its body: articles, home and sections."""
    sections = {url.partition("://")[2].partition("/")[2] for url in load_sources(DEMO_CONFIG).by_name(source).sections}
    return sorted(
        second(at)
        for at, path, status in month.log[source]
        if status == 200 and (path.startswith("/content/") or path[1:] in sections)
    )


def test_a_high_and_low_are_forecasts_of_the_day_they_were_shown(
    loaded_month: Month, source: str, world: World
) -> None:
    expected = set()
    for position in range(len(world.station.towns)):
        before: tuple[Any, ...] | None = None
        for at in _pages(loaded_month, source):
            reading, day = world.panel(at)[position], at.astimezone(world.station.tzinfo).date()
            if (day, reading.hi_f, reading.lo_f) != before:
                expected.add((reading.place, day, reading.hi_f, reading.lo_f, at))
            before = (day, reading.hi_f, reading.lo_f)
    rows = rows_of(
        loaded_month,
        "select place, valid_date, hi_f::int, lo_f::int, issued_at from fact_weather_forecast where provider = ?",
        source,
    )
    assert len(rows) == len(set(rows))
    assert {(*row[:4], second(row[4])) for row in rows} == expected


def test_each_banner_has_its_intervals(loaded_month: Month, source: str, world: World) -> None:
    pages = _pages(loaded_month, source)
    expected = []
    for banner in {banner for at in pages for banner in world.banners(at)}:
        for is_shown, group in groupby(pages, key=lambda at: banner in world.banners(at)):
            instants = list(group)
            if is_shown:
                expected.append((banner.kind, banner.text, instants[0], instants[-1], len(instants)))
    rows = rows_of(
        loaded_month,
        "select banner.kind, text, from_at, until_at, page_count from fact_banner as banner"
        " join dim_source using (source_id) where name = ?",
        source,
    )
    assert sorted((*row[:2], second(row[2]), second(row[3]), row[4]) for row in rows) == sorted(expected)
    assert expected


def test_every_closing_and_every_poll_of_the_list(loaded_month: Month, source: str, world: World) -> None:
    polls = [at for at, path, status in loaded_month.log[source] if path == "/closings.html" and status in (200, 304)]
    expected = {
        (closing.organisation, closing.status, closing.effective_date) for at in polls for closing in world.closings(at)
    }
    rows = rows_of(
        loaded_month,
        "select organisation.name, status, effective_date from fact_closing join dim_source using (source_id)"
        " join dim_organisation as organisation using (organisation_id) where dim_source.name = ?",
        source,
    )
    assert len(rows) == len(set(rows))
    assert set(rows) == expected
    found = rows_of(
        loaded_month,
        "select polled_at, state, rows from fact_closing_poll join dim_source using (source_id) where name = ?",
        source,
    )
    assert {(second(at), state, rows) for at, state, rows in found} == {
        (second(at), "populated" if world.closings(at) else "empty", len(world.closings(at))) for at in polls
    }


def test_a_day_with_a_visit_is_observed(loaded_month: Month, source: str, world: World) -> None:
    zone = world.station.tzinfo
    visited = {at.astimezone(zone).date() for at, path, status in loaded_month.log[source] if path == "/feed.xml"}
    rows = rows_of(
        loaded_month,
        "select date, observed from fact_source_day join dim_source using (source_id) where name = ?",
        source,
    )
    assert {day for day, observed in rows if observed} == visited


def test_copies_of_wire_and_sister_stories_are_one_story(loaded_month: Month) -> None:
    """Articles of two stations with the same text within three days are one story."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for source in SOURCES:
        for native_id, (state, _) in last_states(loaded_month, loaded_month.world(source), source).items():
            texts.setdefault(state.body, []).append((source, native_id))
    shared = [pair for pair in texts.values() if len({source for source, _ in pair}) == 2]
    assert shared
    rows = rows_of(
        loaded_month,
        "select name, native_id, story_id, posted_date from fact_story join fact_article using (article_id)"
        " join dim_source using (source_id)",
    )
    story = {(source, native_id): (story_id, day) for source, native_id, story_id, day in rows}
    for members in shared:
        held = [story[member] for member in members]
        days = [day for _, day in held]
        if max(days) - min(days) <= timedelta(days=3):
            assert len({story_id for story_id, _ in held}) == 1


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.long)])
def test_everything_run_twice_adds_nothing(
    loaded_month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Visits are not repeated, files are not loaded again, and loading them anyway (all, or
    every sixth of them) changes no row."""
    monkeypatch.setenv("NEWSVANE_CONFIG", str(loaded_month.config))
    layout = Layout.at(shutil.copytree(loaded_month.layout.data, tmp_path / "data"))
    before, files = content(layout), list(sealed(layout))
    catalog, settings = load_sources(), load_settings()
    for source in SOURCES:
        first = min(at for at, _, _ in loaded_month.log[source])
        last = max(at for at, _, _ in loaded_month.log[source])
        log: list[RequestLogEntry] = []
        simulate(catalog.by_name(source), settings, layout, catalog.places, first, last, EVERY, log=log)
        assert log == []
    assert list(sealed(layout)) == files
    assert unloaded(layout, files) == []
    load_batches(layout, files[::step], print)
    assert content(layout) == before
    assert before["fact_article"][0] > 600


def content(layout: Layout) -> dict[str, tuple[int, int]]:
    """Table -> number of rows and a hash of them all, whatever their order."""
    with open_writer(layout, print) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
        return {
            name: connection.execute(
                "select count(*), bit_xor(hash(row)) from query_table(?) as row", [name]
            ).fetchone()
            for (name,) in tables
        }
