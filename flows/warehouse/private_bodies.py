"""Erases body text of sources with store_body = false: from free space in the working file, and from older copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from flows.data_layout import Layout
from flows.warehouse.snapshots import damaged, snapshots
from flows.warehouse.statements import statement
from flows.warehouse.transaction import transaction

_FREE: Final = "select free_blocks, block_size from pragma_database_size() where database_name = current_database()"
_BYTES_PER_VALUE: Final = 7  # of a random double after compression; too low a guess only takes one more round

_CUT_OFF: Final = re.compile(r"[\s\[(]*(…|\.\.\.)[\s\])]*$")  # as sql/dimensions/40_body/10_private_body does


def public_summary(summary: str | None, body: str | None) -> str | None:
    """The summary of an article whose body is not kept: None if it is the beginning, or another part, of the body."""
    if not summary or not body:
        return summary
    return None if _CUT_OFF.sub("", " ".join(summary.split())) in " ".join(body.split()) else summary


def erase_dropped_text(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the tables that had text again, and overwrite the blocks of the working file that are then no longer used:
    what was dropped cannot be read from them. A block in use can hold old text beside the columns that stay."""
    with transaction(connection):
        connection.execute(statement("publish/rewritten_text"))
    connection.execute("checkpoint")
    connection.execute("create or replace table free_space (filler double)")
    while (free := _free_bytes(connection)) > 0:
        connection.execute("insert into free_space select random() from range(?)", [free // _BYTES_PER_VALUE])
        connection.execute("checkpoint")
    connection.execute("drop table free_space")
    connection.execute("checkpoint")


def private_since(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """The sources that keep no body text, and the instant (UTC) from which the working file has had none of them."""
    return dict(connection.execute(statement("publish/private_source")).fetchall())


def remove_private_copies(layout: Layout, since: dict[str, datetime], notify: Callable[[str], None]) -> None:
    """Delete older snapshots and damaged working files that hold, or may hold, body text of the sources in `since`;
    `notify` is told of each. The published snapshot stays."""
    if not since:
        return
    last = max(since.values())
    for path in _older(layout, last):
        if path.is_file() and _may_hold_bodies(path, sorted(since)):
            path.unlink()
            notify(f"deleted {path}: it held article text of a source with store_body = false ({', '.join(since)})")


def _older(layout: Layout, last: datetime) -> Iterator[Path]:
    paths = [*damaged(layout), *(s.path for s in snapshots(layout) if not s.path.samefile(layout.published))]
    return (path for path in paths if datetime.fromtimestamp(path.stat().st_mtime, UTC) < last)


def _may_hold_bodies(path: Path, names: list[str]) -> bool:
    """Whether the file has a body of these sources, or cannot be read."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(statement("publish/stored_body"), {"names": names}).fetchone() is not None
    except duckdb.Error:
        return True


def _free_bytes(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(_FREE).fetchone()
    return int(row[0]) * int(row[1]) if row else 0
