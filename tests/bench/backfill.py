"""Benchmarks a backfill of real pages: `python -m tests.bench.backfill [--step N] [--peer]` (`make bench-backfill`).

Prints, with one and with two workers, seconds and pages a second, and the share of the time in which pages are parsed,
rows loaded, and the warehouse checked and published; then the CPU time of the loader and of the workers, which says how
many workers one loader keeps up with. `--peer` adds trafilatura with two processes and an INSERT per
page into SQLite, on the same pages, in an environment of its own that is installed for the run.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from flows.data_layout import Layout
from flows.fetch.archive.warc_reader import records
from flows.pipeline.progress import Progress
from flows.pipeline.warehouse_refresh import refresh_warehouse
from flows.settings import SHIPPED_CONFIG
from tests.bench.bench import environment_with
from tests.pack_articles import ARTICLES, pack

_PEER = """
import sqlite3, sys, time
from multiprocessing import Pool
from pathlib import Path
from trafilatura import bare_extraction

def read(path):
    found = bare_extraction(path.read_text("utf-8", "replace"), with_metadata=True, include_comments=False)
    if found is None:
        return None
    fields = found if isinstance(found, dict) else found.as_dict()
    names = ("title", "author", "date", "tags", "text")
    return path.name, *(str(fields.get(name)) for name in names)

if __name__ == "__main__":
    paths = sorted(Path(sys.argv[1]).glob("*.html"))
    since = time.monotonic()
    database = sqlite3.connect(sys.argv[2])
    database.execute("create table page (name primary key, title, author, date, tags, body)")
    with Pool(2) as pool:
        for row in pool.imap(read, paths, chunksize=8):
            if row:
                with database:
                    database.execute("insert into page values (?, ?, ?, ?, ?, ?)", row)
    print(time.monotonic() - since)
"""


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--step", type=int, default=1, help="take every N-th page of ../shared")
    options.add_argument("--articles", type=Path, default=ARTICLES, help="the folder with cases.jsonl")
    options.add_argument("--peer", action="store_true", help="compare with trafilatura + INSERT")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        pages = len(pack(scratch / "pages.warc.gz", chosen.articles, chosen.step))
        print(f"{pages} pages, {(scratch / 'pages.warc.gz').stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores")
        print(f"{'':28} {'s':>7} {'pages/s':>8} {'parse':>6} {'load':>6} {'rest':>6}")
        speed = {workers: _backfill(scratch, workers, pages) for workers in (1, 2)}
        print(f"two workers over one: {speed[2] / speed[1]:.2f}")
        if chosen.peer and (peer := _peer(scratch, pages)):
            print(f"newsvane over trafilatura + INSERT, two processes each: {speed[2] / peer:.1f}")
        memory = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print("largest process: loader {:.0f} MB, worker {:.0f} MB".format(*memory))


def _backfill(scratch: Path, workers: int, pages: int) -> float:
    """Backfill the pages with so many workers and print a row of the table; returns pages a second."""
    config = scratch / f"config-{workers}"
    shutil.copytree(SHIPPED_CONFIG, config)
    text = (config / "newsvane.toml").read_text("utf-8")
    (config / "newsvane.toml").write_text(text.replace("# workers = 4", f"workers = {workers}"), "utf-8")
    os.environ["NEWSVANE_CONFIG"] = str(config)
    spent: dict[str, float] = defaultdict(float)
    last = since = time.monotonic()
    last_cpu, cpu, cpu_of_workers = time.process_time(), defaultdict[str, float](float), _cpu_of_workers()

    def progress(so_far: Progress) -> None:
        """Add the time since the last report to the step that it ends: rows are being loaded until the next one."""
        nonlocal last, last_cpu, step
        now, now_cpu, begun = time.monotonic(), time.process_time(), so_far.waiting.partition(";")[0]
        spent[step] += now - last
        cpu[step] += now_cpu - last_cpu
        last, last_cpu, step = now, now_cpu, begun

    step = "parsing"
    refresh_warehouse(
        Layout(scratch / f"data-{workers}"), [scratch / "pages.warc.gz"], notify=lambda _: None, progress=progress
    )
    now = time.monotonic()
    spent[step] += now - last
    total = now - since
    shares = [spent["parsing"] / total, spent["loading"] / total]
    shares.append(1 - sum(shares))
    name = f"newsvane, {workers} worker{'s' * (workers > 1)}"
    print(f"{name:28} {total:7.1f} {pages / total:8.1f} " + " ".join(f"{share:6.0%}" for share in shares))
    loader, parser = (
        1000 * seconds / pages for seconds in (cpu["parsing"] + cpu["loading"], _cpu_of_workers() - cpu_of_workers)
    )
    print(
        f"{'':6}CPU a page: loader {loader:.2f} ms, workers {parser:.1f} ms; one loader keeps up with"
        f" {parser / loader:.0f} workers, {1000 / loader:,.0f} pages/s"
    )
    return pages / total


def _cpu_of_workers() -> float:
    """The CPU seconds of the worker processes that have ended."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _peer(scratch: Path, pages: int) -> float | None:
    """Read the same pages with trafilatura; returns pages a second, None if it cannot be installed."""
    python = environment_with("trafilatura", scratch)
    if python is None:
        return None
    folder = scratch / "html"
    folder.mkdir()
    for number, (_, page) in enumerate(records(scratch / "pages.warc.gz")):
        if page is not None:
            body = page.body if isinstance(page.body, bytes) else page.body.encode()
            (folder / f"{number:06}.html").write_bytes(body)
    script = scratch / "peer.py"
    script.write_text(_PEER, "utf-8")
    command = [str(python), str(script), str(folder), str(scratch / "peer.sqlite")]
    total = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{'trafilatura + INSERT, 2':28} {total:7.1f} {pages / total:8.1f}")
    return pages / total


if __name__ == "__main__":
    main()
