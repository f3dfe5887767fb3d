"""Analyst queries: they read the snapshot and nothing else, within bounds of time and memory."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError, NewsvaneError
from flows.settings import Query
from flows.warehouse.analyst_query import analyst_query, run_analyst_query
from flows.warehouse.text_rows import PART_BYTES, PART_ROWS
from tests.conftest import EmptyAt
from tests.warehouse.conftest import exchange, publish, story

LIMITS = Query(seconds=20)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> Layout:
    """A published warehouse with one article, and no working file. Read-only."""
    one = (exchange("https://kxyz.test/content/news/1.html", 0), story(1))
    return publish(Layout.at(tmp_path_factory.mktemp("published")), empty_at, one)


def files_in(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*"))


def test_a_query_returns_columns_and_rows(published: Layout) -> None:
    result = run_analyst_query(published, "select source, title from articles", LIMITS)
    assert (tuple(result.columns), tuple(result.rows)) == (("source", "title"), (("kxyz", "Council votes 1"),))


def test_columns_of_one_name_are_numbered(published: Layout) -> None:
    with analyst_query(published, "select 1 as a, 2 as a, 3 as a_2, 4 as a", LIMITS) as query:
        assert query.columns == ("a", "a_3", "a_2", "a_4")
        assert query.renamed == (("a", "a_3"), ("a", "a_4"))
        assert list(query.parts()) == [[(1, 2, 3, 4)]]


def test_parts_are_small_where_rows_are_wide(published: Layout) -> None:
    sql = "select repeat('x', 1000000) from range(100)"
    with analyst_query(published, sql, LIMITS) as query:
        sizes = [len(part) for part in query.parts()]
    assert sum(sizes) == 100
    assert max(sizes) * 1_000_000 <= PART_BYTES
    with analyst_query(published, "select * from range(100000)", LIMITS) as query:
        sizes = [len(part) for part in query.parts()]
    assert (sum(sizes), max(sizes)) == (100_000, PART_ROWS)


def test_the_first_rows_of_an_endless_result(published: Layout) -> None:
    result = run_analyst_query(published, "select * from range(100000000000)", LIMITS, rows=3)
    assert result.rows == ((0,), (1,), (2,))


def test_parquet_keeps_the_types_and_the_new_names(published: Layout, tmp_path: Path) -> None:
    sql = "select range as n, null::date as n, {'a': [1.5::decimal(9, 2)]} as deep from range(5000)"
    with analyst_query(published, sql, LIMITS) as query:
        assert query.write_parquet(tmp_path / "a.parquet") == 5000
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.column_names == ["n", "n_2", "deep"]
    assert [str(kind) for kind in table.schema.types][:2] == ["int64", "date32[day]"]
    assert table.slice(4999).to_pylist() == [{"n": 4999, "n_2": None, "deep": {"a": [Decimal("1.50")]}}]


@pytest.mark.parametrize(
    "value",
    ["interval 1 day", "'01'::bit", "[timetz '06:30:00+01']", "1::uhugeint", "1::bignum", "union_value(k := 1)"],
)
def test_what_parquet_cannot_hold_is_named(published: Layout, tmp_path: Path, value: str) -> None:
    with (
        analyst_query(published, f"select {value} as odd", LIMITS) as query,
        pytest.raises(ConfigError, match=r"column 'odd'.*::varchar"),
    ):
        query.write_parquet(tmp_path / "a.parquet")


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
