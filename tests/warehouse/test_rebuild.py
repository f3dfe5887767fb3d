"""Rebuilt from the archive, the warehouse is the same row for row, in whatever order and grouping it was loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows import refresh
from flows.fetch.archive import sealed
from flows.settings import Layout
from flows.upkeep import rebuild_from_archive
from flows.warehouse.connect import open_reader, open_writer
from flows.warehouse.content import Content, content
from flows.warehouse.load import settle
from flows.warehouse.publish import publish
from flows.warehouse.snapshots import snapshots
from tests.month import Month


@pytest.fixture
def copy(loaded_month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """The simulated month's archive and warehouse, to be changed."""
    monkeypatch.setenv("NEWSVANE_CONFIG", str(loaded_month.config))
    for room in ("raw", "warehouse"):
        shutil.copytree(loaded_month.layout.data / room, tmp_path / room)
    return Layout.at(tmp_path)


def held(layout: Layout) -> Content:
    with open_writer(layout, print) as connection:
        return content(connection)


def test_rebuild_gives_the_same_warehouse_and_publishes_it(copy: Layout) -> None:
    before = held(copy)
    assert {name: rows for name, (rows, _) in before.items() if not rows} == dict.fromkeys(EMPTY, 0)
    done = rebuild_from_archive(copy)
    assert done.differing == {}
    assert done.exchanges == before["fact_fetch"][0]
    assert held(copy) == before
    assert len(snapshots(copy)) == 2
    with open_reader(copy) as reader:
        assert content(reader) == before


# What the simulated month has none of.
EMPTY: tuple[str, ...] = ()


def test_other_orders_and_groups_give_the_same_rows(copy: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(copy)
    files = list(sealed(copy))
    shuffled = [*files[1::3], *reversed(files[::3]), *files[2::3]]
    monkeypatch.setattr(refresh, "_GROUP_BYTES", sum(file.stat().st_size for file in files) // 4)
    shutil.rmtree(copy.warehouse.parent)
    refresh.synchronise(copy)
    refresh.load_batches(copy, shuffled, print)
    with open_writer(copy, print) as connection:
        settle(connection)
    after = held(copy)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}


def test_a_row_that_differs_is_named(copy: Layout) -> None:
    with open_writer(copy, print) as connection:
        connection.execute("update fact_article set title = 'forged' where article_id = 1")
        connection.execute("delete from agg_tag_day where tag_id = 1")
        tags = connection.execute("select count(*) from agg_tag_day").fetchall()[0][0]
    done = rebuild_from_archive(copy, install=False)
    assert set(done.differing) == {"fact_article", "agg_tag_day"}
    assert done.differing["agg_tag_day"][0] == tags
    with open_reader(copy) as reader:
        assert reader.execute("select count(*) from fact_article where title = 'forged'").fetchall() == [(0,)]


def test_a_damaged_file_is_healed_and_the_refresh_replays_the_archive(
    copy: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(copy)
    files = list(sealed(copy))
    shutil.rmtree(copy.warehouse.parent)
    refresh.synchronise(copy)
    refresh.load_batches(copy, files[: len(files) // 2], print)
    with open_writer(copy, print) as connection:
        publish(connection, copy, [])
    with copy.warehouse.open("r+b") as file:
        file.write(b"\0" * 8192)
    waiting = refresh.unloaded(copy, files)
    assert waiting == files[len(files) // 2 :]
    assert "healed from snapshot 1" in capsys.readouterr().out
    refresh.load_batches(copy, waiting, print)
    with open_writer(copy, print) as connection:
        settle(connection)
    assert held(copy) == before
