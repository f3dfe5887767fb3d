"""WARC and WET files of other tools: codings, damage and truncation."""

from __future__ import annotations

import gzip
import random
import zlib
from datetime import UTC, datetime
from itertools import islice

import pytest
import zstandard

from flows.fetch.archive import warc_reader
from flows.fetch.archive.external_warc import is_damage
from flows.model import UNDATED
from tests.fetch.archive.builders import http, record, warc


@pytest.mark.parametrize("packed", [True, False])
def test_a_response_becomes_an_exchange(tmp_path, packed: bool):
    path = tmp_path / ("x.warc.gz" if packed else "x.warc")
    path.write_bytes(warc(record("response", http(b"<p>hello</p>")), packed=packed))
    [(exchange, found)] = warc_reader.records(path)
    assert (exchange.source, exchange.outcome, exchange.status) == ("example.org", "new", 200)
    assert exchange.charset == "iso-8859-1"
    assert exchange.requested_at == found.captured_at == datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert found.body == b"<p>hello</p>"
    assert (exchange.warc_file, exchange.warc_offset) == (path.as_posix(), 0)


def test_a_capture_of_a_web_archive_counts_for_the_original_site(tmp_path):
    path = tmp_path / "x.warc.gz"
    url = "https://web.archive.org/web/20180607080910id_/https://www.kq2.example/news/a-1.html"
    path.write_bytes(warc(record("response", http(b"<p>hello</p>"), **{"WARC-Target-URI": url})))
    [(exchange, found)] = warc_reader.records(path)
    assert exchange.source == "kq2.example"
    assert exchange.url == found.url == "https://www.kq2.example/news/a-1.html"
    assert exchange.requested_at == found.captured_at == datetime(2018, 6, 7, 8, 9, 10, tzinfo=UTC)


def test_a_wet_file_is_read(tmp_path):
    path = tmp_path / "x.warc.wet.gz"
    path.write_bytes(warc(record("warcinfo", b"a: b\r\n"), record("conversion", "Text ü".encode(), "text/plain")))
    [(exchange, found)] = warc_reader.records(path)
    assert (exchange.outcome, found.media_type, found.charset, found.body) == (
        "new",
        "text/plain",
        "utf-8",
        "Text ü".encode(),
    )


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (http(gzip.compress(b"packed", mtime=0), **{"Content-Encoding": "gzip"}), b"packed"),
        (http(b"not packed after all", **{"Content-Encoding": "gzip"}), b"not packed after all"),
        *((http(b"<p>a page", **{"Content-Encoding": coding}), b"<p>a page") for coding in ("br", "deflate", "zstd")),
        *((http(b"only words", **{"Content-Encoding": coding}), b"only words") for coding in ("br", "deflate", "zstd")),
        (http(b"<p>a page", **{"Content-Encoding": "utf-8"}), b"<p>a page"),
        (http("\ufeffwide".encode("utf-16-le"), **{"Content-Encoding": "br"}), "\ufeffwide".encode("utf-16-le")),
        (http(gzip.compress(b"<p>no header", mtime=0)), b"<p>no header"),
        (http(zlib.compress(b"<p>deflated"), **{"Content-Encoding": "deflate"}), b"<p>deflated"),
        (http(b"6\r\nchunks\r\n1;x=y\r\n!\r\n0\r\n\r\n", **{"Transfer-Encoding": "chunked"}), b"chunks!"),
        (http(b"no chunks", **{"Transfer-Encoding": "chunked"}), b"no chunks"),
        (http(chunked(gzip.compress(b"<p>hello")), **{"Content-Encoding": "gzip"}), b"<p>hello"),
        (http(chunked(b"<p>hello")), b"<p>hello"),
        (http(zstandard.ZstdCompressor().compress(b"<p>hello")), b"<p>hello"),
        (http(zlib.compress(b"<p>hello")), b"<p>hello"),
        (http(gzip.compress(b"<p>hello"), **{"Content-Encoding": "br"}), b"<p>hello"),
        (http(b"6\r\n<p>abc\r\n0\r\n\r\n"), b"<p>abc"),
        (http(b"6\r\nwords that are no markup"), b"6\r\nwords that are no markup"),
    ],
)
def test_codings_are_decoded(tmp_path, content: bytes, body: bytes):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", content)))
    [(_, found)] = warc_reader.records(path)
    assert found.body == body


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (http(b"gone", "404 Not Found"), "gone"), (http(b"", "301 Moved"), "failed"), (http(b""), "failed"),
        (http(b" \r\n\t"), "failed"), (http(b"", "304 Not Modified"), "unchanged"),
        (b"\x00\x01 no http at all", "failed"), (http(b"\x1f\x8bbad", **{"Content-Encoding": "gzip"}), "failed"),
        (http(gzip.compress(bytes(70 * 1024 * 1024), mtime=0), **{"Content-Encoding": "gzip"}), "unsafe"),
    ],
)  # fmt: skip
def test_an_unreadable_record_becomes_an_outcome(tmp_path, content: bytes, outcome: str):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", content), record("response", http(b"fine"))))
    (first, nothing), (second, found) = warc_reader.records(path)
    assert (first.outcome, nothing) == (outcome, None)
    assert first.reason
    assert (second.outcome, found.body) == ("new", b"fine")


