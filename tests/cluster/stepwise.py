"""Runs one `newsvane` command that stops at chosen steps until the test lets it go on, so that the test can kill
something there: `python -m tests.cluster.stepwise loading,committing backfill FILE`.

The steps are `loading` (before the second transaction of a load) and `committing` (at the end of a commit to the lake,
inside its transaction). A step that is reached is printed on stdout; a line on stdin lets it go on. Spans and
transactions are small, so that small archives have several.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from flows.cli.main import main
from flows.pipeline import load_parts, workers
from flows.warehouse import lake
from flows.warehouse.load import Batches

_SPAN_BYTES = 8 * 1024


def at(step: str) -> None:
    """Say that the step is reached, and wait until the test lets it go on."""
    print(f"at {step}", flush=True)
    sys.stdin.readline()


def stop_at_loading() -> None:
    """Stop before the second transaction."""
    load, calls = Batches.load, 0

    def stopping(*arguments: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            at("loading")
        load(*arguments)  # type: ignore[arg-type]

    Batches.load = stopping  # type: ignore[method-assign, assignment]


def stop_at_committing() -> None:
    """Stop before the last statement of a commit to the lake."""
    statement = lake.statement

    def stopping(name: str) -> str:
        if name == "lake/added_source":
            at("committing")
        return statement(name)

    lake.statement = stopping  # type: ignore[assignment]


STOPS: dict[str, Callable[[], None]] = {"loading": stop_at_loading, "committing": stop_at_committing}

if __name__ == "__main__":
    workers._SPLIT_BYTES = _SPAN_BYTES  # type: ignore[misc]
    workers._SPAN_EXCHANGES = 10  # type: ignore[misc]
    load_parts._TRANSACTION_BYTES = 2 * _SPAN_BYTES  # type: ignore[misc]
    for wanted in filter(None, sys.argv.pop(1).split(",")):
        STOPS[wanted]()
    main()
