"""Publishing replaces the snapshot in one step: readers are not blocked, and see whole loads only."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from flows.data_layout import Layout
from flows.errors import WarehouseError
from flows.settings import ROOT, Publish
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.load import load
from flows.warehouse.publish import Check, publish, run_checks
from flows.warehouse.snapshots import publish_snapshot, restore_snapshot, snapshots
from tests.warehouse.conftest import batch, exchange, story

READER = """
import sys
from flows.data_layout import Layout
from flows.warehouse.connection import open_reader
layout = Layout.at({folder!r})
reads, last = 0, 0
print("reading", flush=True)
while last < {until}:
    with open_reader(layout) as connection:
        articles, revisions, batches = connection.execute(
            "select (select count(*) from fact_article), (select count(*) from fact_article_revision),"
            " (select count(*) from batch)").fetchone()
    assert articles == revisions == batches, (articles, revisions, batches)
    assert articles >= last, (articles, last)
    reads, last = reads + 1, articles
print(reads)
"""


@pytest.mark.parametrize("loads", [4, pytest.param(15, marks=pytest.mark.long)])
def test_a_reader_in_another_process_sees_no_error_and_no_partial_load(layout: Layout, loads: int) -> None:
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
            record = (exchange(f"https://kxyz.test/{number}", number), story(number))
            load(connection, str(number), batch(record), "1")
            publish(connection, layout, [], Publish(keep=1, keep_days=0, keep_weeks=0))
    output, errors = reader.communicate(timeout=120)
    assert errors == ""
    assert int(output) >= 2


def numbers(layout: Layout) -> list[int]:
    return [snapshot.number for snapshot in snapshots(layout)]


def test_a_state_is_published_once(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for _ in range(3):
            publish(connection, layout, run_checks(connection))
    assert numbers(layout) == [1]
    with open_writer(layout, print) as connection:
        load(connection, "empty", batch(), "1")  # a file without exchanges is a batch, too
        publish(connection, layout, run_checks(connection))
        publish(connection, layout, [Check("made_up", "warn", 1)])
        publish(connection, layout, [Check("made_up", "warn", 1)])
    assert numbers(layout) == [3, 2, 1]


def test_a_published_file_that_was_damaged_is_published_again(layout: Layout) -> None:
    messages: list[str] = []
    with open_writer(layout, print) as connection:
        publish(connection, layout, [], notify=messages.append)
        layout.published.chmod(0o600)
        layout.published.write_bytes(b"x" * 9000)
        with pytest.raises(WarehouseError, match=r"is damaged .*newsvane refresh"), open_reader(layout):
            pass
        publish(connection, layout, [], notify=messages.append)
    with open_reader(layout) as reader:
        assert reader.execute("select count(*) from articles").fetchall() == [(0,)]
    assert messages == [f"{layout.published}: does not open; it is published again"]


def test_a_restored_snapshot_is_published_again_only_after_a_change(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for number in range(2):
            load(connection, str(number), batch((exchange("https://kxyz.test/1", number), story(1))), "1")
            publish(connection, layout, [])
    restore_snapshot(layout, snapshots(layout)[-1])
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])  # readers still had the newer one
    assert numbers(layout) == [3, 2, 1]
    restore_snapshot(layout, snapshots(layout)[-1])
    publish_snapshot(layout, snapshots(layout)[-1].path)
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])
    assert numbers(layout) == [3, 2, 1]
    assert snapshots(layout)[-1].path.samefile(layout.published)


VICTIM = """
import random, sys
from flows.data_layout import Layout
from flows.settings import Publish
from flows.warehouse.connection import open_writer, writer_lock
from flows.warehouse.load import load
from flows.warehouse.publish import publish
from flows.warehouse.snapshots import publish_snapshot, restore_snapshot, snapshots
from tests.warehouse.conftest import batch, exchange, story
layout, choose = Layout.at(sys.argv[1]), random.Random(sys.argv[2])
print("running", flush=True)
while True:
    if choose.random() < 0.4 and snapshots(layout):
        snapshot = choose.choice(snapshots(layout))
        with writer_lock(layout, print):
            restore_snapshot(layout, snapshot)
            publish_snapshot(layout, snapshot.path)
    else:
        with open_writer(layout, print) as connection:
            for _ in range(choose.randrange(3)):
                number = choose.randrange(10**6)
                record = (exchange(f"https://kxyz.test/{number}", number), story(number))
                load(connection, str(number), batch(record), "1")
            publish(connection, layout, [], Publish(keep=2, keep_days=0, keep_weeks=0))
"""
WHOLE = "select (select count(*) from fact_article), (select count(*) from article_state), (select count(*) from batch)"


@pytest.mark.parametrize("lives", [2, pytest.param(8, marks=pytest.mark.long)])
def test_a_reader_gets_a_whole_file_whenever_restore_and_publish_are_killed(layout: Layout, lives: int) -> None:
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])
    moments = random.Random(7)
    for life in range(lives):
        with open_reader(layout) as held:
            before = held.execute(WHOLE).fetchone()
            victim = subprocess.Popen(
                [sys.executable, "-c", VICTIM, str(layout.data), str(life)],
                cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            assert victim.stdout is not None
            assert victim.stdout.readline() == "running\n"
            until = time.monotonic() + moments.uniform(0.3, 2.5)
            while time.monotonic() < until:
                read = subprocess.run(
                    [sys.executable, "-c", LOOK, str(layout.published), WHOLE], capture_output=True, text=True
                )  # in a process of its own: DuckDB would hand this one the file that it has open
                assert read.stderr == ""
                assert len(set(read.stdout.split())) == 1, read.stdout
            victim.kill()
            victim.wait()
            victim.stdout.close()
            assert held.execute(WHOLE).fetchone() == before
        messages: list[str] = []
        with open_writer(layout, messages.append) as connection:
            counts = connection.execute(WHOLE).fetchone()
            assert counts is not None
            assert len(set(counts)) == 1
        assert messages == []


LOOK = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print(*connection.execute(sys.argv[2]).fetchone())
"""
