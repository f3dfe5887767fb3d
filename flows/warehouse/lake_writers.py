"""Keeps the writers of one lake apart: each data folder has a number, its own sources, and ids of its own."""

from __future__ import annotations

import socket
from uuid import uuid4

import duckdb

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.warehouse.statements import statement


def number_writer(connection: duckdb.DuckDBPyConnection, lake: str, layout: Layout) -> None:
    """Give the data folder its number in the attached lake, and define the macros that turn its ids into those of the
    lake. Raises ConfigError when another writer has exchanges of one of its sources."""
    identity = _identity(layout)
    folder = f"{socket.gethostname()}:{layout.data}"
    connection.execute(statement("lake/own_writer"), {"identity": identity, "folder": folder})
    connection.execute(statement("lake/writer_number"), {"identity": identity})
    if found := connection.execute(statement("lake/foreign_source")).fetchone():
        raise ConfigError(
            f"{lake}: the data folder {found[1]} writes the source '{found[0]}' to this lake, and each source has one"
            f" writer: fetch it in one folder only, or name another lake. If this folder takes the place of that one,"
            f" write {found[2]} into {layout.lake_writer}"
        )
    connection.execute(statement("lake/owned_source"))
    connection.execute(statement("lake/own_keys"))
    connection.execute(statement("lake/own_ids"))


def commits(connection: duckdb.DuckDBPyConnection) -> int:
    """How many commits of this data folder the attached lake has."""
    row = connection.execute(
        "select commits from lake.lake_writer where writer = getvariable('lake_writer')"
    ).fetchone()
    assert row is not None  # number_writer has numbered it
    return int(row[0])


def _identity(layout: Layout) -> str:
    """The identity of the data folder in a lake, in a file that moves with it; made up once."""
    if not layout.lake_writer.exists():
        layout.lake_writer.write_text(f"{uuid4().hex}\n", "utf-8")
    return layout.lake_writer.read_text("utf-8").strip()
