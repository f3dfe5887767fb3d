"""Kills the process group that it runs in at a chosen place of the work, however fast the machine is."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Calls:
    """How many calls the work has made so far."""

    def __init__(self) -> None:
        self.count = 0


@contextmanager
def counted(fuse: int | None = None, late_s: float = 0.0) -> Iterator[Calls]:
    """Count the calls that the block makes in this thread. With a `fuse`, kill the process group `late_s` after so many
    of them, so that the kill may fall inside a call, or at the end of the block if it makes fewer."""
    calls = Calls()

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            calls.count += 1
            if calls.count == fuse:
                sys.setprofile(None)
                threading.Timer(late_s, _kill).start()

    sys.setprofile(profile)
    try:
        yield calls
    finally:
        sys.setprofile(None)
    if fuse is not None:
        _kill()


def _kill() -> None:
    os.killpg(0, signal.SIGKILL)
