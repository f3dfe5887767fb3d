"""Carries progress from the functions that work to whoever shows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flows.counts import count_text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one task is: `done` of `total` units (None: not known yet). `waiting` says what it is at or waits for,
    `kept` is what an interrupt now would keep: files loaded."""

    task: str
    done: int
    total: int | None
    unit: str
    waiting: str = ""
    kept: int = 0


Report = Callable[[Progress], None]
Notify = Callable[[str], None]
OnStep = Callable[[int, int, str], None]  # bytes and exchanges parsed since the last call, and what is done now
_listener: ContextVar[Report | None] = ContextVar("listener", default=None)


def ignore(progress: Progress) -> None:
    """Show nothing."""


def ignore_step(count: int, exchanges: int, step: str) -> None:
    """Count nothing."""


@contextmanager
def listening(show: Report) -> Iterator[None]:
    """`report` passes progress to `show` in this block, also from flows that it calls in this process."""
    token = _listener.set(show)
    try:
        yield
    finally:
        _listener.reset(token)


def report(progress: Progress) -> None:
    """Pass progress to the command that listens, if there is one."""
    if show := _listener.get():
        show(progress)


class LoadMeter:
    """Counts the bytes of archive files that are parsed, and reports them in kB or MB, whichever suits the total, with
    the exchanges and how many a second."""

    def __init__(self, task: str, report: Report) -> None:
        self._task, self._report = task, report
        self._total = self._done = self._exchanges = 0
        self._since: float | None = None
        self.files = 0

    def expect(self, total: int) -> None:
        """There are `total` more bytes to parse."""
        self._total += total

    def add(self, count: int, exchanges: int, step: str) -> None:
        """Count bytes and exchanges that were parsed; `step` says what is done now."""
        now = time.monotonic()
        self._since = self._since or now
        self._done += count
        self._exchanges += exchanges
        size, unit = (1_000_000, "MB") if self._total >= 10_000_000 else (1000, "kB")
        at = [step] + ([f"{count_text(self.files, 'file')} loaded"] if self.files else [])
        if self._exchanges and now > self._since:
            at.append(f"{count_text(self._exchanges, 'page')}, {self._exchanges / (now - self._since):,.0f} a second")
        self._report(Progress(self._task, self._done // size, -(-self._total // size), unit, "; ".join(at), self.files))

    def group_loaded(self, files: int, size: int, before: int) -> None:
        """A group of files with `size` bytes is loaded, `files` in all; `before` is what was counted before it."""
        self.files = files
        self.add(before + size - self._done, 0, "loaded")

    @property
    def counted(self) -> int:
        """The bytes counted so far."""
        return self._done
