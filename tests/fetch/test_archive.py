"""The archive: what goes in comes out, whoever reads it, whatever happened to the file."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from flows.clock import SimulatedClock
from flows.fetch.archive import warc_reader
from flows.fetch.archive.recovery import recover
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.http.client import Hop
from flows.fetch.run import run_source
from flows.model import Exchange, Find
from flows.settings import Layout
from tests.fetch.sites import page, rss, serve, settings, source_at

START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def exchange(number: int, **changes) -> Exchange:
    values = {
        "source": "demo", "url": f"http://news.example.org/{number}", "requested_at": START + timedelta(seconds=number),
        "purpose": "article", "outcome": "new", "status": 200, "media_type": "text/html", "charset": "utf-8",
        "attempts": 1,
    }  # fmt: skip
    return Exchange(**{**values, **changes})


def hop(number: int, body: bytes = b"<p>story</p>", **headers: str) -> Hop:
    sent = {"Host": "news.example.org", "User-Agent": "newsvane"}
    got = [("Content-Type", "text/html; charset=utf-8"), *headers.items()]
    at = START + timedelta(seconds=number)
    return Hop(f"http://news.example.org/{number}", at, sent, 200, "OK", "HTTP/1.1", got, body, "192.0.2.7")


def write(layout: Layout, count: int) -> Path:
    writer = WarcWriter(layout, "demo")
    for number in range(count):
        writer.write(exchange(number), [hop(number, f"<p>story {number}</p>".encode())])
    return layout.data / (writer.seal() or "")


def test_what_goes_in_comes_out(tmp_path):
    layout, finds = Layout(tmp_path), (Find("http://news.example.org/9", "feed", "f", 1, "Tïtle \ud800", None),)
    writer = WarcWriter(layout, "demo")
    written = [
        writer.write(exchange(1, finds=finds, redirects=("http://a/",), robots_tags=("nofollow",)), [hop(1)]),
        writer.write(exchange(2, outcome="refused", status=None, attempts=0, reason="robots")),
        writer.write(exchange(3), [hop(3, gzip.compress(b"packed"), **{"Content-Encoding": "gzip"})]),
    ]
    path = layout.data / (writer.seal() or "")
    read = list(warc_reader.records(path))
    assert [entry for entry, _ in read] == written
    assert [found and found.body for _, found in read] == [b"<p>story</p>", None, b"packed"]
    assert read[0][1].captured_at == written[0].requested_at


def test_the_offset_points_at_the_response(tmp_path):
    layout = Layout(tmp_path)
    path = write(layout, 3)
    for entry, _ in warc_reader.records(path):
        with path.open("rb") as file:
            file.seek(entry.warc_offset)
            record = next(iter(FastIterator(file)))
        assert (str(record.record_type), record.headers["WARC-Target-URI"]) == ("response", entry.url)
        assert layout.data / entry.warc_file == path


def visited(layout: Layout) -> list[Path]:
    """Two visits of a small site: new pages, then revisits, a redirect, a refusal, and a packed page."""
    with serve(feed=rss("/news/story-100001.html", "/news/moved-100002.html", "/private/story-100003.html")) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/news/story-100001.html"] = page("<p>one</p>")
        site.pages["/news/moved-100002.html"] = page("", status=301, Location="/news/target-100004.html")
        packed = gzip.compress(b"<p>two</p>" * 99)
        site.pages["/news/target-100004.html"] = page(packed, Content_Encoding="gzip")
        for hours in (0, 2):
            run_source(source_at(site), settings(), layout, {}, SimulatedClock(START + timedelta(hours=hours)))
    return list(warc_reader.sealed(layout))


def test_readable_by_warcio_and_fastwarc_with_valid_digests(tmp_path, capsys):
    files = visited(Layout(tmp_path))
    kinds: list[str] = []
    for path in files:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                kinds.append(record.rec_type)
                record.content_stream().read()
        fast = [str(record.record_type) for record in FastIterator(str(path), verify_digests=False)]
        assert fast == kinds[-len(fast) :]

    class Arguments:
        inputs = tuple(str(path) for path in files)
        verbose = False

    checker = Checker(Arguments)
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out
    assert {"warcinfo", "request", "response", "revisit", "metadata"} == set(kinds)


def test_a_revisit_names_what_it_repeats(tmp_path):
    first, second = visited(Layout(tmp_path))
    dates = {}
    for path in (first, second):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                headers = record.rec_headers
                if record.rec_type == "response":
                    dates[headers["WARC-Target-URI"]] = headers["WARC-Date"]
                if record.rec_type == "revisit" and "story" in headers["WARC-Target-URI"]:
                    assert dates[headers["WARC-Refers-To-Target-URI"]] == headers["WARC-Refers-To-Date"]
                    assert "identical-payload-digest" in headers["WARC-Profile"]


def test_replay_tools_do_not_take_the_entry_for_the_page(tmp_path):
    for path in visited(Layout(tmp_path)):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "metadata":
                    assert record.rec_headers["WARC-Target-URI"].startswith("urn:newsvane:exchange:http")


def test_an_unchanged_page_comes_without_a_body_and_with_its_hash(tmp_path):
    first, second = visited(Layout(tmp_path))
    before = {entry.url: entry for entry, _ in warc_reader.records(first)}
    again = [(entry, found) for entry, found in warc_reader.records(second) if entry.purpose == "article"]
    assert again
    for entry, found in again:
        assert (entry.outcome, found) == ("unchanged", None)
        assert entry.body_sha256 == before[entry.url].body_sha256


def test_sealed_files_come_in_time_order_and_open_ones_not_at_all(tmp_path):
    layout = Layout(tmp_path)
    for source, day in (("b", 2), ("a", 3), ("a", 1)):
        writer = WarcWriter(layout, source)
        writer.write(exchange(1, source=source, requested_at=START + timedelta(days=day)))
        writer.seal()
    WarcWriter(layout, "c").write(exchange(1, source="c"))
    assert [path.parent.parent.name for path in warc_reader.sealed(layout)] == ["a", "b", "a"]
    assert [path.parent.parent.name for path in warc_reader.sealed(layout, "b")] == ["b"]


def test_chunks_share_a_file_without_loss_or_overlap(tmp_path):
    path = write(Layout(tmp_path), 50)
    ranges = warc_reader.chunks(path, 7)
    assert len(ranges) == 8
    assert (ranges[0][0], ranges[-1][1]) == (0, path.stat().st_size)
    apart = [entry for start, end in ranges for entry, _ in warc_reader.records(path, start, end)]
    assert apart == [entry for entry, _ in warc_reader.records(path)]
    assert len(apart) == 50


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_salvage_keeps_every_whole_exchange_wherever_the_cut_is(tmp_path, cut: int):
    layout = Layout(tmp_path)
    path = write(layout, 4)
    size = path.stat().st_size
    data = path.read_bytes()[: size - size * cut // 41]
    whole = [entry for entry, _ in warc_reader.records(path) if _metadata_end(path, entry) <= len(data)]
    path.with_name(f"{path.name}.open").write_bytes(data)
    path.unlink()
    saved = recover(layout, "demo")
    assert [entry for file in saved for entry, _ in warc_reader.records(file)] == whole
    assert not list(layout.raw.glob("*/*/*.open"))


def _metadata_end(path: Path, wanted: Exchange) -> int:
    positions = [(str(record.record_type), record.stream_pos) for record in FastIterator(str(path), parse_http=False)]
    starts = [position for _, position in positions] + [path.stat().st_size]
    at = next(number for number, (_, position) in enumerate(positions) if position == wanted.warc_offset)
    return starts[at + 2]


def test_damage_in_the_middle_costs_one_exchange_and_is_told(tmp_path):
    path = write(Layout(tmp_path), 10)
    hurt = list(warc_reader.records(path))[4][0].warc_offset
    data = bytearray(path.read_bytes())
    data[hurt + 40 : hurt + 60] = bytes(20)
    path.write_bytes(data)
    read = list(warc_reader.records(path))
    assert [entry for entry, _ in read if "damaged" in (entry.reason or "")]
    bodies = {found.body for _, found in read if found}
    assert bodies == {f"<p>story {number}</p>".encode() for number in range(10) if number != 4}


# -- files that others wrote ------------------------------------------------------------------------------------------


def foreign(*records: bytes, packed: bool = True) -> bytes:
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
def test_a_foreign_response_becomes_an_exchange(tmp_path, packed: bool):
    path = tmp_path / ("x.warc.gz" if packed else "x.warc")
    path.write_bytes(foreign(record("response", http(b"<p>hello</p>")), packed=packed))
    [(entry, found)] = warc_reader.records(path)
    assert (entry.source, entry.outcome, entry.status, entry.charset) == ("example.org", "new", 200, "iso-8859-1")
    assert entry.requested_at == found.captured_at == datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert found.body == b"<p>hello</p>"
    assert (entry.warc_file, entry.warc_offset) == (path.as_posix(), 0)


def test_a_wet_file(tmp_path):
    path = tmp_path / "x.warc.wet.gz"
    path.write_bytes(foreign(record("warcinfo", b"a: b\r\n"), record("conversion", "Text ü".encode(), "text/plain")))
    [(entry, found)] = warc_reader.records(path)
    assert (entry.outcome, found.media_type, found.charset, found.body) == (
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
def test_codings_of_foreign_records_are_undone(tmp_path, content: bytes, body: bytes):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(foreign(record("response", content)))
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
def test_what_cannot_be_read_is_an_outcome(tmp_path, content: bytes, outcome: str):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(foreign(record("response", content), record("response", http(b"fine"))))
    (first, nothing), (second, found) = warc_reader.records(path)
    assert (first.outcome, nothing) == (outcome, None)
    assert first.reason
    assert (second.outcome, found.body) == ("new", b"fine")


@pytest.mark.parametrize("data", [b"", b"not a warc\n" * 50, b"\x1f\x8b\x08 not gzip", bytes(3000)])
def test_a_file_of_nonsense_never_raises(tmp_path, data: bytes):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    assert all(entry.outcome == "failed" and entry.reason for entry, _ in warc_reader.records(path))
    warc_reader.chunks(path)


def test_a_foreign_file_cut_short_gives_what_came_before_and_says_so(tmp_path):
    path = tmp_path / "x.warc.gz"
    whole = foreign(*(record("response", http(b"%d" % number * 500)) for number in range(5)))
    path.write_bytes(whole[:-20])
    read = list(warc_reader.records(path))
    assert [found.body[:1] for _, found in read if found] == [b"0", b"1", b"2", b"3"]
    assert "cut short" in (read[-1][0].reason or "")


def test_a_file_packed_as_one_gzip_stream_is_read_whole(tmp_path):
    path = tmp_path / "x.warc.gz"
    plain = b"".join(record("response", http(b"%d" % number * 500)) for number in range(30))
    path.write_bytes(gzip.compress(plain))
    assert warc_reader.chunks(path, 7) == [(0, path.stat().st_size)]
    read = list(warc_reader.records(path))
    assert [found.body for _, found in read if found] == [b"%d" % number * 500 for number in range(30)]
    assert len(read) == 30
    path.write_bytes(path.read_bytes()[:-9])
    assert "cut short" in (list(warc_reader.records(path))[-1][0].reason or "")


def test_a_plain_file_is_shared_in_chunks_too(tmp_path):
    path = tmp_path / "x.warc"
    path.write_bytes(foreign(*(record("response", http(b"%d" % number)) for number in range(30)), packed=False))
    apart = [
        found.body for start, end in warc_reader.chunks(path, 7) for _, found in warc_reader.records(path, start, end)
    ]
    assert apart == [b"%d" % number for number in range(30)]
    assert len(warc_reader.chunks(path, 7)) == 5
