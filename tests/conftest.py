"""What all tests may share: an empty warehouse to copy, one simulated month and one Prefect server per test run."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.warehouse.connection import open_writer
from tests.month import Month, month_at
from tests.server import Up, server_at, stop_server

# The modules that take longest, which start first: then no process of the run is left alone with one at the end.
SLOW_FIRST = (
    "tests/flows/test_up.py",
    "tests/trends/test_truth.py",
    "tests/pipeline/test_rebuild.py",
    "tests/fetch/test_faults.py",
    "tests/pipeline/test_month.py",
    "tests/flows/test_runs.py",
    "tests/trends/test_truth_weather.py",
    "tests/fetch/test_kills.py",
    "tests/warehouse/test_closings.py",
    "tests/warehouse/test_publish.py",
    "tests/pipeline/test_workers.py",
    "tests/cli/test_runs.py",
)
# DuckDB's own threads, in test processes and in those that they start: on small data a second one costs a third more
# CPU time and saves none.
os.environ.setdefault("SLURM_CPUS_ON_NODE", "1")

EmptyAt = Callable[[Path], Path]


@pytest.fixture(scope="session")
def empty_at(tmp_path_factory: pytest.TempPathFactory) -> EmptyAt:
    """Put an empty, migrated warehouse at a path, which is returned: a copy, quicker than applying all migrations for
    every test."""
    made = Layout.at(tmp_path_factory.mktemp("empty"))
    with open_writer(made, print):
        pass

    def copied(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        return shutil.copyfile(made.warehouse, path)

    return copied


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all processes of the test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def loaded_month(shared_folder: Path) -> Month:
    """Thirty simulated days at a station and its sister, ingested over HTTP, loaded, checked and published. Read-only:
    every test of the run, in every process of it, shares it."""
    return month_at(shared_folder / "month")


@pytest.fixture(scope="session")
def up(shared_folder: Path) -> Up:
    """A running `newsvane up`, shared by every test of the run."""
    return server_at(shared_folder / "up")


@pytest.fixture(autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """SIGINT raises KeyboardInterrupt in every test, also where the run was started with it ignored, as a shell starts
    what it puts in the background."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Number longer and gzipped byte strings in the ids of tests: the latter hold the time, and all processes of a run
    must have the same ids."""
    return argname if isinstance(val, bytes) and (len(val) > 16 or val.startswith(b"\x1f\x8b")) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of SLOW_FIRST before all others, which stay in their order."""
    rank = {module: number for number, module in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the shared server when all tests have ended: in the process that no other one shares its folder with."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stop_server(session.config._tmp_path_factory.getbasetemp() / "up")
