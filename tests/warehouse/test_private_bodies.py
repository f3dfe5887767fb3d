"""store_body = false: no body text in the working file, snapshots, exports and damaged copies; hashes stay."""

from __future__ import annotations

import os
import random
import string
import time
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pytest

from flows.data_layout import Layout
from flows.model import Exchange, Parsed
from flows.settings import Publish
from flows.sources import Source, SourceCatalog
from flows.topic_config import Topics
from flows.warehouse.batch import Batch
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.export import export
from flows.warehouse.load import load
from flows.warehouse.publish import publish
from flows.warehouse.snapshots import set_aside, snapshots
from tests.warehouse.conftest import ZONES, batch, exchange, story

BLOCK, HEADERS = 262_144, 3 * 4096
BODIES = "select count(*), count(body), count(body_hash), sum(word_count) from article_state"
WORDS = random.Random(5)


def text() -> str:
    """20,000 random letters: long enough that the bodies fill blocks of their own."""
    return "".join(WORDS.choices(string.ascii_letters, k=20_000))


def records(minutes: float) -> list[tuple[Exchange, Parsed]]:
    """40 articles; those of different minutes differ in their bodies."""
    pages = [story(number, body=text(), content_hash=f"{number} at {minutes}") for number in range(40)]
    return [(exchange(page.url, minutes), page) for page in pages]


def sync(connection: duckdb.DuckDBPyConnection, *, store_body: bool) -> None:
    fields = {"name": "kxyz", "kind": "station", "title": "K", "home": "https://kxyz.test/", "zone": "America/Chicago"}
    source = Source.model_validate({**fields, "store_body": store_body})
    sync_dimensions(connection, SourceCatalog({"kxyz": source}, {}), Topics())


def blocks(path: Path) -> set[bytes]:
    """The hashes of the file's blocks, free ones included."""
    content = path.read_bytes()[HEADERS:]
    return {sha256(content[start : start + BLOCK]).digest() for start in range(0, len(content), BLOCK)}


def body_blocks(path: Path) -> set[bytes]:
    """The hashes of the blocks that hold bodies."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select block_id, additional_block_ids from pragma_storage_info('article_state')"
            " where column_name = 'body' and block_id >= 0"
        ).fetchall()
    content = path.read_bytes()[HEADERS:]
    ids = {number for first, others in rows for number in [first, *(others or [])]}
    return {sha256(content[number * BLOCK : (number + 1) * BLOCK]).digest() for number in ids}


def test_nothing_is_stored_of_a_source_that_keeps_no_bodies(layout: Layout, tmp_path: Path) -> None:
    with open_writer(layout, print) as connection:
        sync(connection, store_body=False)
        load(connection, "one", batch(*records(0)), "1")
        assert connection.execute(BODIES).fetchall() == [(40, 0, 40, 360)]
        publish(connection, layout, [])
    export(layout, tmp_path / "out", ["kxyz"])
    assert set(ds.dataset(tmp_path / "out" / "articles").to_table().column("body").to_pylist()) == {None}


LEAD = "The bridge at Mill Street is closed until spring."
SUMMARIES = [
    (LEAD, None),  # the first paragraph, under the headline
    ("The bridge at Mill Street is cl…", None),  # cut off by the publisher's system
    ("closed until spring.\n Drivers take Main Street [...]", None),  # over two paragraphs, with other space
    ("What drivers should know about the closing", "What drivers should know about the closing"),
    (None, None),
]


@pytest.mark.parametrize("is_late", [False, True], ids=["from the start", "switched off later"])
def test_a_summary_that_is_a_part_of_the_body_is_not_stored(layout: Layout, is_late: bool) -> None:
    pages = [
        story(number, body=f"{LEAD}\nDrivers take Main\u00a0Street.", summary=summary)
        for number, (summary, _) in enumerate(SUMMARIES)
    ]
    collected = Batch(ZONES, [] if is_late else ["kxyz"])
    for page in pages:
        collected.add(exchange(page.url, 0), page)
    with open_writer(layout, print) as connection:
        sync(connection, store_body=is_late)
        load(connection, "one", collected.tables(), "1")
        if is_late:
            assert LEAD.encode() in publish(connection, layout, []).read_bytes()
            sync(connection, store_body=False)
        for table in ("fact_article", "article_state"):
            found = connection.execute(f"select summary from {table} order by article_id").fetchall()
            assert found == [(expected,) for _, expected in SUMMARIES]
        publish(connection, layout, [])
    # Short texts share a block with columns that stay.
    files = [path for path in layout.warehouse.parent.rglob("*") if path.is_file()]
    assert [path.name for path in files if LEAD.encode() in path.read_bytes()] == []


def test_a_changed_body_is_noticed_though_it_is_not_stored(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        sync(connection, store_body=False)
        for minutes in (0, 5):
            load(connection, str(minutes), batch(*records(minutes)), "1")
        kinds = connection.execute("select kind, count(*) from fact_article_revision group by all order by 1")
        assert kinds.fetchall() == [("first", 40), ("silent", 40)]


def test_switched_off_the_bodies_disappear_from_every_file(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        sync(connection, store_body=True)
        for minutes in (0, 5):
            load(connection, str(minutes), batch(*records(minutes)), "1")
            publish(connection, layout, [])
    private = body_blocks(layout.published)
    assert len(private) >= 5
    damaged = set_aside(layout)
    layout.warehouse.write_bytes(damaged.read_bytes())
    os.utime(damaged, (time.time() - 60,) * 2)
    messages: list[str] = []
    with open_writer(layout, print) as connection:
        sync(connection, store_body=False)
        assert connection.execute(BODIES).fetchall() == [(80, 0, 80, 720)]
        publish(connection, layout, [], notify=messages.append)
    left = [path for path in layout.warehouse.parent.rglob("*") if path.is_file()]
    assert {path.name for path in left} == {"working.duckdb", "newsvane.duckdb", "000003.duckdb"}
    assert [path.name for path in left if blocks(path) & private] == []
    assert len(messages) == 3
    assert "store_body = false" in messages[0]


def test_a_snapshot_without_bodies_of_the_source_stays(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        sync(connection, store_body=True)
        publish(connection, layout, [])
        sync(connection, store_body=False)
        publish(connection, layout, [], notify=pytest.fail)
    assert [snapshot.number for snapshot in snapshots(layout)] == [2, 1]


def test_bodies_are_stored_again_when_the_key_is_switched_on(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        sync(connection, store_body=False)
        load(connection, "one", batch(*records(0)), "1")
        sync(connection, store_body=True)
        load(connection, "two", batch(*records(5)), "1")
        assert connection.execute(BODIES).fetchall() == [(80, 40, 80, 720)]
        publish(connection, layout, [], Publish(), pytest.fail)
