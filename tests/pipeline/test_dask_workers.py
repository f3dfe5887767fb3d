"""Workers of a Dask cluster parse what a pool of processes parses, and a cluster that is not there is named."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from distributed import LocalCluster
from pydantic import ValidationError

from flows.data_layout import Layout
from flows.errors import ConfigError, Transient
from flows.pipeline import workers
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.dask_workers import dask_pool
from flows.settings import Run
from tests.fetch.archive.builders import write_exchanges


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler and one worker, in this process, reached over TCP."""
    options = {"processes": False, "n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0"}
    with LocalCluster(protocol="tcp://", host="127.0.0.1", **options) as started:
        yield started


def parts(tmp_path: Path) -> list[workers.Part]:
    files = [ArchiveFile(write_exchanges(Layout(tmp_path / str(number)), 3)) for number in range(3)]
    return [workers.Part(file, str(number), ((0, file.bytes),)) for number, file in enumerate(files)]


def test_a_cluster_gives_the_rows_that_this_process_gives(cluster: LocalCluster, tmp_path: Path) -> None:
    given, counted = parts(tmp_path), list[tuple[int, int]]()
    here = list(workers.stage_parts(given, None, 1, tmp_path / "rows", lambda *_: None))
    with workers.parser_pool(Run(runner="dask", scheduler=cluster.scheduler_address)) as pool:
        there = list(workers.stage_parts(given, pool, 1, tmp_path / "rows", lambda *counts: counted.append(counts)))
    assert [part for part, _ in there] == given
    assert [exchanges for _, exchanges in counted] == [3, 3, 3]
    for (_, one), (_, other) in zip(here, there, strict=True):
        assert all(one.tables[name].equals(other.tables[name]) for name in one.tables)
    assert list((tmp_path / "rows").iterdir()) == []


def test_a_file_that_a_worker_does_not_find_is_named(cluster: LocalCluster, tmp_path: Path) -> None:
    gone = workers.Part(ArchiveFile(tmp_path / "gone.warc.gz"), "gone", ((0, 1),))
    with (
        pytest.raises(ConfigError, match=r"scheduler.*gone\.warc\.gz is not found: the data folder must have"),
        workers.parser_pool(Run(runner="dask", scheduler=cluster.scheduler_address)) as pool,
    ):
        list(workers.stage_parts([gone], pool, 1, tmp_path / "rows", lambda *_: None))


@pytest.mark.parametrize("error", [OSError("No space left on device"), ValueError("a fault of the load")])
def test_an_error_that_is_not_of_the_cluster_keeps_its_name(cluster: LocalCluster, error: Exception) -> None:
    with pytest.raises(type(error), match=str(error)), dask_pool(cluster.scheduler_address):
        raise error


@pytest.mark.parametrize("error", [CancelledError(), ConnectionResetError("reset"), TimeoutError("late")])
def test_a_scheduler_that_is_lost_is_named_with_its_setting(cluster: LocalCluster, error: Exception) -> None:
    with (
        pytest.raises(Transient, match=rf"{cluster.scheduler_address} \(`scheduler` under \[run\]\).*is lost"),
        dask_pool(cluster.scheduler_address),
    ):
        raise error


def test_a_scheduler_that_is_not_there_is_named_with_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.pipeline.dask_workers._TIMEOUT_S", 0.2)
    with (
        pytest.raises(Transient, match=r"tcp://127\.0\.0\.1:1 \(`scheduler` under \[run\]\).*run the command again"),
        workers.parser_pool(Run(runner="dask", scheduler="tcp://127.0.0.1:1")),
    ):
        pass


def test_a_cluster_without_workers_is_an_error() -> None:
    options = {"processes": False, "n_workers": 0, "dashboard_address": ":0"}
    with (
        LocalCluster(protocol="tcp://", host="127.0.0.1", **options) as empty,
        pytest.raises(Transient, match="has no workers: start some with `dask worker tcp://"),
        workers.parser_pool(Run(runner="dask", scheduler=empty.scheduler_address)),
    ):
        pass


@pytest.mark.parametrize("values", [{"runner": "dask"}, {"scheduler": "tcp://127.0.0.1:8786"}])
def test_runner_and_scheduler_need_each_other(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="need each other"):
        Run(**values)  # type: ignore[arg-type]
