"""Records of a small station, and a warehouse of its own for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.data_layout import Layout
from flows.model import Exchange, Find, Moment, PanelReading, Parsed, Tag
from flows.warehouse.batch import Batch
from flows.warehouse.connection import open_writer
from flows.warehouse.load import load
from flows.warehouse.staged_tables import Tables
from flows.warehouse.statements import named
from tests.conftest import EmptyAt
from tests.trends.conftest import fill  # noqa: F401 - a fixture

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ZONES = {"kxyz": "America/Chicago"}
SHIPPED = named("schema")
STATION = """
insert into dim_source (source_id, name, kind, title, zone, enabled)
values (1, 'kxyz', 'station', 'KXYZ', 'America/Chicago', true)
"""


def schema_of(folder: Path, count: int = len(SHIPPED)) -> Path:
    """`folder`, created with the first `count` of the shipped migrations."""
    folder.mkdir()
    for path in SHIPPED[:count]:
        (folder / path.name).write_text(path.read_text("utf-8"))
    return folder


def at(minutes: float) -> datetime:
    """`minutes` after START, UTC."""
    return START + timedelta(minutes=minutes)


def exchange(url: str, minutes: float, **fields: Any) -> Exchange:
    """A successful article exchange of the station, changed by `fields`."""
    base = Exchange(source="kxyz", url=url, requested_at=at(minutes), purpose="article", outcome="new", status=200)
    return replace(base, **fields)


def story(number: int, **fields: Any) -> Parsed:
    """A parsed story, posted at START."""
    page = Parsed(
        url=f"https://kxyz.test/content/news/{number}.html",
        native_id=str(number),
        title=f"Council votes {number}",
        body=f"The council of Rivertown voted on item {number}.",
        published=Moment(START, "Mar 2, 2026 9:00 AM", "source_zone", "minute"),
        tags=[Tag("City Council", "tag_box", 1), Tag("Budget, taxes and fees", "tag_box", 2)],
        template="heartland",
        content_hash=f"hash-{number}",
        simhash=number,
        word_count=9,
    )
    return replace(page, **fields)


def reading(position: int, temp: int | None, place: str | None = "Rivertown", **fields: Any) -> PanelReading:
    """A row of the weather panel."""
    base = PanelReading(place, "Overcast", temp, 40, 20, temp, position)
    return replace(base, **fields)


def feed(minutes: float, *urls: str, **fields: Any) -> Exchange:
    """An exchange with the station's feed, which listed these URLs in order."""
    finds = tuple(Find(url, "feed", "/feed", rank) for rank, url in enumerate(urls, 1))
    base = exchange("https://kxyz.test/feed", minutes, purpose="feed", outcome="changed", finds=finds)
    return replace(base, **fields)


def add_article(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Add one article in one batch by plain inserts: a changed warehouse at a fraction of the cost of a load."""
    connection.execute("insert into batch values (?, now(), '1', 1)", [str(number)])
    connection.execute(
        "insert into fact_article (article_id, source_id, article_key, url, authors, revisions)"
        " values ($id, 1, $id, 'https://kxyz.test/' || $id::text, [], 1)",
        {"id": number},
    )


def batch(*records: Exchange | tuple[Exchange, Parsed]) -> Tables:
    """The exchanges, with their pages or without, as the tables of one batch."""
    collected = Batch(ZONES)
    for record in records:
        if isinstance(record, Exchange):
            collected.add(record)
        else:
            collected.add(*record)
    return collected.tables()


Load = Callable[..., bool]


def publish(layout: Layout, empty_at: EmptyAt, *articles: tuple[Exchange, Parsed]) -> Layout:
    """Publish a warehouse with these articles, without a working file; returns its layout."""
    with duckdb.connect(str(empty_at(layout.published))) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(STATION)
        load(connection, "one", batch(*articles), "1")
    return layout


@pytest.fixture
def layout(tmp_path: Path, empty_at: EmptyAt) -> Layout:
    """A data folder with an empty, migrated warehouse."""
    layout = Layout.at(tmp_path)
    empty_at(layout.warehouse)
    return layout


@pytest.fixture
def writer(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_writer(layout, print) as connection:
        connection.execute(STATION)
        yield connection


@pytest.fixture
def put(writer: duckdb.DuckDBPyConnection) -> Load:
    """Load records as the batch of that name."""

    def loaded(name: str, *records: Exchange | tuple[Exchange, Parsed]) -> bool:
        return load(writer, name, batch(*records), "1")

    return loaded
