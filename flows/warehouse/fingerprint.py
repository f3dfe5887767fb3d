"""Says what a warehouse holds as one number a table, so that two of them can be compared row for row."""

from __future__ import annotations

import duckdb

from flows.warehouse.statements import named

Fingerprint = dict[str, tuple[int, str]]


def fingerprint(connection: duckdb.DuckDBPyConnection) -> Fingerprint:
    """Table -> its rows and their hash, whatever their order. Keys given in order of loading count by what
    they stand for: a source by its name, an article by source and article key, a tag by its folded label."""
    found = {}
    for path in named("fingerprint"):
        rows = connection.execute(path.read_text("utf-8")).fetchall()
        found[path.stem] = (int(rows[0][0]), str(rows[0][1]))
    return found
