"""Keeps the published snapshots: lays the newest beside the older, lets readers see it, brings an old one back."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.errors import ConfigError, WarehouseError
from flows.settings import Layout

# A file of DuckDB is a head, then blocks of one size, each written whole behind the checksum of its content.
_HEAD, _BLOCK, _CHECKSUM = 3 * 4096, 256 * 1024, 8
_FICLONE = 0x40049409  # linux/fs.h: share all blocks of one file with another, where the filesystem can
_NOT_HERE = (errno.EOPNOTSUPP, errno.ENOTTY, errno.EXDEV, errno.EINVAL, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state: its number (the larger, the later), when it was published (UTC) and its bytes."""

    number: int
    path: Path
    published_at: datetime
    bytes: int


def snapshots(layout: Layout) -> list[Snapshot]:
    """The snapshots that are kept, newest first."""
    found = []
    for path in layout.snapshots.glob("*.duckdb"):
        if path.stem.isdigit():
            facts = path.stat()
            found.append(Snapshot(int(path.stem), path, datetime.fromtimestamp(facts.st_mtime, UTC), facts.st_size))
    return sorted(found, key=lambda snapshot: -snapshot.number)


def named(layout: Layout, number: int) -> Snapshot:
    """The snapshot of that number; raises ConfigError naming those that are kept."""
    kept = snapshots(layout)
    for snapshot in kept:
        if snapshot.number == number:
            return snapshot
    numbers = ", ".join(str(snapshot.number) for snapshot in kept) or "none"
    raise ConfigError(f"there is no snapshot {number} in {layout.snapshots}; kept: {numbers}")


def create_snapshot(layout: Layout, keep: int) -> Path:
    """Make the checkpointed working file the newest snapshot and the one readers open; `keep` older ones stay.

    Readers that have an older snapshot open keep it. Costs little where little changed: blocks are shared where the
    filesystem can, else only those that differ are written into the oldest snapshot, if nobody reads it. Raises
    WarehouseError when the disk is full: the last snapshot stays.
    """
    layout.snapshots.mkdir(parents=True, exist_ok=True)
    fresh = layout.snapshots / "fresh"
    kept = snapshots(layout)
    path = layout.snapshots / f"{kept[0].number + 1 if kept else 1:06}.duckdb"
    try:
        _reproduce(layout.warehouse, fresh, kept[keep:])
        os.utime(fresh)
        fresh.replace(path)
        publish_snapshot(layout, path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise WarehouseError(
            f"{path}: cannot be written: {error.strerror}; the last snapshot stays, free space and run "
            "`newsvane refresh` again"
        ) from error
    for old in snapshots(layout)[keep + 1 :]:
        old.path.unlink()
    return layout.published


def publish_snapshot(layout: Layout, path: Path) -> None:
    """Let readers open this snapshot from now on, in one step."""
    link = layout.published.with_suffix(".fresh")
    link.unlink(missing_ok=True)
    os.link(path, link)
    link.replace(layout.published)
    _sync(layout.snapshots)
    _sync(layout.published.parent)


def restore_snapshot(layout: Layout, snapshot: Snapshot) -> None:
    """Make the working file a copy of the snapshot. The caller holds the writer's lock; the file is not open."""
    fresh = layout.warehouse.with_suffix(".fresh")
    _copy(snapshot.path, fresh)
    _log_of(layout.warehouse).unlink(missing_ok=True)
    fresh.replace(layout.warehouse)
    _sync(layout.warehouse.parent)


def set_aside(layout: Layout) -> Path:
    """Move a working file that does not open out of the way, its log with it; returns where it lies."""
    aside = layout.warehouse.with_suffix(f".damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    layout.warehouse.replace(aside)
    log = _log_of(layout.warehouse)
    if log.exists():
        log.replace(_log_of(aside))
    return aside


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _reproduce(source: Path, fresh: Path, spare: list[Snapshot]) -> None:
    """Make `fresh` equal to `source`: shared blocks, else a spare snapshot patched, else a copy."""
    fresh.unlink(missing_ok=True)
    if _cloned(source, fresh):
        return
    for old in reversed(spare):
        with _unread(old.path) as free:
            if free:
                old.path.replace(fresh)
                _patch(source, fresh)
                return
    _copy(source, fresh)


def _cloned(source: Path, target: Path) -> bool:
    with source.open("rb") as whole, target.open("wb") as clone:
        try:
            fcntl.ioctl(clone.fileno(), _FICLONE, whole.fileno())
        except OSError as error:
            if error.errno in _NOT_HERE:
                return False
            raise
        os.fsync(clone.fileno())
    return True


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    _sync(target)


def _patch(source: Path, target: Path) -> None:
    """Write into `target` the head of `source` and the blocks whose checksums differ."""
    wanted, stale = os.open(source, os.O_RDONLY), os.open(target, os.O_RDWR)
    try:
        size = os.fstat(wanted).st_size
        os.pwrite(stale, os.pread(wanted, _HEAD, 0), 0)
        for at in range(_HEAD, size, _BLOCK):
            if os.pread(stale, _CHECKSUM, at) != os.pread(wanted, _CHECKSUM, at):
                os.pwrite(stale, os.pread(wanted, _BLOCK, at), at)
        os.ftruncate(stale, size)
        os.fsync(stale)
    finally:
        os.close(wanted)
        os.close(stale)


@contextmanager
def _unread(path: Path) -> Iterator[bool]:
    """Whether no reader has the file open: DuckDB's readers hold a record lock. A reader in this very process is sought
    among its open files, before ours is opened: closing any descriptor of a file drops the process's locks on it."""
    if _open_here(path):
        yield False
        return
    with path.open("r+b") as file:
        # struct flock: type, whence, start, length (0: to the end), pid. Open-file-description locks see all others.
        claim = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        try:
            fcntl.fcntl(file.fileno(), fcntl.F_OFD_SETLK, claim)
        except OSError:
            yield False
            return
        yield True


def _open_here(path: Path) -> bool:
    mine, wanted = Path("/proc/self/fd"), path.stat()
    if not mine.is_dir():
        return True  # nobody can say: then the file is left alone
    for descriptor in mine.iterdir():
        try:
            found = descriptor.stat()
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
            return True
    return False


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
