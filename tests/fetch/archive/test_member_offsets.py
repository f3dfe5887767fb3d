"""The offset of a record leads to the gzip member that holds it, however records and members are mixed."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from flows.fetch.archive.external_warc import records
from flows.fetch.archive.member_offsets import shares_members
from tests.fetch.archive.builders import http, record, warc

RECORDS = [
    record("response", http(b"<p>page %d</p>" % number), **{"WARC-Target-URI": f"http://h.test/{number}"})
    for number in range(7)
]


@pytest.mark.parametrize("sizes", [[1] * 7, [7], [2, 1, 4], [1, 3, 3], [3, 3, 1], [1, 1, 5], [6, 1]], ids=str)
def test_the_offset_is_that_of_the_member(tmp_path: Path, sizes: list[int]) -> None:
    left = iter(RECORDS)
    groups = [[next(left) for _ in range(size)] for size in sizes]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(*(b"".join(group) for group in groups)))
    found = [exchange for exchange, _ in records(path, 0, None)]
    assert [exchange.url[-1] for exchange in found] == [str(number) for number in range(7)]
    assert shares_members(path) is (max(sizes) > 1)
    data = path.read_bytes()
    for exchange in found:
        assert exchange.warc_offset is not None
        member = zlib.decompressobj(31).decompress(data[exchange.warc_offset :])
        assert exchange.url.encode() in member
    starts = {exchange.warc_offset for exchange in found}
    assert len(starts) == len(sizes)


def test_a_file_read_from_its_second_member_on_has_the_same_offsets(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(b"".join(RECORDS[:3]), b"".join(RECORDS[3:])))
    second = len(gzip.compress(b"".join(RECORDS[:3]), mtime=0))
    assert {exchange.warc_offset for exchange, _ in records(path, second, None)} == {second}
