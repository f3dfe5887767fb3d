"""Kills a running `newsvane up`, its server and its runs in mid-ingest, and compares with an undisturbed ingest.

`python -m tests.bench.kills_up` (`make bench-kills` runs it too): by turns SIGKILL for `up`, for its Prefect server and
for the process of an ingest run, each when the open archive file has reached a chosen size. The next start must go on,
and at the end the warehouse must have the content of an undisturbed one. The site stands still and `up` has the clock
of the machine, so times are not compared.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.data_layout import Layout
from flows.fetch.run import run_source
from flows.settings import load_settings
from flows.sources import load_sources
from tests.bench.farm import Farm, Plan, configure, farm, first_run_at
from tests.bench.faults import load_all, notify
from tests.bench.kills_check import Committed, Outcome, compare, reading, table
from tests.flows.up_process import is_writing, processes, started
from tests.month import free_port
from tests.server import Up, set_port, wait_for

VICTIMS = ("up", "server", "worker")
_BACKLOG_DAYS = 1
_SLOW_S = 0.4  # between two requests: long enough to kill a run
_LARGEST = 20_000  # bytes of the open archive file at the time of a kill
_PATIENCE_S = 300
_INGEST = {"tags": {"all_": ["ingest"]}}
# What does not depend on when a page was fetched.
CONTENT = {
    "articles": """
        select name, article_key, a.url, a.title, summary, authors, section, lang, template, posted_at, updated_at,
            revisions, origin_kind, origin_service, word_count, content_hash
        from fact_article as a join dim_source using (source_id)""",
    "tags": """
        select name, article_key, folded, method, t.position, raw_label, is_parent
        from fact_article_tag as t join dim_tag using (tag_id) join fact_article using (article_id)
        join dim_source using (source_id)""",
    "bodies": """
        select distinct name, article_key, state_hash, body
        from article_state join fact_article using (article_id) join dim_source using (source_id)""",
    "exchanges": """
        select distinct name, url, purpose, body_sha256 from fact_fetch join dim_source using (source_id)
        where outcome in ('new', 'changed')""",
}


def run(kills: int, data: Path, *, seed: int = 5) -> Outcome:
    """Compare an undisturbed ingest with one under an `up` that is killed."""
    begun = time.monotonic()
    outcome, committed, rng = Outcome(), Committed(), random.Random(seed)
    undisturbed, folder = Layout.at(data / "undisturbed"), data / "killed"
    killed = Layout.at(folder / "data")
    with farm(Plan(1, seed)) as running:
        running.clock(0).move_to(first_run_at(_BACKLOG_DAYS))
        os.environ["NEWSVANE_CONFIG"] = str(_as_site(configure(data / "config", running)))
        _ingest(running, undisturbed)
        _configure_up(data / "config", folder)
        with reading(killed, outcome):
            for number in range(kills):
                victim = VICTIMS[number % len(VICTIMS)]
                _kill(victim, folder, rng.randrange(1, _LARGEST))
                outcome.kills[victim] += 1
                outcome.broken += committed.check(killed, f"after kill {number + 1} ({victim})")
                notify(f"kill {number + 1} of {victim}: {len(committed.files)} archive files")
            _finish(folder)
        outcome.broken += committed.check(killed, "at the end")
    compare(undisturbed, killed, outcome, CONTENT)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _as_site(config: Path) -> Path:
    """The config with its simulated stations as sites of others: `up` would serve them itself."""
    for path in (config / "sources").glob("*.toml"):
        text = path.read_text("utf-8").replace('kind = "simulated"', 'kind = "site"')
        path.write_text(re.sub(r"^call_sign = .*\n", "", text, flags=re.M), "utf-8")
    return config


def _ingest(running: Farm, layout: Layout) -> None:
    catalog = load_sources()
    run_source(catalog.by_name(running.plan.name(0)), load_settings(), layout, catalog.places)
    load_all(layout)


def _configure_up(config: Path, folder: Path) -> None:
    """The same config for `up`, which runs nothing that is not asked for but the refresh after an ingest."""
    shutil.copytree(config, folder / "config")
    set_port(folder / "config", free_port())
    path = folder / "config" / "newsvane.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("refresh_after_ingest = false", "refresh_after_ingest = true"), "utf-8")


def _set_delay(folder: Path, delay_s: float) -> None:
    (path,) = (folder / "config" / "sources").glob("*.toml")
    path.write_text(re.sub(r"^delay_s = .*$", f"delay_s = {delay_s}", path.read_text("utf-8"), flags=re.M), "utf-8")


def _kill(victim: str, folder: Path, size: int) -> None:
    """Start `up`, and kill the victim when the archive file of a new run has this size."""
    _set_delay(folder, _SLOW_S)
    earlier = set(_open(folder))
    with _ingesting(folder) as (process, up):
        wait_for(lambda: set(_open(folder)) - earlier, _PATIENCE_S)
        wait_for(lambda: _size(folder, earlier) >= size, _PATIENCE_S)
        crashed = len(_runs(up, "CRASHED"))
        os.kill(_pid(victim, folder, process.pid), signal.SIGKILL)
        if victim == "worker":
            wait_for(lambda: len(_runs(up, "CRASHED")) > crashed, _PATIENCE_S)
        else:
            process.wait(_PATIENCE_S)
    wait_for(lambda: not processes(folder), 60)


def _open(folder: Path) -> list[Path]:
    return list((folder / "data" / "raw").glob("*/*/*.open"))


def _size(folder: Path, earlier: set[Path]) -> int:
    return sum(path.stat().st_size for path in set(_open(folder)) - earlier)


def _pid(victim: str, folder: Path, parent: int) -> int:
    if victim == "up":
        return parent
    if victim == "server":
        return int(json.loads((Layout.at(folder / "data").prefect / "up.json").read_text("utf-8"))["pid"])
    return next(pid for pid in processes(folder) if is_writing(pid))


@contextmanager
def _ingesting(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Up]]:
    """A running `up` that was asked for an ingest: what is scheduled before it is ready, it cancels."""
    log = folder / "up.log"
    begin = log.stat().st_size if log.exists() else 0
    with started(folder) as (process, up):
        wait_for(lambda: b"deployments on schedule" in log.read_bytes()[begin:], _PATIENCE_S)
        (found,) = up.post("/deployments/filter", deployments=_INGEST)
        up.post(f"/deployments/{found['id']}/create_flow_run", state={"type": "SCHEDULED"})
        yield process, up


def _runs(up: Up, state: str) -> list[Any]:
    wanted = {"state": {"type": {"any_": [state]}}}
    found = up.post("/flow_runs/filter", deployments=_INGEST, flow_runs=wanted)
    assert isinstance(found, list)
    return found


def _finish(folder: Path) -> None:
    """Let `up` do the rest, then load what no refresh has loaded yet."""
    _set_delay(folder, 0)
    with _ingesting(folder) as (_, up):
        wait_for(lambda: _runs(up, "COMPLETED"), _PATIENCE_S)
        done = up.newsvane("refresh")
        assert done.returncode == 0, done.stderr
    wait_for(lambda: not processes(folder), 60)


def main() -> int:
    """Run the benchmark from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=9)
    options.add_argument("--seed", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsvane-kills-") as scratch:
        outcome = run(chosen.kills, Path(scratch), seed=chosen.seed)
    print(table(outcome))
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
