"""Maintenance removes what the policy does not keep, reports what a person has to do, and changes no fact."""

from __future__ import annotations

import pytest

from flows.data_layout import Layout
from flows.errors import CheckFailed
from flows.pipeline.warehouse_maintenance import maintain_warehouse
from flows.settings import Publish
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.publish import publish
from flows.warehouse.snapshots import snapshots

KEEP_ALL, KEEP_ONE = Publish(keep=100), Publish(keep=1, keep_days=0, keep_weeks=0)
BATCH = "insert into batch values (?, now(), '1', 0)"


@pytest.fixture
def layout(layout: Layout) -> Layout:
    """A warehouse with four snapshots."""
    with open_writer(layout, print) as connection:
        for name in ("first", "second", "third", "fourth"):
            connection.execute(BATCH, [name])
            publish(connection, layout, [], KEEP_ALL)
    return layout


def batches(layout: Layout) -> int:
    with open_reader(layout) as reader:
        return int(reader.execute("select count(*) from batch").fetchall()[0][0])


def test_old_snapshots_go_and_the_published_one_stays(layout: Layout) -> None:
    before = {snapshot.number: snapshot.bytes for snapshot in snapshots(layout)}
    done = maintain_warehouse(layout, KEEP_ONE, print).checked()
    assert done.removed == (1, 2)
    assert done.freed_bytes == before[1] + before[2]
    assert [snapshot.number for snapshot in snapshots(layout)] == [4, 3]
    assert batches(layout) == 4
    assert len(done.checks) > 20
    assert done.describe()[0].startswith("2 snapshots removed (")
    again = maintain_warehouse(layout, KEEP_ONE, print)
    assert (again.removed, again.problems) == ((), ())


def test_faults_and_damaged_files_are_told(layout: Layout) -> None:
    aside = layout.warehouse.with_suffix(".damaged-1")
    aside.write_bytes(b"")
    with open_writer(layout, print) as connection:
        connection.execute(BATCH, ["fifth"])
        connection.execute("update batch set fetches = 3 where batch_id = 'fifth'")
    done = maintain_warehouse(layout, KEEP_ALL, print)
    assert any(problem.startswith(f"{aside}: was damaged") for problem in done.problems)
    assert [check.name for check in done.checks if check.faults] == ["batch_fetch_count"]
    with pytest.raises(CheckFailed, match=r"batch_fetch_count: 1 .*newsvane rebuild"):
        done.checked()
    assert batches(layout) == 4, "nothing is published"
