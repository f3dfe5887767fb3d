"""A real warehouse with the real migrations and rollups, filled by statements of a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.settings import Layout
from flows.warehouse.load import refresh_rollups
from flows.warehouse.migrate import migrate
from flows.warehouse.statements import statement
from tests.month import Month
from tests.trends.truth import Truth

Fill = Callable[[str], Layout]

ROLLUPS = (
    "rollups/10_day/10_article/20_agg_article_day",
    "rollups/10_day/20_tag/10_agg_tag_day",
    "rollups/10_day/20_tag/20_stale_month",
)
LOOKS = "insert into stale_month select distinct date_trunc('month', date)::date from fact_source_day"
ALL_DAYS = """
create or replace temp table touched_day as
select distinct source_id, posted_date from fact_article where posted_date is not null;
"""


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Publish a warehouse that holds what the given statements insert, rolled up by the rollups a load runs."""

    def filled(statements: str) -> Layout:
        layout = Layout.at(tmp_path)
        layout.published.parent.mkdir(parents=True)
        with duckdb.connect(str(layout.published)) as connection:
            connection.execute("set timezone = 'UTC'")
            migrate(connection)
            connection.execute(statements)
            connection.execute(ALL_DAYS)
            for name in ROLLUPS:
                connection.execute(statement(name))
            connection.execute(LOOKS)
            refresh_rollups(connection)
        return layout

    return filled


@pytest.fixture(scope="session")
def truth(loaded_month: Month) -> Truth:
    """The simulated month by the stations' own word."""
    return Truth(loaded_month)
