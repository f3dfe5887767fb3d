"""The maintenance commands on a small published warehouse: restore, export, rebuild --check."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.pipeline.load import load_batches, sync_config
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.publish import publish
from tests.cli.conftest import Command
from tests.cli.test_query import GIVEN
from tests.conftest import EmptyAt
from tests.fetch.archive.builders import http, record, warc


@pytest.fixture
def layout(tmp_path: Path, empty_at: EmptyAt) -> Layout:
    """A warehouse with two snapshots: the first has one article, the second none."""
    layout = Layout.at(tmp_path / "data")
    empty_at(layout.warehouse)
    with open_writer(layout, print) as connection:
        connection.execute(GIVEN)
        publish(connection, layout, [])
        connection.execute("delete from fact_article")
        connection.execute("insert into batch values ('second', now(), '1', 0)")
        publish(connection, layout, [])
    return layout


def articles(layout: Layout) -> int:
    with open_reader(layout) as reader:
        return int(reader.execute("select count(*) from fact_article").fetchall()[0][0])


def test_snapshots_are_listed_and_the_current_one_marked(newsvane: Command, layout: Layout) -> None:
    done = newsvane("restore", "--data", str(layout.data))
    assert done.status == 0
    head, *rows = done.out.splitlines()
    assert head.split()[0] == "snapshot"
    assert [(row.split()[0], "current" in row) for row in rows] == [("2", True), ("1", False)]


def test_a_snapshot_is_restored_for_readers_and_the_writer(newsvane: Command, layout: Layout) -> None:
    assert articles(layout) == 0
    done = newsvane("restore", "1", "--data", str(layout.data))
    assert done.status == 0
    assert "restored snapshot 1" in done.err
    assert "Snapshot 1, published" in layout.report.read_text("utf-8")
    assert articles(layout) == 1
    with open_writer(layout, print) as connection:
        assert connection.execute("select count(*) from fact_article").fetchall() == [(1,)]


def test_a_refresh_says_on_stderr_that_it_restored_a_damaged_warehouse(newsvane: Command, layout: Layout) -> None:
    with layout.warehouse.open("r+b") as file:
        file.write(b"\0" * 8192)
    done = newsvane("refresh", "--data", str(layout.data))
    assert done.status == 0
    (aside,) = layout.warehouse.parent.glob("working.damaged-*")
    assert f"{layout.warehouse}: does not open" in done.err
    assert f"renamed to {aside.name}" in done.err
    assert "restored the warehouse from snapshot 2" in done.err


def test_without_a_snapshot_the_next_command_is_named(newsvane: Command, tmp_path: Path) -> None:
    done = newsvane("restore", "--data", str(tmp_path))
    assert done.status == 2
    assert "run `newsvane refresh`" in done.err


def test_export_writes_one_folder_per_table(newsvane: Command, layout: Layout, tmp_path: Path) -> None:
    newsvane("restore", "1", "--data", str(layout.data))
    done = newsvane("export", "--parquet", str(tmp_path / "out"), "--data", str(layout.data))
    assert done.status == 0
    files = str(tmp_path / "out" / "articles" / "**" / "*.parquet")
    assert duckdb.sql(f"select count(*) from read_parquet('{files}')").fetchall() == [(1,)]


def test_export_refuses_a_file(newsvane: Command, layout: Layout, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    done = newsvane("export", "--parquet", str(tmp_path / "out"), "--data", str(layout.data))
    assert done.status == 2
    assert "is a file; give a folder" in done.err


def test_rebuild_check_reports_differences_and_replaces_nothing(newsvane: Command, layout: Layout) -> None:
    newsvane("restore", "1", "--data", str(layout.data))
    done = newsvane("rebuild", "--check", "--data", str(layout.data))
    assert done.status == 1
    assert "differs: fact_article: 1 row before, 0 rebuilt" in done.err
    assert articles(layout) == 1


def test_rebuild_loses_the_rows_of_a_missing_file_only_when_asked(newsvane: Command, tmp_path: Path) -> None:
    layout, crawl = Layout.at(tmp_path / "data"), tmp_path / "crawl.warc.gz"
    crawl.write_bytes(warc(record("response", http(b"<title>A story</title><h1>A story</h1><p>Words."))))
    sync_config(layout, print)
    load_batches(layout, [crawl], print)
    crawl.unlink()
    done = newsvane("rebuild", "--data", str(layout.data))
    assert done.status == 1
    assert f"{crawl}: file not found" in done.err
    assert "--drop-missing" in done.err
    done = newsvane("rebuild", "--drop-missing", "--data", str(layout.data))
    assert done.status == 0
    assert f"missing: {crawl}: file not found; its rows are not in the rebuilt warehouse" in done.err
    assert articles(layout) == 0
