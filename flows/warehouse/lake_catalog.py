"""Attaches a DuckLake to a connection, and opens one for the same statements that read the published snapshot."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import duckdb

from flows.errors import ConfigError, WarehouseError
from flows.warehouse.lake_storage import S3, literal, load_extension, open_s3
from flows.warehouse.migrate import DEFINITIONS
from flows.warehouse.statements import named, statement

_PREFIX: Final = "ducklake:"
_PASSWORD: Final = re.compile(r"password\s*=\s*('[^']*'|\S+)|://[^/@\s]*:([^@\s]+)@")
_OWN: Final = "lake_"  # the lake's own tables start so
_TABLES: Final = "select table_name from duckdb_tables() where database_name = 'lake' order by table_name"


def open_lake(lake: str) -> duckdb.DuckDBPyConnection:
    """A connection in which the tables of the lake stand under their own names, with the views and macros of this
    version; session time zone UTC. Raises ConfigError for a lake that does not exist, WarehouseError for one that a
    newer or older version wrote, duckdb.Error when it cannot be read."""
    connection = duckdb.connect()
    try:
        connection.execute("set timezone = 'UTC'")
        attach(connection, lake, read_only=True)
        tables = lake_tables(connection)
        if "schema_migration" not in tables:
            raise ConfigError(f"{lake}: nothing is committed yet: run `newsvane refresh` with [warehouse] lake set")
        if missing := refuse_newer(connection, lake):
            raise WarehouseError(
                f"{lake}: the lake was written by an older newsvane (it lacks migration {missing[0]}): run `newsvane"
                " refresh` with this version, which brings it up to date"
            )
        _show_tables(connection, tables)
        for folder in DEFINITIONS:
            for path in named(folder):
                connection.execute(path.read_text("utf-8"))
        _allow_data(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def attach(
    connection: duckdb.DuckDBPyConnection, lake: str, data: str | None = None, *, read_only: bool = False
) -> None:
    """Attach the lake under the name `lake`; a writer creates it where there is none, with its Parquet files in `data`,
    a folder or s3://BUCKET/PREFIX (default: beside the catalog). Raises ConfigError when the lake is not named
    `ducklake:...`, holds a password, does not exist, or a package is missing."""
    target = _target(lake)
    if target.startswith("postgres:"):
        load_extension(connection, lake, "postgres_scanner")
    elif read_only and not Path(target).is_file():
        raise ConfigError(f"{lake}: no such lake: run `newsvane refresh` with [warehouse] lake set")
    elif not read_only:
        Path(target).absolute().parent.mkdir(parents=True, exist_ok=True)
    load_extension(connection, lake, "ducklake")
    # No rows inside the catalog: what is deleted for good must be gone with its Parquet file.
    options = ["read_only"] if read_only else ["data_inlining_row_limit 0"]
    if data is not None:
        options.append(f"data_path {literal(data if data.startswith(S3) else str(Path(data).absolute()))}")
        if data.startswith(S3):
            open_s3(connection, lake)
    command = f"attach {literal(lake)} as lake ({', '.join(options)})"
    connection.execute("set autoinstall_known_extensions = false")
    try:
        connection.execute(command)
    except duckdb.Error as error:
        if "httpfs" not in str(error):
            raise
        open_s3(connection, lake)  # the catalog says that its files are there
        connection.execute(command)


def _target(lake: str) -> str:
    """Where the catalog is: what follows `ducklake:`."""
    target = lake.removeprefix(_PREFIX)
    if target in (lake, ""):
        raise ConfigError(f"lake '{lake}': write ducklake:PATH or ducklake:postgres:...")
    if found := _PASSWORD.search(target):
        shown = lake.replace(found[1] or found[2], "...")
        raise ConfigError(f"lake '{shown}': put the password into libpq's password file (~/.pgpass), not here")
    return target


def _show_tables(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> None:
    """Show the lake's tables under their own names: the rows of all writers; what several of them have, once."""
    merged: dict[str, str] = {}
    if connection.execute("select 1 from lake.lake_writer having count(*) > 1").fetchone():
        connection.execute(statement("lake/source_writers"))
        merged = {path.stem: path.read_text("utf-8") for path in named("lake/merged")}
    for name in tables:
        connection.execute(merged.get(name) or for_table("lake/table_view", name))


def data_path(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Where the attached lake has its Parquet files."""
    row = connection.execute("select value from ducklake_options('lake') where option_name = 'data_path'").fetchone()
    return str(row[0]) if row else None


def lake_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The warehouse's tables in the attached lake, sorted."""
    return [name for (name,) in connection.execute(_TABLES).fetchall() if not name.startswith(_OWN)]


def refuse_newer(connection: duckdb.DuckDBPyConnection, lake: str) -> list[str]:
    """Raise WarehouseError if the attached lake has a migration that this version lacks; returns those that the lake
    lacks."""
    files = [path.stem for path in named("schema")]
    known = {name for (name,) in connection.execute("select name from lake.schema_migration").fetchall()}
    if newer := sorted(known - set(files)):
        raise WarehouseError(
            f"{lake}: the lake was written by a newer newsvane (it has migration {newer[-1]}, this version ends at"
            f" {files[-1]}): update newsvane, or name another lake"
        )
    return [name for name in files if name not in known]


def for_table(name: str, table: str) -> str:
    """The text of sql/<name>.sql for one table of the lake; tables are named by the files of sql/lake/rows."""
    return statement(name).replace("this_table", table)


def row_files() -> list[Path]:
    """One statement per table of the lake: its rows, with their month in the column lake_month."""
    return named("lake/rows")


def _allow_data(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the lake's own Parquet files readable when the analyst's SQL may read no others."""
    if path := data_path(connection):
        connection.execute(f"set allowed_directories = [{literal(path)}]")
