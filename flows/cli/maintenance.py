"""The commands that look after the warehouse: rebuild it from the archive, bring a snapshot back, export it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Data, layout_of, say
from flows.errors import ConfigError


def rebuild(
    data: Data = None,
    check: Annotated[bool, typer.Option("--check", help="Compare only; leave the warehouse as it is.")] = False,
) -> None:
    """Build the warehouse anew from the raw archive, and say what differs."""
    from flows.pipeline.rebuild import rebuild_from_archive

    done = rebuild_from_archive(layout_of(data), say, install=not check)
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
    from flows.warehouse.connection import writer_lock
    from flows.warehouse.snapshots import find_snapshot, publish_snapshot, restore_snapshot, snapshots

    layout = layout_of(data)
    if snapshot is None:
        kept = snapshots(layout)
        if not kept:
            raise ConfigError(f"{layout.snapshots}: no snapshot is kept yet: run `newsvane refresh`")
        for one in kept:
            mark = "  <- readers see this one" if one.path.samefile(layout.published) else ""
            say(f"{one.number:>6}  {one.published_at:%Y-%m-%d %H:%M:%S} UTC  {one.bytes / 1e6:9.1f} MB{mark}")
        return
    wanted = find_snapshot(layout, snapshot)
    with writer_lock(layout, say):
        restore_snapshot(layout, wanted)
        publish_snapshot(layout, wanted.path)
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
