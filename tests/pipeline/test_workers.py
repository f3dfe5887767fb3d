"""Worker processes parse what is large, start as new processes, and end with the process that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import Transient
from flows.pipeline import workers
from flows.pipeline.archive_file import ArchiveFile
from flows.settings import ROOT, Run, load_settings
from tests.fetch.archive.builders import write_exchanges
from tests.server import is_running, wait_for

# Parses with two workers, prints their process ids, and waits.
SCRIPT = """
import signal, sys
from multiprocessing import active_children
from pathlib import Path
from flows.errors import Transient
from flows.pipeline import workers
from flows.pipeline.archive_file import ArchiveFile

def stop(number, frame):
    raise SystemExit(3)

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    with workers.worker_pool(2) as pool:
        files = [Path(name) for name in sys.argv[1:]]
        parts = [workers.Part(ArchiveFile(path), path.name, tuple(workers.spans_of(path))) for path in files]
        list(workers.stage_parts(parts, pool, 2, Path(sys.argv[1]).parent, lambda count, exchanges: None))
        print(*(child.pid for child in active_children()), flush=True)
        signal.pause()
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [write_exchanges(Layout(tmp_path / str(number)), 3) for number in range(4)]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(
    files: list[Path], tmp_path: Path, sent: signal.Signals
) -> None:
    script = tmp_path / "load_files.py"
    script.write_text(SCRIPT, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), *map(str, files)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # after a kill -9, multiprocessing reports semaphores that it removed
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        assert running.stdout is not None
        children = [int(pid) for pid in running.stdout.readline().split()]
        assert children
        assert all(map(is_running, children))
        running.send_signal(sent)
        assert running.wait(timeout=60) == (3 if sent == signal.SIGTERM else -signal.SIGKILL)
    until = time.monotonic() + 30
    while any(map(is_running, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, children))


def test_workers_and_this_process_give_the_same_rows(files: list[Path], tmp_path: Path) -> None:
    parts = [workers.Part(ArchiveFile(path), path.name, tuple(workers.spans_of(path))) for path in files]
    parsed: list[tuple[int, int]] = []
    with workers.worker_pool(2) as pool:
        here = list(workers.stage_parts(parts, None, 2, tmp_path / "rows", lambda *counts: parsed.append(counts)))
        assert not active_children()
        there = list(workers.stage_parts(parts, pool, 2, tmp_path / "rows", lambda *counts: parsed.append(counts)))
        assert active_children()
    assert list((tmp_path / "rows").iterdir()) == []
    assert [part for part, _ in here] == [part for part, _ in there] == parts
    assert parsed == [(path.stat().st_size, 3) for path in files] * 2
    for (_, one), (_, other) in zip(here, there, strict=True):
        assert one.tables["stage_fetch"].num_rows == 3
        assert all(one.tables[name].equals(other.tables[name]) for name in one.tables)


def test_the_number_of_workers_is_a_setting(tmp_path: Path) -> None:
    text = (ROOT / "config" / "newsvane.toml").read_text("utf-8")
    assert load_settings().run.workers == Run().workers == os.cpu_count()
    (tmp_path / "newsvane.toml").write_text(text.replace("# workers = 4", "workers = 3"), "utf-8")
    assert load_settings(tmp_path).run.workers == 3


def test_a_killed_worker_is_reported_with_the_next_step() -> None:
    others = set(active_children())  # of other tests in this process
    with (
        pytest.raises(Transient, match=r"parser process was killed.*`workers` under \[run\]"),
        workers.worker_pool(1) as pool,
    ):
        list(pool.map(os._exit, [1]))
    assert wait_for(lambda: set(active_children()) <= others, timeout_s=30)
