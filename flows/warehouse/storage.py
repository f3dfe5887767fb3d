"""Opens the working file in the storage format that compresses article bodies, and upgrades older files to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from flows.warehouse.transaction import transaction

# The first format with zstd for text; DuckDB 1.2 and later read it.
STORAGE: Final = "v1.2.0"
_OLDEST: Final = "v1.0.0+"  # what DuckDB reports for a file that every version since 1.0 reads
_MEMORY: Final = "3GB"  # a writer spills to disk beyond it: one load fits, and a small machine stays usable
_STORAGE_OF = "select tags['storage_version'] from duckdb_databases() where database_name = current_database()"


def connected(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that may write to the file, which is created if it is missing; raises duckdb.Error when it does not
    open."""
    connection = _connect(path)
    if connection.execute(_STORAGE_OF).fetchone() != (_OLDEST,):
        return connection
    connection.close()
    _upgrade(path)
    return _connect(path)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), config={"memory_limit": _MEMORY, "storage_compatibility_version": STORAGE})


def _upgrade(path: Path) -> None:
    """Set the file's format version; DuckDB does so at the first checkpoint that has something to write."""
    literal = str(path).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{literal}' as old (storage_version '{STORAGE}')")
        with transaction(connection):
            connection.execute("create table old.upgraded (mark boolean)")
            connection.execute("drop table old.upgraded")
        connection.execute("checkpoint old")
