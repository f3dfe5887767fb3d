"""Runs the checks on the loaded warehouse, and publishes it as a snapshot if none of them blocks that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from flows.errors import CheckFailed
from flows.settings import Layout, Publish
from flows.warehouse.snapshots import create_snapshot
from flows.warehouse.statements import header, named, statement

_MAX_COUNTED: Final = 1000
_MAX_KEPT: Final = 20
_MAX_EXAMPLE: Final = 300  # characters


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


def publish(
    connection: duckdb.DuckDBPyConnection, layout: Layout, checks: list[Check], keep: int = Publish().keep
) -> Path:
    """Publish the current state as a snapshot; `keep` older ones stay for `newsvane restore`. Returns the path that
    readers open; those that have an older snapshot open keep it.

    Raises CheckFailed when a check at level fail found faults (the last snapshot stays published), WarehouseError when
    the snapshot cannot be written.
    """
    failed = [check for check in checks if check.level == "fail" and check.faults]
    if failed:
        outcomes = "; ".join(f"{check.name}: {check.faults} ({check.example})" for check in failed)
        raise CheckFailed(f"not published, the last good snapshot stays: {outcomes}")
    connection.execute("checkpoint")
    return create_snapshot(layout, keep)
