"""Runs the work of one DuckDB connection on a thread of its own, so that Ctrl-C and a time limit reach it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

import duckdb

Result = TypeVar("Result")

# An interrupt that comes before DuckDB has begun with a statement is forgotten, so it is repeated.
_REPEAT_S: Final = 0.05

# A signal that the system gives to another thread does not end the wait of the main thread, so no wait is longer.
_LONGEST_WAIT_S: Final = 0.5


class OutOfTimeError(Exception):
    """The work took longer than its time limit, and was interrupted."""


@contextmanager
def background(connection: duckdb.DuckDBPyConnection, seconds: float | None = None) -> Iterator[Background]:
    """Work for `connection` that takes at most `seconds` of the thread's time; time in which the caller does not ask
    for more is not counted. Whatever ends the block, Ctrl-C too, interrupts what is running and waits for its end.

    Python handles a signal in the main thread only, and not while that thread is inside DuckDB.
    """
    with ThreadPoolExecutor(1, "duckdb") as executor:
        work = Background(connection, executor, seconds)
        try:
            yield work
        finally:
            work.stop()


class Background:
    """The thread of one connection; made by `background`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, executor: ThreadPoolExecutor, seconds: float | None
    ) -> None:
        self._connection = connection
        self._executor = executor
        self._seconds = seconds
        self._spent = 0.0
        self._since: float | None = None
        self._is_stopped = False
        self._idle = threading.Event()
        self._idle.set()

    def run(self, step: Callable[[], Result]) -> Result:
        """What `step` returns or raises on the thread. Raises OutOfTimeError when the limit is over."""
        return self._result(self._start(step))

    def each(self, step: Callable[[], Result | None]) -> Iterator[Result]:
        """What `step` returns, again and again until it returns None, prepared one ahead of the caller: at most two
        results exist at a time. Raises OutOfTimeError when the limit is over."""
        running = self._start(step)
        while (result := self._result(running)) is not None:
            running = self._start(step)
            yield result

    def stop(self) -> None:
        """Interrupt the step that is running, if there is one, and wait for its end; none starts after that.

        Only the thread knows whether a step runs: Ctrl-C can come before its future is in a variable.
        """
        self._is_stopped = True
        while not self._idle.wait(_REPEAT_S):
            self._connection.interrupt()

    def _start(self, step: Callable[[], Result]) -> Future[Result]:
        return self._executor.submit(self._timed, step)

    def _timed(self, step: Callable[[], Result]) -> Result:
        self._idle.clear()
        self._since = time.monotonic()
        try:
            if self._is_stopped:  # looked at after the clearing, as `stop` waits after the setting
                raise CancelledError
            return step()
        finally:
            self._spent += time.monotonic() - self._since
            self._since = None
            self._idle.set()

    def _result(self, running: Future[Result]) -> Result:
        while True:
            left = self._left()
            if left is not None and left <= 0:
                raise OutOfTimeError
            try:
                return running.result(timeout=_LONGEST_WAIT_S if left is None else min(left, _LONGEST_WAIT_S))
            except TimeoutError:
                if running.done():
                    raise

    def _left(self) -> float | None:
        if self._seconds is None:
            return None
        since = self._since
        return self._seconds - self._spent - (time.monotonic() - since if since is not None else 0.0)
