"""Configures Prefect before a test imports it: no telemetry, a home folder of the test run, a quiet console."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.cli.prefect_env import ENVIRONMENT

if TYPE_CHECKING:
    from tests.server import Up

os.environ |= {
    **ENVIRONMENT,
    "PREFECT_HOME": str(Path(tempfile.gettempdir()) / "newsvane-tests-prefect"),  # holds no runs
}


@pytest.fixture(scope="module")
def at_server(up: Up) -> Iterator[Up]:
    """The shared server, as the one that flows of this process send their runs to."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with pytest.MonkeyPatch.context() as patch, temporary_settings({PREFECT_API_URL: up.api}):
        patch.setenv("NEWSVANE_CONFIG", str(up.config))
        yield up
