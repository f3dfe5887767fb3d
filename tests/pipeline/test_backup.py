"""A data folder that was moved, and one restored from the backup that docs/deployment.md describes, go on."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.pipeline.simulate import last_visit, simulate
from flows.pipeline.warehouse_refresh import refresh_warehouse
from flows.settings import load_settings
from flows.sources import load_sources
from flows.warehouse.connection import open_reader, writer_lock
from flows.warehouse.snapshots import publish_snapshot, restore_snapshot, snapshots
from tests.month import Month

STATION = "demo_station"
COUNTS = "select (select count(*) from fact_fetch), (select count(*) from fact_article), (select count(*) from batch)"


@pytest.fixture
def month(loaded_month: Month, monkeypatch: pytest.MonkeyPatch) -> Month:
    monkeypatch.setenv("NEWSVANE_CONFIG", str(loaded_month.config))
    return loaded_month


def counts(layout: Layout) -> tuple[int, ...]:
    with open_reader(layout) as reader:
        return tuple(reader.execute(COUNTS).fetchall()[0])


def go_on(layout: Layout) -> int:
    """Visit the station once more, a quarter of a day after the last visit, and refresh; returns the new exchanges."""
    catalog, last = load_sources(), last_visit(layout, load_sources().by_name(STATION))
    assert last is not None
    at = last + timedelta(hours=6)
    done = simulate(catalog.by_name(STATION), load_settings(), layout, catalog.places, at, at)
    assert done.found < 100, "what was known before the move is known after it"
    assert done.failed == 0
    refreshed = refresh_warehouse(layout, notify=lambda _: None)
    assert refreshed.files == len(done.files) > 0
    return refreshed.exchanges


def test_a_moved_folder_goes_on(month: Month, tmp_path: Path) -> None:
    shutil.copytree(month.layout.data, tmp_path / "old" / "data")
    moved = Layout.at(shutil.move(tmp_path / "old" / "data", tmp_path / "new"))
    before = counts(moved)
    exchanges = go_on(moved)
    after = counts(moved)
    assert after[0] == before[0] + exchanges
    assert before[1] <= after[1] < before[1] + 100
    assert after[2] == before[2] + 1


def test_a_backup_of_archive_and_snapshots_goes_on(month: Month, tmp_path: Path) -> None:
    restored = Layout.at(tmp_path / "restored")
    shutil.copytree(month.layout.raw, restored.raw, ignore=shutil.ignore_patterns("*.open"))
    shutil.copytree(month.layout.snapshots, restored.snapshots)
    newest = snapshots(restored)[0]
    with writer_lock(restored, print):
        restore_snapshot(restored, newest)
        publish_snapshot(restored, newest.path)
    before = counts(restored)
    assert before == counts(month.layout)
    exchanges = go_on(restored)  # the fetch state is rebuilt from the archive
    assert counts(restored)[0] == before[0] + exchanges
