"""Runs the checks on the loaded warehouse, and publishes it as a snapshot if none of them blocks that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb

from flows.data_layout import Layout
from flows.errors import CheckFailed
from flows.settings import Publish
from flows.warehouse.private_bodies import erase_dropped_text, private_since, remove_private_copies
from flows.warehouse.snapshots import create_snapshot, is_published, next_number, remove_old
from flows.warehouse.statements import header, named, statement
from flows.warehouse.transaction import transaction

_MAX_COUNTED: Final = 1000
_MAX_KEPT: Final = 20
_MAX_EXAMPLE: Final = 300  # characters
_DEFAULT: Final = Publish()


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: the number of rows at fault (1001 means more than 1000), and up to 20 of them."""

    name: str
    level: str
    faults: int
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()

    @property
    def example(self) -> str | None:
        """The first row at fault as text, None if there is none."""
        return ", ".join(str(value) for value in self.rows[0])[:_MAX_EXAMPLE] if self.rows else None


def run_checks(connection: duckdb.DuckDBPyConnection) -> list[Check]:
    """Run every file of sql/checks, which select the rows at fault, and record the outcomes in fact_check."""
    checks = []
    for path in named("checks"):
        text = path.read_text("utf-8")
        cursor = connection.execute(text)
        columns = tuple(column[0] for column in cursor.description or ())
        rows = tuple(cursor.fetchmany(_MAX_COUNTED + 1))
        checks.append(Check(path.stem, header(text, "level") or "fail", len(rows), columns, rows[:_MAX_KEPT]))
    for check in checks:
        connection.execute(
            statement("publish/fact_check"),
            {"name": check.name, "level": check.level, "faults": check.faults, "example": check.example},
        )
    return checks


def failed_checks(checks: list[Check]) -> str:
    """The checks at level fail that found faults, with the number of rows at fault and the first; empty if none did."""
    return "; ".join(
        f"{one.name}: {one.faults} ({one.example})" for one in checks if one.level == "fail" and one.faults
    )


def publish(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    checks: list[Check],
    policy: Publish = _DEFAULT,
    notify: Callable[[str], None] = print,
) -> Path:
    """Publish the current state as a snapshot, if it differs from the published one; returns the path that readers
    open. Those that have an older snapshot open keep it.

    A published file that does not open is replaced. `policy` says which older snapshots stay for `newsvane restore`.
    Those with body text of a source that has store_body = false are deleted; so are damaged files. `notify` is told.
    Raises CheckFailed when a check at level fail found faults (the last snapshot stays published), WarehouseError when
    the snapshot cannot be written.
    """
    if failed := failed_checks(checks):
        raise CheckFailed(f"not published, the last good snapshot stays: {failed}")
    last = connection.execute("select snapshot, content_hash, published_at from publication").fetchone()
    content = _content_hash(connection, checks)
    private = private_since(connection)
    is_readable = _opens(layout.published)
    if not is_readable and layout.published.exists():
        notify(f"{layout.published}: does not open; it is published again")
    if last is None or last[1] != content or not is_published(layout, last[0]) or not is_readable:
        if private and (last is None or max(private.values()) > last[2]):
            erase_dropped_text(connection)
        number = next_number(layout)
        _record(connection, number, content)
        create_snapshot(layout, number)
        remove_old(layout, policy)
    remove_private_copies(layout, private, notify)
    return layout.published


def _opens(path: Path) -> bool:
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error:
        return False
    return True


def _content_hash(connection: duckdb.DuckDBPyConnection, checks: list[Check]) -> str:
    """Equal for two states that differ in nothing but the times of checks."""
    row = connection.execute(statement("publish/content")).fetchone()
    outcomes = [(check.name, check.level, check.faults, check.example) for check in checks]
    return sha256(repr((row, outcomes)).encode()).hexdigest()


def _record(connection: duckdb.DuckDBPyConnection, number: int, content: str) -> None:
    with transaction(connection):
        connection.execute("delete from publication")
        connection.execute(statement("publish/publication"), {"snapshot": number, "content_hash": content})
    connection.execute("checkpoint")
