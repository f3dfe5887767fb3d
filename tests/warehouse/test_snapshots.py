"""Snapshots: published files are never written again, old ones are kept and can be restored."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from subprocess import PIPE
from tempfile import TemporaryDirectory
from typing import IO

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import ROOT, Publish
from flows.warehouse import snapshots as kept
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.publish import publish
from tests.conftest import EmptyAt
from tests.warehouse.conftest import add_article

COUNT = "select count(*), count(distinct article_id) from fact_article"
HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
for _ in sys.stdin:
    print(connection.execute("select count(*), count(distinct article_id) from fact_article").fetchall(), flush=True)
"""


def test_the_newest_snapshots_are_kept(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for number in range(5):
            add_article(connection, number)
            publish(connection, layout, [], Publish(keep=2, keep_days=0, keep_weeks=0))
    assert [snapshot.number for snapshot in kept.snapshots(layout)] == [5, 4, 3]
    assert kept.snapshots(layout)[0].path.samefile(layout.published)


def kept_of(hours: list[int], policy: Publish) -> list[int]:
    """The ages in hours that stay, of snapshots with these ages, on a Sunday at noon."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    made = [
        kept.Snapshot(1000 - age, Path(str(age)), now - timedelta(hours=age), 0) for age in sorted(hours)
    ]  # newest first
    return sorted(1000 - number for number in kept.kept_numbers(made, policy))


def test_snapshots_are_kept_by_age() -> None:
    quarter_days = list(range(0, 24 * 60, 6))
    assert kept_of(quarter_days, Publish(keep=3, keep_days=0, keep_weeks=0)) == [0, 6, 12, 18]
    assert kept_of(quarter_days, Publish(keep=1, keep_days=3, keep_weeks=0)) == [0, 6, 18, 42]
    assert kept_of(quarter_days, Publish(keep=1, keep_days=0, keep_weeks=3)) == [0, 6, 18 + 6 * 24, 18 + 13 * 24]
    assert len(kept_of(quarter_days, Publish())) == 4 + 5 + 3


def test_a_pause_does_not_age_snapshots_away() -> None:
    assert kept_of([0, 890, 891, 950], Publish(keep=1, keep_days=3, keep_weeks=0)) == [0, 890, 950]


@pytest.mark.parametrize("clones", [True, False], ids=["as the filesystem can", "copied"])
def test_a_snapshot_equals_the_working_file_and_is_a_file_of_its_own(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, clones: bool
) -> None:
    if not clones:
        monkeypatch.setattr(kept, "_cloned", lambda original, copy: False)
    with open_writer(layout, print) as connection:
        for number in range(3):
            add_article(connection, number)
            publish(connection, layout, [], Publish(keep=5, keep_days=0, keep_weeks=0))
            assert layout.published.read_bytes() == layout.warehouse.read_bytes()
            assert not layout.published.samefile(layout.warehouse)
    assert len({snapshot.path.stat().st_ino for snapshot in kept.snapshots(layout)}) == 3


class Published:
    """The files published so far, held open to detect later writes to them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._held: dict[int, tuple[IO[bytes], int, bytes]] = {}

    def hold(self) -> None:
        """Hold the file that is published now."""
        facts = self._layout.published.stat()
        if facts.st_ino not in self._held:
            file = self._layout.published.open("rb")
            self._held[facts.st_ino] = (file, facts.st_mtime_ns, sha256(file.read()).digest())

    def written(self) -> list[int]:
        """The inodes whose content or modification time has changed since."""
        found = []
        for inode, (file, written_at, digest) in self._held.items():
            file.seek(0)
            if (os.fstat(file.fileno()).st_mtime_ns, sha256(file.read()).digest()) != (written_at, digest):
                found.append(inode)
            file.close()
        return found


@given(steps=st.lists(st.sampled_from(["load", "publish", "oldest", "newest"]), min_size=4, max_size=10))
@settings(max_examples=4, deadline=None, derandomize=True, phases=[Phase.generate])
def test_no_order_of_publish_and_restore_writes_to_a_published_file(empty_at: EmptyAt, steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        layout = Layout.at(folder)
        empty_at(layout.warehouse)
        with open_writer(layout, print) as connection:
            publish(connection, layout, [], Publish(keep=1, keep_days=0, keep_weeks=0))
        published, loads = Published(layout), 0
        published.hold()
        for step in steps:
            if step in ("oldest", "newest"):
                snapshot = kept.snapshots(layout)[-1 if step == "oldest" else 0]
                kept.restore_snapshot(layout, snapshot)
                kept.publish_snapshot(layout, snapshot.path)
            else:
                with open_writer(layout, print) as connection:
                    if step == "load":
                        add_article(connection, loads)
                        loads += 1
                    publish(connection, layout, [], Publish(keep=1, keep_days=0, keep_weeks=0))
                    assert layout.published.read_bytes() == layout.warehouse.read_bytes()
            published.hold()
        assert layout.published.stat().st_mode & 0o222 == 0
        assert published.written() == []


def test_a_reader_keeps_its_snapshot_whole_across_restore_and_publish(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for number in range(2):
            add_article(connection, number)
            publish(connection, layout, [], Publish(keep=1, keep_days=0, keep_weeks=0))
    oldest = kept.snapshots(layout)[-1]
    kept.restore_snapshot(layout, oldest)
    kept.publish_snapshot(layout, oldest.path)
    with (
        open_reader(layout) as here,
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(layout.published)], stdin=PIPE, stdout=PIPE, text=True
        ) as there,
    ):
        assert there.stdout is not None
        assert there.stdin is not None
        assert there.stdout.readline() == "open\n"
        with open_writer(layout, print) as connection:
            for number in range(1, 5):
                add_article(connection, number)
                publish(connection, layout, [], Publish(keep=1, keep_days=0, keep_weeks=0))
        assert here.execute(COUNT).fetchall() == [(1, 1)]
        there.stdin.write("count\n")
        there.stdin.flush()
        assert there.stdout.readline() == "[(1, 1)]\n"
        there.stdin.close()
    with open_reader(layout) as reader:
        assert reader.execute(COUNT).fetchall() == [(5, 5)]


FULL = """
import resource, signal, sys
from flows.errors import WarehouseError
from flows.data_layout import Layout
from flows.warehouse.snapshots import create_snapshot, restore_snapshot, snapshots
layout = Layout.at(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
for work in (lambda: create_snapshot(layout, 3), lambda: restore_snapshot(layout, snapshots(layout)[0])):
    try:
        work()
        print("the disk was not full")
    except WarehouseError as error:
        print(error)
"""


def test_a_full_disk_leaves_the_working_file_and_the_snapshots_as_they_were(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        add_article(connection, 0)
        publish(connection, layout, [])
    files = {path: path.read_bytes() for path in layout.warehouse.parent.rglob("*") if path.is_file()}
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(layout.data)],
        cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    messages = done.stdout.splitlines()
    assert "free disk space and run `newsvane refresh`" in messages[0]
    assert "free disk space and run `newsvane restore 1`" in messages[1]
    assert {path: path.read_bytes() for path in layout.warehouse.parent.rglob("*") if path.is_file()} == files


def test_an_older_snapshot_is_restored_for_readers_and_the_writer(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        for number in range(3):
            add_article(connection, number)
            publish(connection, layout, [])
    kept.restore_snapshot(layout, kept.find_snapshot(layout, 2))
    kept.publish_snapshot(layout, kept.find_snapshot(layout, 2).path)
    with open_reader(layout) as reader:
        assert reader.execute(COUNT).fetchall() == [(2, 2)]
    with open_writer(layout, print) as connection:
        add_article(connection, 2)
        publish(connection, layout, [])
    with open_reader(layout) as reader:
        assert reader.execute(COUNT).fetchall() == [(3, 3)]
    with pytest.raises(ConfigError, match=r"no snapshot 99; kept: 4, 3, 2, 1"):
        kept.find_snapshot(layout, 99)
