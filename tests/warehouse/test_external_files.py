"""The list of loaded files of other tools: filled by the migration, limited to batches that have landed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.warehouse.external_files import ExternalFile, ExternalFiles
from flows.warehouse.load import Batches
from flows.warehouse.migrate import apply_migrations
from flows.warehouse.statements import SQL
from tests.warehouse.conftest import schema_of

BATCH = "insert into batch (batch_id, loaded_at, parser_version, fetches) values (?, ?, '1', ?)"


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    apply_migrations(connection, SQL / "schema")
    return connection


def test_the_migration_lists_the_files_that_were_known_by_their_path(tmp_path: Path) -> None:
    before = schema_of(tmp_path / "schema", 8)
    with duckdb.connect() as connection:
        apply_migrations(connection, before)
        for number, name in enumerate(["raw/kqtv/2026-01-05/a.warc.gz", "/crawls/b.warc.gz", "imports/c.warc.gz"]):
            connection.execute(BATCH, [name, f"2026-01-0{number + 1}", number])
        apply_migrations(connection, SQL / "schema")
        assert ExternalFiles(connection).loaded() == [
            ExternalFile(name, name, None, None) for name in ("/crawls/b.warc.gz", "imports/c.warc.gz")
        ]
        names = connection.execute("select batch_id from batch order by loaded_at").fetchall()
        assert len(names) == 3


def test_a_file_is_listed_when_its_batch_has_landed(connection: duckdb.DuckDBPyConnection) -> None:
    files, one = ExternalFiles(connection), ExternalFile("sha256:1", "a.warc.gz", 7, "1")
    files.record(one)
    assert files.loaded() == []
    connection.execute(BATCH, ["sha256:1", "2026-01-01", 3])
    files.record(one)
    assert files.loaded() == [one]
    assert Batches(connection).sizes(["sha256:1", "sha256:2"]) == {"sha256:1": 3}
    files.forget("sha256:1")
    assert files.loaded() == []
