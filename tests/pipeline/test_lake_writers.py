"""Several data folders in one lake: it answers as one warehouse does; what loads change is marked for the commit."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.load import check_and_publish, load_batches, sync_config
from flows.settings import DEMO_CONFIG, Query, Warehouse
from flows.trends.run import run
from flows.warehouse.analyst_query import run_analyst_query
from flows.warehouse.lake import commit_to_lake
from flows.warehouse.search import Query as Words
from flows.warehouse.search import search
from tests.cluster.pages import archive
from tests.month import Month

HOSTS = ("saint-orrin.test", "millbarrow.test")
TRENDS = (
    "topic_frequency", "topic_share", "top_topics", "topic_pairs", "phrase_frequency", "tag_coverage", "origin_share",
)  # fmt: skip
PARAMS = {"phrase_frequency": {"phrase": "the budget;vote"}}
COLUMNS = {
    "articles": "source, url, title, posted_at, origin_kind, first_seen_at",
    "tags": "* exclude (tag_id)",
}


def loaded(folder: Path, hosts: tuple[str, ...]) -> Layout:
    """A published warehouse with pages of the hosts."""
    layout = Layout.at(folder / "data")
    layout.data.mkdir(parents=True)
    for host in hosts:
        (folder / f"{host}.warc.gz").write_bytes(archive(host, 0, 40))
    sync_config(layout)
    load_batches(layout, [folder / f"{host}.warc.gz" for host in hosts], lambda _: None)
    check_and_publish(layout, lambda _: None, lambda _: None)
    return layout


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Layout]:
    """Warehouses with the pages of one host each, and one with both."""
    tmp_path = tmp_path_factory.mktemp("writers")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEWSVANE_CONFIG", str(DEMO_CONFIG))
        wanted = {"one": HOSTS[:1], "other": HOSTS[1:], "both": HOSTS}
        return {name: loaded(tmp_path / name, hosts) for name, hosts in wanted.items()}


@pytest.fixture
def lake(tmp_path: Path) -> str:
    """A lake that does not exist yet."""
    return f"ducklake:{tmp_path / 'news.ducklake'}"


def commit(layout: Layout, lake: str) -> None:
    """Commit with the bodies."""
    commit_to_lake(layout, Warehouse(lake=lake), HOSTS)


def answers(layout: Layout) -> dict[str, object]:
    found: dict[str, object] = {name: run(layout, name, PARAMS.get(name, {})).rows for name in TRENDS}
    for view, columns in COLUMNS.items():
        found[view] = run_analyst_query(layout, f"select {columns} from {view} order by all", Query()).rows
    found["words"] = sorted(hit.row["url"] for hit in search(layout, Words(("budget vote",)), 100).hits)
    return found


def test_two_writers_give_what_one_warehouse_gives(folders: dict[str, Layout], lake: str) -> None:
    for name in ("one", "other", "one"):
        commit(folders[name], lake)
    assert answers(replace(folders["one"], lake=lake)) == answers(folders["both"])


def test_a_source_has_one_writer(folders: dict[str, Layout], lake: str) -> None:
    commit(folders["one"], lake)
    with pytest.raises(ConfigError, match=r"one/data writes the source 'saint-orrin\.test'.*both/data/lake_writer"):
        commit(folders["both"], lake)
    shutil.copy(folders["one"].lake_writer, folders["both"].lake_writer)
    commit(folders["both"], lake)  # takes its place
    assert answers(replace(folders["one"], lake=lake)) == answers(folders["both"])


@pytest.mark.long
def test_what_loads_mark_is_all_that_they_change(
    loaded_month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout, target = Layout.at(tmp_path / "data"), Warehouse(lake=f"ducklake:{tmp_path / 'news.ducklake'}")
    shutil.copytree(loaded_month.layout.raw, layout.raw)
    config = Path(shutil.copytree(loaded_month.config, tmp_path / "config"))
    with (config / "newsvane.toml").open("a") as file:
        file.write(f'\n[warehouse]\nlake = "{target.lake}"\n')
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    sync_config(layout)
    files = sorted(sealed(layout))
    for number in range(5):
        load_batches(layout, files[number::5], lambda _: None)
        check_and_publish(layout, lambda _: None, lambda _: None)
    assert commit_to_lake(layout, target) == 0
