"""Opens the working file in the storage format that packs the bodies of articles, raising an older file to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from flows.warehouse.transaction import transaction

# The first that packs text by zstd; DuckDB reads it from 1.2 on.
STORAGE: Final = "v1.2.0"
_OLDEST = "v1.0.0+"  # what DuckDB says of a file that any version since 1.0 reads
_MEMORY = "3GB"  # a writer spills beyond it: what is loaded at once fits, and a small machine stays usable
_STORAGE_OF = "select tags['storage_version'] from duckdb_databases() where database_name = current_database()"


def connected(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that may write to the file, made if there is none; raises duckdb.Error where it does not open."""
    connection = _connect(path)
    if connection.execute(_STORAGE_OF).fetchone() != (_OLDEST,):
        return connection
    connection.close()
    _raise_format(path)
    return _connect(path)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), config={"memory_limit": _MEMORY, "storage_compatibility_version": STORAGE})


def _raise_format(path: Path) -> None:
    """Mark the file as of this format; DuckDB does so with the first checkpoint that has something to write."""
    literal = str(path).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{literal}' as old (storage_version '{STORAGE}')")
        with transaction(connection):
            connection.execute("create table old.raised (mark boolean)")
            connection.execute("drop table old.raised")
        connection.execute("checkpoint old")
