"""What all tests may share: a simulated month, fetched and loaded once a run."""

from __future__ import annotations

import os

import pytest

from tests.month import Month, month_at


@pytest.fixture(scope="session")
def loaded_month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """Thirty simulated days at a station and its sister, ingested over HTTP, loaded, checked and published. To be read,
    not changed: every test of the run, in every process of it, shares it."""
    base = tmp_path_factory.getbasetemp()
    return month_at((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "month")
