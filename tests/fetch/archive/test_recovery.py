"""Recovery: after any crash the archive restores the state; nothing is lost and nothing is duplicated."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from flows.fetch.archive.recovery import rebuild, recover, state_path
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.run import run_source
from flows.model import Exchange
from tests.fetch.archive.builders import write_exchanges
from tests.fetch.sites import (
    START,
    STORY,
    Site,
    drip,
    exchanges,
    page,
    rss,
    serve,
    settings,
    source_at,
)

ROOT = Path(__file__).parents[3]


def stored(path: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(path) as db:
        return {
            table: db.execute(f"select * from {table} order by 1").fetchall()
            for table in ("applied", "page", "trust", "robots", "host", "note")
        }


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_recovery_keeps_every_complete_exchange(tmp_path, cut: int):
    layout = Layout(tmp_path)
    path = write_exchanges(layout, 4)
    size = path.stat().st_size
    data = path.read_bytes()[: size - size * cut // 41]
    complete = [exchange for exchange, _ in warc_reader.records(path) if _metadata_end(path, exchange) <= len(data)]
    path.with_name(f"{path.name}.open").write_bytes(data)
    path.unlink()
    recovered = recover(layout, "demo")
    assert [exchange for file in recovered for exchange, _ in warc_reader.records(file)] == complete
    assert not list(layout.raw.glob("*/*/*.open"))


def _metadata_end(path: Path, wanted: Exchange) -> int:
    positions = [(str(record.record_type), record.stream_pos) for record in FastIterator(str(path), parse_http=False)]
    starts = [position for _, position in positions] + [path.stat().st_size]
    at = next(number for number, (_, position) in enumerate(positions) if position == wanted.warc_offset)
    return starts[at + 2]


def test_a_rebuilt_state_equals_the_live_one(tmp_path):
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
        live = stored(state_path(layout, "demo"))
        assert len(live["page"]) > 15
        assert live["trust"]
        assert rebuild(layout, source) == len(live["applied"])
        assert stored(state_path(layout, "demo")) == live


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_a_lost_or_damaged_state_is_rebuilt(tmp_path, damage: bytes):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        source = source_at(site)
        run_source(source, settings(), layout, {}, SimulatedClock(START))
        for suffix in ("-wal", "-shm"):
            Path(f"{state_path(layout, 'demo')}{suffix}").unlink(missing_ok=True)
        state_path(layout, "demo").write_bytes(damage)
        report = run_source(source, settings(), layout, {}, SimulatedClock(START + timedelta(minutes=5)))
        assert site.requests(STORY) == 1
        assert (report.new, report.found) == (0, 0)


SCRIPT = """
import sys
from pathlib import Path
from flows.fetch.archive import warc_writer
from flows.fetch.run import run_source
from flows.data_layout import Layout
from tests.fetch.sites import Site, settings, source_at
warc_writer.MAX_EXCHANGES = 100
source = source_at(Site(url=sys.argv[1]), max_pages_per_run=5000)
print("started", flush=True)
run_source(source, settings(), Layout(Path(sys.argv[2])), {})
print("done", flush=True)
"""


def start(site: Site, data: Path, prefix: str = "") -> subprocess.Popen:
    """Run the site's source in a process of its own, which `prefix` is executed in first."""
    return subprocess.Popen(
        [sys.executable, "-c", prefix + SCRIPT, site.url, str(data)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip


def kill_after(process: subprocess.Popen, site: Site, requests: int) -> None:
    """Send SIGKILL after so many more requests."""
    assert process.stdout.readline() == "started\n"
    wanted = len(site.log) + requests
    until = time.monotonic() + 30
    while len(site.log) < wanted and time.monotonic() < until and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_sigkill_during_a_run_loses_and_duplicates_nothing(tmp_path):
    links = [f"/news/story-{100000 + number}.html" for number in range(260)]
    layout = Layout(tmp_path)
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page(f"<p>{link}</p>" * 50) for link in links})
        for requests in (20, 130):  # before and after a file is sealed
            kill_after(start(site, tmp_path), site, requests)
        assert "done" in start(site, tmp_path).communicate(timeout=60)[0]
    archived = exchanges(layout)
    assert not list(layout.raw.glob("*/*/*.open"))
    articles = Counter((exchange.url, exchange.outcome) for exchange in archived if exchange.purpose == "article")
    assert articles == {(f"{site.url}{link}", "new"): 1 for link in links}
    assert len({(exchange.url, exchange.requested_at) for exchange in archived}) == len(archived)
    live = stored(state_path(layout, "demo"))
    rebuild(layout, source_at(site))
    assert stored(state_path(layout, "demo")) == live


def test_a_sealed_file_that_was_not_applied_is_applied_once(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        url = f"{site.url}{STORY}"
        writer = WarcWriter(layout, "demo")
        writer.write(Exchange("demo", url, START, "article", "new", status=200, attempts=1, body_sha256="0" * 64))
        writer.seal()
        for minutes in (5, 10):
            run_source(source_at(site), settings(), layout, {}, SimulatedClock(START + timedelta(minutes=minutes)))
        assert site.requests(STORY) == 0


LIMIT_FILE_SIZE = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (450_000, 450_000))
"""


def test_a_full_disk_is_reported_and_the_next_run_continues(tmp_path):
    layout, other = Layout(tmp_path), "/news/story-100002.html"
    with serve(feed=rss(STORY, other)) as site:
        site.pages[STORY] = page(random.Random(1).randbytes(300_000))
        site.pages[other] = page(random.Random(2).randbytes(300_000))
        process = start(site, tmp_path, LIMIT_FILE_SIZE)
        assert "the disk is full; free disk space" in process.communicate(timeout=60)[1]
        assert process.returncode != 0
        report = run_source(source_at(site), settings(), layout, {})
        assert report.messages[0].startswith("recovered")
        archived = [exchange.url for exchange in exchanges(layout, "article")]
        assert sorted(url.removeprefix(site.url) for url in archived) == [STORY, other]
