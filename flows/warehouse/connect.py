"""Opens the warehouse: one writer at a time behind a lock that names its holder, and readers on the snapshot."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import duckdb

from flows.errors import ConfigError, Transient, WarehouseError
from flows.settings import Layout
from flows.warehouse.migrate import migrate

Tell = Callable[[str], None]
_POLL_S = 0.2


@contextmanager
def open_writer(layout: Layout, tell: Tell, wait_s: float = 60.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """The one writer's connection, migrated, in UTC. Waits up to `wait_s` real seconds for another writer and says so
    through `tell`; then raises Transient naming its process. Raises WarehouseError for a file that is damaged or made
    by a newer version, or when the disk is full."""
    layout.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with _only_writer(layout, tell, wait_s):
        connection = _connect(layout.warehouse, read_only=False)
        try:
            migrate(connection)
            yield connection
        except duckdb.Error as error:
            raise explained(error, layout.warehouse) from error
        finally:
            connection.close()


@contextmanager
def open_reader(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection on the published snapshot; it keeps its file even when a new snapshot is published.
    Raises ConfigError where nothing was published yet."""
    if not layout.published.exists():
        raise ConfigError(f"{layout.published}: nothing is published yet: run `newsvane refresh`")
    connection = _connect(layout.published, read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def explained(error: duckdb.Error, path: Path) -> WarehouseError | Transient:
    """A DuckDB failure in an operator's words, with the next step."""
    said = str(error)
    if "No space left" in said or "File too large" in said or "Could not write" in said:
        return WarehouseError(
            f"{path}: the disk is full: free space and run it again; nothing of this batch was loaded"
        )
    if "Could not set lock" in said:
        return Transient(f"{path}: another process has the file open: {said.splitlines()[0]}")
    return WarehouseError(f"{path}: {said}")


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
        connection.execute("set timezone = 'UTC'")
    except duckdb.Error as error:
        raise explained(error, path) from error
    return connection


@contextmanager
def _only_writer(layout: Layout, tell: Tell, wait_s: float) -> Iterator[None]:
    layout.locks.mkdir(parents=True, exist_ok=True)
    with (layout.locks / "warehouse.lock").open("a+") as lock:
        _wait_for(lock, tell, wait_s)
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _wait_for(lock: IO[str], tell: Tell, wait_s: float) -> None:
    until = time.monotonic() + wait_s
    told = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            if time.monotonic() >= until:
                raise Transient(
                    f"the warehouse is being loaded by process {holder}: try again when it is done"
                ) from None
            if not told:
                tell(f"waiting for process {holder}, which is loading the warehouse ...")
                told = True
            time.sleep(_POLL_S)
        else:
            return
