"""A file of another tool is known by its content: what is new in it is loaded once, wherever it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import WarehouseError
from flows.pipeline.known_files import read_content
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.pipeline.rebuild import rebuild_from_archive
from flows.warehouse.connection import open_writer
from flows.warehouse.fingerprint import fingerprint
from flows.warehouse.load import refresh_rollups
from tests.fetch.archive.builders import http, record, warc
from tests.stories import story


def pages(count: int) -> list[bytes]:
    """So many records of another tool, each with an article."""
    return [
        record(
            "response",
            http(story(f"Story {number} of the council")),
            **{
                "WARC-Target-URI": f"http://www.example.org/news/{number}",
                "WARC-Date": f"2020-02-03T04:05:{number:02d}Z",
            },
        )
        for number in range(count)
    ]


@pytest.fixture
def layout(layout: Layout) -> Layout:
    sync_config(layout, lambda line: None)
    return layout


def backfill(layout: Layout, *files: Path) -> tuple[int, list[str]]:
    """Load what is new in the files; returns the number of exchanges loaded and the lines for the user."""
    lines: list[str] = []
    loaded = load_batches(layout, unloaded(layout, files, lines.append), lines.append)
    with open_writer(layout, lines.append) as connection:
        refresh_rollups(connection)
    return loaded, lines


def articles(layout: Layout) -> int:
    with open_writer(layout, print) as connection:
        return int(connection.execute("select count(*) from fact_article").fetchall()[0][0])


@pytest.mark.parametrize("sizes", [(), (1,), (0, 3, 1000), (7, 2_000_000, 2_500_000, 9_000_000)])
def test_the_content_of_a_file_and_of_its_parts(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    data = bytes(range(256)) * 10_000
    (tmp_path / "x").write_bytes(data)
    content = read_content(tmp_path / "x", sizes)
    assert (content.bytes, content.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert content.prefixes == {
        size: hashlib.sha256(data[:size]).hexdigest() for size in sizes if 0 < size <= len(data)
    }


def test_a_file_that_was_downloaded_in_part_is_loaded_when_it_is_whole(layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    whole = warc(*pages(5))
    path.write_bytes(whole[: len(whole) // 2])
    first, lines = backfill(layout, path)
    assert articles(layout) == 2
    assert any(f"{path}: truncated" in line for line in lines)
    path.write_bytes(whole)
    second, lines = backfill(layout, path)
    assert articles(layout) == 5
    assert lines == [f"{path}: 5 exchanges read, 3 loaded, 2 loaded before"]
    assert (first, second) == (3, 3)  # the truncated end is in the ledger too
    rebuild_from_archive(layout, print)
    assert articles(layout) == 5


def test_the_same_content_is_skipped_wherever_it_is(layout: Layout, tmp_path: Path) -> None:
    path, copy = tmp_path / "crawl.warc.gz", tmp_path / "copy.warc.gz"
    path.write_bytes(warc(*pages(2)))
    copy.write_bytes(path.read_bytes())
    assert backfill(layout, path, copy) == (
        2, [f"{copy}: skipped: the same content as {path}", f"{path}: 2 exchanges read, 2 loaded"],
    )  # fmt: skip
    assert backfill(layout, path) == (0, [f"{path}: skipped: its content is loaded already (as {path})"])
    assert backfill(layout, copy) == (0, [f"{copy}: skipped: its content is loaded already (as {path})"])


def test_a_moved_file_is_the_same_batch_and_its_rows_follow_it(layout: Layout, tmp_path: Path) -> None:
    path, moved = tmp_path / "crawl.warc.gz", tmp_path / "elsewhere.warc.gz"
    path.write_bytes(warc(*pages(2)))
    backfill(layout, path)
    path.rename(moved)
    with pytest.raises(WarehouseError, match=r"crawl\.warc\.gz: file not found(.|\n)*--drop-missing"):
        rebuild_from_archive(layout, print)
    assert backfill(layout, moved) == (
        0,
        [f"{moved}: skipped: its content is loaded already; it was moved from {path}"],
    )
    with open_writer(layout, print) as connection:
        before = fingerprint(connection)
        assert connection.execute("select distinct warc_file from fact_fetch").fetchall() == [(str(moved),)]
        assert connection.execute("select batch_id from batch").fetchall() == [
            (f"sha256:{hashlib.sha256(moved.read_bytes()).hexdigest()}",)
        ]
    assert rebuild_from_archive(layout, print).differing == {}
    with open_writer(layout, print) as connection:
        assert fingerprint(connection) == before


def test_a_rebuild_keeps_files_that_are_inside_the_data_folder(layout: Layout) -> None:
    path = layout.data / "imports" / "crawl.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(warc(*pages(2)))
    backfill(layout, path)
    done = rebuild_from_archive(layout, print)
    assert (done.exchanges, done.differing, done.missing) == (2, {}, [])
    assert articles(layout) == 2


@pytest.mark.parametrize("changed", [False, True])
def test_a_rebuild_does_not_install_when_a_backfilled_file_is_gone(
    layout: Layout, tmp_path: Path, changed: bool
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(*pages(2)))
    backfill(layout, path)
    path.unlink()
    if changed:
        path.write_bytes(warc(*pages(3)[1:]))
    with pytest.raises(WarehouseError, match="its content has changed" if changed else "file not found"):
        rebuild_from_archive(layout, print)
    assert articles(layout) == 2
    done = rebuild_from_archive(layout, print, install=False)
    assert len(done.missing) == 1
    assert done.differing["fact_article"] == (2, 0)
    done = rebuild_from_archive(layout, print, drop_missing=True)
    assert len(done.missing) == 1
    assert articles(layout) == 0


def test_a_file_of_an_earlier_version_keeps_its_batch_id(layout: Layout, tmp_path: Path) -> None:
    """Earlier versions knew a file by its path; the migration lists it without size and hash."""
    inside = layout.data / "imports" / "crawl.warc.gz"
    inside.parent.mkdir(parents=True)
    inside.write_bytes(warc(*pages(2)))
    backfill(layout, inside)
    with open_writer(layout, print) as connection:
        for table in ("batch", "fact_fetch", "external_file"):
            connection.execute(f"update {table} set batch_id = 'imports/crawl.warc.gz'")
        connection.execute("update external_file set bytes = null, sha256 = null")
    assert rebuild_from_archive(layout, print).differing == {}
    with open_writer(layout, print) as connection:
        assert connection.execute("select batch_id from batch").fetchall() == [("imports/crawl.warc.gz",)]
    assert backfill(layout, inside)[0] == 0
