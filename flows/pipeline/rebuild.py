"""Rebuilds the warehouse from the raw archive, beside the one in use, and compares the two row for row."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import CheckFailed, WarehouseError
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.load import Tell, load_batches, sync_config
from flows.settings import Layout, load_settings
from flows.warehouse.connection import open_writer, writer_lock
from flows.warehouse.fingerprint import fingerprint
from flows.warehouse.load import batches, refresh_rollups
from flows.warehouse.publish import publish, run_checks


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: exchanges read, the tables whose rows differ from those that stood, archive files gone.
    `compared` is False where the warehouse that stood could not be read."""

    compared: bool
    exchanges: int
    differing: dict[str, tuple[int, int]]
    missing: list[str]


def rebuild_from_archive(layout: Layout, tell: Tell, install: bool = True) -> Rebuilt:
    """Build the warehouse anew from the raw archive, beside the one that stands, and compare the two row for row.

    With `install` the new one is checked, takes its place and is published; the last snapshots stay. Files that a
    backfill loaded from elsewhere are read where they lie; those that are gone are named. Raises CheckFailed when a
    check at level fail finds faults in the new one: then all stays as it was.
    """

    fresh = replace(layout, room="rebuild")
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    before, foreign = _standing(layout, tell)
    sync_config(fresh)
    exchanges = load_batches(fresh, [*sealed(fresh), *(path for path in foreign if path.is_file())], tell)
    with open_writer(fresh, tell) as connection:
        refresh_rollups(connection)
        checks = run_checks(connection)
        after = fingerprint(connection)
        connection.execute("checkpoint")
    differing = {name: (before[name][0], after[name][0]) for name in before if before[name] != after[name]}
    if install:
        failed = ", ".join(check.name for check in checks if check.level == "fail" and check.faults)
        if failed:
            raise CheckFailed(f"not put in place, the warehouse stays as it was: the rebuilt one fails {failed}")
        with writer_lock(layout, tell):
            layout.warehouse.with_name(layout.warehouse.name + ".wal").unlink(missing_ok=True)
            fresh.warehouse.replace(layout.warehouse)
        with open_writer(layout, tell) as connection:
            publish(connection, layout, checks, load_settings().publish.keep)
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    return Rebuilt(bool(before), exchanges, differing, [str(path) for path in foreign if not path.is_file()])


def _standing(layout: Layout, tell: Tell) -> tuple[dict[str, tuple[int, str]], list[Path]]:
    """What the warehouse that stands holds, and the files of elsewhere it was loaded from; nothing where it cannot be
    read, which is said."""

    try:
        with open_writer(layout, tell) as standing:
            return fingerprint(standing), [Path(name) for name in batches(standing) if Path(name).is_absolute()]
    except WarehouseError as error:
        tell(f"{error}\nbuilding it anew without comparing; files that a backfill loaded are to be loaded again")
        return {}, []
