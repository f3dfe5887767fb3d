"""One writer at a time, killed or not; a damaged file is restored; a full disk is reported and loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError, Transient, WarehouseError
from flows.settings import ROOT
from flows.warehouse.connection import kept_reader, open_reader, open_writer
from flows.warehouse.load import load
from flows.warehouse.publish import publish, run_checks
from flows.warehouse.snapshots import snapshots
from tests.warehouse.conftest import add_article, batch, exchange, story


def run(script: str, folder: Path) -> subprocess.Popen[str]:
    """Run `script` in another process, where `layout` is defined; its output can be read."""
    start = (
        "import os, resource, sys, time\n"
        "from flows.data_layout import Layout\n"
        "from flows.warehouse.connection import open_writer\n"
        f"layout = Layout.at({str(folder)!r})\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start + textwrap.dedent(script)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


COUNT = "select count(*), count(distinct article_id) from fact_article"
HOLD = """
with open_writer(layout, print):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_with_a_message_that_names_the_holder(layout: Layout) -> None:
    with run(HOLD, layout.data) as holder:
        assert line(holder) == "open"
        messages: list[str] = []
        with pytest.raises(Transient, match=f"process {holder.pid}"), open_writer(layout, messages.append, wait_s=0.3):
            pass
        assert messages == [f"waiting for process {holder.pid}, which is loading the warehouse ..."]
        assert holder.stdin is not None
        holder.stdin.close()
    with open_writer(layout, messages.append, wait_s=0):
        pass


def test_a_writer_waits_until_the_other_has_finished(layout: Layout) -> None:
    script = """
    with open_writer(layout, print):
        print("open", flush=True)
        sys.stdin.readline()
    """
    with run(script, layout.data) as holder:
        assert line(holder) == "open"
        assert holder.stdin is not None
        stdin = holder.stdin

        def finish(_: str) -> None:
            stdin.write("\n")
            stdin.flush()

        with open_writer(layout, finish, wait_s=60):
            pass


def test_a_second_writer_in_the_same_process_is_refused(layout: Layout) -> None:
    with (
        open_writer(layout, print),
        pytest.raises(Transient, match="this one"),
        open_writer(layout, print, wait_s=0),
    ):
        pass


def test_a_worker_that_outlives_a_killed_writer_does_not_keep_the_lock(layout: Layout) -> None:
    script = """
    with open_writer(layout, print):
        if os.fork() == 0:
            print(os.getpid(), flush=True)
            sys.stdin.read()
            os._exit(0)
        time.sleep(600)
    """
    with run(script, layout.data) as writer:
        worker = int(line(writer))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        os.kill(worker, 0)  # still there
        with open_writer(layout, print, wait_s=5):
            pass
        assert writer.stdin is not None
        writer.stdin.close()


@pytest.mark.parametrize("table", ["fact_fetch", "batch", pytest.param("fact_article_tag", marks=pytest.mark.long)])
def test_a_killed_load_leaves_nothing_and_the_next_one_completes_it(layout: Layout, table: str) -> None:
    script = f"""
    import flows.warehouse.load as loading
    from tests.warehouse.conftest import batch, exchange, story
    texts = loading.sequence
    def sequence(folder):
        for text in texts(folder):
            if "insert into {table} " in text:
                print("here", flush=True)
                sys.stdin.read()
            yield text
    loading.sequence = sequence
    with open_writer(layout, print) as connection:
        loading.load(connection, "one", batch((exchange("https://kxyz.test/1", 0), story(1))), "1")
    """
    with run(script, layout.data) as writer:
        assert line(writer) == "here"
        os.kill(writer.pid, signal.SIGKILL)
    with open_writer(layout, print, wait_s=5) as connection:
        for empty in ("fact_fetch", "fact_article", "batch", "dim_tag", "dim_source"):
            assert connection.sql(f"select count(*) from {empty}").fetchall() == [(0,)]
        assert load(connection, "one", batch((exchange("https://kxyz.test/1", 0), story(1))), "1")
        assert connection.sql("select count(*) from fact_article_tag").fetchall() == [(2,)]


