"""WARC and WET files of other tools: codings, damage and truncation."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from flows.fetch.archive import warc_reader


def warc(*records: bytes, packed: bool = True) -> bytes:
    return b"".join(gzip.compress(record) if packed else record for record in records)


def record(
    kind: str, content: bytes, content_type: str = "application/http; msgtype=response", **headers: str
) -> bytes:
    head = {
        "WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Date": "2020-02-03T04:05:06Z", "WARC-Target-URI": "http://www.example.org/a",
        "Content-Type": content_type, "Content-Length": str(len(content)), **headers,
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + content + b"\r\n\r\n"


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    head = {"Content-Type": "text/html; charset=ISO-8859-1", **headers}
    return (
        f"HTTP/1.1 {status}\r\n{''.join(f'{k}: {v}' + chr(13) + chr(10) for k, v in head.items())}\r\n".encode() + body
    )


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


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (http(gzip.compress(b"packed"), **{"Content-Encoding": "gzip"}), b"packed"),
        (http(b"not packed after all", **{"Content-Encoding": "gzip"}), b"not packed after all"),
        (http(b"6\r\nchunks\r\n1;x=y\r\n!\r\n0\r\n\r\n", **{"Transfer-Encoding": "chunked"}), b"chunks!"),
        (http(b"no chunks", **{"Transfer-Encoding": "chunked"}), b"no chunks"),
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
        (b"\x00\x01 no http at all", "failed"), (http(b"\x1f\x8bbad", **{"Content-Encoding": "gzip"}), "failed"),
        (http(gzip.compress(bytes(70 * 1024 * 1024)), **{"Content-Encoding": "gzip"}), "unsafe"),
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
