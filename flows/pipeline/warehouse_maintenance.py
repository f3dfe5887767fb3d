"""Maintains the warehouse between loads: removes old snapshots, checkpoints the working file, runs the checks."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Final

from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import CheckFailed
from flows.pipeline.progress import Notify
from flows.settings import Publish
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.publish import Check, failed_checks, run_checks
from flows.warehouse.snapshots import damaged, remove_old, snapshots

_LOW_DISK: Final = 2  # times the working file: a publication needs one copy of it


@dataclass(frozen=True, slots=True)
class Maintained:
    """What maintenance did: numbers of the removed snapshots, bytes they had, the checks, and problems that a person
    has to solve."""

    removed: tuple[int, ...]
    freed_bytes: int
    checks: tuple[Check, ...]
    problems: tuple[str, ...]

    def describe(self) -> list[str]:
        """What was done and what is wrong, one line each."""
        faults = [check for check in self.checks if check.faults]
        return [
            f"{count_text(len(self.removed), 'snapshot')} removed ({self.freed_bytes / 1e6:.1f} MB)",
            f"{count_text(len(self.checks), 'check')}, {len(faults)} with faults",
            *(f"  {check.level}: {check.name}: {check.faults} ({check.example})" for check in faults),
            *self.problems,
        ]

    def checked(self) -> Maintained:
        """Itself; raises CheckFailed if a check at level fail found faults."""
        if failed := failed_checks(list(self.checks)):
            raise CheckFailed(f"the warehouse has faults: {failed}; load the archive again with `newsvane rebuild`")
        return self


def maintain_warehouse(layout: Layout, policy: Publish, notify: Notify) -> Maintained:
    """Remove the snapshots that `policy` does not keep, write the log of the working file into it, run the checks, and
    open the published snapshot. Waits for a refresh that is running. Changes no fact and publishes nothing.

    Raises Transient when another writer still holds the warehouse, WarehouseError when a file does not open.
    """
    before = {snapshot.number: snapshot.bytes for snapshot in snapshots(layout)}
    with open_writer(layout, notify) as connection:
        connection.execute("checkpoint")
        checks = run_checks(connection)
        remove_old(layout, policy)
    removed = tuple(sorted(before.keys() - {snapshot.number for snapshot in snapshots(layout)}))
    if layout.published.exists():
        with open_reader(layout):
            pass
    return Maintained(removed, sum(before[number] for number in removed), tuple(checks), tuple(_problems(layout)))


def _problems(layout: Layout) -> list[str]:
    """What a person has to look at: damaged files that were set aside, and a disk that is nearly full."""
    found = [f"{path}: was damaged and has been replaced; delete it when it is not needed" for path in damaged(layout)]
    free, needed = shutil.disk_usage(layout.data).free, _LOW_DISK * layout.warehouse.stat().st_size
    if free < needed:
        found.append(f"{layout.data}: {free / 1e9:.1f} GB free, a refresh needs {needed / 1e9:.1f} GB: free disk space")
    return found
