"""The commands that maintain the warehouse: rebuild it from the archive, restore a snapshot, export it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.interrupt import keeping
from flows.cli.options import Data, console_width, layout_of, notify
from flows.cli.progress_view import shown_progress
from flows.counts import count_text
from flows.errors import ConfigError
from flows.pipeline.progress import Progress
from flows.settings import load_settings

if TYPE_CHECKING:
    from flows.data_layout import Layout


def rebuild(
    data: Data = None,
    check: Annotated[bool, typer.Option("--check", help="Compare only; do not replace the warehouse.")] = False,
    drop_missing: Annotated[
        bool, typer.Option("--drop-missing", help="Lose the rows of loaded files that are gone.")
    ] = False,
) -> None:
    """Rebuild the warehouse from the raw archive, and report what differs."""
    from flows.pipeline.published_report import refresh_report
    from flows.pipeline.rebuild import rebuild_from_archive

    kept = "the warehouse in use is as it was; the next `newsvane rebuild` starts again"
    layout = layout_of(data)
    with shown_progress() as view, keeping(lambda: kept):
        done = rebuild_from_archive(layout, notify, install=not check, drop_missing=drop_missing, progress=view.show)
    if not check:
        refresh_report(layout, load_settings(), notify)
    for problem in done.missing:
        notify(f"missing: {problem}; its rows are not in the rebuilt warehouse")
    for name, (before, after) in sorted(done.differing.items()):
        notify(f"differs: {name}: {count_text(before, 'row')} before, {after} rebuilt")
    result = (
        count_text(len(done.differing), "table differs", "tables differ")
        if done.differing
        else "identical, row for row"
    )
    notify(
        f"{count_text(done.exchanges, 'exchange')} read; {result if done.compared else 'no warehouse to compare with'}"
    )
    if check and done.differing:
        raise typer.Exit(1)


def restore(
    snapshot: Annotated[int | None, typer.Argument(help="The number of a snapshot; default: list them.")] = None,
    data: Data = None,
) -> None:
    """Restore an earlier snapshot, for readers and for the next refresh; without a number, list the snapshots."""
    from flows.pipeline.published_report import refresh_report
    from flows.warehouse.connection import writer_lock
    from flows.warehouse.snapshots import find_snapshot, publish_snapshot, restore_snapshot

    layout = layout_of(data)
    if snapshot is None:
        _list_snapshots(layout)
        return
    wanted = find_snapshot(layout, snapshot)
    with writer_lock(layout, notify):
        restore_snapshot(layout, wanted)
        publish_snapshot(layout, wanted.path)
    refresh_report(layout, load_settings(), notify)
    notify(f"restored snapshot {wanted.number} of {wanted.published_at:%Y-%m-%d %H:%M} UTC")
    notify("later exchanges are still in the archive: load them again with `newsvane refresh`")


def _list_snapshots(layout: Layout) -> None:
    from rich.console import Console
    from rich.table import Table

    from flows.warehouse.snapshots import snapshots

    kept = snapshots(layout)
    if not kept:
        raise ConfigError(f"{layout.snapshots}: there is no snapshot yet: run `newsvane refresh`")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("snapshot", justify="right")
    table.add_column("published (UTC)")
    table.add_column("MB", justify="right")
    table.add_column("")
    for one in kept:
        mark = "current" if one.path.samefile(layout.published) else ""
        table.add_row(str(one.number), f"{one.published_at:%Y-%m-%d %H:%M:%S}", f"{one.bytes / 1e6:.1f}", mark)
    Console(width=console_width()).print(table, highlight=False)


def export(
    parquet: Annotated[Path, typer.Option("--parquet", help="The folder to write to: one folder per table.")],
    data: Data = None,
) -> None:
    """Write the published facts as Parquet, by month; body text only of sources with export_body = true."""
    from flows.sources import load_sources
    from flows.warehouse.export import export as write

    layout = layout_of(data)
    with_body = [name for name, source in load_sources().sources.items() if source.export_body]
    if parquet.exists() and not parquet.is_dir():
        raise ConfigError(f"--parquet {parquet}: is a file; give a folder")
    with shown_progress() as view, keeping(lambda: f"complete tables are in {parquet}; a table at work is as it was"):
        written = write(
            layout,
            parquet,
            with_body,
            lambda name, number, rows: view.show(Progress(f"export {name}", rows, None, "rows", f"table {number + 1}")),
        )
    for name, rows in written.items():
        notify(f"{rows:>10}  {parquet / name}")
    notify(f"body text: {', '.join(with_body) if with_body else 'left out (no source has export_body = true)'}")
