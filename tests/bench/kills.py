"""Kills ingest and refresh at random instants with SIGKILL, and compares what they make in the end with a quiet run's.

`python -m tests.bench.kills` (`make bench-kills`): 50 kills of a process group, by turns while a station is visited and
while the warehouse is loaded. After each, what was committed is still there; the published snapshot is read all the
while; at the end the warehouse holds what an undisturbed one holds. Exits with 1 where that is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flows.fetch.run import visit
from flows.settings import Layout, load_settings
from flows.sources import load_sources
from tests.bench.farm import SPAWN, Cells, Farm, Plan, SharedClock, begin, configure, farm
from tests.bench.faults import load_all, say
from tests.bench.kills_judge import Committed, Outcome, compare, reading, table

_EVERY = timedelta(hours=3)
_BACKLOG_DAYS = 2
_PATIENCE_S = 600.0
_LONGEST_S = {"visit": 0.5, "load": 2.5}  # a kill comes at most so long after a step began


@dataclass(frozen=True)
class Job:
    """All the work there is: each station visited in every round, then a load. Steps are counted from 0."""

    stations: int
    rounds: int

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return self.rounds * (self.stations + 1)

    def kind(self, step: int) -> str:
        """What a step is: visit or load."""
        return "load" if step % (self.stations + 1) == self.stations else "visit"


def run(kills: int, data: Path, *, stations: int = 2, seed: int = 5) -> Outcome:
    """A quiet run, a killed run over the same sites, and what differs."""
    started = time.monotonic()
    os.environ["PYTHONWARNINGS"] = "ignore:resource_tracker:UserWarning"  # what killed processes leave is expected
    job = Job(stations, max(1, -(-kills // 2)))
    outcome, chance = Outcome(), random.Random(seed)
    quiet, killed = Layout.at(data / "quiet"), Layout.at(data / "killed")
    with farm(Plan(stations, seed)) as running:
        os.environ["NEWSVANE_CONFIG"] = str(configure(data / "config", running))
        _work_all(running, job, quiet)
        running.cells[:] = [0] * stations
        with reading(killed, outcome):
            _killed(running, job, killed, kills, chance, outcome)
    compare(quiet, killed, outcome)
    outcome.seconds = time.monotonic() - started
    return outcome


# -- the work, in a process to be killed ------------------------------------------------------------------------------


def _work(cells: Cells, plan: Plan, job: Job, layout: Layout, first: int, pipe: Connection) -> None:
    """Do all steps from `first` on, saying before and after each which it is."""
    os.setpgrp()
    catalog, settings = load_sources(), load_settings()
    for step in range(first, job.steps):
        pipe.send(("begun", step))
        if job.kind(step) == "load":
            load_all(layout)
        else:
            number, source = step % (job.stations + 1), catalog.by_name(plan.name(step % (job.stations + 1)))
            clock = SharedClock(cells, number)
            clock.move_to(begin(_BACKLOG_DAYS) + step // (job.stations + 1) * _EVERY)
            visit(source, settings, layout, catalog.places, clock)
        pipe.send(("done", step))
    pipe.send(("over", job.steps))


@contextmanager
def _worker(running: Farm, job: Job, layout: Layout, first: int) -> Iterator[tuple[Any, Connection]]:
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=_work, args=(running.cells, running.plan, job, layout, first, theirs))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.join(_PATIENCE_S)
        ours.close()


def _work_all(running: Farm, job: Job, layout: Layout) -> None:
    with _worker(running, job, layout, 0) as (_, pipe):
        _until(pipe, "over", {job.steps}, 0)


def _until(pipe: Connection, word: str, steps: set[int], done: int) -> tuple[int, bool]:
    """Listen until one of those steps is begun or over; returns how many steps are done, and whether it was heard."""
    while pipe.poll(_PATIENCE_S):
        try:
            said, step = pipe.recv()
        except EOFError:
            break
        done = step + 1 if said == "done" else done
        if said == word and step in steps:
            return done, True
        if said == "over":
            return done, False
    raise RuntimeError(f"the worker was not heard of for {_PATIENCE_S:g} s, or ended by itself after step {done}")


def _killed(running: Farm, job: Job, layout: Layout, kills: int, chance: random.Random, outcome: Outcome) -> None:
    """Kill `kills` times, in visits and loads by turns, and then let the work be finished."""
    done, seen = 0, Committed()
    for number in range(kills):
        kind = "load" if number % 2 else "visit"
        targets = {step for step in range(done, job.steps) if job.kind(step) == kind}
        with _worker(running, job, layout, done) as (process, pipe):
            done, heard = _until(pipe, "begun", targets, done)
            if heard:
                time.sleep(chance.uniform(0, _LONGEST_S[kind]))
                os.killpg(process.pid, signal.SIGKILL)
                outcome.kills[kind] += 1
                done = _drained(pipe, done)
        outcome.broken += seen.check(layout, f"after kill {number + 1} ({kind})")
        say(f"kill {number + 1} in a {kind}: {done} of {job.steps} steps done, {len(seen.batches)} batches, "
            f"{len(seen.files)} archive files")  # fmt: skip
    with _worker(running, job, layout, done) as (_, pipe):
        _until(pipe, "over", {job.steps}, done)
    outcome.broken += seen.check(layout, "at the end")


def _drained(pipe: Connection, done: int) -> int:
    """What the worker still said before it died."""
    while pipe.poll(0.5):
        try:
            said, step = pipe.recv()
        except (EOFError, OSError):
            break
        done = step + 1 if said == "done" else done
    return done


def main() -> int:
    """Run it from the command line."""
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
