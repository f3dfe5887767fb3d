"""Decides which archive files to load and in what groups, loads each as one batch, then checks and publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from flows.counts import count_text
from flows.errors import ConfigError
from flows.fetch.archive.archive_format import format_of
from flows.fetch.archive.external_warc import DAMAGE_REASONS
from flows.pipeline.known_files import KnownFiles, is_sealed, located, stored_path
from flows.pipeline.workers import stage_files, worker_pool
from flows.settings import Layout, load_settings
from flows.sources import load_sources, load_topics
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.external_files import ExternalFiles, batch_sizes
from flows.warehouse.load import is_loaded, load_group, refresh_rollups
from flows.warehouse.publish import Check, publish, run_checks
from flows.warehouse.staged_tables import Tables

PARSER_VERSION: Final = "1"
_GROUP_BYTES: Final = 64 * 1024 * 1024
_MAX_DAMAGE_LINES: Final = 3
Notify = Callable[[str], None]


def sync_config(layout: Layout, notify: Notify = print) -> None:
    """Update the dimensions from config/; later loads use them."""
    with open_writer(layout, notify) as connection:
        sync_dimensions(connection, load_sources(), load_topics())


def unloaded(layout: Layout, files: Iterable[Path], notify: Notify = print) -> list[Path]:
    """The files whose batch is not in the warehouse yet, in the order given. Says of each file of another tool that is
    left out why; if such a file was moved, its rows then refer to the new place."""
    with open_writer(layout, notify) as connection:
        external = KnownFiles(ExternalFiles(connection), layout)
        waiting = []
        for path in (located(layout, file) for file in files):
            if is_sealed(layout, path):
                is_waiting = not is_loaded(connection, stored_path(layout, path))
            else:
                reason = external.skip_reason(path)
                is_waiting = reason is None
                if reason:
                    notify(f"{path}: skipped: {reason}")
            if is_waiting:
                waiting.append(path)
        return waiting


def groups(files: Iterable[Path]) -> Iterator[tuple[int, list[Path]]]:
    """Split the files, in the order given, into groups of up to 64 MiB, one transaction each; yields the index of the
    group's first file and the group. A file larger than that is a group of its own."""
    first, part, size = 0, list[Path](), 0
    for index, path in enumerate(files):
        weight = path.stat().st_size
        if part and size + weight > _GROUP_BYTES:
            yield first, part
            first, part, size = index, [], 0
        part.append(path)
        size += weight
    if part:
        yield first, part


def load_batches(
    layout: Layout,
    files: Iterable[Path],
    notify: Notify,
    batch_ids: Mapping[Path, str] | None = None,
    on_bytes: Callable[[int, str], None] = lambda count, step: None,
) -> int:
    """Parse and load the files, one transaction per group and one batch per file; returns the number of exchanges that
    no earlier batch had brought. A file of another tool gets the id in `batch_ids`, else one that follows from its
    content. Says of each such file what it brought, and of every damaged file where it is damaged. `on_bytes` receives
    the bytes of the archive that were parsed since its last call, and the step: `parsing` or `loading`."""
    exchanges = 0
    with open_writer(layout, notify) as connection, worker_pool(load_settings().run.workers) as pool:
        known = KnownFiles(ExternalFiles(connection), layout)
        for _, part in groups(located(layout, file) for file in files):
            ids = {path: known.add(path, (batch_ids or {}).get(path)) for path in part}
            before = batch_sizes(connection, ids.values())
            staged = stage_files(part, pool, lambda count: on_bytes(count, "parsing"))
            on_bytes(0, "loading")
            load_group(connection, {ids[path]: staged[path] for path in part}, PARSER_VERSION)
            sizes = batch_sizes(connection, ids.values())
            for path in part:
                brought = 0 if ids[path] in before else sizes[ids[path]]
                exchanges += brought
                _report(layout, path, staged[path], brought, notify)
    return exchanges


def _report(layout: Layout, path: Path, tables: Tables, brought: int, notify: Notify) -> None:
    """Say what a file of another tool brought, where a file is damaged, and whether its times are unusable."""
    rows = tables["stage_fetch"].select(["attempts", "reason"]).to_pylist()
    undated = tables["stage_fetch"]["requested_at"].null_count
    damage = [row["reason"] for row in rows if not row["attempts"] and (row["reason"] or "").startswith(DAMAGE_REASONS)]
    for reason in damage[:_MAX_DAMAGE_LINES]:
        notify(f"{path}: {reason}")
    if len(damage) > _MAX_DAMAGE_LINES:
        notify(f"{path}: {count_text(len(damage) - _MAX_DAMAGE_LINES, 'more damaged place')}")
    if is_sealed(layout, path):
        if undated:
            notify(
                f"{path}: {undated} of {len(rows)} exchanges are dated before 1991 or a year ahead: their time"
                " is unknown; check the clock of the machine"
            )
        return
    if len(rows) == len(damage):
        notify(f"no page records in {path}")
        return
    again = len(rows) - brought
    notify(
        f"{path}: {count_text(len(rows), 'exchange')} read, {brought:,} loaded"
        + (f", {again} loaded before" if again else "")
    )


def check_and_publish(
    layout: Layout, on_checks: Callable[[list[Check]], None], notify: Notify
) -> tuple[list[Check], Path]:
    """Refresh the monthly rollups, run the checks, pass them to `on_checks`, publish a snapshot; returns the checks and
    the snapshot's path.

    Raises CheckFailed and keeps the last snapshot when a check at level fail finds faults.
    """
    with open_writer(layout, notify) as connection:
        refresh_rollups(connection)
        checks = run_checks(connection)
        on_checks(checks)
        return checks, publish(connection, layout, checks, load_settings().publish, notify)


def archive_files(files: Iterable[str | Path]) -> list[Path]:
    """The absolute paths of archive files given by a user; raises ConfigError for the first that is missing or of a
    format that is not read."""
    paths = [Path(file).expanduser().resolve() for file in files]
    for path in paths:
        if not path.is_file():
            raise ConfigError(
                f"{path}: file not found; give WARC, WET, ARC or WACZ files, with or without gzip or zstd"
            )
        if format_of(path) is None:
            raise ConfigError(f"{path}: not a WARC, WET, ARC or WACZ file; read a single page with `newsvane parse`")
    return paths
