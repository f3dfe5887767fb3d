"""The lake: what a publish changed, once and in one commit; the same rows for trends and SQL; no private text."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError

from flows.data_layout import Layout
from flows.errors import ConfigError, Transient, WarehouseError
from flows.model import UNDATED
from flows.pipeline.load import check_and_publish
from flows.settings import DEMO_CONFIG, Query, Warehouse
from flows.trends.run import run
from flows.warehouse import lake as lake_module
from flows.warehouse.analyst_query import run_analyst_query
from flows.warehouse.lake import commit_to_lake
from flows.warehouse.lake_catalog import attach
from flows.warehouse.lake_marks import Marks
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish
from flows.warehouse.statements import named, statement
from tests.fetch.remote.servers import s3_server
from tests.month import Month
from tests.warehouse.conftest import Load, exchange, reading, story
from tests.warehouse.test_export import posted

TRENDS = (
    "topic_frequency", "topic_share", "top_topics", "origin_share", "posting_rhythm", "headline_changes",
    "first_channel", "source_health", "forecast_text_life", "coverage_by_place", "silent_edits",
)  # fmt: skip
LIMITS = Query()


@pytest.fixture
def target(tmp_path: Path) -> Warehouse:
    """A lake that does not exist yet."""
    return Warehouse(lake=f"ducklake:{tmp_path / 'lake' / 'news.ducklake'}", lake_data=str(tmp_path / "lake" / "data"))


@pytest.fixture
def published(layout: Layout, writer: duckdb.DuckDBPyConnection, put: Load) -> Layout:
    """A published warehouse with three articles in two months."""
    put(
        "one",
        (exchange("https://kxyz.test/1", 0), story(1, published=posted(2), weather=[reading(1, 30)])),
        (exchange("https://kxyz.test/2", 1), story(2)),
        (exchange("https://kxyz.test/3", 2), story(3)),
    )
    publish(writer, layout, [])
    return layout


def in_lake(target: Warehouse, sql: str) -> list[tuple[object, ...]]:
    """The rows of a query with the lake attached."""
    assert target.lake
    with duckdb.connect() as connection:
        attach(connection, target.lake)
        return connection.execute(sql).fetchall()


def commits(target: Warehouse) -> int:
    return len(in_lake(target, "from ducklake_snapshots('lake')"))


def fails_at_the_end(name: str) -> str:
    return "select error('cut off')" if name == "lake/added_source" else statement(name)


def change(layout: Layout, sql: str) -> None:
    """Change the published snapshot."""
    layout.published.chmod(0o644)
    with duckdb.connect(str(layout.published)) as connection:
        connection.execute(sql)


def test_trends_and_sql_give_the_same_rows_from_the_lake(loaded_month: Month, target: Warehouse) -> None:
    file = loaded_month.layout
    commit_to_lake(file, target)
    lake = replace(file, lake=target.lake)
    answered = {name: run(file, name).rows for name in TRENDS}
    assert {name: _hash(run(lake, name).rows) for name in TRENDS} == {n: _hash(rows) for n, rows in answered.items()}
    assert all(answered[name] for name in TRENDS if name not in ("silent_edits", "headline_changes"))
    for view in ("articles", "tags", "observations", "stories"):
        sql = f"select * from {view} order by all"
        assert run_analyst_query(lake, sql, LIMITS) == run_analyst_query(file, sql, LIMITS)


def _hash(rows: tuple[tuple[object, ...], ...]) -> str:
    return sha256(repr(rows).encode()).hexdigest()


def test_without_a_change_nothing_is_committed(published: Layout, target: Warehouse) -> None:
    assert commit_to_lake(published, target) > 0
    before = commits(target)
    assert commit_to_lake(published, target) == 0
    assert commits(target) == before


def test_one_commit_replaces_the_months_that_changed(published: Layout, target: Warehouse) -> None:
    commit_to_lake(published, target)
    before = commits(target)
    change(published, "update fact_article set title = 'Council adjourns' where posted_date < date '2026-03-01'")
    assert commit_to_lake(published, target) == 1
    assert commits(target) == before + 1
    assert in_lake(target, "select title from lake.fact_article where lake_month = '2026-02'") == [
        ("Council adjourns",)
    ]
    change(published, "delete from fact_article where posted_date < date '2026-03-01'")
    commit_to_lake(published, target)
    assert in_lake(target, "select distinct lake_month from lake.fact_article") == [("2026-03",)]


def test_a_commit_that_is_cut_off_leaves_the_last_one(
    published: Layout, target: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_to_lake(published, target)
    before = commits(target)
    change(published, "update fact_article set title = 'Council adjourns'")
    with monkeypatch.context() as cut:
        cut.setattr(lake_module, "statement", fails_at_the_end)
        with pytest.raises(WarehouseError, match="cut off"):
            commit_to_lake(published, target)
    assert commits(target) == before
    assert in_lake(target, "select count(*) from lake.fact_article where title = 'Council adjourns'") == [(0,)]
    commit_to_lake(published, target)
    assert in_lake(target, "select count(*) from lake.fact_article where title = 'Council adjourns'") == [(3,)]


def test_body_text_is_left_out_and_withdrawn(published: Layout, target: Warehouse) -> None:
    bodies = "select count(body) from lake.article_state"
    positions = "select count(body_positions) from lake.agg_word_month"
    commit_to_lake(published, target)
    assert in_lake(target, bodies) == [(0,)]
    assert in_lake(target, positions) == [(0,)]
    commit_to_lake(published, target, ["kxyz"])
    assert in_lake(target, bodies) == [(3,)]
    commit_to_lake(published, target)
    assert in_lake(target, bodies) == [(0,)]
    assert commits(target) == 2  # the withdrawal, and that it is complete
    assert target.lake_data
    for path in Path(target.lake_data).rglob("*.parquet"):
        with duckdb.connect() as connection:
            rows = connection.execute(
                "select 1 from read_parquet(?) as row where row::text like '%Rivertown voted%'", [str(path)]
            )
            assert rows.fetchone() is None, path


def test_a_lake_of_another_version_is_refused(published: Layout, target: Warehouse) -> None:
    commit_to_lake(published, target)
    lake = replace(published, lake=target.lake)
    in_lake(target, "insert into lake.schema_migration values (0, 'all', '99_later', '', now())")
    with pytest.raises(WarehouseError, match=r"newer newsvane.*99_later.*update newsvane"):
        commit_to_lake(published, target)
    with pytest.raises(WarehouseError, match=r"newer newsvane.*99_later"):
        run(lake, "topic_frequency")
    in_lake(target, "delete from lake.schema_migration where name >= '27'")
    with pytest.raises(WarehouseError, match=r"older newsvane.*newsvane refresh"):
        run(lake, "topic_frequency")


def test_every_table_of_the_star_is_in_the_lake(writer: duckdb.DuckDBPyConnection) -> None:
    rows = writer.execute("select table_name from duckdb_tables() where regexp_matches(table_name, '^(dim|fact|agg)_')")
    assert {name for (name,) in rows.fetchall()} - {path.stem for path in named("lake/rows")} == set()


def test_analysts_read_no_other_file_through_the_lake(published: Layout, target: Warehouse) -> None:
    commit_to_lake(published, target)
    lake = replace(published, lake=target.lake)
    assert run_analyst_query(lake, "select count(*) from articles", LIMITS).rows == ((3,),)
    with pytest.raises(ConfigError, match="disabled"):
        run_analyst_query(lake, f"select * from read_blob('{published.published}')", LIMITS)


@pytest.mark.parametrize(
    ("lake", "message"),
    [
        ("lake.ducklake", "write ducklake:PATH"),
        ("ducklake:/nowhere/x.ducklake", "no such lake"),
        ("ducklake:postgres:dbname=x", "duckdb-extension-postgres-scanner"),
        ("ducklake:postgres:dbname=x password=sesame", r"password=\.\.\.'.*password file"),
        ("ducklake:postgres:postgresql://me:sesame@db/x", r"//me:\.\.\.@db/x'.*password file"),
    ],
)
def test_a_lake_that_cannot_be_read_is_named(
    tmp_path: Path, lake: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb_extension_postgres_scanner", None)  # as if it were not installed
    with pytest.raises(ConfigError, match=message):
        run(replace(Layout.at(tmp_path), lake=lake), "topic_frequency")


def test_a_publish_commits_to_the_configured_lake(
    target: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    shutil.copytree(DEMO_CONFIG, config)
    with (config / "newsvane.toml").open("a") as file:
        file.write(f'\n[warehouse]\nlake = "{target.lake}"\nlake_data = "{target.lake_data}"\n')
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    notices: list[str] = []
    check_and_publish(Layout.at(tmp_path), lambda checks: None, notices.append)
    assert any(str(target.lake) in line for line in notices)
    assert in_lake(target, "select count(*) from lake.dim_date") != [(0,)]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"lake": "news.ducklake"}, "lake"),
        ({"lake_data": "folder"}, "lake_data needs lake"),
        ({"lake": "ducklake:postgres:dbname=x"}, "needs lake_data"),
        ({"lake": "ducklake:x", "lake_data": "s3://bucket"}, "s3://BUCKET/PREFIX"),
        ({"lake": "ducklake:x", "lake_data": "gs://bucket/news"}, "s3://BUCKET/PREFIX"),
    ],
)
def test_settings_that_name_no_lake_are_refused(table: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Warehouse.model_validate(table)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The endpoint of an S3 server with the bucket `news`, which config names."""
    with s3_server({"news/readme": b""}) as endpoint:
        config = Path(shutil.copytree(DEMO_CONFIG, tmp_path / "config"))
        with (config / "newsvane.toml").open("a") as file:
            file.write(f'\n[remote]\ns3_endpoint = "{endpoint}"\n')
        monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "it's")
        yield endpoint


