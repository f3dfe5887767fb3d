"""Migrations keep the data of every earlier version; a newer warehouse and an edited migration are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.errors import WarehouseError
from flows.warehouse.migrate import apply_migrations, migrate
from flows.warehouse.statements import SQL
from tests.warehouse.conftest import SHIPPED, schema_of

# What later versions might do to the shipped schema: add a column with a value, rename and convert a column.
LATER = {
    "90_note": "alter table dim_tag add column note text; update dim_tag set note = 'none';",
    "91_celsius": """
        create view in_celsius as select tag_id, (length(label) - 32) * 5 / 9.0 as value from dim_tag;
        alter table dim_tag rename column note to remark;
        update dim_tag set remark = upper(remark);
    """,
}
SCHEMA = SQL / "schema"
FIRST = 4  # migrations in the first version
# A value of each type that a column has.
VALUES = {
    **dict.fromkeys(("BIGINT", "INTEGER", "SMALLINT", "UBIGINT", "DOUBLE"), "7"),
    "BOOLEAN": "true",
    "VARCHAR": "'word'",
    "VARCHAR[]": "['one', 'two']",
    "BIGINT[]": "[7, 8]",
    "UBIGINT[]": "[7, 18446744073709551615]",
    "DOUBLE[]": "[1.5, 2.5]",
    "DATE": "date '2019-03-12'",
    "TIMESTAMP": "timestamp '2019-03-12 06:30:00'",
    "TIMESTAMP WITH TIME ZONE": "timestamptz '2019-03-12 06:30:00+00'",
}
# Recomputed month by month by the refresh that follows.
RECOMPUTED = ("agg_tag_pair_month", "stale_month", "stale_word_month")
# A row of one table means something to a row of the other: 11_article_key gives the exchange its article.
MATCHED = ("article_reading", "waiting_look", "waiting_exchange")
# Table or column -> its name since 18_exchange_names or 21_channel_reads.
RENAMED = {"page_look": "page_exchange", "looks": "channel_reads"}
OWN = ("schema_migration", "schema_text", *RECOMPUTED, *MATCHED)  # written by the migration itself, or recomputed
# Written anew by 11_article_key.
REKEYED = {
    ("fact_article", "article_key"),
    ("fact_article", "key_hash"),
    ("article_url", "url_hash"),
}
ROW = "insert into dim_tag (tag_id, folded, label) values (1, 'snow', 'Snow')"


def folder_of(tmp_path: Path, later: int) -> Path:
    """A folder with the shipped migrations and the first `later` of the later ones."""
    folder = schema_of(tmp_path / f"schema-{later}")
    for name in sorted(LATER)[:later]:
        (folder / f"{name}.sql").write_text(LATER[name])
    return folder


@pytest.mark.parametrize("version", [0, 1])
def test_data_of_every_earlier_version_is_kept(tmp_path: Path, version: int) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        apply_migrations(connection, folder_of(tmp_path, version))
        connection.execute(ROW)
        if version:
            connection.execute("update dim_tag set note = 'none'")
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        assert apply_migrations(connection, folder_of(tmp_path, 2)) == sorted(LATER)[version:]
        assert connection.execute("select folded, remark from dim_tag").fetchall() == [("snow", "NONE")]
        assert apply_migrations(connection, tmp_path / "schema-2") == []


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The columns of the table whose values no later migration changes."""
    names = [str(name) for name, *_ in connection.execute(f"describe {table}").fetchall()]
    return ", ".join(name for name in names if (table, name) not in REKEYED)


def renamed(query: str) -> str:
    """The query with the names of the latest version."""
    return re.sub(r"\w+", lambda found: RENAMED.get(found[0], found[0]), query)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """An empty warehouse of each shipped version, by the number of its migrations."""
    folder, found = tmp_path_factory.mktemp("versions"), {}
    latest = folder / "latest.duckdb"
    for count in range(FIRST, len(SHIPPED) + 1):
        with duckdb.connect(str(latest)) as connection:
            apply_migrations(connection, schema_of(folder / f"schema-{count}", count))
        found[count] = Path(shutil.copyfile(latest, folder / f"{count}.duckdb"))
    return found


@pytest.mark.parametrize("count", range(FIRST, len(SHIPPED) + 1), ids=lambda count: SHIPPED[count - 1].stem)
def test_a_row_of_each_table_is_kept_from_every_shipped_version(versions: dict[int, Path], count: int) -> None:
    with duckdb.connect(str(versions[count])) as connection:
        tables = [name for name in tables_of(connection) if name not in OWN]
        connection.begin()
        for name in tables:
            columns = connection.execute(f"describe {name}").fetchall()
            if connection.execute(f"select count(*) from {name}").fetchone() != (0,):
                continue  # filled by a migration
            connection.execute(f"insert into {name} values ({', '.join(VALUES[kind] for _, kind, *_ in columns)})")
        connection.commit()
        queries = {name: f"select {columns_of(connection, name)} from {name}" for name in tables}
        before = {name: connection.execute(queries[name]).fetchall() for name in tables}
    with duckdb.connect(str(versions[count])) as connection:
        assert apply_migrations(connection, SCHEMA) == [path.stem for path in SHIPPED[count:]]
        assert {name: connection.execute(renamed(queries[name])).fetchall() for name in tables} == before
        assert apply_migrations(connection, SCHEMA) == []


def test_shipped_schema_applies_once(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        applied = migrate(connection)
        assert applied == [path.stem for path in SHIPPED]
        assert migrate(connection) == []


def test_a_failed_migration_leaves_the_version_before_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    (folder / "92_broken.sql").write_text("alter table dim_tag add column half text; select no_such_function();")
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.Error):
            apply_migrations(connection, folder)
        columns = [row[0] for row in connection.execute("describe dim_tag").fetchall()]
        assert "note" in columns
        assert "half" not in columns
        (folder / "92_broken.sql").write_text("alter table dim_tag add column half text;")
        assert apply_migrations(connection, folder) == ["92_broken"]


def test_a_newer_warehouse_and_an_edited_migration_are_refused(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        apply_migrations(connection, folder_of(tmp_path, 2))
        with pytest.raises(WarehouseError, match=r"newer newsvane .*91_celsius"):
            apply_migrations(connection, folder_of(tmp_path, 1))
        (tmp_path / "schema-2" / "90_note.sql").write_text("select 1;")
        with pytest.raises(WarehouseError, match=r"90_note\.sql differs"):
            apply_migrations(connection, tmp_path / "schema-2")
