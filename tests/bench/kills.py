"""Kills ingest, refresh, restore and rebuild at random times with SIGKILL, and compares the result with that of an
undisturbed run.

`python -m tests.bench.kills` (`make bench-kills`): 50 kills of a process group, by turns during a fetch, a load, a
restore of the newest snapshot and a rebuild. Committed data must survive every kill, the published snapshot is read all
the time, and at the end the warehouse must have the content of an undisturbed one. Exits with 1 if a guarantee is
broken. A kill of `newsvane up` is tested in tests/flows/test_up.py: it has a clock of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flows.fetch.run import run_source
from flows.pipeline.rebuild import rebuild_from_archive
from flows.settings import Layout, load_settings
from flows.sources import load_sources
from flows.warehouse.connection import writer_lock
from flows.warehouse.snapshots import publish_snapshot, restore_snapshot, snapshots
from tests.bench.farm import SPAWN, Cells, Farm, Plan, SharedClock, configure, farm, first_run_at
from tests.bench.faults import load_all, notify
from tests.bench.kills_check import Committed, Outcome, compare, reading, table

_EVERY = timedelta(hours=3)
_BACKLOG_DAYS = 2
_TIMEOUT_S = 600.0
VICTIMS = ("fetch", "load", "restore", "rebuild")
_MAX_DELAY_S = {"restore": 0.2, "rebuild": 5.0}  # from the start to the kill
_SHARE = 0.7  # of the time that a step took undisturbed: later than that it may have ended by itself


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


@dataclass(frozen=True)
class Killer:
    """Kills process groups at random times, and counts the kills of each kind."""

    rng: random.Random
    delays: dict[str, float]  # the latest kill of each kind, in seconds from its start
    outcome: Outcome

    def kill(self, process: Any, kind: str) -> None:
        """Kill the process group at a random time from now on, unless it has ended by then."""
        process.join(self.rng.uniform(0, self.delays[kind]))
        if process.is_alive():
            os.killpg(process.pid, signal.SIGKILL)
            self.outcome.kills[kind] += 1


def run(kills: int, data: Path, *, stations: int = 2, seed: int = 5) -> Outcome:
    """Compare an undisturbed run with a killed one over the same sites."""
    started = time.monotonic()
    os.environ["PYTHONWARNINGS"] = "ignore:resource_tracker:UserWarning"  # killed processes leave resources behind
    job = Job(stations, max(1, -(-kills // 2)))
    outcome, rng = Outcome(), random.Random(seed)
    undisturbed, killed = Layout.at(data / "undisturbed"), Layout.at(data / "killed")
    with farm(Plan(stations, seed)) as running:
        os.environ["NEWSVANE_CONFIG"] = str(configure(data / "config", running))
        delays = _MAX_DELAY_S | _work_all(running, job, undisturbed)
        running.cells[:] = [0] * stations
        with reading(killed, outcome):
            _killed(running, job, killed, kills, Killer(rng, delays, outcome))
    compare(undisturbed, killed, outcome)
    outcome.seconds = time.monotonic() - started
    return outcome


# -- the work, in a process that is killed -----------------------------------------------------------------------------


def _work(cells: Cells, plan: Plan, job: Job, layout: Layout, first: int, pipe: Connection) -> None:
    """Do all steps from `first` on, and send a message before and after each."""
    os.setpgrp()
    catalog, settings = load_sources(), load_settings()
    for step in range(first, job.steps):
        pipe.send(("started", step))
        if job.kind(step) == "load":
            load_all(layout)
        else:
            number, source = step % (job.stations + 1), catalog.by_name(plan.name(step % (job.stations + 1)))
            clock = SharedClock(cells, number)
            clock.move_to(first_run_at(_BACKLOG_DAYS) + step // (job.stations + 1) * _EVERY)
            run_source(source, settings, layout, catalog.places, clock)
        pipe.send(("done", step))
    pipe.send(("end", job.steps))


def _maintain(kind: str, layout: Layout, pipe: Connection) -> None:
    """Restore the newest snapshot, or rebuild the warehouse, once all that is archived is loaded: neither loses a
    row then."""
    os.setpgrp()
    load_all(layout)
    pipe.send("started")
    if kind == "rebuild":
        rebuild_from_archive(layout, notify)
        return
    newest = snapshots(layout)[0]
    with writer_lock(layout, notify):
        restore_snapshot(layout, newest)
        publish_snapshot(layout, newest.path)


def _worker(running: Farm, job: Job, layout: Layout, first: int) -> AbstractContextManager[tuple[Any, Connection]]:
    return _process(_work, running.cells, running.plan, job, layout, first)


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


def _work_all(running: Farm, job: Job, layout: Layout) -> dict[str, float]:
    """Do all steps undisturbed; returns the latest time of a kill per kind, in seconds from the start."""
    shortest: dict[str, float] = {}
    with _worker(running, job, layout, 0) as (_, pipe):
        for step in range(job.steps):
            _until(pipe, "started", {step}, step)
            started = time.monotonic()
            _until(pipe, "done", {step}, step)
            took = time.monotonic() - started
            shortest[job.kind(step)] = min(took, shortest.get(job.kind(step), took))
        _until(pipe, "end", {job.steps}, job.steps)
    return {kind: _SHARE * seconds for kind, seconds in shortest.items()}


def _until(pipe: Connection, awaited: str, steps: set[int], done: int) -> tuple[int, bool]:
    """Wait for an event of one of those steps; returns how many steps are done, and whether the event was received."""
    while pipe.poll(_TIMEOUT_S):
        try:
            event, step = pipe.recv()
        except EOFError:
            break
        done = step + 1 if event == "done" else done
        if event == awaited and step in steps:
            return done, True
        if event == "end":
            return done, False
    raise RuntimeError(f"the worker sent nothing for {_TIMEOUT_S:g} s, or ended after step {done}")


def _killed(running: Farm, job: Job, layout: Layout, kills: int, killer: Killer) -> None:
    """Kill the victims by turns, then let the worker finish the work."""
    done, committed, outcome = 0, Committed(), killer.outcome
    for number in range(kills):
        kind = VICTIMS[number % len(VICTIMS)]
        if kind in ("fetch", "load"):
            done = _kill_step(running, job, layout, kind, done, killer)
        else:
            _kill_maintenance(layout, kind, killer)
        outcome.broken += committed.check(layout, f"after kill {number + 1} ({kind})")
        counts = f"{len(committed.batches)} batches, {len(committed.files)} archive files"
        notify(f"kill {number + 1} during a {kind}: {done} of {job.steps} steps done, {counts}")
    with _worker(running, job, layout, done) as (_, pipe):
        _until(pipe, "end", {job.steps}, done)
    outcome.broken += committed.check(layout, "at the end")


def _kill_step(running: Farm, job: Job, layout: Layout, kind: str, done: int, killer: Killer) -> int:
    """Kill the worker in the next step of this kind; returns how many steps are done."""
    targets = {step for step in range(done, job.steps) if job.kind(step) == kind}
    with _worker(running, job, layout, done) as (process, pipe):
        done, is_started = _until(pipe, "started", targets, done)
        if is_started:
            killer.kill(process, kind)
            done = _drained(pipe, done)
    return done


def _kill_maintenance(layout: Layout, kind: str, killer: Killer) -> None:
    with _process(_maintain, kind, layout) as (process, pipe):
        if not pipe.poll(_TIMEOUT_S):
            raise RuntimeError(f"the {kind} did not start within {_TIMEOUT_S:g} s")
        pipe.recv()
        killer.kill(process, kind)


def _drained(pipe: Connection, done: int) -> int:
    """Read what the worker sent before it was killed; returns how many steps are done."""
    while pipe.poll(0.5):
        try:
            event, step = pipe.recv()
        except (EOFError, OSError):
            break
        done = step + 1 if event == "done" else done
    return done


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
