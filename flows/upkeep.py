"""The commands that look after the warehouse: rebuild it from the archive, bring a snapshot back, export it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import CheckFailed, ConfigError, WarehouseError
from flows.settings import Layout, load_settings
from flows.words import Data, layout_of, say


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: exchanges read, the tables whose rows differ from those that stood, archive files gone.
    `compared` is False where the warehouse that stood could not be read."""

    compared: bool
    exchanges: int
    differing: dict[str, tuple[int, int]]
    missing: list[str]


def rebuild_from_archive(layout: Layout, install: bool = True) -> Rebuilt:
    """Build the warehouse anew from the raw archive, beside the one that stands, and compare the two row for row.

    With `install` the new one is checked, takes its place and is published; the last snapshots stay. Files that a
    backfill loaded from elsewhere are read where they lie; those that are gone are named. Raises CheckFailed when a
    check at level fail finds faults in the new one: then all stays as it was.
    """
    from flows.fetch.archive import sealed
    from flows.refresh import load_batches, synchronise
    from flows.warehouse.connect import open_writer, writer_lock
    from flows.warehouse.content import content
    from flows.warehouse.load import settle
    from flows.warehouse.publish import publish, run_checks

    fresh = replace(layout, room="rebuild")
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    before, foreign = _standing(layout)
    synchronise(fresh)
    exchanges = load_batches(fresh, [*sealed(fresh), *(path for path in foreign if path.is_file())], say)
    with open_writer(fresh, say) as connection:
        settle(connection)
        checks = run_checks(connection)
        after = content(connection)
        connection.execute("checkpoint")
    differing = {name: (before[name][0], after[name][0]) for name in before if before[name] != after[name]}
    if install:
        failed = ", ".join(check.name for check in checks if check.level == "fail" and check.faults)
        if failed:
            raise CheckFailed(f"not put in place, the warehouse stays as it was: the rebuilt one fails {failed}")
        with writer_lock(layout, say):
            layout.warehouse.with_name(layout.warehouse.name + ".wal").unlink(missing_ok=True)
            fresh.warehouse.replace(layout.warehouse)
        with open_writer(layout, say) as connection:
            publish(connection, layout, checks, load_settings().publish.keep)
    shutil.rmtree(fresh.warehouse.parent, ignore_errors=True)
    return Rebuilt(bool(before), exchanges, differing, [str(path) for path in foreign if not path.is_file()])


def _standing(layout: Layout) -> tuple[dict[str, tuple[int, str]], list[Path]]:
    """What the warehouse that stands holds, and the files of elsewhere it was loaded from; nothing where it cannot be
    read, which is said."""
    from flows.warehouse.connect import open_writer
    from flows.warehouse.content import content
    from flows.warehouse.load import batches

    try:
        with open_writer(layout, say) as standing:
            return content(standing), [Path(name) for name in batches(standing) if Path(name).is_absolute()]
    except WarehouseError as error:
        say(f"{error}\nbuilding it anew without comparing; files that a backfill loaded are to be loaded again")
        return {}, []


def rebuild(
    data: Data = None,
    check: Annotated[bool, typer.Option("--check", help="Compare only; leave the warehouse as it is.")] = False,
) -> None:
    """Build the warehouse anew from the raw archive, and say what differs."""
    done = rebuild_from_archive(layout_of(data), install=not check)
    for path in done.missing:
        say(f"gone: {path} was loaded once and is not there any more: its rows are not in the rebuilt warehouse")
    for name, (before, after) in sorted(done.differing.items()):
        say(f"differs: {name}: {before} rows before, {after} rebuilt")
    same = "the same warehouse, row for row" if not done.differing else f"{len(done.differing)} tables differ"
    say(f"{done.exchanges} exchanges read; {same if done.compared else 'nothing to compare with'}")
    if check and done.differing:
        raise typer.Exit(1)


def restore(
    snapshot: Annotated[int | None, typer.Argument(help="A snapshot's number; lists them if none.")] = None,
    data: Data = None,
) -> None:
    """Bring an older snapshot back, for readers and for the next refresh; without a number, list them."""
    from flows.warehouse.connect import writer_lock
    from flows.warehouse.snapshots import named, put_back, show, snapshots

    layout = layout_of(data)
    if snapshot is None:
        kept = snapshots(layout)
        if not kept:
            raise ConfigError(f"{layout.snapshots}: no snapshot is kept yet: run `newsvane refresh`")
        for one in kept:
            mark = "  <- readers see this one" if one.path.samefile(layout.published) else ""
            say(f"{one.number:>6}  {one.published_at:%Y-%m-%d %H:%M:%S} UTC  {one.bytes / 1e6:9.1f} MB{mark}")
        return
    wanted = named(layout, snapshot)
    with writer_lock(layout, say):
        put_back(layout, wanted)
        show(layout, wanted.path)
    say(f"snapshot {wanted.number} of {wanted.published_at:%Y-%m-%d %H:%M} UTC is back")
    say("what came since is still in the archive: `newsvane refresh` loads it again")


def export(
    parquet: Annotated[Path, typer.Option("--parquet", help="The folder to write to: one folder a table.")],
    data: Data = None,
) -> None:
    """Write the published facts as Parquet, by month; body text only of sources with export_body = true."""
    from flows.sources import load_sources
    from flows.warehouse.export import export as write

    allowed = [name for name, source in load_sources().sources.items() if source.export_body]
    if parquet.exists() and not parquet.is_dir():
        raise ConfigError(f"--parquet {parquet}: is a file; give a folder")
    written = write(layout_of(data), parquet, allowed)
    for name, rows in written.items():
        say(f"{rows:>10}  {parquet / name}")
    say(f"body text: {', '.join(allowed) if allowed else 'left out (no source has export_body = true)'}")