def test_an_edited_migration_is_an_error(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        connection.execute("update schema_migration set sha256 = 'x' where name = '02_news'")
    with pytest.raises(WarehouseError, match=r"02_news\.sql differs"), open_writer(layout, print):
        pass


def test_the_kept_reader_sees_the_next_snapshot(layout: Layout) -> None:
    count = "select count(*) from fact_article"
    with pytest.raises(ConfigError, match="nothing is published yet"), kept_reader(layout):
        pass
    with open_writer(layout, print) as connection:
        add_article(connection, 1)
        publish(connection, layout, [])
        with kept_reader(layout) as first:
            assert first.execute(count).fetchall() == [(1,)]
        with kept_reader(layout) as again:
            assert again is first
        add_article(connection, 2)
        publish(connection, layout, [])
    with kept_reader(layout) as fresh:
        assert fresh.execute(count).fetchall() == [(2,)]
    with open_reader(layout) as own:
        own.execute("set lock_configuration = true")  # of this connection only
    with kept_reader(layout) as fresh:
        assert fresh.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]


def test_a_forked_process_opens_a_reader_of_its_own(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])
    with kept_reader(layout) as reader:
        reader.execute("select count(*) from fact_article").fetchall()
    child = os.fork()
    if not child:
        with kept_reader(layout) as own:
            os._exit(0 if own is not reader and own.execute("select 7").fetchall() == [(7,)] else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_open_reader_keeps_its_snapshot_while_a_new_one_is_published(layout: Layout) -> None:
    with open_writer(layout, print) as writer:
        publish(writer, layout, run_checks(writer))
        with open_reader(layout) as reader:
            load(writer, "one", batch((exchange("https://kxyz.test/1", 0), story(1))), "1")
            publish(writer, layout, run_checks(writer))
            assert reader.execute("select count(*) from fact_article").fetchall() == [(0,)]
    with open_reader(layout) as reader:
        assert reader.execute("select count(*) from fact_article").fetchall() == [(1,)]
    assert [snapshot.number for snapshot in snapshots(layout)] == [2, 1]


FULL = """
from flows.errors import WarehouseError
from flows.warehouse.load import load
from flows.warehouse.publish import publish, run_checks
from tests.warehouse.conftest import batch, exchange, story
import random, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def body():
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=20000))
records = [(exchange(f"https://kxyz.test/{n}", n), story(n, body=body())) for n in range(400)]
def fill():
    with open_writer(layout, print) as connection:
        load(connection, "big", batch(*records), "1")
        publish(connection, layout, run_checks(connection))
size = layout.warehouse.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1_000_000, resource.RLIM_INFINITY))
try:
    fill()
    print("the disk was not full")
except WarehouseError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
fill()
with open_writer(layout, print) as connection:
    print(connection.execute("select count(*) from fact_article").fetchone()[0])
"""


def test_a_full_disk_is_reported_and_the_next_load_completes(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        publish(connection, layout, run_checks(connection))
    with run(FULL, layout.data) as process:
        output = process.communicate()[0].splitlines()
    assert "disk is full" in output[0], output
    assert output[-1] == "400"


@pytest.mark.parametrize("damage", ["head", "cut"])
def test_a_damaged_working_file_is_restored_from_the_last_snapshot(layout: Layout, damage: str) -> None:
    with open_writer(layout, print) as connection:
        add_article(connection, 0)
        publish(connection, layout, [])
        add_article(connection, 1)
    _damage(layout.warehouse, damage)
    messages: list[str] = []
    with open_writer(layout, messages.append) as connection:
        assert connection.execute("select batch_id from batch").fetchall() == [("0",)]
        add_article(connection, 1)
        assert connection.execute(COUNT).fetchall() == [(2, 2)]
    assert "does not open" in messages[0]
    assert "restored the warehouse from snapshot 1" in messages[1]
    assert "newsvane refresh" in messages[1]
    assert list(layout.warehouse.parent.glob("working.damaged-*"))


def test_without_a_snapshot_that_opens_the_warehouse_starts_empty(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        add_article(connection, 0)
        publish(connection, layout, [])
    _damage(snapshots(layout)[0].path, "head")
    _damage(layout.warehouse, "head")
    messages: list[str] = []
    with open_writer(layout, messages.append) as connection:
        assert connection.execute("select * from batch").fetchall() == []
    assert "does not open either" in messages[1]
    assert "created an empty warehouse" in messages[-1]


def _damage(path: Path, damage: str) -> None:
    path.chmod(0o644)
    if damage == "head":
        with path.open("r+b") as file:
            file.write(b"\0" * 8192)
    else:
        os.truncate(path, 5000)
