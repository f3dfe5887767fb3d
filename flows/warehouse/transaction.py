"""Runs statements in one transaction: all of them take effect, or none does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did; roll it back on any exception, and re-raise that."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        # A failed commit (full disk) has already ended the transaction; the caller needs the first error, not this one.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
