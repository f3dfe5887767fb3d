"""The ways to name archive files, and the backfill of remote files, of parts of files, and of chosen captures."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.pipeline import load_parts, workers
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.archive_inputs import archive_inputs
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.pipeline.rebuild import rebuild_from_archive
from flows.pipeline.selection import ALL, Selection
from flows.settings import Remote, load_settings
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from tests.fetch.archive.builders import http, record, warc
from tests.fetch.remote.servers import FileServer, file_server
from tests.stories import story

TEXTS = {"en": story(), "de": story().replace(b"<html>", b"<html lang=de>")}


def capture(number: int, host: str = "press.test", lang: str = "en") -> bytes:
    """One record of another tool: an article captured on a day of February 2020."""
    url, day = f"http://www.{host}/news/{number}", f"2020-02-{number + 1:02d}T04:05:06Z"
    return record("response", http(TEXTS[lang]), **{"WARC-Target-URI": url, "WARC-Date": day})


CRAWL = warc(*(capture(number) for number in range(6)))


@pytest.fixture
def layout(layout: Layout) -> Layout:
    sync_config(layout, lambda line: None)
    return layout


@pytest.fixture
def server() -> Iterator[FileServer]:
    with file_server() as served:
        served.files["/crawl.warc.gz"] = CRAWL
        yield served


def inputs(layout: Layout, *given: str, months: tuple[str, ...] = (), selection: Selection = ALL) -> list[ArchiveFile]:
    return archive_inputs(given, months, layout, load_settings(), selection)


def loaded(layout: Layout, files: list[ArchiveFile]) -> list[str]:
    """Load what is new in the files; returns the lines for the user."""
    lines: list[str] = []
    load_batches(layout, unloaded(layout, files, lines.append), lines.append)
    return lines


def pages(layout: Layout) -> list[tuple[str, str]]:
    """URL and archive file of every exchange."""
    with open_writer(layout, print) as connection:
        return connection.execute("select url, warc_file from fact_fetch order by url").fetchall()


def test_paths_patterns_folders_and_lists_each_file_once(layout: Layout, tmp_path: Path) -> None:
    folder = tmp_path / "crawls"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.warc.gz", "b.WARC", "deep/c.warc.wet.gz"):
        (folder / name).write_bytes(CRAWL)
    (folder / "notes.txt").write_text("no archive")
    (folder / "list.txt").write_text("# mine\n\na.warc.gz\ndeep\n")
    every = [folder / "a.warc.gz", folder / "b.WARC", folder / "deep" / "c.warc.wet.gz"]

    def paths(*given: str) -> list[Path]:
        return [file.path for file in inputs(layout, *given)]

    assert paths(str(folder)) == paths(f"{folder}/**/*[cC]*") == every
    assert paths(f"@{folder}/list.txt") == [every[0], every[2]]
    assert paths(f"{folder}/a.warc.gz", str(folder)) == every


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nowhere/*.warc", "no archive files there"),
        ("nowhere.warc", "file not found"),
        ("@nowhere.txt", "cannot be read as a list"),
        ("@lists.txt", r"lists.txt: @more.txt: a list cannot name another list"),
        (".", "no archive files there"),
        ("https://crawls.press.test/a.warc.gz", "`hosts` under"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error(layout: Layout, given: str, message: str, tmp_path: Path) -> None:
    name = given if "://" in given else f"@{tmp_path}/{given[1:]}" if given[0] == "@" else f"{tmp_path}/raw/{given}"
    (tmp_path / "raw").mkdir()
    (tmp_path / "lists.txt").write_text("# mine\n@more.txt\n")
    with pytest.raises(ConfigError, match=message):
        inputs(layout, name)


def test_a_remote_file_is_loaded_once_and_rebuilt_from_its_url(layout: Layout, server: FileServer) -> None:
    url = f"{server.url}/crawl.warc.gz"
    assert loaded(layout, inputs(layout, url)) == [f"{url}: copying", f"{url}: 6 exchanges read, 6 loaded"]
    assert list(layout.downloads.iterdir()) == []
    assert {file for _, file in pages(layout)} == {url}
    assert loaded(layout, inputs(layout, url)) == [f"{url}: skipped: its content is loaded already"]
    assert server.reads("/crawl.warc.gz") == 1
    server.files["/copy.warc.gz"] = CRAWL
    assert loaded(layout, inputs(layout, f"{server.url}/copy.warc.gz"))[1:] == [
        f"{server.url}/copy.warc.gz: skipped: its content is loaded already (as {url})"
    ]
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
    assert rebuild_from_archive(layout, print, install=False).differing == {}
    server.files.clear()
    gone = rebuild_from_archive(layout, print, install=False).missing
    assert gone == [f"{url}: {url}: there is no such file at the host"]


def test_a_half_uploaded_remote_file_is_repaired_by_giving_it_again(layout: Layout, server: FileServer) -> None:
    url = f"{server.url}/crawl.warc.gz"
    server.files["/crawl.warc.gz"] = CRAWL[: len(CRAWL) // 2] + bytes(len(CRAWL) // 2)
    lines = loaded(layout, inputs(layout, url))
    assert any("at byte" in line for line in lines)
    good = len([page for page, _ in pages(layout) if page.startswith("http")])
    assert 0 < good < 6
    server.files["/crawl.warc.gz"] = CRAWL
    lines = loaded(layout, inputs(layout, url))
    assert lines[-1] == f"{url}: 6 exchanges read, {6 - good} loaded, {good} loaded before"
    assert rebuild_from_archive(layout, print, install=False).missing == []


def test_a_month_of_cc_news_of_some_hosts(layout: Layout, server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "crawl-data/CC-NEWS/2020/02/CC-NEWS-20200201000000-00001.warc.gz"
    server.files["/crawl-data/CC-NEWS/2020/02/warc.paths.gz"] = gzip.compress(name.encode())
    server.files[f"/{name}"] = warc(capture(0), capture(1, "other.test"))
    settings = load_settings().model_copy(update={"remote": Remote(cc_news=f"{server.url}/")})
    selection = Selection.of(["press.test"])
    files = archive_inputs((), ("2020-02",), layout, settings, selection)
    assert loaded(layout, files)[-1].endswith("2 exchanges read, 1 loaded, 1 not selected (host=press.test)")
    assert [url for url, _ in pages(layout)] == ["http://www.press.test/news/0"]


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        (Selection.of(["https://press.test/"]), [0, 1]),
        (Selection.of(["press"]), []),
        (Selection.of(languages=["de"]), [1]),
        (Selection.of(since=date(2020, 2, 2), until=date(2020, 2, 3)), [1, 2]),
        (Selection.of(["press.test"], ["en"], until=date(2020, 2, 2)), [0]),
    ],
)
def test_only_chosen_captures_are_loaded(
    layout: Layout, tmp_path: Path, selection: Selection, taken: list[int]
) -> None:
    captures = [capture(0), capture(1, lang="de"), capture(2, "other.test"), capture(3, "other.test")]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(*captures))
    assert Selection.parse(selection.key) == selection
    lines = loaded(layout, inputs(layout, str(path), selection=selection))
    assert lines[-1].startswith(f"{path}: 4 exchanges read, {len(taken)} loaded, {4 - len(taken)} not selected")
    assert sorted(int(url.rpartition("/")[2]) for url, _ in pages(layout)) == taken
    assert "skipped" in loaded(layout, inputs(layout, str(path), selection=selection))[0]
    assert f"4 exchanges read, {4 - len(taken)} loaded" in loaded(layout, inputs(layout, str(path)))[-1]
    assert len(pages(layout)) == 4
    assert "skipped" in loaded(layout, inputs(layout, str(path), selection=selection))[0]


def test_a_rebuild_reads_the_chosen_captures_again(layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(capture(0), capture(1, "other.test")))
    loaded(layout, inputs(layout, str(path), selection=Selection.of(["press.test"])))
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
    assert rebuild_from_archive(layout, print, install=False).differing == {}


@pytest.mark.parametrize(
    "build",
    [
        lambda: Selection.of(["no host"]),
        lambda: Selection.of(languages=["English"]),
        lambda: Selection.of(since=date(2020, 2, 2), until=date(2020, 2, 1)),
    ],
)
def test_a_selection_that_selects_nothing_is_an_error(build: Callable[[], Selection]) -> None:
    with pytest.raises(ConfigError, match="--"):
        build()


def test_a_large_file_is_loaded_in_parts_and_goes_on_after_an_interrupt(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(CRAWL)
    monkeypatch.setattr(workers, "_SPLIT_BYTES", 0)
    monkeypatch.setattr(workers, "_SPAN_EXCHANGES", 1)
    monkeypatch.setattr(load_parts, "_TRANSACTION_BYTES", len(CRAWL) // 3)
    calls: list[str] = []

    def interrupted(count: int, exchanges: int, step: str) -> None:
        calls.append(step)
        if calls.count("loading") == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_batches(layout, [path], lambda line: None, interrupted)
    kept = len(pages(layout))
    assert 0 < kept < 6
    lines = loaded(layout, inputs(layout, str(path)))
    assert len(pages(layout)) == 6
    assert lines == [f"{path}: {6 - kept} exchanges read, {6 - kept} loaded"]
    assert loaded(layout, inputs(layout, str(path)))[0].endswith(f"loaded already (as {path})")
    moved = path.rename(tmp_path / "moved.warc.gz")
    assert "it was moved" in loaded(layout, inputs(layout, str(moved)))[0]
    assert {file for _, file in pages(layout)} == {str(moved)}
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
    assert rebuild_from_archive(layout, print).differing == {}
