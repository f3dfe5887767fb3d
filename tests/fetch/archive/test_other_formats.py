"""ARC, WACZ, zstd and unusual WARC headers: the same pages as from a plain WARC file, or one line that says why not."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from flows.errors import ConfigError
from flows.fetch.archive import warc_reader
from flows.model import Exchange
from flows.pipeline.archive_inputs import archive_files
from tests.fetch.archive.builders import http, record, warc

AT = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)


def read(path: Path) -> list[tuple[str, datetime, bytes | None]]:
    return [
        (exchange.url, exchange.requested_at, found.body if found else None)
        for exchange, found in warc_reader.records(path)
    ]


def arc(*bodies: bytes, packed: bool = False) -> bytes:
    """An ARC 1.0 file with a response for each body."""
    head = b"1 0 tool\nURL IP-address Archive-date Content-type Archive-length\n"
    parts = [b"filedesc://x.arc 0.0.0.0 20200203040506 text/plain %d\n" % len(head) + head + b"\n"]
    for body in bodies:
        content = http(body)
        parts.append(
            b"http://www.example.org/a 192.0.2.1 20200203040506 text/html %d\n" % len(content) + content + b"\n"
        )
    return b"".join(gzip.compress(part, mtime=0) if packed else part for part in parts)


@pytest.mark.parametrize("packed", [True, False])
def test_an_arc_file_is_read(tmp_path: Path, packed: bool):
    path = tmp_path / ("x.arc.gz" if packed else "x.arc")
    path.write_bytes(arc(b"<p>one", b"<p>two", packed=packed))
    assert archive_files([path]) == [path]
    assert read(path) == [("http://www.example.org/a", AT, b"<p>one"), ("http://www.example.org/a", AT, b"<p>two")]
    offsets = [exchange.warc_offset for exchange, _ in warc_reader.records(path)]
    assert 0 < offsets[0] < offsets[1] < path.stat().st_size
    assert warc_reader.chunks(path, 1) == [(0, path.stat().st_size)]


def test_nothing_is_logged_about_odd_headers(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    path = tmp_path / "x.warc"
    one = warc(record("response", http(b"<p>hello")), packed=False).replace(b"WARC-T", b"warc-t")
    path.write_bytes(one.replace(b"example.org/a", b"example.org/a \x1b[2J b"))
    assert [body for _, _, body in read(path)] == [b"<p>hello"]
    assert caplog.records == []


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("end", [b"\r\n\r\nW", b"\r\n\r\nWARC/1.0\r\nWARC-Type: response"])
def test_a_page_of_an_arc_file_may_show_a_warc_record(tmp_path: Path, end: bytes, packed: bool):
    path = tmp_path / "x.arc"
    path.write_bytes(arc(b"<p>one" + end, b"<p>two", packed=packed))
    assert [body for _, _, body in read(path)] == [b"<p>one" + end, b"<p>two"]


def test_a_damaged_arc_file_gives_the_pages_before_the_damage(tmp_path: Path):
    path = tmp_path / "x.arc.gz"
    whole = arc(b"<p>one", b"<p>two" * 500, packed=True)
    path.write_bytes(whole[:-30] + bytes(30))
    first, *rest = list(warc_reader.records(path))
    assert first[1].body == b"<p>one"
    assert [exchange.outcome for exchange, _ in rest] == ["failed"]
    assert "damaged at byte" in rest[0][0].reason


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
def test_header_names_in_lower_case_are_read(tmp_path: Path, packed: bool, ending: bytes):
    head, _, content = record("response", http(b"<p>hello")).partition(b"\r\n\r\n")
    names = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    lower = ending.join([b"WARC/1.0", *(name.lower() + colon + value for name, colon, value in names)])
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(lower + ending * 2 + content, packed=packed) * 2)
    assert read(path) == [("http://www.example.org/a", AT, b"<p>hello")] * 2


def test_a_record_header_without_a_length_is_a_failure_and_what_follows_is_its_content(tmp_path: Path):
    one = warc(record("response", http(b"<p>hello")), packed=False).replace(b"WARC-T", b"warc-t")
    odd = re.sub(rb"Content-Type: application.*\r\nContent-Length: \d+\r\n\r\n", b"Content-Type:\r\n", one)
    assert len(odd) < len(one)
    path = tmp_path / "x.warc"
    path.write_bytes(one + odd)
    first, *rest = list(warc_reader.records(path))
    assert first[1] is not None
    assert first[1].body == b"<p>hello"
    assert [(exchange.outcome, page and page.body) for exchange, page in rest] == [
        ("failed", None),
        ("new", b"<p>hello"),
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_record_headers_with_bare_line_feeds_are_read(tmp_path: Path, packed: bool):
    head, _, content = record("response", http(b"<p>hello")).partition(b"\r\n\r\n")
    path = tmp_path / "x.warc.gz"
    one = head.replace(b"\r\n", b"\n") + b"\n\n" + content.removesuffix(b"\r\n\r\n") + b"\n\n"
    path.write_bytes(warc(one, one, packed=packed))
    assert read(path) == [("http://www.example.org/a", AT, b"<p>hello")] * 2


def with_line_feeds(one: bytes) -> bytes:
    head, _, content = one.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + content


@pytest.mark.parametrize("packed", [True, False])
def test_record_headers_with_bare_line_feeds_may_stand_among_others(tmp_path: Path, packed: bool):
    one = record("response", http(b"<p>hello"))
    path = tmp_path / "x.warc.gz"
    info = record("warcinfo", b"software: x\r\n", "application/warc-fields")
    path.write_bytes(warc(info, one, with_line_feeds(one), one, with_line_feeds(one), packed=packed))
    assert read(path) == [("http://www.example.org/a", AT, b"<p>hello")] * 4


def zst(*records: bytes) -> bytes:
    return b"".join(zstandard.ZstdCompressor().compress(one) for one in records)


def in_lower_case(one: bytes) -> bytes:
    head, _, content = one.partition(b"\r\n\r\n")
    names = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    lower = [name.lower() + colon + value for name, colon, value in names]
    return b"\r\n".join([b"WARC/1.0", *lower]) + b"\r\n\r\n" + content


PACKERS = {
    "plain": lambda *records: b"".join(records), "gzip": warc, "zstd": zst,
    "one gzip stream": lambda *records: gzip.compress(b"".join(records)),
    "one zstd frame": lambda *records: zst(b"".join(records)),
}  # fmt: skip


@pytest.mark.parametrize("place", ["first", "after one", "last", "all"])
@pytest.mark.parametrize("packer", PACKERS)
def test_header_names_in_another_case_may_stand_among_others(tmp_path: Path, packer: str, place: str):
    info = record("warcinfo", b"software: x\r\n", "application/warc-fields")
    records = [record("response", http(b"<p>%d" % number)) for number in range(4)]
    odd = {"first": (0,), "after one": (1, 2), "last": (3,), "all": (0, 1, 2, 3)}[place]
    changed = [in_lower_case(one) if number in odd else one for number, one in enumerate(records)]
    path = tmp_path / "x.warc"
    path.write_bytes(PACKERS[packer](info, *changed))
    assert [body for _, _, body in read(path)] == [b"<p>0", b"<p>1", b"<p>2", b"<p>3"]
    parts = warc_reader.chunks(path, 2)
    assert len(parts) == (1 if packer.startswith("one") else 2)
    assert [found.body for part in parts for _, found in warc_reader.records(path, *part) if found] == [
        b"<p>0", b"<p>1", b"<p>2", b"<p>3",
    ]  # fmt: skip


@pytest.mark.parametrize("packer", ["plain", "gzip", "zstd"])
def test_damage_behind_names_in_another_case_is_reported(tmp_path: Path, packer: str):
    path = tmp_path / "x.warc"
    records = [in_lower_case(record("response", http(b"<p>%d" % number * 99))) for number in range(3)]
    path.write_bytes(PACKERS[packer](*records)[:-20])
    outcomes = [(exchange.outcome, found.body[3:4] if found else None) for exchange, found in warc_reader.records(path)]
    assert outcomes[:2] == [("new", b"0"), ("new", b"1")]
    assert {outcome for outcome, _ in outcomes[2:]} == {"failed"}
    assert "damaged at byte" in [exchange.reason for exchange, _ in warc_reader.records(path)][-1]


@pytest.mark.parametrize("content_type", ["", "text/html", "application/octet-stream"])
def test_a_response_is_known_by_its_status_line_too(tmp_path: Path, content_type: str):
    path = tmp_path / "x.warc.gz"
    gone = record("response", http(b"<p>no", "404 Not Found"), content_type)
    page = record("response", http(gzip.compress(b"<p>hello"), **{"Content-Encoding": "gzip"}), content_type)
    path.write_bytes(warc(gone, page, record("response", b"<p>no head", content_type or "text/html")))
    found = [(exchange.status, page.body if page else None) for exchange, page in warc_reader.records(path)]
    assert found == [(404, None), (200, b"<p>hello"), (200, b"<p>no head")]
    [_, page, _] = [page for _, page in warc_reader.records(path)]
    assert (page.media_type, page.charset) == ("text/html", "iso-8859-1")


@pytest.mark.parametrize("padding", [1, 512, 100_000])
def test_zeros_after_the_last_record_are_no_damage(tmp_path: Path, padding: int):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", http(b"<p>hello"))) + bytes(padding))
    assert [body for _, _, body in read(path)] == [b"<p>hello"]


SKIPPABLE = b"\x50\x2a\x4d\x18\x04\x00\x00\x00none"


def test_skippable_frames_of_zstd_are_passed_over(tmp_path: Path):
    path = tmp_path / "x.warc.zst"
    one, two = (zst(record("response", http(body))) for body in (b"<p>one", b"<p>two"))
    path.write_bytes(SKIPPABLE * 2 + one + SKIPPABLE + two + SKIPPABLE)
    assert archive_files([path]) == [path]
    assert [body for _, _, body in read(path)] == [b"<p>one", b"<p>two"]
    parts = warc_reader.chunks(path, 1)
    assert [found.body for part in parts for _, found in warc_reader.records(path, *part)] == [b"<p>one", b"<p>two"]


def test_a_zstd_file_is_read_in_chunks_and_past_damage(tmp_path: Path):
    path = tmp_path / "x.warc.zst"
    records = [record("response", http(b"<p>%d" % number * 200)) for number in range(6)]
    path.write_bytes(zst(*records))
    assert archive_files([path]) == [path]
    assert [body for _, _, body in read(path)] == [b"<p>%d" % number * 200 for number in range(6)]
    parts = warc_reader.chunks(path, 2)
    assert len(parts) == 3
    assert [found.body[3:4] for part in parts for _, found in warc_reader.records(path, *part)] == [
        b"0", b"1", b"2", b"3", b"4", b"5",
    ]  # fmt: skip
    path.write_bytes(zst(*records)[:-20])
    read_again = list(warc_reader.records(path))
    assert [found.body[3:4] for _, found in read_again[:5]] == [b"0", b"1", b"2", b"3", b"4"]
    assert read_again[-1][0].outcome == "failed"


def test_a_zstd_file_that_is_one_frame_is_read(tmp_path: Path):
    path = tmp_path / "x.warc.zst"
    bodies = [random.Random(number).randbytes(150_000) for number in range(3)]
    path.write_bytes(zst(b"".join(record("response", http(body)) for body in bodies)))
    assert archive_files([path]) == [path]
    assert [body for _, _, body in read(path)] == bodies
    assert warc_reader.chunks(path, 1) == [(0, path.stat().st_size)]


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_zstd_file_with_a_dictionary_is_read(tmp_path: Path, is_packed: bool):
    records = [record("response", http(b"<p>story %d" % number * 9)) for number in range(300)]
    trained = zstandard.train_dictionary(4096, records)
    packer = zstandard.ZstdCompressor(dict_data=trained)
    dictionary = zst(trained.as_bytes()) if is_packed else trained.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary
    path = tmp_path / "x.warc.zst"
    path.write_bytes(head + b"".join(packer.compress(one) for one in records[:3]))
    assert archive_files([path]) == [path]
    assert [body for _, _, body in read(path)] == [b"<p>story %d" % number * 9 for number in range(3)]
    assert warc_reader.chunks(path, 1) == [(0, path.stat().st_size)]
    path.write_bytes(head + zst(b"no archive"))
    with pytest.raises(ConfigError):
        archive_files([path])


def wacz(compression: int = zipfile.ZIP_STORED, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("datapackage.json", "{}")
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def pages(*bodies: bytes) -> bytes:
    return warc(*(record("response", http(body)) for body in bodies))


def test_the_warc_files_in_a_wacz_are_read(tmp_path: Path):
    path = tmp_path / "x.wacz"
    path.write_bytes(
        wacz(**{
            "archive/one.warc.gz": pages(b"<p>one", b"<p>two"),
            "archive/../../three.warc.gz": pages(b"<p>three"),
            "indexes/index.cdx": b"not a WARC",
            "pages/four.warc.gz": pages(b"<p>four"),
        })
    )  # fmt: skip
    assert archive_files([path]) == [path]
    found = list(warc_reader.records(path))
    assert [page.body for _, page in found] == [b"<p>one", b"<p>two", b"<p>three"]
    assert found[1][0].warc_file == f"{path.as_posix()}#archive/one.warc.gz"
    assert 0 == found[0][0].warc_offset < found[1][0].warc_offset
    assert warc_reader.chunks(path, 1) == [(0, path.stat().st_size)]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (wacz(zipfile.ZIP_DEFLATED, **{"archive/x.warc": bytes(10_000_000)}), "compressed or encrypted"),
        (wacz(**{"archive/x.warc.gz": pages(b"<p>one")})[:-40], "damaged zip"),
        (wacz(**{"archive/x.warc.gz": pages(b"<p>one")}).replace(b"\x1f\x8b\x08", b"\x1f\x8b\x09"), "damaged zip"),
    ],
    ids=["compressed", "cut", "changed"],
)
def test_a_wacz_that_cannot_be_read_is_one_failure(tmp_path: Path, data: bytes, reason: str):
    path = tmp_path / "x.wacz"
    path.write_bytes(data)
    [(exchange, found)] = warc_reader.records(path)
    assert (exchange.outcome, found) == ("failed", None)
    assert reason in exchange.reason


def test_a_damaged_record_in_a_wacz_does_not_end_the_others(tmp_path: Path):
    path = tmp_path / "x.wacz"
    path.write_bytes(
        wacz(**{"archive/a.warc.gz": pages(b"<p>one", b"<p>two")[:-9], "archive/b.warc.gz": pages(b"<p>three")})
    )
    read_all = list(warc_reader.records(path))
    assert [page.body for _, page in read_all if page] == [b"<p>one", b"<p>two", b"<p>three"]
    failures: list[Exchange] = [exchange for exchange, _ in read_all if exchange.outcome == "failed"]
    assert [exchange.url.partition("#")[0] for exchange in failures] == ["a.warc.gz"]
