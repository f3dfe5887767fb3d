"""Damaged archives, own and of other tools: no exception escapes, and whole exchanges are not lost."""

from __future__ import annotations

import bz2
import io
import lzma
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from flows.fetch.archive.external_warc import is_damage
from flows.fetch.archive.gzip_members import iter_members
from flows.fetch.archive.recovery import catch_up, recover
from flows.fetch.archive.warc_writer import OPEN_SUFFIX
from flows.fetch.state.store import State
from tests.fetch.archive.builders import http, record, warc, write_exchanges
from tests.fetch.archive.test_other_formats import arc, zst
from tests.fetch.sites import serve, source_at

EVERYDAY, LONG = 150, 2600


@cache
def whole_files() -> dict[str, bytes]:
    """One small file of every kind that is read."""
    noise = [random.Random(number).randbytes(700).hex().encode() for number in range(5)]
    records = [record("response", http(b"<p>" + body)) for body in noise]
    packed = warc(*records)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", packed)
    with TemporaryDirectory() as folder:
        own = write_exchanges(Layout(Path(folder)), 5).read_bytes()
    return {
        "own.warc.gz": own,
        "members.warc.gz": packed,
        "stream.warc.gz": warc(b"".join(records)),
        "mixed.warc.gz": warc(b"".join(records[:2]), *records[2:]),
        "plain.warc": warc(*records, packed=False),
        "lower.warc": warc(*records, packed=False).replace(b"WARC-T", b"warc-t"),
        "frames.warc.zst": zst(*records),
        "plain.arc": arc(*noise),
        "packed.arc.gz": arc(*noise, packed=True),
        "plain.warc.bz2": bz2.compress(warc(*records, packed=False)),
        "plain.warc.xz": lzma.compress(warc(*records, packed=False)),
        "crawl.wacz": out.getvalue(),
    }


def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file with a cut, or with bytes changed, inserted, removed or repeated."""
    name = draw(st.sampled_from(sorted(whole_files())))
    data = bytearray(whole_files()[name])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(1, 64))
        match draw(st.sampled_from(["cut", "change", "insert", "remove", "repeat"])):
            case "cut":
                del data[at:]
            case "change":
                data[at : at + length] = draw(st.binary(min_size=length, max_size=length))
            case "insert":
                data[at:at] = draw(st.binary(max_size=length))
            case "remove":
                del data[at : at + length]
            case "repeat":
                data[at:at] = data[at : at + 1000]
    return name, bytes(data)


def read_all(name: str, data: bytes) -> None:
    """Read a file whole and in chunks; every exchange has a reason or a page."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "demo", "2026-01-05", name)
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        for start, end in [(0, None), *warc_reader.chunks(path, 2)]:
            for exchange, page in warc_reader.records(path, start, end):
                assert page is not None or exchange.reason or warc_reader.is_own(path)


@settings(max_examples=EVERYDAY, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.composite(damaged)())
def test_no_exception_escapes_from_a_damaged_archive(case: tuple[str, bytes]) -> None:
    read_all(*case)


@pytest.mark.long
@settings(max_examples=LONG, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.composite(damaged)())
def test_no_exception_escapes_from_many_damaged_archives(case: tuple[str, bytes]) -> None:
    read_all(*case)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1))
def test_recovery_of_a_file_cut_anywhere_keeps_every_whole_exchange(fraction: float) -> None:
    data = whole_files()["own.warc.gz"]
    cut = int(len(data) * fraction)
    with TemporaryDirectory() as folder:
        layout = Layout(Path(folder))
        path = layout.raw / "demo" / "2026-01-05" / f"demo-20260105T000000000000Z-00001.warc.gz{OPEN_SUFFIX}"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        whole = sum(member.end <= cut and b"WARC-Type: metadata" in member.head for member in iter_members(path))
        path.write_bytes(data[:cut])
        found = [pair for file in recover(layout, "demo") for pair in warc_reader.records(file)]
        assert [page.body for _, page in found if page] == [b"<p>story %d</p>" % number for number in range(whole)]
        assert len(found) == whole


