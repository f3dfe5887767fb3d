"""Memory: whatever dies and whenever, the archive brings it back, nothing lost and nothing twice."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.clock import SimulatedClock
from flows.errors import Transient
from flows.fetch.archive import warc_reader
from flows.fetch.archive.recovery import rebuild, state_path
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.http.rate_limit import Locks
from flows.fetch.run import run_source
from flows.model import Exchange
from flows.settings import Layout
from tests.fetch.sites import drip, page, rss, serve, settings, source_at

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def remembered(path: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(path) as db:
        return {
            table: db.execute(f"select * from {table} order by 1").fetchall()
            for table in ("applied", "page", "trust", "robots", "host", "note")
        }


def test_a_rebuilt_memory_equals_the_live_one(tmp_path):
    layout = Layout(tmp_path)
    with serve() as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/gone"] = page("", status=410)
        site.pages["/slow"] = drip
        site.pages["/busy"] = page("", status=503, Retry_After="900")
        source = source_at(site)
        for hour in range(0, 60, 5):
            links = [f"/news/story-{100000 + number}.html" for number in range(hour // 5, hour // 5 + 6)]
            site.pages["/feed"] = rss(*links, "/gone", "/private/x", "/slow", "/busy")
            for link in links[:5]:
                site.pages[link] = page(f"<p>{link} {hour // 10}</p>", ETag=f'"{hour // 10}"')
            clock = SimulatedClock(START + timedelta(hours=hour))
            run_source(source, settings(exchange_timeout_s=0.15, max_attempts=1), layout, {}, clock)
        live = remembered(state_path(layout, "demo"))
        assert len(live["page"]) > 15
        assert live["trust"]
        assert rebuild(layout, source) == len(live["applied"])
        assert remembered(state_path(layout, "demo")) == live


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_a_lost_or_broken_memory_is_folded_anew(tmp_path, damage: bytes):
    layout = Layout(tmp_path)
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/news/story-100001.html"] = page("story")
        source = source_at(site)
        run_source(source, settings(), layout, {}, SimulatedClock(START))
        for suffix in ("-wal", "-shm"):
            Path(f"{state_path(layout, 'demo')}{suffix}").unlink(missing_ok=True)
        state_path(layout, "demo").write_bytes(damage)
        report = run_source(source, settings(), layout, {}, SimulatedClock(START + timedelta(minutes=5)))
        assert site.asked("/news/story-100001.html") == 1
        assert (report.new, report.found) == (0, 0)


VISITOR = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from flows.clock import SystemClock
from flows.fetch.run import run_source
from flows.settings import Layout
from tests.fetch.sites import Site, settings, source_at
source = source_at(Site(url=sys.argv[1]), max_pages_per_run=5000)
print("begun", flush=True)
run_source(source, settings(), Layout(Path(sys.argv[2])), {}, SystemClock())
print("done", flush=True)
"""


def start(site_url: str, data: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", VISITOR, site_url, str(data)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."})


def test_kill_9_in_mid_visit_loses_nothing_and_doubles_nothing(tmp_path):
    links = [f"/news/story-{100000 + number}.html" for number in range(900)]
    layout, chance = Layout(tmp_path), random.Random(4)
    with serve() as site:
        site.pages["/feed"] = rss(*links)
        for link in links:
            site.pages[link] = page(f"<p>{link}</p>" * 50)
        for _ in range(5):
            process = start(site.url, tmp_path)
            assert process.stdout.readline() == "begun\n"
            already = len(site.log)
            wanted = already + chance.randrange(20, 250)
            until = time.monotonic() + 10
            while len(site.log) < wanted and time.monotonic() < until and process.poll() is None:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        process = start(site.url, tmp_path)
        assert "done" in process.communicate(timeout=60)[0]
    entries = [entry for path in warc_reader.sealed(layout) for entry, _ in warc_reader.records(path)]
    assert not list(layout.raw.glob("*/*/*.open"))
    articles = Counter((entry.url, entry.outcome) for entry in entries if entry.purpose == "article")
    assert articles == {(f"{site.url}{link}", "new"): 1 for link in links}
    assert len({(entry.url, entry.requested_at) for entry in entries}) == len(entries)
    live = remembered(state_path(layout, "demo"))
    rebuild(layout, source_at(site))
    assert remembered(state_path(layout, "demo")) == live


def test_a_sealed_file_that_was_not_folded_in_yet_is_folded_in_once(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss("/news/story-100001.html")) as site:
        url = f"{site.url}/news/story-100001.html"
        writer = WarcWriter(layout, "demo")
        writer.write(Exchange("demo", url, START, "article", "new", status=200, attempts=1, body_sha256="0" * 64))
        writer.seal()
        for minutes in (5, 10):
            run_source(source_at(site), settings(), layout, {}, SimulatedClock(START + timedelta(minutes=minutes)))
        assert site.asked("/news/story-100001.html") == 0


def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss("/news/story-100001.html", "/news/story-100002.html")) as site:
        site.pages["/news/story-100001.html"] = page(random.Random(1).randbytes(300_000))
        site.pages["/news/story-100002.html"] = page(random.Random(2).randbytes(300_000))
        script = VISITOR.replace(
            "print(", "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (450_000, 450_000)); print(", 1
        )
        script = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)" + script
        done = subprocess.run(
            [sys.executable, "-c", script, site.url, str(tmp_path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": "."},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode != 0
        assert "flows.errors.Transient" in done.stderr
        report = run_source(source_at(site), settings(), layout, {})
        assert report.messages[0].startswith("recovered")
        entries = [entry for path in warc_reader.sealed(layout) for entry, _ in warc_reader.records(path)]
        assert sorted(e.url[-11:] for e in entries if e.purpose == "article") == ["100001.html", "100002.html"]


def test_two_runs_at_one_source_do_not_meet(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss()) as site:
        held = Locks(layout.locks)
        held.hold("demo", "source")
        with pytest.raises(Transient, match=f"process {os.getpid()}"):
            run_source(source_at(site), settings(), layout, {}, SimulatedClock(START), lock_wait_s=0.2)
        assert site.log == []
        held.release()
        run_source(source_at(site), settings(), layout, {}, SimulatedClock(START), lock_wait_s=0.2)
        assert site.asked("/feed") == 1
