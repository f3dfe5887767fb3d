"""Analyst queries: they read the snapshot and nothing else, within bounds of time and memory."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.errors import ConfigError, NewsvaneError
from flows.settings import Layout, Query
from flows.warehouse.analyst_query import run_analyst_query
from flows.warehouse.load import load
from tests.conftest import EmptyAt
from tests.warehouse.conftest import STATION, batch, exchange, story

LIMITS = Query(seconds=20)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> Layout:
    """A published warehouse with one article, and no working file. Read-only."""
    layout = Layout.at(tmp_path_factory.mktemp("published"))
    with duckdb.connect(str(empty_at(layout.published))) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(STATION)
        load(connection, "one", batch((exchange("https://kxyz.test/content/news/1.html", 0), story(1))), "1")
    return layout


def files_in(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*"))


def test_a_query_returns_columns_and_rows(published: Layout) -> None:
    result = run_analyst_query(published, "select source, title from articles", LIMITS)
    assert (tuple(result.columns), tuple(result.rows)) == (("source", "title"), (("kxyz", "Council votes 1"),))


def test_columns_of_one_name_are_numbered(published: Layout) -> None:
    result = run_analyst_query(published, "select 1 as a, 2 as a, 3 as a_2, 4 as a", LIMITS)
    assert (result.columns, result.rows) == (("a", "a_3", "a_2", "a_4"), ((1, 2, 3, 4),))


@pytest.mark.parametrize(
    "attack",
    [
        "select * from read_csv('{secret}')",
        "select * from read_text('{secret}')",
        "select * from read_blob('{secret}')",
        "select * from read_parquet('{secret}')",
        "select * from read_json('{secret}')",
        "select * from glob('{folder}/*')",
        "select * from '{secret}'",
        "from '/etc/passwd'",
        "select * from sniff_csv('{secret}')",
        "select * from query('select * from read_text(''{secret}'')')",
        "with stolen as (select * from read_text('{secret}')) select * from stolen",
        "copy (select 1) to '{folder}/out.csv'",
        "copy fact_fetch from '{secret}'",
        "explain analyze copy (select 1) to '{folder}/out.csv'",
        "export database '{folder}/dump'",
        "import database '{folder}'",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "load '{folder}/evil.duckdb_extension'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset lock_configuration",
        "set memory_limit = '100GB'",
        "create table mine (x integer)",
        "create temp table mine as select 1",
        "create secret (type s3)",
        "insert into batch values ('x', now(), '1', 0)",
        "delete from fact_fetch",
        "drop table fact_fetch",
        "update dim_tag set label = 'x'",
        "checkpoint",
        "vacuum",
        "begin",
        "call pragma_version()",
        "prepare stolen as select 1",
        "select 1; select 2",
        "",
        "select from where",
        "select nothing from nowhere",
    ],
)
def test_attacks_and_invalid_sql_are_refused(published: Layout, tmp_path: Path, attack: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nswordfish\n")
    files = files_in(tmp_path, published.data)
    with pytest.raises(ConfigError) as refusal:
        run_analyst_query(published, attack.format(secret=secret, folder=tmp_path), LIMITS)
    assert "swordfish" not in str(refusal.value)
    assert files_in(tmp_path, published.data) == files


@pytest.mark.parametrize(
    "endless",
    [
        "select count(*) from range(1000000) a, range(1000000) b",
        "select * from range(100000000000)",
    ],
)
def test_an_endless_query_is_stopped(published: Layout, endless: str) -> None:
    with pytest.raises(NewsvaneError, match=r"stopped after 0.5 s"):
        run_analyst_query(published, endless, Query(seconds=0.5))


def test_memory_is_bounded(published: Layout) -> None:
    with pytest.raises(NewsvaneError, match="50MB"):
        run_analyst_query(published, "select list(range) from range(100000000)", Query(memory="50MB"))


def test_without_a_snapshot_the_next_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="newsvane refresh"):
        run_analyst_query(Layout.at(tmp_path / "empty"), "select 1", LIMITS)
