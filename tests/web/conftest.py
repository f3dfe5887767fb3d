"""The explorer over the simulated month, over small warehouses, and over one with a hostile page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from flows.cli.serve import read_capture
from flows.data_layout import Layout
from flows.settings import SHIPPED_CONFIG, Query, load_settings
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish
from flows.web.app import create_app
from flows.web.explorer import Explorer
from tests.month import Month
from tests.trends.conftest import fill  # noqa: F401 - a fixture

NOW = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
Open = Callable[..., TestClient]


def client_of(
    layout: Layout, now: datetime = NOW, hosts: frozenset[str] = frozenset(), limits: Query | None = None
) -> TestClient:
    """A browser of the explorer over this data folder."""
    settings = load_settings(SHIPPED_CONFIG)
    settings = settings.model_copy(update={"query": limits or settings.query})
    explorer = Explorer(layout, settings, read_capture, hosts, lambda: now)
    return TestClient(create_app(explorer), base_url="http://127.0.0.1")


@pytest.fixture
def browse() -> Iterator[Open]:
    """Open the explorer over a data folder, until the test ends."""
    opened: list[TestClient] = []

    def started(layout: Layout, **options: object) -> TestClient:
        opened.append(client_of(layout, **options).__enter__())  # type: ignore[arg-type]
        return opened[-1]

    yield started
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A published warehouse without a row."""
    layout = Layout.at(tmp_path_factory.mktemp("empty"))
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
        publish(connection, layout, [])
    return layout


@pytest.fixture(scope="session")
def last_moment(loaded_month: Month) -> datetime:
    """Just after the last exchange of the month."""
    return rows(loaded_month.layout, "select max(requested_at) from fact_fetch")[0][0]


@pytest.fixture(scope="session")
def month(loaded_month: Month, last_moment: datetime) -> Iterator[TestClient]:
    """A browser of the explorer over the month, at its end."""
    with client_of(loaded_month.layout, last_moment) as client:
        yield client


def rows(layout: Layout, sql: str, *values: object) -> list[tuple]:
    """The rows of a statement on the published snapshot."""
    with duckdb.connect(str(copy_of(layout.published)), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute(sql, list(values)).fetchall()


def copy_of(published: Path) -> Path:
    """The snapshot behind the published link: another path, so that a test's connection shares nothing with the
    explorer's."""
    snapshots = sorted((published.parent / "snapshots").glob("*.duckdb"))
    return snapshots[-1] if snapshots else published
