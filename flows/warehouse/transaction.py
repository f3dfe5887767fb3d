"""One transaction: all of it lands, or none of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did; roll it back on any error, which goes on to the caller."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        # A commit that failed (a full disk) has ended the transaction itself; the first error is the one to tell.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
