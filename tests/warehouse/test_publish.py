"""Publishing: in one step, readers never blocked and never blocking, old snapshots kept and brought back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.errors import ConfigError
from flows.settings import ROOT, Layout
from flows.warehouse import snapshots as kept
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.load import load
from flows.warehouse.publish import publish
from tests.warehouse.conftest import batch, exchange, story

COUNT = "select count(*), count(distinct article_id) from fact_article"
READER = """
import sys
from flows.settings import Layout
from flows.warehouse.connection import open_reader
layout = Layout.at({folder!r})
looks, last = 0, 0
print("reading", flush=True)
while last < {until}:
    with open_reader(layout) as connection:
        articles, revisions, batches = connection.execute(
            "select (select count(*) from fact_article), (select count(*) from fact_article_revision),"
            " (select count(*) from batch)").fetchone()
    assert articles == revisions == batches, (articles, revisions, batches)
    assert articles >= last, (articles, last)
    looks, last = looks + 1, articles
print(looks)
"""

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.read()
"""


def put(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    load(connection, str(number), batch((exchange(f"https://kxyz.test/{number}", number), story(number))), "1")


def test_a_reader_in_another_process_meets_no_error_and_no_half_load(layout: Layout) -> None:
    loads = 15
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])
        reader = subprocess.Popen(
            [sys.executable, "-c", READER.format(folder=str(layout.data), until=loads)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(loads):
            put(connection, number)
            publish(connection, layout, [], keep=1)
    said, errors = reader.communicate(timeout=120)
    assert errors == ""
    assert int(said) >= 2


def test_so_many_old_snapshots_stay(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for number in range(5):
            put(connection, number)
            publish(connection, layout, [], keep=2)
    assert [snapshot.number for snapshot in kept.snapshots(layout)] == [5, 4, 3]
    assert kept.snapshots(layout)[0].path.samefile(layout.published)


def test_a_patched_snapshot_equals_the_working_file(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_cloned", lambda source, target: False)
    inodes = set()
    with open_writer(layout, print) as connection:
        for number in range(5):
            put(connection, number)
            connection.execute(f"create or replace table filler as select uuid() as id from range({40_000 * number})")
            publish(connection, layout, [], keep=1)
            inodes.add(layout.published.stat().st_ino)
            assert layout.published.read_bytes() == layout.warehouse.read_bytes()
    assert len(inodes) == 2  # the one that would go is written into and becomes the newest


def test_a_snapshot_that_is_read_is_not_written_into(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_cloned", lambda source, target: False)
    with open_writer(layout, print) as connection:
        put(connection, 0)
        publish(connection, layout, [], keep=1)
        first = kept.snapshots(layout)[0].path
        with (
            open_reader(layout) as here,
            subprocess.Popen(
                [sys.executable, "-c", HOLD, str(first)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as there,
        ):
            assert there.stdout is not None
            assert there.stdout.readline() == "open\n"
            inode = first.stat().st_ino
            for number in range(1, 5):
                put(connection, number)
                publish(connection, layout, [], keep=1)
                assert layout.published.stat().st_ino != inode
                assert here.execute(COUNT).fetchall() == [(1, 1)]
            with kept._unread(kept.snapshots(layout)[0].path) as free:
                assert free
            assert there.stdin is not None
            there.stdin.close()


def test_a_lock_of_another_process_is_seen(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])
    path = kept.snapshots(layout)[0].path
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with kept._unread(path) as free:
            assert not free
        assert holder.stdin is not None
        holder.stdin.close()
    with kept._unread(path) as free:
        assert free


def test_an_older_snapshot_comes_back_for_readers_and_the_writer(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for number in range(3):
            put(connection, number)
            publish(connection, layout, [])
    kept.restore_snapshot(layout, kept.named(layout, 2))
    kept.publish_snapshot(layout, kept.named(layout, 2).path)
    with open_reader(layout) as reader:
        assert reader.execute(COUNT).fetchall() == [(2, 2)]
    with open_writer(layout, print) as connection:
        put(connection, 2)
        publish(connection, layout, [])
    with open_reader(layout) as reader:
        assert reader.execute(COUNT).fetchall() == [(3, 3)]
    with pytest.raises(ConfigError, match=r"no snapshot 99 .* kept: 4, 3, 2, 1"):
        kept.named(layout, 99)


@pytest.mark.parametrize("damage", ["head", "cut"])
def test_a_damaged_working_file_heals_from_the_last_snapshot(layout: Layout, damage: str) -> None:
    with open_writer(layout, print) as connection:
        put(connection, 0)
        publish(connection, layout, [])
        put(connection, 1)
    _damage(layout.warehouse, damage)
    said: list[str] = []
    with open_writer(layout, said.append) as connection:
        assert connection.execute("select batch_id from batch").fetchall() == [("0",)]
        put(connection, 1)
        assert connection.execute(COUNT).fetchall() == [(2, 2)]
    assert "does not open" in said[0]
    assert "healed from snapshot 1" in said[1]
    assert "newsvane refresh" in said[1]
    assert list(layout.warehouse.parent.glob("working.damaged-*"))


def test_with_no_snapshot_that_opens_the_warehouse_begins_anew(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        put(connection, 0)
        publish(connection, layout, [])
    _damage(kept.snapshots(layout)[0].path, "head")
    _damage(layout.warehouse, "head")
    said: list[str] = []
    with open_writer(layout, said.append) as connection:
        assert connection.execute("select * from batch").fetchall() == []
    assert "began an empty warehouse" in said[-1]


def _damage(path: Path, damage: str) -> None:
    if damage == "head":
        with path.open("r+b") as file:
            file.write(b"\0" * 8192)
    else:
        os.truncate(path, 5000)
