"""Rebuilds the warehouse from the raw archive, beside the one in use, and compares the two row for row."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import CheckFailed, WarehouseError
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.load import Notify, load_batches, sync_config
from flows.settings import Layout, load_settings
from flows.warehouse.connection import open_writer, writer_lock
from flows.warehouse.fingerprint import Fingerprint, fingerprint
from flows.warehouse.load import batches, refresh_rollups
from flows.warehouse.publish import Check, publish, run_checks


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The result of a rebuild: exchanges read; per differing table the number of rows before and after; the archive
    files that no longer exist. `compared` is False if the warehouse in use could not be read."""

    compared: bool
    exchanges: int
    differing: dict[str, tuple[int, int]]
    missing: list[str]


def rebuild_from_archive(layout: Layout, notify: Notify, install: bool = True) -> Rebuilt:
    """Build a new warehouse from the raw archive, beside the one in use, and compare the two row for row.

    With `install` the new one is checked, replaces the one in use and is published; earlier snapshots are kept. Files
    that a backfill loaded are read from where they are; those that no longer exist are listed. Raises CheckFailed when
    a check at level fail finds faults in the new warehouse; then nothing is replaced.
    """
    fresh = replace(layout, room="rebuild")
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    before, external = _current(layout, notify)
    sync_config(fresh)
    exchanges = load_batches(fresh, [*sealed(fresh), *(path for path in external if path.is_file())], notify)
    with open_writer(fresh, notify) as connection:
        refresh_rollups(connection)
        checks = run_checks(connection)
        after = fingerprint(connection)
        connection.execute("checkpoint")
    differing = {name: (before[name][0], after[name][0]) for name in before if before[name] != after[name]}
    if install:
        _install(fresh, layout, checks, notify)
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    return Rebuilt(bool(before), exchanges, differing, [str(path) for path in external if not path.is_file()])


def _install(fresh: Layout, layout: Layout, checks: list[Check], notify: Notify) -> None:
    """Replace the warehouse in use by the new one and publish it."""
    failed = ", ".join(check.name for check in checks if check.level == "fail" and check.faults)
    if failed:
        raise CheckFailed(f"the rebuilt warehouse fails {failed}; the warehouse in use was not replaced")
    with writer_lock(layout, notify):
        layout.warehouse.with_name(layout.warehouse.name + ".wal").unlink(missing_ok=True)
        fresh.warehouse.replace(layout.warehouse)
    with open_writer(layout, notify) as connection:
        publish(connection, layout, checks, load_settings().publish, notify)


def _current(layout: Layout, notify: Notify) -> tuple[Fingerprint, list[Path]]:
    """The fingerprint of the warehouse in use and the external files that were loaded into it; both empty, with a
    notice, if it cannot be read."""
    try:
        with open_writer(layout, notify) as connection:
            return fingerprint(connection), [Path(name) for name in batches(connection) if Path(name).is_absolute()]
    except WarehouseError as error:
        notify(f"{error}\nrebuilding without a comparison; load the files of earlier backfills again afterwards")
        return {}, []
