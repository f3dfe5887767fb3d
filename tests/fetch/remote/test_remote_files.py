"""Remote files: what may be read, what the host says of them, and copies that go on where they ended."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.errors import ConfigError, ShapeError, Transient
from flows.fetch.remote import remote_files
from flows.fetch.remote.cc_news import month_files, within
from flows.fetch.remote.remote_files import copy_file, find_file, find_files, read_lines
from flows.settings import Remote, Settings
from tests.fetch.remote.servers import FileServer, file_server, s3_server
from tests.fetch.sites import settings as site_settings

DATA = random.Random(7).randbytes(300_000)


@pytest.fixture
def server() -> Iterator[FileServer]:
    with file_server() as served:
        served.files["/crawl.warc.gz"] = DATA
        yield served


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many requests for a small file, and no waits between attempts."""
    monkeypatch.setattr(remote_files, "_STEP", 100_000)
    monkeypatch.setattr(remote_files, "backoff", lambda *_: 0.0)


def settings(**remote: object) -> Settings:
    return site_settings().model_copy(update={"remote": Remote(**remote)})


def copied(url: str, folder: Path, **remote: object) -> bytes:
    chosen = settings(**remote)
    return copy_file(find_file(url, chosen), folder, chosen, lambda count: None).read_bytes()


def test_a_file_is_copied_in_steps_and_not_twice(server: FileServer, tmp_path: Path) -> None:
    url = f"{server.url}/crawl.warc.gz"
    file = find_file(url, settings())
    assert (file.bytes, bool(file.version)) == (len(DATA), True)
    for _ in range(2):
        assert copied(url, tmp_path) == DATA
    assert server.reads("/crawl.warc.gz") == 3


@pytest.mark.parametrize("has_ranges", [True, False])
def test_an_interrupted_copy_goes_on(server: FileServer, tmp_path: Path, has_ranges: bool) -> None:
    """Within the command, and after it: what is there is not asked for again if the host sends ranges."""
    server.has_ranges = has_ranges
    url = f"{server.url}/crawl.warc.gz"
    part = find_file(url, settings()).copy_in(tmp_path).with_suffix(".gz.part")
    part.write_bytes(DATA[:150_000])
    server.cut["/crawl.warc.gz"] = 40_000
    assert copied(url, tmp_path) == DATA
    first = next(asked for method, _, asked in server.sent if method == "GET")
    assert first is not None
    assert first.startswith("bytes=150000-")
    assert [path.name for path in tmp_path.iterdir()] == [part.stem]


def test_another_content_has_another_copy(server: FileServer, tmp_path: Path) -> None:
    url = f"{server.url}/crawl.warc.gz"
    assert copied(url, tmp_path) == DATA
    server.files["/crawl.warc.gz"] = DATA[::-1]
    assert copied(url, tmp_path) == DATA[::-1]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://archive.press.test/a.warc.gz", r"add 'archive\.press\.test' to `hosts` under \[remote\]"),
        ("s3://press-crawls/a.warc.gz", r"add 'press-crawls' to `buckets` under \[remote\]"),
        ("http:///a.warc.gz", "names no host"),
        ("http://127.0.0.1:1/a.warc.gz", r"http://127\.0\.0\.1:1/a\.warc\.gz: cannot be read.*run the command again"),
    ],
)
def test_what_may_not_or_cannot_be_read_is_named(url: str, message: str) -> None:
    with pytest.raises((ConfigError, Transient), match=message):
        find_file(url, settings())


def test_a_missing_file_and_a_redirect_to_another_host(server: FileServer) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        find_file(f"{server.url}/gone.warc.gz", settings())
    server.moved["/here.warc.gz"] = "http://elsewhere.press.test/crawl.warc.gz"
    with pytest.raises(ConfigError, match="elsewhere"):
        find_file(f"{server.url}/here.warc.gz", settings())
    server.moved["/there.warc.gz"] = f"{server.url}/crawl.warc.gz"
    assert find_file(f"{server.url}/there.warc.gz", settings()).bytes == len(DATA)


def test_a_copy_that_cannot_be_written_is_named(server: FileServer, tmp_path: Path) -> None:
    file = find_file(f"{server.url}/crawl.warc.gz", settings())
    part = Path(f"{file.copy_in(tmp_path)}.part")
    part.mkdir()
    with pytest.raises(ConfigError, match=rf"{re.escape(str(part))}: cannot be written"):
        copy_file(file, tmp_path, settings(), lambda count: None)


def test_objects_of_s3_by_key_pattern_and_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    objects = {f"press-crawls/2026/{name}.warc.gz": name.encode() * 50_000 for name in ("a", "b")}
    with s3_server({**objects, "press-crawls/readme.txt": b"x"}) as endpoint:
        chosen = settings(s3_endpoint=endpoint)
        found = find_files("s3://press-crawls/2026/*.warc.gz", chosen)
        assert [file.url for file in found] == [f"s3://{name}" for name in objects]
        assert find_files("s3://press-crawls/2026/", chosen) == found
        assert copied(found[0].url, tmp_path, s3_endpoint=endpoint) == b"a" * 50_000
        with pytest.raises(ConfigError, match="no file of the bucket matches"):
            find_files("s3://press-crawls/2027/*", chosen)
        with pytest.raises(ConfigError, match="no such file"):
            find_file("s3://press-crawls/none.warc.gz", chosen)
    with pytest.raises(Transient, match=r"s3://press-crawls/2026/a\.warc\.gz: cannot be read \(endpoint http"):
        find_file(found[0].url, chosen)


def test_a_month_of_cc_news(server: FileServer) -> None:
    names = [f"crawl-data/CC-NEWS/2026/10/CC-NEWS-202610{day:02d}120000-0000{day}.warc.gz" for day in (1, 3, 5)]
    server.files["/crawl-data/CC-NEWS/2026/10/warc.paths.gz"] = gzip.compress("\n".join(names).encode())
    chosen = settings(cc_news=f"{server.url}/")
    urls = month_files("2026-10", chosen)
    assert urls == [f"{server.url}/{name}" for name in names]
    assert within(urls, None, None) == urls
    assert within(urls, date(2026, 10, 4), None) == urls[1:]  # the second file ends when the third begins
    assert within(urls, None, date(2026, 10, 2)) == urls[:1]
    for month in ("2026-13", "October", "2026-10-01"):
        with pytest.raises(ConfigError, match="such as 2026-10"):
            month_files(month, chosen)
    with pytest.raises(ConfigError, match=r"2026/11/warc\.paths\.gz: there is no such file"):
        month_files("2026-11", chosen)


def test_a_list_with_and_without_gzip(server: FileServer) -> None:
    server.files["/list"], server.files["/list.gz"] = b"a\n\n b \n", gzip.compress(b"a\nb")
    assert read_lines(f"{server.url}/list", settings()) == read_lines(f"{server.url}/list.gz", settings()) == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(b"a\n" * 3000), "larger than 5000 bytes"),
        (b"a\n" * 3000, "larger than 5000 bytes"),
        (gzip.compress(b"a\n" * 99)[:-9], "ends early"),
    ],
)
def test_a_list_that_is_too_long_or_damaged_is_an_error(
    server: FileServer, monkeypatch: pytest.MonkeyPatch, body: bytes, reason: str
) -> None:
    monkeypatch.setattr(remote_files, "_MAX_LIST", 5000)
    server.files["/list"] = body
    with pytest.raises(ShapeError, match=rf"/list: not a list of files: .*{reason}"):
        read_lines(f"{server.url}/list", settings())
