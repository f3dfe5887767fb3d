"""What the tests of this room share: a warehouse that a test fills by statements, and an empty one."""

from pathlib import Path

import pytest

from flows.data_layout import Layout
from tests.conftest import EmptyAt
from tests.trends.conftest import fill  # noqa: F401 - a fixture


@pytest.fixture
def layout(tmp_path: Path, empty_at: EmptyAt) -> Layout:
    """A data folder with an empty, migrated warehouse."""
    layout = Layout.at(tmp_path / "data")
    empty_at(layout.warehouse)
    return layout
