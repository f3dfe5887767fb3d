"""The parser returns the ground truth for the station's pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.clock import SimulatedClock
from flows.model import Page, Parsed
from flows.parse import parse
from flows.parse.context import load_context
from flows.parse.station.closings import parse_closings
from flows.settings import DEMO_CONFIG
from flows.simulator import truth
from flows.simulator.article import ALIAS_STEP
from flows.simulator.pages import article_text
from flows.simulator.site import Site
from flows.simulator.truth import ExpectedRevision
from flows.simulator.world import World

CONTEXT = load_context(DEMO_CONFIG)
WINTER = datetime(2019, 1, 15, 21, 10, tzinfo=UTC)
SOURCES = {"KVANE": "demo_station", "KGALE": "demo_sister"}


def parsed(site: Site, path: str, now: datetime) -> Parsed:
    source = SOURCES[site.world.station.call_sign]
    return parse(Page(f"http://127.0.0.1{path}", site.respond(path, now).body, captured_at=now, source=source), CONTEXT)


def differences(world: World, parsed_page: Parsed, state: ExpectedRevision) -> list[tuple[str, object, object]]:
    """Field, parsed value and expected value where they differ."""
    frame = truth.expected_frame(world, state.since)
    published, updated = (
        when.at.astimezone(UTC) if when else None for when in (parsed_page.published, parsed_page.updated)
    )
    pairs = {
        "native_id": (parsed_page.native_id, state.native_id),
        "title": (parsed_page.title, state.title),
        "summary": (parsed_page.summary, state.summary),
        "body": (parsed_page.body, state.body),
        "tags": (tuple(tag.label for tag in parsed_page.tags), state.tags),
        "published": (published, state.published),
        "updated": (updated, state.updated),
        "authors": (tuple(parsed_page.authors), state.authors),
        "origin": (parsed_page.origin.kind, state.origin),
        "weather": (tuple(parsed_page.weather), frame.panel),
        "forecast_text": (parsed_page.forecast_text, frame.forecast_text),
        "banners": (tuple(parsed_page.banners), frame.banners),
    }
    return [(name, actual, expected) for name, (actual, expected) in pairs.items() if actual != expected]


@pytest.mark.parametrize("world", [World(5), World(5).sister], ids=["station", "sister"])
@pytest.mark.parametrize("days", [6, pytest.param(30, marks=pytest.mark.long)])
def test_every_page_of_a_month_parses_to_the_truth(world: World, days: int) -> None:
    site = Site(world, SimulatedClock(WINTER))
    states = list(truth.expected_revisions(world, WINTER, WINTER - timedelta(days=days)))
    wrong = [
        (state.path, *difference)
        for state in states
        for difference in differences(world, parsed(site, state.path, state.since), state)
    ]
    assert len(states) > 10 * days
    assert wrong == []


def test_the_text_rendering_parses_like_the_page() -> None:
    world = World(5)
    for article in world.latest(WINTER, 40):
        text = article_text(article, WINTER, world)
        parsed_page = parse(
            Page(f"http://127.0.0.1{article.path}", text, "text/plain", captured_at=WINTER, source="demo_station"),
            CONTEXT,
        )
        state = next(truth.fetched_revisions(world, {article.path: [WINTER]}))
        assert (parsed_page.title, parsed_page.summary, tuple(parsed_page.weather)) == (
            state.title,
            state.summary,
            world.panel(WINTER),
        )
        assert parsed_page.published.at.astimezone(UTC) == state.published


def test_the_closings_file_parses_to_the_truth_in_every_hour_of_two_winter_weeks() -> None:
    world = World(5)
    site = Site(world, SimulatedClock(WINTER))
    states = set()
    for hour in range(14 * 24):
        now = WINTER + timedelta(hours=hour)
        page = Page(
            "http://127.0.0.1/closings.html",
            site.respond("/closings.html", now).body,
            captured_at=now,
            source="demo_station",
        )
        parsed_page = parse_closings(page, CONTEXT)
        states.add(parsed_page.state)
        assert sorted(parsed_page.rows, key=repr) == sorted(world.closings(now), key=repr)
        assert parsed_page.updated_at == world.closings_updated(now)
    assert states == {"populated", "empty"}


def test_an_article_fetched_under_its_alias_keeps_its_native_id() -> None:
    site = Site(World(5), SimulatedClock(WINTER), base="http://127.0.0.1")
    article = site.world.latest(WINTER, 1)[0]
    alias = article.path.replace(article.native_id, f"{int(article.native_id) + ALIAS_STEP:09d}")
    assert parsed(site, alias, WINTER).native_id == parsed(site, article.path, WINTER).native_id == article.native_id
