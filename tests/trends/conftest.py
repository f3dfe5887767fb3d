"""A real warehouse with the real migrations, filled by statements of a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.settings import Layout
from flows.warehouse.migrate import migrate

Fill = Callable[[str], Layout]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Publish a warehouse that holds what the given statements insert."""

    def filled(statements: str) -> Layout:
        layout = Layout.at(tmp_path)
        layout.published.parent.mkdir(parents=True)
        with duckdb.connect(str(layout.published)) as connection:
            connection.execute("set timezone = 'UTC'")
            migrate(connection)
            connection.execute(statements)
        return layout

    return filled
