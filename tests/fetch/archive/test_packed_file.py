"""Archive files packed with bzip2, xz, lz4 or twice with gzip, and files that hold no archive."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
from pathlib import Path

import pytest
from fastwarc.stream_io import Lz4Writer

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.archive import warc_reader
from flows.pipeline.archive_inputs import archive_files
from tests.fetch.archive.builders import http, record, warc, write_exchanges
from tests.fetch.archive.test_other_formats import arc, wacz

BODIES = [b"<p>%d</p>" % number * 300 for number in range(3)]


def lz4(data: bytes) -> bytes:
    out = io.BytesIO()
    writer = Lz4Writer(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


def tar(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.warc")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def twice(data: bytes) -> bytes:
    return gzip.compress(data if data.startswith(b"\x1f\x8b") else gzip.compress(data))


PACKERS = {"bz2": bz2.compress, "xz": lzma.compress, "lz4": lz4, "gz": twice}
ARCHIVES = {
    "warc": warc(*(record("response", http(body)) for body in BODIES), packed=False),
    "warc.gz": warc(*(record("response", http(body)) for body in BODIES)),
    "arc": arc(*BODIES),
}


def bodies(path: Path) -> list[bytes]:
    return [page.body for _, page in warc_reader.records(path) if page]


@pytest.mark.parametrize("kind", ARCHIVES)
@pytest.mark.parametrize("packer", PACKERS)
def test_a_packed_archive_is_read(tmp_path: Path, packer: str, kind: str) -> None:
    path = tmp_path / f"x.{kind}.{packer}"
    path.write_bytes(PACKERS[packer](ARCHIVES[kind]))
    assert archive_files([path]) == [path]
    assert bodies(path) == BODIES
    assert warc_reader.chunks(path, 1) == [(0, path.stat().st_size)]


@pytest.mark.parametrize("packer", ["bz2", "xz", "gz"])
def test_a_packed_archive_that_is_cut_gives_what_is_whole_and_says_it(tmp_path: Path, packer: str) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(PACKERS[packer](ARCHIVES["warc"])[:-12])
    *pages, (failed, _) = warc_reader.records(path)
    assert [page.body for _, page in pages] == BODIES[: len(pages)]
    assert failed.outcome == "failed"
    assert "damaged at byte" in failed.reason


def test_an_own_file_packed_again_is_read_as_one_of_another_tool(tmp_path: Path) -> None:
    own = write_exchanges(Layout(tmp_path), 2)
    path = tmp_path / "x.warc.bz2"
    path.write_bytes(bz2.compress(own.read_bytes()))
    assert bodies(path) == [b"<p>story 0</p>", b"<p>story 1</p>"]


def test_the_warc_files_of_another_zip_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(wacz(**{"crawls/a.warc.gz": ARCHIVES["warc.gz"], "notes.txt": b"mine"}))
    assert bodies(path) == BODIES
    path.write_bytes(wacz(**{"notes.txt": b"mine"}))
    [(exchange, _)] = warc_reader.records(path)
    assert "there is no WARC file in the zip" in exchange.reason


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "download it again"),
        (gzip.compress(b""), "nothing in it can be unpacked"),
        (bz2.compress(b"x")[:8], "nothing in it can be unpacked"),
        (gzip.compress(tar(ARCHIVES["warc"])), "a tar file; unpack it"),
        (bz2.compress(tar(ARCHIVES["warc"])), "a tar file; unpack it"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z file; unpack it"),
        (gzip.compress(b"crawl/a.warc.gz\ncrawl/b.warc.gz\n"), "@FILE"),
        (gzip.compress(b"<!doctype html><p>story"), "newsvane parse"),
        (b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', "refusal of a download"),
        (gzip.compress(b'{"url": "x"}'), "not a WARC, WET, ARC or WACZ file"),
    ],
)
def test_a_file_without_an_archive_is_named_with_what_to_do(tmp_path: Path, data: bytes, advice: str) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=advice) as raised:
        archive_files([path])
    assert str(path) in raised.value.message


@pytest.mark.parametrize("end", [b"\0\0\0\0", b""], ids=["wrong", "missing"])
def test_a_wrong_checksum_does_not_hide_the_format(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(record("response", http(b"<p>story")))[:-8] + end)
    assert archive_files([path]) == [path]


def test_a_name_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.warc.gz"))
    path.write_bytes(ARCHIVES["warc.gz"])
    with pytest.raises(ConfigError, match=r"\\udcff.warc.gz: the name of the file is not UTF-8"):
        archive_files([path])
