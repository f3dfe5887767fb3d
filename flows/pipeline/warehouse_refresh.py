"""Brings the warehouse up to date: loads the archive files that wait, checks the warehouse, publishes a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flows.counts import count_text
from flows.data_layout import Layout
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.load import check_and_publish, load_batches, sync_config, unloaded
from flows.pipeline.load_parts import in_groups
from flows.pipeline.progress import LoadMeter, Notify, OnStep, Report, ignore
from flows.pipeline.published_report import refresh_report
from flows.pipeline.workers import parser_pool
from flows.settings import load_settings
from flows.warehouse.publish import Check

_GROUP_BYTES: Final = 256 * 1024 * 1024  # of the archive, for one call of `load`
LoadFiles = Callable[[list[ArchiveFile], str, OnStep, Executor], int]
Publish = Callable[[], tuple[list[Check], Path]]


@dataclass(slots=True)
class Refreshed:
    """What one refresh did: files and exchanges loaded, the checks, and the snapshot's path."""

    files: int = 0
    exchanges: int = 0
    checks: list[Check] = field(default_factory=list)
    published: str | None = None

    def describe(self) -> list[str]:
        """The counts, each check with faults, and the snapshot, one line each."""
        faults = [check for check in self.checks if check.faults]
        return [
            f"{count_text(self.files, 'file')}, {count_text(self.exchanges, 'exchange')} loaded; "
            f"{count_text(len(self.checks), 'check')}, "
            f"{len(faults)} with faults",
            *(f"  {check.level}: {check.name}: {check.faults} ({check.example})" for check in faults),
            f"current snapshot: {self.published}",
        ]


def refresh_warehouse(
    layout: Layout,
    files: Iterable[Path | ArchiveFile] | None = None,
    *,
    notify: Notify,
    progress: Report = ignore,
    load: LoadFiles | None = None,
    publish: Publish | None = None,
) -> Refreshed:
    """Load the archive files that are not in the warehouse yet (or just `files`), check it, publish it.

    Files that a run seals in the meantime are loaded too. `progress` receives the size of the archive parsed and of all
    to load. `load` (files, their place among all, what receives the progress, and the workers) and `publish` replace
    the plain functions, to record each step.
    Raises CheckFailed and keeps the last snapshot when a check at level fail finds faults.
    """
    meter = LoadMeter("load", progress)
    load = load or (lambda part, _, on_step, pool: load_batches(layout, part, notify, on_step, pool))
    publish = publish or (lambda: check_and_publish(layout, lambda checks: None, notify))
    given = None if files is None else [ArchiveFile.of(file) for file in files]
    done, seen = Refreshed(), set[str]()
    sync_config(layout, notify)
    while waiting := _waiting(layout, given, seen, notify):
        total = done.files + len(waiting)
        notify(f"{count_text(len(waiting), 'archive file')} to load")
        meter.expect(size_of(waiting))
        with parser_pool(load_settings().run) as pool:
            for part in in_groups(waiting, lambda file: file.bytes, _GROUP_BYTES):
                first, last, size = done.files + 1, done.files + len(part), size_of(part)
                counted = meter.counted
                exchanges = load(part, f"{first}-{last} of {total}", meter.add, pool)
                notify(f"loaded files {first}-{last} of {total}: {count_text(exchanges, 'exchange')}")
                done.files, done.exchanges = last, done.exchanges + exchanges
                meter.group_loaded(last, size, counted)
    if not done.files:
        notify("every archive file is loaded already" if seen else "the archive is empty: run `newsvane ingest` first")
    meter.add(0, 0, "checking and publishing")
    done.checks, published = publish()
    done.published = str(published)
    refresh_report(layout, load_settings(), notify)
    return done


def size_of(files: Iterable[ArchiveFile]) -> int:
    """The bytes of all files."""
    return sum(file.bytes for file in files)


def _waiting(layout: Layout, given: list[ArchiveFile] | None, seen: set[str], notify: Notify) -> list[ArchiveFile]:
    """The files to load that were not seen before; they are seen from now on."""
    all_files = (ArchiveFile(path) for path in sealed(layout)) if given is None else given
    files = [file for file in all_files if file.name not in seen]
    seen.update(file.name for file in files)
    return unloaded(layout, files, notify) if files else []
