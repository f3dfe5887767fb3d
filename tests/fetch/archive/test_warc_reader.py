"""Reading the archive: order, unchanged pages, chunks and damage."""

from __future__ import annotations

from datetime import timedelta

from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from flows.fetch.archive.warc_writer import WarcWriter
from tests.fetch.archive.builders import make_exchange, run_twice, write_exchanges
from tests.fetch.sites import (
    START,
)


def test_an_unchanged_page_has_a_hash_and_no_body(tmp_path):
    first, second = run_twice(Layout(tmp_path))
    before = {exchange.url: exchange for exchange, _ in warc_reader.records(first)}
    again = [(exchange, found) for exchange, found in warc_reader.records(second) if exchange.purpose == "article"]
    assert again
    for exchange, found in again:
        assert (exchange.outcome, found) == ("unchanged", None)
        assert exchange.body_sha256 == before[exchange.url].body_sha256


def test_sealed_files_are_in_time_order_and_open_files_are_excluded(tmp_path):
    layout = Layout(tmp_path)
    for source, day in (("b", 2), ("a", 3), ("a", 1)):
        writer = WarcWriter(layout, source)
        writer.write(make_exchange(1, source=source, requested_at=START + timedelta(days=day)))
        writer.seal()
    WarcWriter(layout, "c").write(make_exchange(1, source="c"))
    assert [path.parent.parent.name for path in warc_reader.sealed(layout)] == ["a", "b", "a"]
    assert [path.parent.parent.name for path in warc_reader.sealed(layout, "b")] == ["b"]


def test_chunks_cover_a_file_without_gap_or_overlap(tmp_path):
    path = write_exchanges(Layout(tmp_path), 50)
    ranges = warc_reader.chunks(path, 7)
    assert len(ranges) == 8
    assert (ranges[0][0], ranges[-1][1]) == (0, path.stat().st_size)
    apart = [exchange for start, end in ranges for exchange, _ in warc_reader.records(path, start, end)]
    assert apart == [exchange for exchange, _ in warc_reader.records(path)]
    assert len(apart) == 50


def test_damage_in_the_middle_loses_one_exchange_and_is_reported(tmp_path):
    path = write_exchanges(Layout(tmp_path), 10)
    hurt = list(warc_reader.records(path))[4][0].warc_offset
    data = bytearray(path.read_bytes())
    data[hurt + 40 : hurt + 60] = bytes(20)
    path.write_bytes(data)
    read = list(warc_reader.records(path))
    assert [exchange for exchange, _ in read if "damaged" in (exchange.reason or "")]
    bodies = {found.body for _, found in read if found}
    assert bodies == {f"<p>story {number}</p>".encode() for number in range(10) if number != 4}
