"""Decides which archive files to load and in what groups, has them loaded, then checks and publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import ExitStack
from pathlib import Path

from flows.counts import count_text
from flows.data_layout import Layout
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.known_files import KnownFiles, is_sealed, located, stored_path
from flows.pipeline.load_parts import Load
from flows.pipeline.progress import Notify, OnStep, ignore_step
from flows.pipeline.workers import SMALL_BYTES, parser_pool
from flows.settings import load_settings
from flows.sources import load_sources
from flows.topic_config import load_topics
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.external_files import ExternalFiles
from flows.warehouse.lake import commit_to_lake
from flows.warehouse.lake_marks import Marks
from flows.warehouse.load import Batches, is_loaded, refresh_rollups
from flows.warehouse.publish import Check, publish, run_checks


def sync_config(layout: Layout, notify: Notify = print) -> None:
    """Update the dimensions from config/; later loads use them."""
    with open_writer(layout, notify) as connection:
        sync_dimensions(connection, load_sources(), load_topics())


def unloaded(layout: Layout, files: Iterable[Path | ArchiveFile], notify: Notify = print) -> list[ArchiveFile]:
    """The files whose batch is not in the warehouse yet, in the order given. Says of each file of another tool that is
    left out why; if such a file was moved, its rows then refer to the new place. What a remote file is shows when it is
    copied, unless its host says that it is one that was loaded."""
    with open_writer(layout, notify) as connection:
        external = KnownFiles(ExternalFiles(connection), layout)
        waiting = []
        for file in (located(layout, ArchiveFile.of(file)) for file in files):
            if is_sealed(layout, file.path):
                is_waiting = not is_loaded(connection, stored_path(layout, file.path))
            else:
                reason = external.skip_reason(file)
                is_waiting = reason is None
                if reason:
                    notify(f"{file.name}: skipped: {reason}")
            if is_waiting:
                waiting.append(file)
        return waiting


def load_batches(
    layout: Layout,
    files: Iterable[Path | ArchiveFile],
    notify: Notify,
    on_step: OnStep = ignore_step,
    pool: Executor | None = None,
) -> int:
    """Parse and load the files; returns the number of exchanges that no earlier batch had brought. Up to 64 MiB of the
    archive are one transaction: several files, each a batch, or a part of a large file, which is a batch too. A file of
    another tool gets an id that follows from its content. Says of each such file what it brought, and of every damaged
    file where it is damaged. `on_step` receives the bytes and exchanges that were parsed since its last call, and the
    step: `copying`, `parsing` or `loading`. `pool` parses, else one that ends with the call."""
    given = [located(layout, ArchiveFile.of(file)) for file in files]
    settings = load_settings()
    is_small = all(file.remote is None for file in given) and sum(file.bytes for file in given) < SMALL_BYTES
    with open_writer(layout, notify) as connection, ExitStack() as stack:
        if pool is None and not is_small:
            pool = stack.enter_context(parser_pool(settings.run))
        known = KnownFiles(ExternalFiles(connection), layout)
        load = Load(Batches(connection), known, layout, settings, notify, on_step)
        return load.run(given, None if is_small else pool)


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
        published = publish(connection, layout, checks, load_settings().publish, notify)
        commit_published(layout, notify, Marks(connection))
        return checks, published


def commit_published(layout: Layout, notify: Notify, marks: Marks) -> None:
    """Commit what the published snapshot changed to the configured lake, if there is one; `marks` are those of the open
    warehouse."""
    target = load_settings().warehouse
    with_body = [name for name, source in load_sources().sources.items() if source.export_body]
    if months := commit_to_lake(layout, target, with_body, marks):
        notify(f"committed {count_text(months, 'changed month')} of tables to {target.lake}")
