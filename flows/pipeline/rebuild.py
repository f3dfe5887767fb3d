"""Rebuilds the warehouse from the raw archive, beside the one in use, and compares the two row for row."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace

from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import CheckFailed, WarehouseError
from flows.fetch.archive.warc_reader import sealed
from flows.fetch.remote.filesystems import is_remote
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.known_files import archive_file
from flows.pipeline.load import commit_published, load_batches, sync_config
from flows.pipeline.progress import LoadMeter, Notify, Report, ignore
from flows.settings import load_settings
from flows.warehouse.connection import open_writer, writer_lock
from flows.warehouse.external_files import ExternalFile, ExternalFiles, archive_batches
from flows.warehouse.fingerprint import Fingerprint, fingerprint
from flows.warehouse.lake_marks import Marks
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import Check, publish, run_checks


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The result of a rebuild: exchanges read; per differing table the number of rows before and after; the loaded
    files that could not be read again, each with the reason. `compared` is False if the warehouse in use could not be
    read."""

    compared: bool
    exchanges: int
    differing: dict[str, tuple[int, int]]
    missing: list[str]


def rebuild_from_archive(
    layout: Layout, notify: Notify, install: bool = True, drop_missing: bool = False, progress: Report = ignore
) -> Rebuilt:
    """Build a new warehouse from the raw archive, beside the one in use, and compare the two row for row.

    With `install` the new one is checked, replaces the one in use and is published; earlier snapshots are kept. Files
    that a backfill loaded are read from where they are. Raises WarehouseError before anything is built if some of them,
    or loaded files of the archive, cannot be read and `drop_missing` is not set, and CheckFailed when a check at level
    fail finds faults in the new warehouse; then nothing is replaced.
    """
    fresh = replace(layout, room="rebuild")
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    before, external, gone = _current(layout, notify)
    found = {_shown(layout, file): archive_file(layout, file, load_settings()) for file in external}
    missing = [f"{name}: {reason}" for name, reason in found.items() if isinstance(reason, str)]
    missing += gone
    if install and missing and not drop_missing:
        raise WarehouseError(_refusal(missing))
    sync_config(fresh)
    files = [*map(ArchiveFile, sealed(fresh)), *(file for file in found.values() if isinstance(file, ArchiveFile))]
    meter = LoadMeter("rebuild", progress)
    meter.expect(sum(file.bytes for file in files))
    exchanges = load_batches(fresh, files, notify, meter.add)
    meter.add(0, 0, "rollups, checks and comparison")
    with open_writer(fresh, notify) as connection:
        refresh_rollups(connection)
        checks = run_checks(connection)
        after = fingerprint(connection)
        connection.execute("checkpoint")
    differing = {name: (before[name][0], after[name][0]) for name in before if before[name] != after[name]}
    if install:
        _install(fresh, layout, checks, notify)
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    return Rebuilt(bool(before), exchanges, differing, missing)


def _shown(layout: Layout, file: ExternalFile) -> str:
    captures = f" ({file.selection})" if file.selection else ""
    return (file.path if is_remote(file.path) else str(layout.data / file.path)) + captures


def _refusal(missing: list[str]) -> str:
    return (
        f"{count_text(len(missing), 'loaded file')} cannot be read again, so rows would be lost:\n"
        + "\n".join(f"  {line}" for line in missing)
        + "\nPut each back, or give a backfilled one to `newsvane backfill` from where it is now; or run `newsvane"
        " rebuild --drop-missing` to lose those rows. The warehouse in use was not replaced"
    )


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
        commit_published(layout, notify, Marks(connection))


def _current(layout: Layout, notify: Notify) -> tuple[Fingerprint, list[ExternalFile], list[str]]:
    """The fingerprint of the warehouse in use, the files of other tools that were loaded into it, and the files of the
    archive that were and are gone, each with the reason; all empty, with a notice, if it cannot be read."""
    try:
        with open_writer(layout, notify) as connection:
            paths = [layout.data / batch_id for batch_id in archive_batches(connection)]
            gone = [f"{path}: file not found" for path in paths if not path.is_file()]
            return fingerprint(connection), ExternalFiles(connection).loaded(), gone
    except WarehouseError as error:
        notify(f"{error}\nrebuilding without a comparison; load the files of earlier backfills again afterwards")
        return {}, [], []
