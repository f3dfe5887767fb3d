"""What the real parser reads off the station's pages is what the station meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.clock import SimulatedClock
from flows.model import Page, Parsed
from flows.parse import parse
from flows.parse.context import load_context
from flows.parse.station.closings import parse_closings
from flows.simulator import truth
from flows.simulator.article import ALIAS_STEP
from flows.simulator.pages import article_text
from flows.simulator.site import Site
from flows.simulator.truth import ExpectedRevision
from flows.simulator.world import World

CONTEXT = load_context(Path(__file__).parents[2] / "config")
WINTER = datetime(2019, 1, 15, 21, 10, tzinfo=UTC)
SOURCES = {"KVANE": "demo_station", "KGALE": "demo_sister"}


def read(site: Site, path: str, now: datetime) -> Parsed:
    source = SOURCES[site.world.station.call_sign]
    return parse(Page(f"http://127.0.0.1{path}", site.answer(path, now).body, captured_at=now, source=source), CONTEXT)


def differences(world: World, seen: Parsed, state: ExpectedRevision) -> list[tuple[str, object, object]]:
    """What a reader returned and what it should have, where they differ."""
    around = truth.expected_frame(world, state.since)
    published, updated = (when.at.astimezone(UTC) if when else None for when in (seen.published, seen.updated))
    pairs = {
        "native_id": (seen.native_id, state.native_id),
        "title": (seen.title, state.title),
        "summary": (seen.summary, state.summary),
        "body": (seen.body, state.body),
        "tags": (tuple(tag.label for tag in seen.tags), state.tags),
        "published": (published, state.published),
        "updated": (updated, state.updated),
        "authors": (tuple(seen.authors), state.authors),
        "origin": (seen.origin.kind, state.origin),
        "weather": (tuple(seen.weather), around.panel),
        "forecast_text": (seen.forecast_text, around.forecast_text),
        "banners": (tuple(seen.banners), around.banners),
    }
    return [(name, got, want) for name, (got, want) in pairs.items() if got != want]


@pytest.mark.parametrize("world", [World(5), World(5).sister], ids=["station", "sister"])
def test_every_page_of_a_month_reads_as_meant(world: World) -> None:
    site = Site(world, SimulatedClock(WINTER))
    states = list(truth.expected_revisions(world, WINTER, WINTER - timedelta(days=30)))
    wrong = [
        (state.path, *difference)
        for state in states
        for difference in differences(world, read(site, state.path, state.since), state)
    ]
    assert len(states) > 300
    assert wrong == []


def test_the_text_rendering_reads_like_the_page() -> None:
    world = World(5)
    for article in world.latest(WINTER, 40):
        text = article_text(article, WINTER, world)
        seen = parse(
            Page(f"http://127.0.0.1{article.path}", text, "text/plain", captured_at=WINTER, source="demo_station"),
            CONTEXT,
        )
        state = next(truth.fetched_revisions(world, {article.path: [WINTER]}))
        assert (seen.title, seen.summary, tuple(seen.weather)) == (state.title, state.summary, world.panel(WINTER))
        assert seen.published.at.astimezone(UTC) == state.published


def test_the_closings_file_reads_as_meant_on_every_hour_of_two_winter_weeks() -> None:
    world = World(5)
    site = Site(world, SimulatedClock(WINTER))
    states = set()
    for hour in range(14 * 24):
        now = WINTER + timedelta(hours=hour)
        page = Page(
            "http://127.0.0.1/closings.html",
            site.answer("/closings.html", now).body,
            captured_at=now,
            source="demo_station",
        )
        seen = parse_closings(page, CONTEXT)
        states.add(seen.state)
        assert sorted(seen.rows, key=repr) == sorted(world.closings(now), key=repr)
        assert seen.updated_at == world.closings_updated(now)
    assert states == {"populated", "empty"}


def test_an_article_met_under_its_second_id_goes_by_its_first() -> None:
    site = Site(World(5), SimulatedClock(WINTER), base="http://127.0.0.1")
    article = site.world.latest(WINTER, 1)[0]
    alias = article.path.replace(article.native_id, f"{int(article.native_id) + ALIAS_STEP:09d}")
    assert read(site, alias, WINTER).native_id == read(site, article.path, WINTER).native_id == article.native_id
