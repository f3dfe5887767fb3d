"""Brings a warehouse's schema up to date by numbered migrations, and refuses one made by a newer version."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from flows.errors import WarehouseError
from flows.warehouse.statements import SQL, named
from flows.warehouse.transaction import transaction


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path = SQL / "schema") -> list[str]:
    """Apply what `folder` has and the warehouse lacks, each migration in its own transaction, then the views; returns
    the names applied.

    Raises WarehouseError when the warehouse knows a migration this version does not, or when one that was applied
    has been edited since.
    """
    connection.execute(
        "create table if not exists schema_migration"
        " (name text primary key, sha256 text not null, applied_at timestamptz)"
    )
    applied = dict(connection.execute("select name, sha256 from schema_migration").fetchall())
    files = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.sql"))}
    _refuse_strangers(applied, files)
    missing = [name for name in files if name not in applied]
    for name in missing:
        digest = hashlib.sha256(files[name].encode()).hexdigest()
        with transaction(connection):
            connection.execute(files[name])
            connection.execute("insert into schema_migration values (?, ?, now())", [name, digest])
    for path in named("views"):
        connection.execute(path.read_text("utf-8"))
    return missing


def _refuse_strangers(applied: dict[str, str], files: dict[str, str]) -> None:
    newer = sorted(set(applied) - set(files))
    if newer:
        raise WarehouseError(
            f"the warehouse was made by a newer newsvane (it has migration {newer[-1]}, this version ends at "
            f"{max(files)}): update newsvane, or give another folder with --data"
        )
    for name, digest in applied.items():
        if hashlib.sha256(files[name].encode()).hexdigest() != digest:
            raise WarehouseError(
                f"sql/schema/{name}.sql is not the one this warehouse was made with: `newsvane rebuild` makes it anew "
                "from the archive; or put that file back, and write a new migration instead"
            )
