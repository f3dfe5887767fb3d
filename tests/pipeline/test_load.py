"""Archive files made by other tools: one article per page, its clocks, and the lines that report each file."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.archive.warc_writer import WarcWriter
from flows.pipeline.archive_inputs import archive_files
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.warehouse.connection import open_writer
from flows.warehouse.publish import run_checks
from tests.fetch.archive.builders import http, make_exchange, make_hop, record, warc, write_exchanges
from tests.pack_articles import ARTICLES, pack
from tests.stories import story

FIXTURES = Path(__file__).parents[1] / "parse" / "fixtures"


def loaded(layout: Layout, warc: Path, times: int = 1) -> list[str]:
    """The URLs of all articles after loading a file `times` times."""
    for _ in range(times):
        load_batches(layout, [warc], print)
    with open_writer(layout, print) as connection:
        return sorted(url for (url,) in connection.execute("select url from fact_article").fetchall())


def test_an_external_file_loaded_twice_gives_one_article_per_page(layout: Layout, tmp_path: Path) -> None:
    lines = []
    for number, page in enumerate(sorted(FIXTURES.glob("*.html"))):
        (tmp_path / f"{number}.gz").write_bytes(gzip.compress(page.read_bytes()))
        url = f"https://example.test/{page.stem}"
        lines.append(json.dumps({"url": url, "html": f"{number}.gz", "crawl_date": "2024-05-03T18:19:08"}))
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), "utf-8")
    warc = tmp_path / "pages.warc.gz"
    urls = pack(warc, tmp_path)
    assert len(urls) >= 2
    assert len(loaded(layout, warc, times=2)) == len(urls)


def test_a_file_that_is_not_an_archive_is_rejected(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><title>A page</title></html>", "utf-8")
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(page.read_bytes()))
    for path in (page, packed):
        with pytest.raises(ConfigError, match=f"{path.name}.*newsvane parse"):
            archive_files([path])
    with pytest.raises(ConfigError, match="file not found"):
        archive_files([tmp_path / "nowhere.warc"])


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real article pages are in ../shared, which does not exist here")
@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.long)])
def test_each_real_page_is_at_most_one_article_and_hardly_one_is_lost(
    layout: Layout, tmp_path: Path, step: int
) -> None:
    """Every page, or every tenth: some of each suite, and few enough for an everyday test. A few are no news: an entry
    of a dictionary, a company's page, the front page of a blog."""
    warc = tmp_path / "articles.warc.gz"
    urls = pack(warc, step=step)
    assert len(urls) > 100
    found = loaded(layout, warc)
    assert len(found) == len(set(found))
    assert set(found) <= set(urls)
    assert len(found) >= 0.99 * len(urls)


STORY = story()


def rows_after(layout: Layout, *files: bytes) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[str]]:
    """Load files one after the other; returns the clocks of the articles, the exchanges, and the lines for the user."""
    folder, lines = layout.data.parent, list[str]()
    sync_config(layout, print)
    for number, data in enumerate(files):
        path = folder / f"{number}.warc.gz"
        path.write_bytes(data)
        load_batches(layout, unloaded(layout, [path], lines.append), lines.append)
    with open_writer(layout, print) as connection:
        assert not [check.name for check in run_checks(connection) if check.level == "fail" and check.faults]
        clocks = connection.execute("select first_seen_at, last_seen_at, first_seen_date from fact_article").fetchall()
        exchanges = connection.execute("select outcome, requested_at from fact_fetch order by fetch_id").fetchall()
    return clocks, exchanges, [line.replace(f"{folder}/", "") for line in lines]


def test_an_undated_capture_has_no_clock_and_is_loaded_once(layout: Layout) -> None:
    one = record("response", http(STORY), **{"WARC-Date": ""})
    clocks, exchanges, lines = rows_after(layout, warc(one), warc(one, record("warcinfo", b"again: 1\r\n")))
    assert clocks == [(None, None, None)]
    assert exchanges == [("new", None)]
    assert lines == ["0.warc.gz: 1 exchange read, 1 loaded", "1.warc.gz: 1 exchange read, 0 loaded, 1 loaded before"]


