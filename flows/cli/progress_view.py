"""Shows progress on stderr: bars on a terminal, otherwise a line every ten seconds at most."""

from __future__ import annotations

import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from flows.cli import options
from flows.cli.options import notify
from flows.pipeline.progress import Progress, listening

if TYPE_CHECKING:
    from rich.progress import TaskID

LINE_EVERY_S: Final = 10.0


class View(ABC):
    """What every view keeps: the last progress of each task, for what is said after an interrupt. It is read without
    the lock, which the interrupted thread may hold."""

    def __init__(self) -> None:
        self.last: Progress | None = None
        self._latest: dict[str, Progress] = {}
        self._lock = threading.Lock()

    def show(self, progress: Progress) -> None:
        """Show how far one task is; called from any thread."""
        with self._lock:
            self.last = self._latest[progress.task] = progress
            self._draw(progress)

    @abstractmethod
    def close(self) -> None:
        """Take the view away."""

    @abstractmethod
    def _draw(self, progress: Progress) -> None:
        """Show one progress; called by one thread at a time."""

    @property
    def done(self) -> int:
        """What all tasks have done."""
        return sum(progress.done for progress in tuple(self._latest.values()))


class LineView(View):
    """One line per `LINE_EVERY_S` seconds at most, for log files and pipes; none for what is done sooner."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = time.monotonic()
        self._first: dict[str, tuple[float, int]] = {}

    def _draw(self, progress: Progress) -> None:
        now = time.monotonic()
        since, first = self._first.setdefault(progress.task, (now, progress.done))
        if now - self._shown >= LINE_EVERY_S:
            self._shown = now
            notify(_line(progress, (progress.done - first) / (now - since) if now > since else 0.0))

    def close(self) -> None:
        """Nothing stays on the screen but the lines."""


class RichView(View):
    """A bar per task that is at work: done, due, rate, time left, what is waited for."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._drawn = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[count]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[waiting]}", style="dim"),
            console=console,
            transient=True,
            refresh_per_second=4,
        )
        self._tasks: dict[str, TaskID] = {}
        options.write_line = lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True)
        self._drawn.start()

    def _draw(self, progress: Progress) -> None:
        """Draw the task's bar; one that is done goes when another is at work."""
        if progress.task not in self._tasks:
            self._tasks[progress.task] = self._drawn.add_task(
                progress.task, total=progress.total, count="", rate="", waiting=""
            )
        task = self._tasks[progress.task]
        self._drawn.update(task, completed=progress.done, total=progress.total)
        speed = next((each.speed for each in self._drawn.tasks if each.id == task), None)
        self._drawn.update(task, count=_count(progress), rate=_rate(speed, progress.unit), waiting=progress.waiting)
        if progress.total is not None and progress.done >= progress.total and len(self._tasks) > 1:
            self._drawn.remove_task(self._tasks.pop(progress.task))

    def close(self) -> None:
        """Remove the bars."""
        self._drawn.stop()
        options.write_line = options.plain_line


@contextmanager
def shown_progress() -> Iterator[View]:
    """Show the progress of the block; `show` of what it yields is a callback for functions that report it."""
    view: View = RichView() if sys.stderr.isatty() else LineView()
    try:
        with listening(view.show):
            yield view
    finally:
        view.close()


def _count(progress: Progress) -> str:
    total = "?" if progress.total is None else f"{progress.total:,}"
    return f"{progress.done:,}/{total} {progress.unit}"


def _rate(per_s: float | None, unit: str) -> str:
    if not per_s:
        return ""
    return f"{per_s:,.0f} {unit}/s" if per_s >= 1 else f"{per_s * 60:,.0f} {unit}/min"


def _line(progress: Progress, per_s: float) -> str:
    parts = [f"{progress.task}: {_count(progress)}"]
    if rate := _rate(per_s, progress.unit):
        parts.append(rate)
        if progress.total is not None:
            minutes = (progress.total - progress.done) / per_s / 60
            parts.append("under a minute left" if minutes < 1 else f"about {minutes:.0f} min left")
    if progress.waiting:
        parts.append(progress.waiting)
    return ", ".join(parts)
