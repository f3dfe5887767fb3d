"""A warehouse with the real migrations and rollups, filled by the statements of a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.warehouse.load import refresh_rollups
from flows.warehouse.statements import statement
from tests.conftest import EmptyAt
from tests.month import Month
from tests.trends.truth import Truth

Fill = Callable[[str], Layout]

ROLLUPS = (
    "rollups/10_day/10_article/20_agg_article_day",
    "rollups/10_day/20_tag/10_agg_tag_day",
    "rollups/10_day/20_tag/20_stale_month",
)
ALL_MONTHS = "insert into stale_month select distinct date_trunc('month', date)::date from fact_source_day"
ALL_WORDS = """
insert into stale_word_month
select distinct coalesce(date_trunc('month', coalesce(posted_date, first_seen_date))::date, date '-infinity')
from fact_article where title is not null
"""
ALL_DAYS = """
create or replace temp table touched_day as
select distinct source_id, posted_date from fact_article where posted_date is not null;
"""


@pytest.fixture
def fill(tmp_path: Path, empty_at: EmptyAt) -> Fill:
    """Publish a warehouse with the rows that the statements insert and the rollups of a load."""

    def filled(statements: str) -> Layout:
        layout = Layout.at(tmp_path)
        with duckdb.connect(str(empty_at(layout.published))) as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute(statements)
            connection.execute(ALL_DAYS)
            for name in ROLLUPS:
                connection.execute(statement(name))
            connection.execute(ALL_MONTHS)
            connection.execute(ALL_WORDS)
            refresh_rollups(connection)
        return layout

    return filled


@pytest.fixture(scope="session")
def truth(loaded_month: Month) -> Truth:
    """Expected values from the simulated month."""
    return Truth(loaded_month)
