"""Kills ingest, refresh, restore and rebuild at random places with SIGKILL, and compares the result with that of an
undisturbed run.

`python -m tests.bench.kills` (`make bench-kills`): 50 kills of a process group, by turns during a fetch, a load, a
restore of the newest snapshot and a rebuild. The victim counts its calls and is killed at a chosen one, so that every
kill falls into its step. Committed data must survive every kill, the published snapshot is read all the time, and at
the end the warehouse must have the content of an undisturbed one. Exits with 1 if a guarantee is broken. Kills of
`newsvane up` are in kills_up.py: it has a clock of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flows.data_layout import Layout
from flows.fetch.run import run_source
from flows.pipeline.rebuild import rebuild_from_archive
from flows.settings import load_settings
from flows.sources import load_sources
from flows.warehouse.connection import writer_lock
from flows.warehouse.snapshots import publish_snapshot, restore_snapshot, snapshots
from tests.bench.farm import SPAWN, Cells, Farm, Plan, SharedClock, configure, farm, first_run_at
from tests.bench.faults import load_all, notify
from tests.bench.kills_check import Committed, Outcome, compare, reading, table
from tests.bench.kills_fuse import Calls, counted

_EVERY = timedelta(hours=3)
_BACKLOG_DAYS = 2
_TIMEOUT_S = 600.0
VICTIMS = ("fetch", "load", "restore", "rebuild")
_LATE_S = 0.05  # a kill may fall inside a long call, such as a statement


@dataclass(frozen=True)
class Fuse:
    """Where to kill: in the first step of this kind, after so many calls and a moment."""

    kind: str
    calls: int
    late_s: float


@dataclass(frozen=True)
class Job:
    """The work: in every round each station is fetched, then loaded. Steps are counted from 0."""

    stations: int
    rounds: int

    @property
    def steps(self) -> int:
        """The number of steps."""
        return self.rounds * (self.stations + 1)

    def kind(self, step: int) -> str:
        """The kind of a step: fetch or load."""
        return "load" if step % (self.stations + 1) == self.stations else "fetch"


def run(kills: int, data: Path, *, stations: int = 2, seed: int = 5) -> Outcome:
    """Compare an undisturbed run with a killed one over the same sites."""
    started = time.monotonic()
    os.environ["PYTHONWARNINGS"] = "ignore:resource_tracker:UserWarning"  # killed processes leave resources behind
    job = Job(stations, max(1, -(-kills // 2)))
    outcome, rng = Outcome(), random.Random(seed)
    undisturbed, killed = Layout.at(data / "undisturbed"), Layout.at(data / "killed")
    with farm(Plan(stations, seed)) as running:
        os.environ["NEWSVANE_CONFIG"] = str(configure(data / "config", running))
        calls = _measured(running, job, undisturbed, VICTIMS[:kills])
        running.cells[:] = [0] * stations
        with reading(killed, outcome):
            _killed(running, job, killed, kills, calls, rng, outcome)
    compare(undisturbed, killed, outcome)
    outcome.seconds = time.monotonic() - started
    return outcome


# -- the work, in a process that is killed -----------------------------------------------------------------------------


def _work(cells: Cells, plan: Plan, job: Job, layout: Layout, first: int, fuse: Fuse | None, pipe: Connection) -> None:
    """Do all steps from `first` on, and send a message after each: the step and its calls."""
    os.setpgrp()
    catalog, settings = load_sources(), load_settings()
    for step in range(first, job.steps):
        with _watched(job.kind(step), fuse) as calls:
            if job.kind(step) == "load":
                load_all(layout)
            else:
                number, source = step % (job.stations + 1), catalog.by_name(plan.name(step % (job.stations + 1)))
                clock = SharedClock(cells, number)
                clock.move_to(first_run_at(_BACKLOG_DAYS) + step // (job.stations + 1) * _EVERY)
                run_source(source, settings, layout, catalog.places, clock)
        pipe.send((step, calls.count))


def _maintain(kind: str, layout: Layout, fuse: Fuse | None, pipe: Connection) -> None:
    """Restore the newest snapshot, or rebuild the warehouse, once all that is archived is loaded: neither loses a
    row then. Sends the calls of it."""
    os.setpgrp()
    load_all(layout)
    with _watched(kind, fuse) as calls:
        if kind == "rebuild":
            rebuild_from_archive(layout, notify)
        else:
            newest = snapshots(layout)[0]
            with writer_lock(layout, notify):
                restore_snapshot(layout, newest)
                publish_snapshot(layout, newest.path)
    pipe.send(calls.count)


def _watched(kind: str, fuse: Fuse | None) -> AbstractContextManager[Calls]:
    return counted(fuse.calls, fuse.late_s) if fuse and fuse.kind == kind else counted()


@contextmanager
def _process(target: Callable[..., None], *arguments: Any) -> Iterator[tuple[Any, Connection]]:
    """A process that runs `target`, and our end of the pipe that it gets as its last argument."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.join(_TIMEOUT_S)
        ours.close()


def _measured(running: Farm, job: Job, layout: Layout, kinds: Sequence[str]) -> dict[str, int]:
    """Do all the work undisturbed; returns the most calls of one step per kind."""
    most: Counter[str] = Counter()
    with _process(_work, running.cells, running.plan, job, layout, 0, None) as (_, pipe):
        for step, calls in _received(pipe):
            most[job.kind(step)] = max(most[job.kind(step)], calls)
    for kind in set(kinds).intersection(("restore", "rebuild")):
        with _process(_maintain, kind, layout, None) as (_, pipe):
            most[kind] = next(_received(pipe))
    return most


def _received(pipe: Connection) -> Iterator[Any]:
    """Everything that a process sends until it ends or is killed."""
    while pipe.poll(_TIMEOUT_S):
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            return
    raise RuntimeError(f"the process sent nothing for {_TIMEOUT_S:g} s")


def _killed(
    running: Farm, job: Job, layout: Layout, kills: int, calls: dict[str, int], rng: random.Random, outcome: Outcome
) -> None:
    """Kill the victims by turns, then let the worker finish the work."""
    done, committed = 0, Committed()
    for number in range(kills):
        kind = VICTIMS[number % len(VICTIMS)]
        fuse = Fuse(kind, 1 + int(rng.random() * calls[kind]), rng.random() * _LATE_S)
        if kind in ("fetch", "load"):
            work = _process(_work, running.cells, running.plan, job, layout, done, fuse)
        else:
            work = _process(_maintain, kind, layout, fuse)
        with work as (process, pipe):
            for sent in _received(pipe):
                done = sent[0] + 1
        outcome.kills[kind] += process.exitcode == -signal.SIGKILL
        outcome.broken += committed.check(layout, f"after kill {number + 1} ({kind})")
        counts = f"{len(committed.batches)} batches, {len(committed.files)} archive files"
        notify(f"kill {number + 1} during a {kind}: {done} of {job.steps} steps done, {counts}")
    with _process(_work, running.cells, running.plan, job, layout, done, None) as (_, pipe):
        done = max([done, *(step + 1 for step, _ in _received(pipe))])
    outcome.broken += [] if done == job.steps else [f"only {done} of {job.steps} steps were done"]
    outcome.broken += committed.check(layout, "at the end")


def main() -> int:
    """Run the benchmark from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--seed", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsvane-kills-") as scratch:
        outcome = run(chosen.kills, Path(scratch), seed=chosen.seed)
    print(table(outcome))
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
