"""Opens the warehouse: one writer at a time, behind a lock that names its holder, healed if need be; readers on the
snapshot."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import duckdb

from flows.errors import ConfigError, Transient, WarehouseError
from flows.settings import Layout
from flows.warehouse.migrate import migrate
from flows.warehouse.snapshots import restore_snapshot, set_aside, snapshots
from flows.warehouse.statements import named, statement
from flows.warehouse.storage import connected

Tell = Callable[[str], None]
_POLL_S = 0.2
_QUESTIONS = "set perfect_ht_threshold = 20"  # tags are numbered from one: they need not be hashed to be counted
_DAMAGE = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)
_REPLAY = "`newsvane refresh` loads from the archive what came since"
_turns: dict[str, threading.Lock] = {}
_kept: dict[tuple[str, int, int], duckdb.DuckDBPyConnection] = {}  # one at most
_kept_turn = threading.RLock()
_inherited: list[object] = []


@contextmanager
def open_writer(layout: Layout, tell: Tell, wait_s: float = 60.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """The one writer's connection, migrated, in UTC. Waits up to `wait_s` real seconds for another writer and says so
    through `tell`; then raises Transient naming its process. A file that does not open heals: it is set aside, the last
    snapshot that opens takes its place (else an empty warehouse), and `tell` says so; what was loaded since is loaded
    again from the archive by the next refresh. Raises WarehouseError for a file made by a newer version, or when the
    disk is full."""
    layout.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with writer_lock(layout, tell, wait_s):
        connection = _sound(layout, tell)
        try:
            yield connection
        except duckdb.Error as error:
            raise explained(error, layout.warehouse) from error
        finally:
            connection.close()


def _sound(layout: Layout, tell: Tell) -> duckdb.DuckDBPyConnection:
    """The working file, open and migrated; healed first if it is damaged."""
    try:
        return _migrated(layout.warehouse)
    except duckdb.Error as error:
        if not _is_damage(error):
            raise explained(error, layout.warehouse) from error
        said = str(error).splitlines()[0]
    aside = set_aside(layout)
    tell(f"{layout.warehouse}: does not open ({said}); set aside as {aside.name}")
    for snapshot in snapshots(layout):
        restore_snapshot(layout, snapshot)
        try:
            connection = _migrated(layout.warehouse)
        except duckdb.Error as error:
            tell(f"snapshot {snapshot.number} does not open either: {str(error).splitlines()[0]}")
            continue
        tell(f"healed from snapshot {snapshot.number} of {snapshot.published_at:%Y-%m-%d %H:%M} UTC; {_REPLAY}")
        return connection
    layout.warehouse.unlink(missing_ok=True)
    tell(f"no snapshot opens: began an empty warehouse; {_REPLAY}")
    return _migrated(layout.warehouse)


def _migrated(path: Path) -> duckdb.DuckDBPyConnection:
    connection = connected(path)
    try:
        connection.execute("set timezone = 'UTC'")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_damage(error: duckdb.Error) -> bool:
    """Whether the file itself is broken: not a lock, a full disk, or a version that another DuckDB wrote."""
    said = str(error)
    if isinstance(explained(error, Path()), Transient) or _is_full(said) or "version number" in said:
        return False
    return isinstance(error, _DAMAGE)


@contextmanager
def open_reader(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection of its own on the published snapshot; it keeps its file even when a new snapshot is
    published. Raises ConfigError where nothing was published yet."""
    with _kept_turn:
        _let_go()  # two connections of a process on one path share their settings, and the file the first one opened
    connection = _reading(layout.published)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def kept_reader(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that this process keeps for its next question, so that what was read stays in memory; a
    snapshot published since the last question is opened anew. Threads take turns. Raises ConfigError where nothing was
    published yet."""
    with _kept_turn:
        known = _identity(layout.published)
        if known not in _kept:
            _let_go()
            _kept[known] = _reading_for_trends(layout.published)
        try:
            yield _kept[known]
        except BaseException:
            _let_go()
            raise


def _let_go() -> None:
    while _kept:
        _kept.popitem()[1].close()


def _forget() -> None:
    """In a forked process: the threads of an inherited connection are gone, so it is neither used nor closed."""
    global _kept, _kept_turn
    _inherited.append(_kept)
    _kept, _kept_turn = {}, threading.RLock()


os.register_at_fork(after_in_child=_forget)


def _identity(published: Path) -> tuple[str, int, int]:
    """What tells one snapshot from the next at the same path."""
    try:
        found = published.stat()
    except FileNotFoundError:
        raise _unpublished(published) from None
    return str(published), found.st_ino, found.st_mtime_ns


def _unpublished(published: Path) -> ConfigError:
    return ConfigError(f"{published}: nothing is published yet: run `newsvane refresh`")


def explained(error: duckdb.Error, path: Path) -> WarehouseError | Transient:
    """A DuckDB failure in an operator's words, with the next step."""
    said = str(error)
    if _is_full(said):
        return WarehouseError(
            f"{path}: the disk is full: free space and run it again; nothing of this batch was loaded"
        )
    if "Could not set lock" in said:
        return Transient(f"{path}: another process has the file open: {said.splitlines()[0]}")
    return WarehouseError(f"{path}: {said}")


def _is_full(said: str) -> bool:
    return "No space left" in said or "File too large" in said or "Could not write" in said


def _reading(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise _unpublished(path)
    try:
        connection = duckdb.connect(str(path), read_only=True)
        connection.execute("set timezone = 'UTC'")
    except duckdb.Error as error:
        raise explained(error, path) from error
    return connection


def _reading_for_trends(path: Path) -> duckdb.DuckDBPyConnection:
    """A reader with the macros of this version's trends: they are temporary, so that older snapshots answer too."""
    connection = _reading(path)
    try:
        connection.execute(_QUESTIONS)
        for macros in named("macros"):
            connection.execute(statement(f"macros/{macros.stem}"))
    except duckdb.Error as error:
        connection.close()
        raise explained(error, path) from error
    return connection


@contextmanager
def writer_lock(layout: Layout, tell: Tell, wait_s: float = 60.0) -> Iterator[None]:
    """Hold the writer's lock: a record lock between processes, which forked workers do not inherit (a worker that
    outlives a killed refresh must not keep the warehouse shut), and a plain lock between threads of this one."""
    path = layout.locks / f"{layout.room}.lock"
    layout.locks.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait_s
    turn = _turns.setdefault(str(path), threading.Lock())
    if not turn.acquire(blocking=False):
        tell("waiting for this process, which is loading the warehouse ...")
        if not turn.acquire(timeout=max(0.0, wait_s)):
            raise _busy(f"{os.getpid()} (this one)")
    try:
        with path.open("a+") as lock:
            _wait_for(lock, tell, until)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield
    finally:
        turn.release()


def _wait_for(lock: IO[str], tell: Tell, until: float) -> None:
    told = False
    while not _locked(lock):
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        if time.monotonic() >= until:
            raise _busy(holder)
        if not told:
            tell(f"waiting for process {holder}, which is loading the warehouse ...")
            told = True
        time.sleep(_POLL_S)


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _busy(holder: str) -> Transient:
    return Transient(f"the warehouse is being loaded by process {holder}: try again when it is done")