@pytest.mark.parametrize("data", [b"", b"not a warc\n" * 50, b"\x1f\x8b\x08 not gzip", bytes(3000)])
def test_a_file_that_is_no_warc_does_not_raise(tmp_path, data: bytes):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    assert all(exchange.outcome == "failed" and exchange.reason for exchange, _ in warc_reader.records(path))
    warc_reader.chunks(path)


def test_a_truncated_file_gives_the_records_before_the_end_and_one_failure(tmp_path):
    path = tmp_path / "x.warc.gz"
    complete = warc(*(record("response", http(b"%d" % number * 500)) for number in range(5)))
    path.write_bytes(complete[:-20])
    read = list(warc_reader.records(path))
    assert [found.body[:1] for _, found in read if found] == [b"0", b"1", b"2", b"3"]
    assert "truncated" in (read[-1][0].reason or "")


def test_a_file_that_is_one_gzip_stream_is_read_completely(tmp_path):
    path = tmp_path / "x.warc.gz"
    plain = b"".join(record("response", http(b"%d" % number * 500)) for number in range(30))
    path.write_bytes(gzip.compress(plain))
    assert warc_reader.chunks(path, 7) == [(0, path.stat().st_size)]
    read = list(warc_reader.records(path))
    assert [found.body for _, found in read if found] == [b"%d" % number * 500 for number in range(30)]
    assert len(read) == 30
    path.write_bytes(path.read_bytes()[:-9])
    assert "truncated" in (list(warc_reader.records(path))[-1][0].reason or "")


def test_an_uncompressed_file_is_read_in_chunks(tmp_path):
    path = tmp_path / "x.warc"
    path.write_bytes(warc(*(record("response", http(b"%d" % number)) for number in range(30)), packed=False))
    apart = [
        found.body for start, end in warc_reader.chunks(path, 7) for _, found in warc_reader.records(path, start, end)
    ]
    assert apart == [b"%d" % number for number in range(30)]
    assert len(warc_reader.chunks(path, 7)) == 5


@pytest.mark.parametrize("profile", ["identical-payload-digest", "server-not-modified"])
@pytest.mark.parametrize(
    ("content", "outcome", "status"),
    [(http(b""), "unchanged", 200), (http(b"", "304 Not Modified"), "unchanged", 304), (b"", "unchanged", None),
     (http(b"", "404 Not Found"), "gone", 404), (http(b"", "301 Moved"), "failed", 301)],
)  # fmt: skip
def test_a_revisit_is_an_exchange_without_a_page(tmp_path, profile: str, content: bytes, outcome: str, status: int):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("revisit", content, **{"WARC-Profile": f"http://netpreserve.org/warc/1.1/{profile}"})))
    [(exchange, found)] = warc_reader.records(path)
    assert (exchange.outcome, exchange.status, found) == (outcome, status, None)
    assert exchange.requested_at == datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)


