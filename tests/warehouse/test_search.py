"""Search: words and phrases, ranked, with filters; marks stand where the words are; private bodies are not found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.model import Tag
from flows.sources import Source, SourceCatalog
from flows.topic_config import Topics
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import load, refresh_rollups
from flows.warehouse.publish import publish
from flows.warehouse.search import Found, Query, parse_words, plain_text, search
from tests.warehouse.conftest import batch, exchange, story

LONG = " ".join(f"word{number}" for number in range(80)) + " a frozen pipe burst at the school " + "rest " * 60
PAGES = [
    story(1, title="Snow closes schools", summary="Buses stay in", body="Nothing else"),
    story(2, title="Schools open", summary="The snow is gone; café open", body="Snow, snow and snow"),
    story(3, title="Council meets", summary=None, body=LONG, tags=[Tag("Budget", "tag_box", 1)]),
]
Ask = Callable[..., Found]


@pytest.fixture
def published(layout: Layout) -> Callable[[bool], Layout]:
    def made(store_body: bool) -> Layout:
        fields = {"name": "kxyz", "kind": "station", "title": "K", "home": "https://kxyz.test/", "zone": "UTC"}
        source = Source.model_validate({**fields, "store_body": store_body})
        with open_writer(layout, print) as connection:
            sync_dimensions(connection, SourceCatalog({"kxyz": source}, {}), Topics())
            load(connection, "one", batch(*[(exchange(page.url, 0), page) for page in PAGES]), "1")
            refresh_rollups(connection)
            publish(connection, layout, [])
        return layout

    return made


@pytest.fixture
def ask(published: Callable[[bool], Layout]) -> Ask:
    layout = published(True)
    return lambda text, **filters: search(layout, Query(*parse_words(text), **filters), 10)


def titles(found: Found) -> list[str]:
    return [plain_text(hit.title) for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "phrases", "without"),
    [
        ("flood city", ("flood", "city"), ()),
        ('"city council" -snow -"ice storm" flood*', ("city council", "flood*"), ("snow", "ice storm")),
        ('e-mail & "open', ("e-mail", "open"), ()),
    ],
)
def test_a_query_is_read(text: str, phrases: tuple[str, ...], without: tuple[str, ...]) -> None:
    assert parse_words(text) == (phrases, without)


@pytest.mark.parametrize("text", ["", "-snow", '"" !', "a " * 21])
def test_a_query_without_words_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_words(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("snow", ["Snow closes schools", "Schools open"]),
        ("SNOW schools", ["Snow closes schools", "Schools open"]),
        ('"snow closes"', ["Snow closes schools"]),
        ('"closes snow"', []),
        ("snow -bus*", ["Schools open"]),
        ("cafe", ["Schools open"]),
        ("school", ["Council meets"]),
        ("school*", ["Snow closes schools", "Schools open", "Council meets"]),
        ('"pipe burst"', ["Council meets"]),
        ('"schools the"', []),  # headline and summary are fields of their own
    ],
)
def test_what_is_found_and_in_which_order(ask: Ask, text: str, found: list[str]) -> None:
    result = ask(text)
    assert titles(result) == found
    assert result.total == len(found)


def test_filters(ask: Ask) -> None:
    assert titles(ask("council", topic="budget")) == ["Council meets"]
    assert titles(ask("council", topic="nothing")) == []
    assert titles(ask("council", since=date(2026, 3, 3))) == []
    assert titles(ask("council", until=date(2026, 3, 2), source="kxyz")) == ["Council meets"]
    assert titles(ask("pipe", in_bodies=False)) == []
    with pytest.raises(ConfigError, match="'nobody' is not in the warehouse"):
        ask("council", source="nobody")


def test_marks_and_excerpts(ask: Ask) -> None:
    (hit,) = ask('"pipe burst"').hits
    assert (True, "pipe burst") in hit.excerpt
    assert plain_text(hit.excerpt).startswith("… word7")
    assert plain_text(hit.excerpt).endswith(" …")
    (hit,) = ask("cafe").hits
    assert (True, "café") in hit.excerpt
    assert ask('"snow closes"').hits[0].title == ((True, "Snow closes"), (False, " schools"))


def test_private_bodies_are_not_found(published: Callable[[bool], Layout]) -> None:
    layout = published(False)
    assert search(layout, Query(("pipe",)), 10).total == 0
    assert search(layout, Query(("council",)), 10).total == 1
