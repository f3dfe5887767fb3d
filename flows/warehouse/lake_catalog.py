"""Attaches a DuckLake to a connection, and opens one for the same statements that read the published snapshot."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

import duckdb

from flows.errors import ConfigError, WarehouseError
from flows.warehouse.migrate import DEFINITIONS
from flows.warehouse.statements import named, statement

_PREFIX: Final = "ducklake:"
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
        for name in tables:
            connection.execute(for_table("lake/table_view", name))
        for folder in DEFINITIONS:
            for path in named(folder):
                connection.execute(path.read_text("utf-8"))
        _allow_data(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def attach(
    connection: duckdb.DuckDBPyConnection, lake: str, data: Path | None = None, *, read_only: bool = False
) -> None:
    """Attach the lake under the name `lake`; a writer creates it where there is none, with its Parquet files in `data`
    (default: beside the catalog). Raises ConfigError when the lake is not named `ducklake:...`, does not exist, or a
    package is missing."""
    target = lake.removeprefix(_PREFIX)
    if target in (lake, ""):
        raise ConfigError(f"lake '{lake}': write ducklake:PATH or ducklake:postgres:...")
    if target.startswith("postgres:"):
        _load_extension(connection, lake, "postgres_scanner")
    elif read_only and not Path(target).is_file():
        raise ConfigError(f"{lake}: no such lake: run `newsvane refresh` with [warehouse] lake set")
    elif not read_only:
        Path(target).absolute().parent.mkdir(parents=True, exist_ok=True)
    _load_extension(connection, lake, "ducklake")
    # No rows inside the catalog: what is deleted for good must be gone with its Parquet file.
    options = ["read_only"] if read_only else ["data_inlining_row_limit 0"]
    if data is not None:
        options.append(f"data_path {literal(str(data.absolute()))}")
    connection.execute(f"attach {literal(lake)} as lake ({', '.join(options)})")


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


def _load_extension(connection: duckdb.DuckDBPyConnection, lake: str, name: str) -> None:
    """Load the extension from its Python package: nothing is downloaded or installed."""
    module, package = f"duckdb_extension_{name}", f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
    try:
        folder = Path(str(import_module(module).__file__)).parent / "extensions" / f"v{duckdb.__version__}"
    except ImportError as error:
        raise ConfigError(
            f"{lake} ([warehouse] lake, or --lake): a package is missing: run `pip install {package}`"
        ) from error
    connection.load_extension(str(folder / f"{name}.duckdb_extension"))


def _allow_data(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the lake's own Parquet files readable when the analyst's SQL may read no others."""
    row = connection.execute("select value from ducklake_options('lake') where option_name = 'data_path'").fetchone()
    if row:
        connection.execute(f"set allowed_directories = [{literal(row[0])}]")


def literal(text: str) -> str:
    """A text as a literal of SQL, for statements that take no parameter."""
    return "'" + text.replace("'", "''") + "'"
