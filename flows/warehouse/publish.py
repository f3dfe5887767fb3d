"""Checks the loaded warehouse and, if it is sound, lets readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.errors import CheckFailed
from flows.settings import Layout, Publish
from flows.warehouse.snapshots import create_snapshot
from flows.warehouse.statements import header, named, statement

_MOST = 1000  # faults counted
_KEPT = 20  # and shown


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: how many rows it found at fault, 1001 standing for more, and the first of them."""

    name: str
    level: str
    faults: int
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()

    @property
    def example(self) -> str | None:
        """The first row at fault as text, None where there is none."""
        return ", ".join(str(value) for value in self.rows[0])[:300] if self.rows else None


def run_checks(connection: duckdb.DuckDBPyConnection) -> list[Check]:
    """Run every file of sql/checks and record the outcome in fact_check; a check's rows are the faults it found."""
    checks = []
    for path in named("checks"):
        text = path.read_text("utf-8")
        cursor = connection.execute(text)
        columns = tuple(column[0] for column in cursor.description or ())
        rows = tuple(cursor.fetchmany(_MOST + 1))
        checks.append(Check(path.stem, header(text, "level") or "fail", len(rows), columns, rows[:_KEPT]))
    for check in checks:
        connection.execute(
            statement("publish/fact_check"),
            {"name": check.name, "level": check.level, "faults": check.faults, "example": check.example},
        )
    return checks


def publish(
    connection: duckdb.DuckDBPyConnection, layout: Layout, checks: list[Check], keep: int = Publish().keep
) -> Path:
    """Make what is loaded the snapshot that readers open; `keep` older ones stay for `newsvane restore`. Readers that
    have a snapshot open keep it. Raises CheckFailed when a check at level fail found faults (the last good snapshot
    stays), WarehouseError when the disk is full."""
    failed = [check for check in checks if check.level == "fail" and check.faults]
    if failed:
        said = "; ".join(f"{check.name}: {check.faults} ({check.example})" for check in failed)
        raise CheckFailed(f"not published, the last good snapshot stays: {said}")
    connection.execute("checkpoint")
    return create_snapshot(layout, keep)
