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
from typing import Final

EXIT_CODE: Final = 130  # 128 + SIGINT, as shells report it
_GRACE_S: Final = 1.2  # for the command to close its files; it may be killed at any time and loses nothing
Kept = Callable[[], str]


class _Interrupt:
    """What is said at Ctrl-C, and whether the command must end soon."""

    def __init__(self) -> None:
        self.kept: Kept = lambda: "nothing was changed"
        self.is_limited = True
        self._is_said = False

    def say(self) -> None:
        """Say once what is kept."""
        if not self._is_said:
            self._is_said = True
            os.write(2, f"\nstopped: {self.kept()}\n".encode())


_interrupt = _Interrupt()


@contextmanager
def ends_at_interrupt() -> Iterator[None]:
    """End this process at Ctrl-C, also while it is inside a long call of a C library: the signal wakes a thread that
    says what is kept, gives the command a moment to close its files, then ends the process and its children."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    threading.Thread(target=_end, args=(read,), daemon=True).start()
    try:
        yield
    except KeyboardInterrupt:
        if _interrupt.is_limited:
            _interrupt.say()
            _end_children()
        raise SystemExit(EXIT_CODE) from None
    finally:
        signal.set_wakeup_fd(-1)
        os.close(write)


@contextmanager
def keeping(kept: Kept) -> Iterator[None]:
    """What `kept` returns is said when Ctrl-C ends the block, such as `12 files loaded; the next refresh goes on from
    there`."""
    before, _interrupt.kept = _interrupt.kept, kept
    try:
        yield
    except KeyboardInterrupt:
        _interrupt.say()
        raise
    finally:
        _interrupt.kept = before


@contextmanager
def own_end() -> Iterator[None]:
    """In this block the command ends at Ctrl-C in its own way and time."""
    _interrupt.is_limited = False
    try:
        yield
    finally:
        _interrupt.is_limited = True


def _end(wakeup: int) -> None:
    """Wait for SIGINT; then end the process, unless it ends by itself in time or may take longer."""
    with os.fdopen(wakeup, "rb", buffering=0) as signals:
        while numbers := signals.read(64):
            if signal.SIGINT in numbers and _interrupt.is_limited:
                _interrupt.say()
                time.sleep(_GRACE_S)
                _end_children()
                with suppress(OSError, ValueError):
                    sys.stdout.flush()
                os._exit(EXIT_CODE)


def _end_children() -> None:
    """Stop the processes that this one started: they would go on without it."""
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                os.kill(int(child), signal.SIGTERM)
