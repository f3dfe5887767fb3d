"""What all tests may share: one simulated month and one Prefect server per test run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.month import Month, month_at
from tests.server import Up, server_at, stop_server


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


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the shared server when all tests have ended: in the process that no other one shares its folder with."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stop_server(session.config._tmp_path_factory.getbasetemp() / "up")