def test_a_lake_in_s3_and_its_errors(published: Layout, bucket: str, tmp_path: Path) -> None:
    name = f"ducklake:{tmp_path / 'news.ducklake'}"
    assert commit_to_lake(published, Warehouse(lake=name, lake_data="s3://news/lake/")) > 0
    lake = replace(published, lake=name)
    assert run_analyst_query(lake, "select count(*) from articles", LIMITS).rows == ((3,),)
    with pytest.raises(ConfigError, match="disabled"):
        run_analyst_query(lake, "select * from read_text('s3://news/readme')", LIMITS)
    with pytest.raises(ConfigError, match=r"`lake_data` under \[warehouse\] is not the folder of this lake"):
        commit_to_lake(published, Warehouse(lake=name, lake_data="s3://news/elsewhere/"))
    with pytest.raises(ConfigError, match=rf"{bucket}, `s3_endpoint` under \[remote\].*create the bucket"):
        commit_to_lake(published, Warehouse(lake=f"{name}2", lake_data="s3://none/lake/"))
    config = tmp_path / "config" / "newsvane.toml"
    config.write_text(config.read_text("utf-8").replace(bucket, "http://127.0.0.1:1"), "utf-8")
    change(published, "update fact_article set title = 'Council adjourns'")
    for ask in (lambda: commit_to_lake(published, Warehouse(lake=name)), lambda: run(lake, "topic_share")):
        with pytest.raises(Transient, match=r"127\.0\.0\.1:1, `s3_endpoint` under \[remote\].*run the command again"):
            ask()


