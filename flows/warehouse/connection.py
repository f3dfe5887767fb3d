"""Opens the warehouse: the working file for one writer at a time, the published snapshot for readers."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import duckdb

from flows.data_layout import Layout
from flows.errors import ConfigError, Transient
from flows.warehouse.duckdb_errors import explained, first_line, is_damage
from flows.warehouse.lake_catalog import open_lake
from flows.warehouse.lake_errors import explained_at_lake
from flows.warehouse.migrate import migrate
from flows.warehouse.snapshots import restore_snapshot, set_aside, snapshots
from flows.warehouse.statements import named, statement
from flows.warehouse.storage import connected

Notify = Callable[[str], None]
_POLL_S: Final = 0.2
# Tag ids count from one, so that DuckDB can group by them in an array instead of a hash table: up to 2^20 groups.
_GROUP_BY_ARRAY: Final = "set perfect_ht_threshold = 20"
_RELOAD: Final = "run `newsvane refresh` to load from the archive what is missing"
_thread_locks: dict[str, threading.Lock] = {}
_kept: dict[tuple[str, int, int], duckdb.DuckDBPyConnection] = {}  # at most one
_kept_lock = threading.RLock()
_inherited: list[object] = []


@contextmanager
def open_writer(layout: Layout, notify: Notify, wait_s: float = 60.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """The only connection that may write: to the working file, migrated, session time zone UTC.

    Waits up to `wait_s` real seconds for another writer, and tells `notify`; then raises Transient naming its process.
    A damaged file is set aside and replaced by a copy of the newest snapshot that opens, or by an empty warehouse;
    `notify` is told, and the next refresh loads the rest from the archive. Raises WarehouseError for a file made by a
    newer version and for a full disk.
    """
    layout.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with writer_lock(layout, notify, wait_s):
        connection = _open_or_restore(layout, notify)
        try:
            yield connection
        except duckdb.Error as error:
            raise explained(error, layout.warehouse) from error
        finally:
            connection.close()


def _open_or_restore(layout: Layout, notify: Notify) -> duckdb.DuckDBPyConnection:
    try:
        return _open_migrated(layout.warehouse)
    except duckdb.Error as error:
        if not is_damage(error):
            raise explained(error, layout.warehouse) from error
        reason = first_line(error)
    aside = set_aside(layout)
    notify(f"{layout.warehouse}: does not open ({reason}); renamed to {aside.name}")
    for snapshot in snapshots(layout):
        restore_snapshot(layout, snapshot)
        try:
            connection = _open_migrated(layout.warehouse)
        except duckdb.Error as error:
            notify(f"{snapshot.path}: does not open either ({first_line(error)})")
            continue
        created = f"{snapshot.published_at:%Y-%m-%d %H:%M} UTC"
        notify(f"restored the warehouse from snapshot {snapshot.number} of {created}; {_RELOAD}")
        return connection
    layout.warehouse.unlink(missing_ok=True)
    notify(f"no snapshot opens: created an empty warehouse; {_RELOAD}")
    return _open_migrated(layout.warehouse)


def _open_migrated(path: Path) -> duckdb.DuckDBPyConnection:
    connection = connected(path)
    try:
        connection.execute("set timezone = 'UTC'")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def open_reader(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new read-only connection to the published snapshot, or to the layout's lake, session time zone UTC. It keeps
    its snapshot when a newer one is published. Raises ConfigError when none is published yet."""
    with _kept_lock:
        # Connections of one process to one path share their settings, and the file that the first one opened.
        _close_kept()
    connection = _open_published(layout)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def kept_reader(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that this process keeps for its next query, so that cached data stays in memory; when a
    newer snapshot has been published, that is opened. One thread at a time. Raises ConfigError when none is published
    yet."""
    with _kept_lock:
        identity = (layout.lake, 0, 0) if layout.lake else _identity(layout.published)
        if identity not in _kept:
            _close_kept()
            _kept[identity] = _open_for_trends(layout)
        try:
            yield _kept[identity]
        except BaseException:
            _close_kept()
            raise


def _close_kept() -> None:
    while _kept:
        _kept.popitem()[1].close()


def _forget_kept() -> None:
    """In a forked process: an inherited connection has no threads any more, so it is neither used nor closed."""
    global _kept, _kept_lock
    _inherited.append(_kept)
    _kept, _kept_lock = {}, threading.RLock()


os.register_at_fork(after_in_child=_forget_kept)


def _identity(published: Path) -> tuple[str, int, int]:
    """Differs between any two snapshots published at this path."""
    try:
        found = published.stat()
    except FileNotFoundError:
        raise not_published(published) from None
    return str(published), found.st_ino, found.st_mtime_ns


def not_published(published: Path) -> ConfigError:
    """The error to raise where there is no published snapshot."""
    return ConfigError(f"{published}: nothing is published yet: run `newsvane refresh`")


def _open_published(layout: Layout) -> duckdb.DuckDBPyConnection:
    if layout.lake is None:
        return _open_snapshot(layout.published)
    try:
        return open_lake(layout.lake)
    except duckdb.Error as error:
        raise explained_at_lake(error, layout.lake) from error


def _open_snapshot(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise not_published(path)
    try:
        connection = duckdb.connect(str(path), read_only=True)
        connection.execute("set timezone = 'UTC'")
    except duckdb.Error as error:
        raise explained(error, path) from error
    return connection


def _open_for_trends(layout: Layout) -> duckdb.DuckDBPyConnection:
    """A reader with the macros of this version's trends: they are temporary, so that older snapshots answer too."""
    connection = _open_published(layout)
    try:
        connection.execute(_GROUP_BY_ARRAY)
        for macros in named("macros"):
            connection.execute(statement(f"macros/{macros.stem}"))
    except duckdb.Error as error:
        connection.close()
        raise (explained_at_lake(error, layout.lake) if layout.lake else explained(error, layout.published)) from error
    return connection


@contextmanager
def writer_lock(layout: Layout, notify: Notify, wait_s: float = 60.0) -> Iterator[None]:
    """Hold the lock that makes this the only writer, between threads and between processes; waits up to `wait_s` real
    seconds, tells `notify` that it does, then raises Transient naming the process that holds it.

    Between processes it is a record lock: forked workers do not inherit it, so that a worker which outlives a killed
    refresh does not keep the warehouse locked.
    """
    path = layout.locks / f"{layout.room}.lock"
    layout.locks.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait_s
    thread_lock = _thread_locks.setdefault(str(path), threading.Lock())
    if not thread_lock.acquire(blocking=False):
        notify(_waiting_for(f"{os.getpid()} (this one)"))
        if not thread_lock.acquire(timeout=max(0.0, wait_s)):
            raise _busy(f"{os.getpid()} (this one)")
    try:
        with path.open("a+") as lock:
            _acquire(lock, notify, until)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield
    finally:
        thread_lock.release()


def _acquire(lock: IO[str], notify: Notify, until: float) -> None:
    notified = False
    while not _try_lock(lock):
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        if time.monotonic() >= until:
            raise _busy(holder)
        if not notified:
            notify(_waiting_for(holder))
            notified = True
        time.sleep(_POLL_S)


def _try_lock(lock: IO[str]) -> bool:
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _waiting_for(holder: str) -> str:
    return f"waiting for process {holder}, which is loading the warehouse ..."


def _busy(holder: str) -> Transient:
    return Transient(f"the warehouse is being loaded by process {holder}: run the command again when that has finished")