def test_a_part_of_a_page_is_no_page(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", http(b"<p>hel", "206 Partial Content"))))
    [(exchange, page)] = warc_reader.records(path)
    assert (exchange.outcome, exchange.reason, page) == ("failed", "status 206", None)


def test_the_source_of_a_unicode_host_is_its_idna_name(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(
        warc(record("response", http(b"<p>hello"), **{"WARC-Target-URI": "http://www.b\u00fccher.test/a"}))
    )
    assert [exchange.source for exchange, _ in warc_reader.records(path)] == ["xn--bcher-kva.test"]


@pytest.mark.parametrize(
    "url", ["metadata://gnu.org/software/wget/warc/wget.log", "dns:example.org", "urn:x:1", "ftp://a/b"]
)
def test_records_that_are_not_http_are_no_exchanges(tmp_path, url: str):
    path = tmp_path / "x.warc.gz"
    other = record("resource", b"log", "text/plain", **{"WARC-Target-URI": url})
    path.write_bytes(warc(other, record("response", http(b"<p>hello")), other))
    assert [exchange.url for exchange, _ in warc_reader.records(path)] == ["http://www.example.org/a"]


@pytest.mark.parametrize("url", ["", "http://[::1/x", "http:///x", "http://a\0b.example/x", "http://a b.example/"])
def test_a_record_without_a_valid_url_is_reported(tmp_path, url: str):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", http(b"<p>hello"), **{"WARC-Target-URI": url})))
    [(exchange, found)] = warc_reader.records(path)
    assert (exchange.outcome, found) == ("failed", None)
    assert "no valid URL" in exchange.reason


@pytest.mark.parametrize("dated", ["Tue, 05 Mar 2024 12:00:00 GMT", ""])
def test_a_record_without_a_date_has_the_time_of_the_response_or_none(tmp_path, dated: str):
    path = tmp_path / "x.warc.gz"
    headers = {"Date": dated} if dated else {}
    path.write_bytes(
        warc(record("response", http(b"<p>hello", **headers), **{"WARC-Date": "2008-10-294T05:21:46-0700"}))
    )
    [(exchange, found)] = warc_reader.records(path)
    expected = datetime(2024, 3, 5, 12, tzinfo=UTC) if dated else None
    assert (exchange.requested_at, found.captured_at) == (expected or UNDATED, expected)


def mixed(*sizes: int) -> tuple[bytes, list[bytes]]:
    """A file whose compressed members hold so many records each, and the bodies of all records."""
    bodies = [b"%d-%s" % (number, random.Random(number).randbytes(900).hex().encode()) for number in range(sum(sizes))]
    records = iter(record("response", http(body)) for body in bodies)
    return b"".join(gzip.compress(b"".join(islice(records, size))) for size in sizes), bodies


@pytest.mark.parametrize("sizes", [(3, 2, 1), (1, 1, 3), (2, 2), (1, 3, 1, 1)])
def test_members_that_hold_several_records_lose_none_in_chunks(tmp_path, sizes: tuple[int, ...]):
    path = tmp_path / "x.warc.gz"
    data, bodies = mixed(*sizes)
    path.write_bytes(data)
    parts = warc_reader.chunks(path, 1)
    assert [found.body for part in parts for _, found in warc_reader.records(path, *part)] == bodies


@pytest.mark.parametrize("sizes", [(3, 2, 1), (1, 1, 3), (1, 3, 1, 1), (1, 1, 1, 1)])
def test_a_file_that_was_cut_gives_every_record_before_the_cut(tmp_path, sizes: tuple[int, ...]):
    path = tmp_path / "x.warc.gz"
    data, bodies = mixed(*sizes)
    ends = [end for _, end in (zlib_span(data, number) for number in range(len(sizes)))]
    for cut in range(100, len(data), 173):
        path.write_bytes(data[:cut])
        whole = sum(size for size, end in zip(sizes, ends, strict=True) if end <= cut)
        found = [page.body for _, page in warc_reader.records(path) if page]
        assert found == bodies[: len(found)]
        assert len(found) >= whole


def zlib_span(data: bytes, number: int) -> tuple[int, int]:
    """Where a gzip member of `data` starts and ends."""
    start = end = 0
    for _ in range(number + 1):
        start, inner = end, zlib.decompressobj(31)
        inner.decompress(data[start:])
        end = len(data) - len(inner.unused_data)
    return start, end


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("more", [-99, -9, -2, 1, 4, 5, 9, 13, 20, 60, 300, 9999])
def test_a_wrong_length_does_not_cost_the_next_record(tmp_path, more: int, packed: bool):
    records = [record("response", http(b"<p>story %d" % number)) for number in range(4)]
    length = len(http(b"<p>story 1"))
    records[1] = records[1].replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + more))
    path = tmp_path / "x.warc"
    path.write_bytes(warc(*records, packed=packed))
    found = list(warc_reader.records(path))
    assert [page.body.strip() for _, page in found if page] == [b"<p>story %d" % number for number in range(4)]
    reasons = [exchange.reason for exchange, page in found if not page]
    assert len(reasons) == (more < 0)
    assert all("is too short" in reason for reason in reasons)
    parts = warc_reader.chunks(path, 1)
    assert sum(1 for part in parts for _, page in warc_reader.records(path, *part) if page) == 4