def test_a_commit_compares_the_months_that_loads_have_changed(
    published: Layout, writer: duckdb.DuckDBPyConnection, put: Load, target: Warehouse
) -> None:
    marks = Marks(writer)
    put("two", (exchange("https://kxyz.test/5", 40), story(5)))
    refresh_rollups(writer)
    publish(writer, published, [])
    assert commit_to_lake(published, target, marks=marks) > 0
    put("three", (exchange("https://kxyz.test/4", 41), story(4, published=posted(4))))  # fetched in March
    refresh_rollups(writer)
    publish(writer, published, [])
    change(published, "update fact_article set section = 'Unmarked' where posted_date is not null")
    assert commit_to_lake(published, target, marks=marks) > 0
    sections = "select lake_month, count(*) filter (section = 'Unmarked') from lake.fact_article group by 1 order by 1"
    assert in_lake(target, sections) == [("2026-02", 0), ("2026-03", 3), ("2026-04", 1)]
    assert writer.execute("select count(*) from changed_month").fetchone() == (0,)
    assert commit_to_lake(published, target, marks=marks) == 0
    writer.execute("update lake_commit set compared_at = compared_at - interval 25 hours")  # a day later: all months
    assert commit_to_lake(published, target, marks=marks) == 1
    assert in_lake(target, sections) == [("2026-02", 1), ("2026-03", 3), ("2026-04", 1)]


def test_words_of_an_article_without_a_date_are_compared_too(
    published: Layout, writer: duckdb.DuckDBPyConnection, put: Load, target: Warehouse
) -> None:
    marks = Marks(writer)
    words = "select sum(len(headline_positions)) from {}agg_word_month where month_date = '-infinity'"
    for number in (4, 5):
        page = story(number, published=None, title=f"Storm {number}")
        put(str(number), (exchange(page.url, 0, requested_at=UNDATED), page))
        refresh_rollups(writer)
        publish(writer, published, [])
        commit_to_lake(published, target, marks=marks)
        assert in_lake(target, words.format("lake.")) == writer.execute(words.format("")).fetchall() != [(None,)]


def test_after_a_restore_every_month_is_compared(
    published: Layout, writer: duckdb.DuckDBPyConnection, target: Warehouse
) -> None:
    marks = Marks(writer)
    commit_to_lake(published, target, marks=marks)
    before = writer.execute("from lake_commit").fetchall()
    change(published, "update fact_article set section = 'Later'")
    writer.execute("insert into changed_month values (date '2026-02-01'), (date '2026-03-01')")
    assert commit_to_lake(published, target, marks=marks) == 2
    writer.execute("delete from lake_commit")
    writer.execute("insert into lake_commit values (?, ?, ?, ?)", before[0])  # as the older snapshot has it
    change(published, "update fact_article set section = 'Earlier'")
    assert commit_to_lake(published, target, marks=marks) == 2
