"""The data dictionary: every table, view and column has a comment, in old warehouses too, and the page is current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.settings import ROOT
from flows.warehouse.migrate import apply_definitions, apply_migrations, migrate
from tests.warehouse.conftest import SHIPPED, schema_of

COMMENTS = """
select table_name, null as column_name, comment from duckdb_tables() where not internal
union all
select view_name, null, comment from duckdb_views() where not internal
union all
select table_name, column_name, comment from duckdb_columns() where not internal
"""
MISSING = f"select table_name, column_name from ({COMMENTS}) where coalesce(comment, '') = ''"
URL = "select comment from duckdb_columns() where table_name = 'articles' and column_name = 'url'"


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    migrate(connection)
    return connection


def test_every_table_view_and_column_has_a_comment(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute(MISSING).fetchall() == []


def test_the_comment_of_every_table_names_its_key(warehouse: duckdb.DuckDBPyConnection) -> None:
    tables = "select table_name, comment from duckdb_tables() where not internal"
    assert [name for name, comment in warehouse.execute(tables).fetchall() if "Key: " not in comment] == []


def test_comments_fit_a_cell_of_the_page(warehouse: duckdb.DuckDBPyConnection) -> None:
    comments = [comment for *_, comment in warehouse.execute(COMMENTS).fetchall()]
    assert len(comments) > 400
    assert [comment for comment in comments if "|" in comment or "\n" in comment or comment != comment.strip()] == []


def test_a_warehouse_of_an_earlier_version_gets_the_comments(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        apply_migrations(connection, schema_of(tmp_path / "schema", len(SHIPPED) - 1))
        connection.execute("create view articles as select 1 as url")
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        migrate(connection)
        assert connection.execute(MISSING).fetchall() == []
    with duckdb.connect(str(tmp_path / "old.duckdb"), read_only=True) as connection:
        assert connection.execute(MISSING).fetchall() == []


def test_definitions_are_applied_again_only_when_their_text_changed() -> None:
    with duckdb.connect() as connection:
        migrate(connection)
        before = connection.execute(URL).fetchall()
        connection.execute("comment on column articles.url is 'stale'")
        assert not apply_definitions(connection)
        assert connection.execute(URL).fetchall() == [("stale",)]
        connection.execute("update schema_text set sha256 = 'of another version'")
        assert apply_definitions(connection)
        assert connection.execute(URL).fetchall() == before


def test_the_page_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate_dictionary.py", "--check"], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
