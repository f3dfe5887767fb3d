"""Keeps the published snapshots: creates the newest, points readers at one of them, and restores an older one."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from flows.data_layout import Layout
from flows.errors import ConfigError, WarehouseError
from flows.settings import Publish

_FICLONE: Final = 0x40049409  # linux/fs.h: let a new file share all blocks of another, where the filesystem can
_NO_CLONE: Final = (errno.EOPNOTSUPP, errno.ENOTTY, errno.EXDEV, errno.EINVAL, errno.ENOSYS)
_READ_ONLY: Final = 0o444
_CHUNK_BYTES: Final = 16 * 1024 * 1024
_DAMAGED: Final = ".damaged-"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state: its number (later snapshots have larger ones), when it was created (UTC), its size."""

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


def find_snapshot(layout: Layout, number: int) -> Snapshot:
    """The snapshot with that number; raises ConfigError naming those that are kept."""
    kept = snapshots(layout)
    for snapshot in kept:
        if snapshot.number == number:
            return snapshot
    numbers = ", ".join(str(snapshot.number) for snapshot in kept) or "none"
    raise ConfigError(f"{layout.snapshots}: no snapshot {number}; kept: {numbers}; list them with `newsvane restore`")


def next_number(layout: Layout) -> int:
    """The number of the snapshot that is created next."""
    kept = snapshots(layout)
    return kept[0].number + 1 if kept else 1


def is_published(layout: Layout, number: int) -> bool:
    """Whether readers open the snapshot with that number."""
    path = _path_of(layout, number)
    return path.exists() and layout.published.exists() and path.samefile(layout.published)


def create_snapshot(layout: Layout, number: int) -> Path:
    """Make the checkpointed working file the snapshot with that number, and let readers open it.

    A snapshot is a file of its own, read-only, and never written again: readers that have an older one open keep it
    whole. It is a clone where the filesystem supports that, else a copy. Raises WarehouseError when it cannot be
    written; the last snapshot then stays published.
    """
    path = _path_of(layout, number)
    try:
        layout.snapshots.mkdir(parents=True, exist_ok=True)
        _copy_file(layout.warehouse, path)
        path.chmod(_READ_ONLY)
        publish_snapshot(layout, path)
    except OSError as error:
        raise WarehouseError(
            f"{path}: cannot be written: {error.strerror}; the last snapshot stays published; free disk space and run "
            "`newsvane refresh`"
        ) from error
    return layout.published


def remove_old(layout: Layout, policy: Publish) -> None:
    """Delete the snapshots that `policy` does not keep; the newest and the published one always stay."""
    kept = snapshots(layout)
    wanted = kept_numbers(kept, policy)
    for snapshot in kept:
        if snapshot.number not in wanted and not is_published(layout, snapshot.number):
            snapshot.path.unlink()


def kept_numbers(newest_first: Sequence[Snapshot], policy: Publish) -> set[int]:
    """The numbers of the snapshots to keep: the newest, `keep` before it, and the last one of each of the newest
    `keep_days` days and `keep_weeks` ISO weeks (UTC) that have one."""
    wanted = {snapshot.number for snapshot in newest_first[: policy.keep + 1]}
    wanted |= _last_of_each(newest_first, policy.keep_days, lambda at: at.date())
    return wanted | _last_of_each(newest_first, policy.keep_weeks, lambda at: at.isocalendar()[:2])


def _last_of_each(
    newest_first: Sequence[Snapshot], periods: int, period_of: Callable[[datetime], Hashable]
) -> set[int]:
    last: dict[Hashable, int] = {}
    for snapshot in newest_first:
        last.setdefault(period_of(snapshot.published_at), snapshot.number)
    return set(list(last.values())[:periods])


def damaged(layout: Layout) -> list[Path]:
    """The working files, and their write-ahead logs, that were set aside because they did not open."""
    return sorted(layout.warehouse.parent.glob(f"{layout.warehouse.stem}{_DAMAGED}*"))


def publish_snapshot(layout: Layout, path: Path) -> None:
    """Let readers open this snapshot from now on, in one atomic step. The published file is a hard link to it."""
    link = layout.published.with_suffix(".fresh")
    link.unlink(missing_ok=True)
    os.link(path, link)
    link.replace(layout.published)
    _sync_folder(layout.published.parent)


def restore_snapshot(layout: Layout, snapshot: Snapshot) -> None:
    """Make the working file a copy of the snapshot. The caller holds the writer's lock, and no connection is open.
    Raises WarehouseError when the copy cannot be written; the working file then stays as it was."""
    try:
        _copy_file(snapshot.path, layout.warehouse)
    except OSError as error:
        raise WarehouseError(
            f"{layout.warehouse}: cannot be written: {error.strerror}; free disk space and run "
            f"`newsvane restore {snapshot.number}`"
        ) from error


def set_aside(layout: Layout) -> Path:
    """Rename a working file that does not open, together with its write-ahead log; returns its new path."""
    aside = layout.warehouse.with_suffix(f"{_DAMAGED}{datetime.now(UTC):%Y%m%dT%H%M%S}")
    layout.warehouse.replace(aside)
    log = _log_of(layout.warehouse)
    if log.exists():
        log.replace(_log_of(aside))
    return aside


def _path_of(layout: Layout, number: int) -> Path:
    return layout.snapshots / f"{number:06}.duckdb"


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _copy_file(source: Path, target: Path) -> None:
    """Replace `target` atomically with a copy of `source`. An existing target keeps its content for whoever has it
    open: the copy is always a new file."""
    fresh = target.with_suffix(".fresh")
    fresh.unlink(missing_ok=True)
    try:
        with source.open("rb") as original, fresh.open("xb") as copy:
            if not _cloned(original, copy):
                shutil.copyfileobj(original, copy, _CHUNK_BYTES)
            copy.flush()
            os.fsync(copy.fileno())
        _log_of(target).unlink(missing_ok=True)  # before the new file: DuckDB would replay the old log into it
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _cloned(original: IO[bytes], copy: IO[bytes]) -> bool:
    try:
        fcntl.ioctl(copy.fileno(), _FICLONE, original.fileno())
    except OSError as error:
        if error.errno in _NO_CLONE:
            return False
        raise
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
