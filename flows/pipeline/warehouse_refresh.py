"""Brings the warehouse up to date: loads the archive files that wait, checks the warehouse, publishes a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from flows.counts import count_text
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.load import Notify, check_and_publish, groups, load_batches, sync_config, unloaded
from flows.pipeline.progress import LoadMeter, Report, ignore
from flows.settings import Layout
from flows.warehouse.publish import Check

OnBytes = Callable[[int, str], None]
LoadFiles = Callable[[list[Path], str, OnBytes], int]
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
    files: Iterable[str | Path] | None = None,
    *,
    notify: Notify,
    progress: Report = ignore,
    load: LoadFiles | None = None,
    publish: Publish | None = None,
) -> Refreshed:
    """Load the archive files that are not in the warehouse yet (or just `files`), check it, publish it.

    Files that a run seals in the meantime are loaded too. `progress` receives the size of the archive parsed and of all
    to load. `load` (files, their place among all, and what receives the bytes parsed) and `publish` replace the plain
    functions, to record each step.
    Raises CheckFailed and keeps the last snapshot when a check at level fail finds faults.
    """
    meter = LoadMeter("load", progress)
    load = load or (lambda part, _, on_bytes: load_batches(layout, part, notify, on_bytes=on_bytes))
    publish = publish or (lambda: check_and_publish(layout, lambda checks: None, notify))
    given = None if files is None else [Path(file) for file in files]
    done, seen = Refreshed(), set[Path]()
    sync_config(layout, notify)
    while waiting := _waiting(layout, given, seen, notify):
        total = done.files + len(waiting)
        notify(f"{count_text(len(waiting), 'archive file')} to load")
        meter.expect(size_of(waiting))
        for _, part in groups(waiting):
            first, last = done.files + 1, done.files + len(part)
            counted = meter.counted
            exchanges = load(part, f"{first}-{last} of {total}", meter.add)
            notify(f"loaded files {first}-{last} of {total}: {count_text(exchanges, 'exchange')}")
            done.files, done.exchanges = last, done.exchanges + exchanges
            meter.group_loaded(last, size_of(part), counted)
    if not done.files:
        notify("every archive file is loaded already")
    meter.add(0, "checking and publishing")
    done.checks, published = publish()
    done.published = str(published)
    return done


def size_of(files: Iterable[Path]) -> int:
    """The bytes of all files."""
    return sum(file.stat().st_size for file in files)


def _waiting(layout: Layout, given: list[Path] | None, seen: set[Path], notify: Notify) -> list[Path]:
    """The files to load that were not seen before; they are seen from now on."""
    files = [path for path in (sealed(layout) if given is None else given) if path not in seen]
    seen.update(files)
    return unloaded(layout, files, notify) if files else []
