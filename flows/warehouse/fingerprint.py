"""Computes one row count and hash per table, so that two warehouses can be compared row for row."""

from __future__ import annotations

import duckdb

from flows.warehouse.statements import named

Fingerprint = dict[str, tuple[int, str]]


def fingerprint(connection: duckdb.DuckDBPyConnection) -> Fingerprint:
    """Table name -> number of rows and hash, independent of row order.

    Surrogate keys depend on the order of loading, so each is hashed as its natural key: a source as its name, an
    article as source and article key, a tag as its normalized label.
    """
    found = {}
    for path in named("fingerprint"):
        rows = connection.execute(path.read_text("utf-8")).fetchall()
        found[path.stem] = (int(rows[0][0]), str(rows[0][1]))
    return found
