"""Storage format: older files are upgraded with their rows, and bodies are compressed."""

from __future__ import annotations

import duckdb

from flows.data_layout import Layout
from flows.warehouse.connection import open_writer
from flows.warehouse.migrate import apply_migrations
from flows.warehouse.storage import STORAGE
from tests.warehouse.conftest import schema_of


def test_a_file_of_the_older_storage_format_is_upgraded_and_compresses_bodies(layout: Layout) -> None:
    layout.warehouse.unlink()
    with duckdb.connect(str(layout.warehouse)) as old:
        apply_migrations(old, schema_of(layout.data / "schema", 6))
        old.execute(
            "insert into article_state (article_id, state_hash, body, authors, tags)"
            " select number, 'state', 'A body of item ' || repeat(sha256(number::text), 30), [], []"
            " from range(3000) as numbers(number)"
        )
        digest = "select count(*), bit_xor(hash(article_id, state_hash, body)) from article_state"
        before = old.execute(digest).fetchall()
    with open_writer(layout, print) as connection:
        assert connection.execute(digest).fetchall() == before
        connection.execute("checkpoint")
        packed = "select distinct compression from pragma_storage_info('article_state') where column_name = 'body'"
        assert ("ZSTD",) in connection.execute(packed).fetchall()
    with duckdb.connect(str(layout.warehouse)) as again:
        of_file = "select tags['storage_version'] from duckdb_databases() where path is not null"
        assert again.execute(of_file).fetchall() == [(f"{STORAGE}+",)]
        assert again.execute("select * from duckdb_tables() where table_name = 'upgraded'").fetchall() == []
