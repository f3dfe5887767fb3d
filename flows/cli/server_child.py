"""Runs the Prefect server as a child that ends with the process that started it, however that one ends."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

_GRACE_S = 10


def main() -> None:
    """Run `prefect` with the arguments given. Standard input is a pipe from the parent: when the parent is gone, the
    pipe closes, and this process group is stopped."""
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
    sys.argv[0] = "prefect"
    runpy.run_module("prefect", run_name="__main__")


def _stop_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(_GRACE_S)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