@pytest.mark.parametrize("at", [datetime(1970, 1, 1, 0, 5, tzinfo=UTC), datetime.now(UTC) + timedelta(days=3000)])
def test_a_run_under_a_clock_that_is_years_off_has_no_time_and_moves_no_day(layout: Layout, at: datetime) -> None:
    writer, lines = WarcWriter(layout, "demo"), list[str]()
    exchange = replace(make_exchange(0), requested_at=at, purpose="feed")
    writer.write(exchange, [make_hop(0, b"<rss></rss>")])
    load_batches(layout, [layout.data / (writer.seal() or "")], lines.append)
    with open_writer(layout, print) as connection:
        assert connection.execute("select requested_at from fact_fetch").fetchall() == [(None,)]
        assert connection.execute("select count(*) from fact_source_day").fetchall() == [(0,)]
    assert len(lines) == 1
    assert "1 of 1 exchanges are dated before 1991 or a year ahead" in lines[0]


def test_a_dated_capture_sets_the_clocks_of_an_undated_one(layout: Layout) -> None:
    undated, dated = (record("response", http(STORY), **{"WARC-Date": date}) for date in ("", "2020-02-03"))
    clocks, _, _ = rows_after(layout, warc(undated), warc(dated))
    midnight = datetime(2020, 2, 3, tzinfo=UTC)
    assert [row[:2] for row in clocks] == [(midnight, midnight)]


def test_a_revisit_moves_last_seen(layout: Layout) -> None:
    seen_again = record("revisit", http(b""), **{"WARC-Date": "2020-02-09T00:00:00Z"})
    clocks, exchanges, _ = rows_after(layout, warc(record("response", http(STORY)), seen_again))
    first, last = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC), datetime(2020, 2, 9, tzinfo=UTC)
    assert [row[:2] for row in clocks] == [(first, last)]
    assert exchanges == [("new", first), ("unchanged", last)]


@pytest.mark.parametrize("body", [b" \n ", b"\x28\xb5\x2f\xfd\x00packed", b"\x1f\x8b\x08 packed"])
def test_an_empty_or_packed_page_is_no_article(layout: Layout, body: bytes) -> None:
    clocks, exchanges, _ = rows_after(layout, warc(record("response", http(body))))
    assert clocks == []
    assert len(exchanges) == 1


def test_a_file_without_pages_and_a_damaged_file_are_reported(layout: Layout) -> None:
    log = record("resource", b"log", "text/plain", **{"WARC-Target-URI": "metadata://gnu.org/wget.log"})
    two = warc(record("response", http(STORY)), record("response", http(STORY * 50), **{"WARC-Date": "2020-02-04"}))
    _, exchanges, lines = rows_after(layout, warc(log), two[:-9])
    assert len(exchanges) == 3
    assert lines[0] == "no page records in 0.warc.gz"
    assert lines[1].startswith("1.warc.gz: truncated: no complete record after byte ")
    assert lines[2] == "1.warc.gz: 3 exchanges read, 3 loaded"  # the damaged end is in the ledger too
    assert len(lines) == 3


@pytest.mark.parametrize("cut", [60, 200])
def test_a_sealed_file_cut_in_its_last_record_is_named_and_the_others_are_loaded(layout: Layout, cut: int) -> None:
    lines: list[str] = []
    damaged = write_exchanges(layout, 4)
    damaged.write_bytes(damaged.read_bytes()[:-cut])
    other = damaged.with_name("demo-20260106T000000000000Z-00001.warc.gz")
    other.write_bytes(warc(record("response", http(STORY))))
    sync_config(layout, print)
    assert load_batches(layout, unloaded(layout, [damaged, other], lines.append), lines.append) == 5
    assert len(lines) == 1
    assert lines[0].startswith(f"{damaged}: damaged at byte ")
    assert unloaded(layout, [damaged, other], lines.append) == []