def cut_in_metadata(data: bytes, path: Path) -> bytes:
    """The file without the end of its last metadata record."""
    *_, last = iter_members(path)
    return data[: (last.start + last.end) // 2]


def flip_in_metadata(data: bytes, path: Path) -> bytes:
    """The file with a metadata record, not the last, that is no JSON any more, although its member is intact."""
    members = [member for member in iter_members(path) if b"WARC-Type: metadata" in member.head]
    broken = record("metadata", b'{"source": "demo", "url', "application/json")
    return data[: members[1].start] + warc(broken) + data[members[1].end :]


def flip_in_second_member(data: bytes, path: Path) -> bytes:
    """The file with a changed byte in its second member, a request."""
    _, second, *_ = iter_members(path)
    at = second.start + 30
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("damage", "kept"), [(cut_in_metadata, 4), (flip_in_metadata, 4), (flip_in_second_member, 5)]
)  # fmt: skip
def test_a_damaged_sealed_file_is_named_and_the_rest_is_read(
    tmp_path: Path, damage: Callable[[bytes, Path], bytes], kept: int
) -> None:
    layout = Layout(tmp_path)
    path = write_exchanges(layout, 5)
    path.write_bytes(damage(path.read_bytes(), path))
    found = list(warc_reader.records(path))
    assert sum(page is not None for _, page in found) == kept
    reports = [exchange for exchange, _ in found if is_damage(exchange)]
    assert reports
    assert all(path.name in exchange.url and exchange.source == "demo" for exchange in reports)
    warc_reader.chunks(path, 2)


def test_damage_is_no_page_of_the_fetch_state(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    path = write_exchanges(layout, 3)
    path.write_bytes(cut_in_metadata(path.read_bytes(), path))
    with serve() as site, State(tmp_path / "state.sqlite") as state:
        catch_up(layout, source_at(site), state)
        assert state.page("http://news.example.org/1") is not None
        assert not [
            exchange for exchange, _ in warc_reader.records(path) if is_damage(exchange) and state.page(exchange.url)
        ]


def with_wrong_trailer(member: bytes, at: int) -> bytes:
    """A gzip member of which one byte of the checksum or the length is changed."""
    return member[:at] + bytes([member[at] ^ 1]) + member[at:][1:]


@pytest.mark.parametrize("size", [40, 600_000])
@pytest.mark.parametrize("at", [-8, -1], ids=["checksum", "length"])
@pytest.mark.parametrize("wrong", [{0}, {1}, {3}, {0, 1, 2, 3}], ids=["first", "second", "last", "all"])
def test_a_wrong_checksum_costs_no_page_and_is_said(tmp_path: Path, wrong: set[int], at: int, size: int) -> None:
    path = tmp_path / "x.warc.gz"
    bodies = [b"<p>" + random.Random(number).randbytes(size).hex().encode() for number in range(4)]
    members = [warc(record("response", http(body))) for body in bodies]
    path.write_bytes(b"".join(with_wrong_trailer(one, at) if n in wrong else one for n, one in enumerate(members)))
    found = list(warc_reader.records(path))
    assert [page.body for _, page in found if page] == bodies
    assert len([exchange for exchange, _ in found if is_damage(exchange)]) == len(wrong)
    parts = warc_reader.chunks(path, 1)
    assert [page.body for part in parts for _, page in warc_reader.records(path, *part) if page] == bodies


def test_a_wrong_checksum_of_one_gzip_stream_costs_no_page(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(with_wrong_trailer(warc(b"".join(record("response", http(b"<p>%d" % n)) for n in range(4))), -8))
    found = list(warc_reader.records(path))
    assert [page.body for _, page in found if page] == [b"<p>0", b"<p>1", b"<p>2", b"<p>3"]
    assert [is_damage(exchange) for exchange, _ in found].count(True) == 1


def test_a_wrong_checksum_in_an_own_file_costs_no_page(tmp_path: Path) -> None:
    path = write_exchanges(Layout(tmp_path), 3)
    responses = [member for member in iter_members(path) if b"WARC-Type: response" in member.head]
    data = bytearray(path.read_bytes())
    data[responses[1].end - 8] ^= 1
    path.write_bytes(data)
    found = list(warc_reader.records(path))
    assert [page.body for _, page in found if page] == [b"<p>story 0</p>", b"<p>story 1</p>", b"<p>story 2</p>"]
    assert [exchange.reason for exchange, _ in found if is_damage(exchange)] == [
        f"damaged at byte {responses[1].start}: the checksum of the gzip member is wrong; its records were read all"
        " the same"
    ]
