"""Ends a command on Ctrl-C: one line about what was kept, and exit code 130."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from flows.cli.options import notify

INTERRUPTED: Final = 130  # 128 and the number of SIGINT, as shells report it


@contextmanager
def stoppable(kept: str) -> Iterator[None]:
    """On Ctrl-C inside the block, say what was `kept` on stderr and exit with INTERRUPTED."""
    try:
        yield
    except KeyboardInterrupt:
        notify(f"stopped; {kept}")
        raise typer.Exit(INTERRUPTED) from None
