"""A warehouse rebuilt from the archive is equal row for row, whatever the order and grouping of the loads."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import WarehouseError
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline import load, load_parts
from flows.pipeline.rebuild import rebuild_from_archive
from flows.pipeline.simulate import simulate
from flows.settings import load_settings
from flows.simulator.world import DEFAULT_START
from flows.sources import load_sources
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.fingerprint import Fingerprint, fingerprint
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish
from flows.warehouse.snapshots import snapshots
from tests.month import SOURCES, config_in


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated day at a station and its sister, fetched and loaded: config/ and data/."""
    folder = tmp_path_factory.mktemp("days")
    config, layout = config_in(folder), Layout.at(folder / "data")
    catalog, settings = load_sources(config), load_settings(config)
    for name in SOURCES:
        source = catalog.by_name(name)
        since = datetime.combine(DEFAULT_START, datetime.min.time(), source.tzinfo) + timedelta(hours=5)
        simulate(source, settings, layout, catalog.places, since, since + timedelta(days=1), timedelta(hours=8))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEWSVANE_CONFIG", str(config))
        loaded(layout, sealed(layout))
    return folder


def loaded(layout: Layout, files: Iterable[Path]) -> None:
    """Load the files into the warehouse at `layout`, and publish it."""
    load.sync_config(layout)
    load.load_batches(layout, files, print)
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
        publish(connection, layout, [])


@pytest.fixture
def copy(days: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """A copy of the archive and warehouse that a test may change."""
    monkeypatch.setenv("NEWSVANE_CONFIG", str(days / "config"))
    shutil.copytree(days / "data", tmp_path / "data")
    return Layout.at(tmp_path / "data")


def held(layout: Layout) -> Fingerprint:
    with open_writer(layout, print) as connection:
        return fingerprint(connection)


def test_a_rebuild_gives_the_same_warehouse_and_publishes_it(copy: Layout) -> None:
    before = held(copy)
    assert not {"fact_article", "fact_appearance", "fact_weather_observation", "fact_story", "agg_tag_pair_month"} & {
        name for name, (rows, _) in before.items() if not rows
    }
    done = rebuild_from_archive(copy, print)
    assert done.differing == {}
    assert done.exchanges == before["fact_fetch"][0]
    assert held(copy) == before
    assert len(snapshots(copy)) == 2
    with open_reader(copy) as reader:
        assert fingerprint(reader) == before


def test_other_orders_and_groups_give_the_same_rows(copy: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(copy)
    files = list(sealed(copy))
    shuffled = [*files[1::3], *reversed(files[::3]), *files[2::3]]
    monkeypatch.setattr(load_parts, "_TRANSACTION_BYTES", sum(file.stat().st_size for file in files) // 4)
    shutil.rmtree(copy.warehouse.parent)
    loaded(copy, shuffled)
    after = held(copy)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}


def test_a_rebuild_does_not_install_when_a_file_of_the_archive_is_gone(copy: Layout) -> None:
    before, lost = held(copy), next(iter(sealed(copy)))
    lost.unlink()
    with pytest.raises(WarehouseError, match=rf"{lost.name}: file not found(.|\n)*--drop-missing"):
        rebuild_from_archive(copy, print)
    assert held(copy) == before


def test_a_row_that_differs_is_named(copy: Layout) -> None:
    with open_writer(copy, print) as connection:
        connection.execute("update fact_article set title = 'forged' where article_id = 1")
        connection.execute("delete from agg_tag_day where tag_id = 1")
        tags = connection.execute("select count(*) from agg_tag_day").fetchall()[0][0]
    done = rebuild_from_archive(copy, print, install=False)
    assert set(done.differing) == {"fact_article", "agg_tag_day"}
    assert done.differing["agg_tag_day"][0] == tags
    with open_reader(copy) as reader:
        assert reader.execute("select count(*) from fact_article where title = 'forged'").fetchall() == [(0,)]


def test_a_damaged_file_is_restored_and_the_refresh_reloads_the_archive(
    copy: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(copy)
    files = list(sealed(copy))
    shutil.rmtree(copy.warehouse.parent)
    loaded(copy, files[: len(files) // 2])
    with copy.warehouse.open("r+b") as file:
        file.write(b"\0" * 8192)
    waiting = load.unloaded(copy, files)
    assert [file.path for file in waiting] == files[len(files) // 2 :]
    assert "restored the warehouse from snapshot 1" in capsys.readouterr().out
    loaded(copy, [file.path for file in waiting])
    assert held(copy) == before