def test_a_wrong_length_within_one_gzip_stream_is_said(tmp_path):
    records = [record("response", http(b"<p>story %d" % number)) for number in range(4)]
    length = len(http(b"<p>story 1"))
    records[1] = records[1].replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + 99))
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(b"".join(records)))
    found = [page.body if page else exchange.reason for exchange, page in warc_reader.records(path)]
    assert found[:2] == [b"<p>story 0", b"<p>story 1"]
    assert "reaches into the next one" in found[2]


@pytest.mark.parametrize("text", [b"<p>one\r\n\r\nW", b"<pre>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n</pre>"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_page_that_shows_the_start_of_a_record_is_whole(tmp_path, text: bytes, packed: bool):
    path = tmp_path / "x.warc"
    path.write_bytes(warc(*(record("response", http(body)) for body in (text, b"<p>two")), packed=packed))
    assert [page.body for _, page in warc_reader.records(path)] == [text, b"<p>two"]


@pytest.mark.parametrize("packer", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("missing", [1, 40, 3000])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "second", "last"])
def test_a_record_that_goes_on_after_its_length_is_read_to_its_end(
    tmp_path, capfd, place: int, missing: int, packer: str
):
    bodies = [b"<p>%d</p>\r\n\r\n" % number * 400 + b"<p>end" for number in range(3)]
    records = [record("response", http(body)) for body in bodies]
    length = len(http(bodies[place]))
    records[place] = records[place].replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length - missing))
    pack = {"plain": bytes, "gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress}[packer]
    path = tmp_path / "x.warc"
    path.write_bytes(b"".join(map(pack, records)))
    found = list(warc_reader.records(path))
    assert [page.body for _, page in found if page] == bodies
    assert [exchange.reason for exchange, _ in found if is_damage(exchange)] == [
        f"damaged at byte {found[place][0].warc_offset}: the length of the record is too short; it was read up to the"
        " next one"
    ]
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("packed", [True, False])
def test_what_follows_a_whole_response_is_not_part_of_it(tmp_path, packed: bool):
    body = b"<p>story"
    one = record("response", http(body, **{"Content-Length": str(len(body))})).removesuffix(b"\r\n\r\n")
    path = tmp_path / "x.warc"
    path.write_bytes(warc(one + b"left over\r\n\r\n", record("response", http(b"<p>two")), packed=packed))
    assert [page.body for _, page in warc_reader.records(path) if page] == [body, b"<p>two"]


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n"], ids=["empty", "line feeds"])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "between", "last"])
def test_a_gzip_member_without_a_record_is_not_the_end(tmp_path, place: int, content: bytes):
    members = [warc(record("response", http(b"<p>%d" % number))) for number in range(2)]
    members.insert(place, gzip.compress(content) * 2)
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(members))
    assert [page.body for _, page in warc_reader.records(path)] == [b"<p>0", b"<p>1"]
    parts = warc_reader.chunks(path, 1)
    assert [page.body for part in parts for _, page in warc_reader.records(path, *part)] == [b"<p>0", b"<p>1"]


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2,
        b"HTTP/1.1 200 Connection established\r\n\r\n",
    ],
)  # fmt: skip
def test_heads_before_that_of_the_response_are_passed_over(tmp_path, head: bytes):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", head + http(gzip.compress(b"<p>story"), **{"Content-Encoding": "gzip"}))))
    [(exchange, found)] = warc_reader.records(path)
    assert (exchange.status, found.body, found.media_type) == (200, b"<p>story", "text/html")


def test_of_two_lengths_the_first_is_taken_and_what_follows_it_is_read(tmp_path):
    one = record("response", http(b"<p>story")).replace(b"WARC-Date:", b"Content-Length: 1\r\nWARC-Date:")
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(one))
    assert [page.body for _, page in warc_reader.records(path) if page] == [b"<p>story"]
