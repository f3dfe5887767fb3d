"""Decides which archive files to load and in what groups, loads each as one batch, then checks and publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from flows.errors import ConfigError
from flows.fetch.archive.external_warc import is_warc
from flows.pipeline.workers import stage_files, worker_pool
from flows.settings import Layout, load_settings
from flows.sources import load_sources, load_topics
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import is_loaded, load_group, refresh_rollups
from flows.warehouse.publish import Check, publish, run_checks

PARSER_VERSION: Final = "1"
_GROUP_BYTES: Final = 64 * 1024 * 1024
Notify = Callable[[str], None]


def sync_config(layout: Layout, notify: Notify = print) -> None:
    """Update the dimensions from config/; later loads use them."""
    with open_writer(layout, notify) as connection:
        sync_dimensions(connection, load_sources(), load_topics())


def unloaded(layout: Layout, files: Iterable[Path], notify: Notify = print) -> list[Path]:
    """The files whose batch is not in the warehouse yet, in the order given."""
    with open_writer(layout, notify) as connection:
        return [path for path in files if not is_loaded(connection, batch_id(layout, path))]


def batch_id(layout: Layout, path: Path) -> str:
    """A file's batch id: its path relative to the data folder, or the absolute path of a file outside it."""
    path = path.resolve()
    return str(path.relative_to(layout.data)) if path.is_relative_to(layout.data) else str(path)


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


def load_batches(layout: Layout, files: Iterable[Path], notify: Notify) -> int:
    """Parse and load the files, one transaction per group and one batch per file; returns the number of exchanges."""
    exchanges = 0
    with open_writer(layout, notify) as connection, worker_pool() as pool:
        for _, part in groups(files):
            staged = stage_files(part, pool)
            exchanges += sum(tables["stage_fetch"].num_rows for tables in staged.values())
            load_group(connection, {batch_id(layout, path): staged[path] for path in part}, PARSER_VERSION)
    return exchanges


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
    """The absolute paths of WARC or WET files given by a user; raises ConfigError for the first that is missing or of
    another format."""
    paths = [Path(file).expanduser().resolve() for file in files]
    for path in paths:
        if not path.is_file():
            raise ConfigError(f"{path}: file not found; give WARC or WET files, with or without gzip")
        if not is_warc(path):
            raise ConfigError(
                f"{path}: not a WARC or WET file (does not begin with WARC/); read a single page with `newsvane parse`"
            )
    return paths
