"""Ends a command within two seconds of Ctrl-C, with exit code 130, and says what is kept."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

EXIT_CODE: Final = 130  # 128 + SIGINT, as shells report it
_GRACE_S: Final = 1.2  # for the command to close its files; it may be killed at any time and loses nothing
Kept = Callable[[], str]
Close = Callable[[], None]


class _Interrupt:
    """What is said and done at Ctrl-C, and whether the command must end soon."""

    def __init__(self) -> None:
        self.kept: Kept = lambda: "nothing was changed"
        self.close: Close = lambda: None
        self._closing = threading.Thread()
        self._ends_at = 0.0  # by time.monotonic()
        self.is_limited = True
        self._lock = threading.RLock()  # a second Ctrl-C can come while the handler of the first one holds it
        self.is_begun = False

    def begin(self) -> None:
        """Say what is kept, and end the process in a moment, if it does not end by itself before."""
        with self._lock:
            if self.is_begun or not self.is_limited:
                return
            self.is_begun = True
            self._ends_at = time.monotonic() + _GRACE_S
            self._closing = threading.Thread(target=self.close, daemon=True)
            self._closing.start()
            threading.Thread(target=_end_in_a_moment, daemon=True).start()
            # Said before the lock is free: the other thread that heard the signal may end the process then.
            with suppress(OSError):  # stderr may be closed
                os.write(2, f"\nstopped: {self.kept()}\n".encode())

    def wait_for_close(self) -> None:
        """Wait until what `close` does is done, as long as the command may still run."""
        if self.is_begun:
            self._closing.join(max(self._ends_at - time.monotonic(), 0))


_interrupt = _Interrupt()


@contextmanager
def ends_at_interrupt() -> Iterator[None]:
    """End this process at Ctrl-C, also while it is inside a long call of a C library, where no Python handler runs: the
    signal then wakes a thread. Either says what is kept, gives the command a moment to close its files, then ends the
    process and its children."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    previous = signal.signal(signal.SIGINT, _handle)
    threading.Thread(target=_watch, args=(read,), daemon=True).start()
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as end:
        if _interrupt.is_begun:
            end_now()
        if isinstance(end, SystemExit):
            raise
        raise SystemExit(EXIT_CODE) from None
    finally:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, previous)
        os.close(write)


@contextmanager
def keeping(kept: Kept, close: Close = lambda: None) -> Iterator[None]:
    """What `kept` returns is said when Ctrl-C ends the block, such as `12 files loaded; the next refresh goes on from
    there`; `close` is called then, in a thread of its own, and has a moment."""
    before = _interrupt.kept, _interrupt.close
    _interrupt.kept, _interrupt.close = kept, close
    try:
        yield
    except KeyboardInterrupt:
        _interrupt.begin()
        raise
    finally:
        _interrupt.kept, _interrupt.close = before


@contextmanager
def own_end() -> Iterator[None]:
    """In this block the command ends at Ctrl-C in its own way and time, as if this module were not there."""
    _interrupt.is_limited = False
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
        _interrupt.is_limited = True


def _handle(number: int, frame: FrameType | None) -> None:
    """The handler of SIGINT; an event loop replaces the default one by its own, but not this one."""
    _interrupt.begin()
    raise KeyboardInterrupt


def _watch(wakeup: int) -> None:
    """Begin the end at SIGINT, until the writing side of the pipe is closed."""
    with os.fdopen(wakeup, "rb", buffering=0) as signals:
        while numbers := signals.read(64):
            if signal.SIGINT in numbers:
                _interrupt.begin()


def _end_in_a_moment() -> None:
    time.sleep(_GRACE_S)
    end_now()


def end_now(code: int = EXIT_CODE) -> NoReturn:
    """End this process and those that it started, without the interpreter's own end, which can take seconds."""
    _interrupt.wait_for_close()
    _end_children()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(code)


def _end_children() -> None:
    """Stop the processes that this one started: they would go on without it."""
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                os.kill(int(child), signal.SIGTERM)
