"""Brings a warehouse's schema up to date by numbered migrations, and keeps its views and comments current."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import duckdb

from flows.errors import WarehouseError
from flows.warehouse.statements import SQL, named
from flows.warehouse.transaction import transaction

DEFINITIONS: Final = ("views", "views/analyst", "macros/stored")  # in this order: the analyst's views read the others


def migrate(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply the migrations that the warehouse lacks, then the definitions if they changed; returns the names of the
    migrations applied. Raises WarehouseError like `apply_migrations`."""
    applied = apply_migrations(connection, SQL / "schema")
    apply_definitions(connection, force=bool(applied))
    return applied


def apply_migrations(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Apply the files of `folder` that the warehouse lacks, each in its own transaction; returns their names.

    Raises WarehouseError when the warehouse has a migration that `folder` lacks, or one that has been edited since.
    """
    connection.execute(
        "create table if not exists schema_migration"
        " (name text primary key, sha256 text not null, applied_at timestamptz)"
    )
    applied = dict(connection.execute("select name, sha256 from schema_migration").fetchall())
    files = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.sql"))}
    _refuse_newer_or_edited(applied, files)
    missing = [name for name in files if name not in applied]
    for name in missing:
        with transaction(connection):
            connection.execute(files[name])
            connection.execute("insert into schema_migration values (?, ?, now())", [name, _sha256(files[name])])
    return missing


def apply_definitions(connection: duckdb.DuckDBPyConnection, *, force: bool = False) -> bool:
    """Create the views and their macros, and comment every table, view and column, in one transaction; returns whether
    that was done. It is skipped when the warehouse has the definitions of this version; `force` applies them anyway (a
    migration may have changed what a view reads, and a new view has no comments)."""
    text = "\n".join(path.read_text("utf-8") for folder in (*DEFINITIONS, "comments") for path in named(folder))
    digest = _sha256(text)
    known = connection.execute("select sha256 from schema_text where name = 'definitions'").fetchone()
    if known == (digest,) and not force:
        return False
    with transaction(connection):
        connection.execute(text)
        connection.execute("insert or replace into schema_text values ('definitions', ?, now())", [digest])
    return True


def _refuse_newer_or_edited(applied: dict[str, str], files: dict[str, str]) -> None:
    newer = sorted(set(applied) - set(files))
    if newer:
        raise WarehouseError(
            f"the warehouse was made by a newer newsvane (it has migration {newer[-1]}, this version ends at "
            f"{max(files)}): update newsvane, or give another folder with --data"
        )
    for name, digest in applied.items():
        if _sha256(files[name]) != digest:
            raise WarehouseError(
                f"sql/schema/{name}.sql differs from the file that this warehouse was made with: put that file back "
                "and write a new migration instead, or run `newsvane rebuild` to build the warehouse from the archive"
            )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
