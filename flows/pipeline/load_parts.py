"""Loads archive files part by part: copies what is remote, has it parsed, loads it, reports each file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Final, TypeVar

from flows.counts import count_text
from flows.data_layout import Layout
from flows.fetch.archive.external_warc import DAMAGE_REASONS
from flows.fetch.remote.remote_files import copy_file
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.known_files import KnownFiles, is_sealed
from flows.pipeline.progress import Notify, OnStep
from flows.pipeline.workers import Part, Staged, spans_of, stage_parts
from flows.settings import Settings
from flows.warehouse.external_files import PART_MARK
from flows.warehouse.load import Batches
from flows.warehouse.staged_tables import Tables

PARSER_VERSION: Final = "1"
_TRANSACTION_BYTES: Final = 64 * 1024 * 1024
_MAX_DAMAGE_LINES: Final = 3
_Item = TypeVar("_Item")


def in_groups(items: Iterable[_Item], size_of: Callable[[_Item], int], most_bytes: int) -> Iterator[list[_Item]]:
    """Items in groups of up to `most_bytes`, in the order given; a larger item is a group of its own."""
    group, size = list[_Item](), 0
    for item in items:
        if group and size + size_of(item) > most_bytes:
            yield group
            group, size = [], 0
        group.append(item)
        size += size_of(item)
    if group:
        yield group


@dataclass(slots=True)
class _Report:
    """What one file has brought so far."""

    rows: int = 0
    brought: int = 0
    left_out: int = 0
    undated: int = 0
    damage: list[str] = field(default_factory=list)

    def add(self, staged: Staged, brought: int) -> None:
        """Count the rows of a part, of which so many were new."""
        rows = staged.tables["stage_fetch"].select(["attempts", "reason"]).to_pylist()
        reasons = (row["reason"] for row in rows if not row["attempts"])
        self.damage += [reason for reason in reasons if (reason or "").startswith(DAMAGE_REASONS)]
        self.rows, self.brought = self.rows + len(rows), self.brought + brought
        self.left_out += staged.left_out
        self.undated += staged.tables["stage_fetch"]["requested_at"].null_count

    def lines(self, file: ArchiveFile, *, is_ours: bool) -> Iterator[str]:
        """Where the file is damaged, whether times are unusable and, for a file of another tool, what it brought."""
        for reason in self.damage[:_MAX_DAMAGE_LINES]:
            yield f"{file.name}: {reason}"
        if len(self.damage) > _MAX_DAMAGE_LINES:
            yield f"{file.name}: {count_text(len(self.damage) - _MAX_DAMAGE_LINES, 'more damaged place')}"
        if is_ours:
            if self.undated:
                yield (
                    f"{file.name}: {self.undated} of {self.rows} exchanges are dated before 1991 or a year ahead: their"
                    " time is unknown; check the clock of the machine"
                )
            return
        if self.rows == len(self.damage) and not self.left_out:
            yield f"no page records in {file.name}"
            return
        again = self.rows - self.brought
        counts = [f"{count_text(self.rows + self.left_out, 'exchange')} read, {self.brought:,} loaded"]
        counts += [f"{again:,} loaded before"] if again else []
        counts += [f"{self.left_out:,} not selected ({file.selection.key})"] if self.left_out else []
        yield f"{file.name}: {', '.join(counts)}"


class Load:
    """One load into an open warehouse, through its `batches`."""

    def __init__(
        self, batches: Batches, known: KnownFiles, layout: Layout, settings: Settings, notify: Notify, on_step: OnStep
    ) -> None:
        self._batches, self._known, self._layout, self._settings = batches, known, layout, settings
        self._notify, self._on_step = notify, on_step
        self._reports: dict[str, _Report] = {}
        self._exchanges = 0

    def run(self, files: Iterable[ArchiveFile], pool: Executor | None) -> int:
        """Load the files; returns the number of exchanges that no earlier batch had brought."""
        parts = (part for file in files for part in self._parts(file))

        def on_span(count: int, exchanges: int) -> None:
            self._on_step(count, exchanges, "parsing")

        staged_in = self._layout.downloads / "rows"
        shutil.rmtree(staged_in, ignore_errors=True)  # of a load that was killed: only one runs at a time
        staged = stage_parts(parts, pool, self._settings.run.workers, staged_in, on_span)
        for group in in_groups(staged, lambda one: one[0].bytes, _TRANSACTION_BYTES):
            self._load(group)
            group.clear()  # its rows are not needed while those of the next group are collected
        shutil.rmtree(staged_in, ignore_errors=True)
        return self._exchanges

    def _parts(self, file: ArchiveFile) -> Iterator[Part]:
        """The parts of a file that are not loaded yet; none, with a notice, if its content is."""
        if file.remote is not None and not self._copied(file):
            return
        batch_id = self._known.add(file)
        spans = [*in_groups(spans_of(file.path), lambda span: span[1] - span[0], _TRANSACTION_BYTES)]
        ids = [f"{batch_id}{PART_MARK}{part[0][0]}-{part[-1][1]}" for part in spans[:-1]] + [batch_id]
        loaded = self._batches.sizes(ids[:-1])
        for number, (part_id, part) in enumerate(zip(ids, spans, strict=True), 1):
            if part_id in loaded:
                self._on_step(part[-1][1] - part[0][0], 0, "parsing")
            else:
                yield Part(file, part_id, tuple(part), is_last=number == len(ids))

    def _copied(self, file: ArchiveFile) -> bool:
        """Copy a remote file; whether it has content that is not loaded yet."""
        assert file.remote is not None
        self._notify(f"{file.name}: copying")
        copy_file(file.remote, self._layout.downloads, self._settings, lambda count: self._on_step(0, 0, "copying"))
        reason = None if file.batch_id else self._known.skip_reason(file)
        if reason:
            self._notify(f"{file.name}: skipped: {reason}")
            file.path.unlink()
        return reason is None

    def _load(self, group: list[tuple[Part, Staged]]) -> None:
        """Load parts in one transaction, and report the files that end with them."""
        self._on_step(0, 0, "loading")
        tables: dict[str, Tables] = {part.batch_id: staged.tables for part, staged in group}
        before = self._batches.sizes(tables)
        self._batches.load(tables, PARSER_VERSION)
        sizes = self._batches.sizes(tables)
        for part, staged in group:
            brought = 0 if part.batch_id in before else sizes[part.batch_id]
            self._exchanges += brought
            report = self._reports.setdefault(part.file.name, _Report())
            report.add(staged, brought)
            if part.is_last:
                is_ours = is_sealed(self._layout, part.file.path)
                for line in self._reports.pop(part.file.name).lines(part.file, is_ours=is_ours):
                    self._notify(line)
                if part.file.remote:
                    part.file.path.unlink()
