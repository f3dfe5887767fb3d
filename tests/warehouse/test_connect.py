"""One writer at a time, whoever dies; damage, newer versions and a full disk are told in words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from flows.errors import ConfigError, Transient, WarehouseError
from flows.settings import ROOT, Layout
from flows.warehouse.connection import kept_reader, open_reader, open_writer
from flows.warehouse.load import load
from flows.warehouse.migrate import migrate
from flows.warehouse.publish import publish, run_checks
from flows.warehouse.snapshots import snapshots
from flows.warehouse.storage import STORAGE
from tests.warehouse.conftest import batch, exchange, schema_of, story


def run(script: str, folder: Path) -> subprocess.Popen[str]:
    """Another process that runs `script` with `layout` at hand; what it prints can be read."""
    start = (
        "import os, resource, sys, time\n"
        "from flows.settings import Layout\n"
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


HOLD = """
with open_writer(layout, print):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_second_writer_waits_with_a_word_and_names_the_holder(layout: Layout) -> None:
    with run(HOLD, layout.data) as holder:
        assert line(holder) == "open"
        said: list[str] = []
        with pytest.raises(Transient, match=f"process {holder.pid}"), open_writer(layout, said.append, wait_s=0.3):
            pass
        assert said == [f"waiting for process {holder.pid}, which is loading the warehouse ..."]
        assert holder.stdin is not None
        holder.stdin.close()
    with open_writer(layout, said.append, wait_s=0):
        pass


def test_writer_waits_until_the_other_is_done(layout: Layout) -> None:
    script = """
    with open_writer(layout, print):
        print("open", flush=True)
        sys.stdin.readline()
    """
    with run(script, layout.data) as holder:
        assert line(holder) == "open"
        assert holder.stdin is not None
        stdin = holder.stdin

        def let_go(_: str) -> None:
            stdin.write("\n")
            stdin.flush()

        with open_writer(layout, let_go, wait_s=60):
            pass


def test_second_writer_in_one_process_is_told_so(layout: Layout) -> None:
    with (
        open_writer(layout, print),
        pytest.raises(Transient, match="this one"),
        open_writer(layout, print, wait_s=0),
    ):
        pass


def test_worker_that_outlives_a_killed_writer_does_not_keep_the_lock(layout: Layout) -> None:
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


@pytest.mark.parametrize("table", ["fact_fetch", "fact_article_tag", "batch"])
def test_killed_load_leaves_nothing_and_the_next_one_completes_it(layout: Layout, table: str) -> None:
    script = f"""
    import flows.warehouse.load as loading
    from tests.warehouse.conftest import batch, exchange, schema_of, story
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
    from flows.warehouse.load import load

    with open_writer(layout, print, wait_s=5) as connection:
        for empty in ("fact_fetch", "fact_article", "batch", "dim_tag", "dim_source"):
            assert connection.sql(f"select count(*) from {empty}").fetchall() == [(0,)]
        assert load(connection, "one", batch((exchange("https://kxyz.test/1", 0), story(1))), "1")
        assert connection.sql("select count(*) from fact_article_tag").fetchall() == [(2,)]


def test_edited_migration_is_an_error(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        connection.execute("update schema_migration set sha256 = 'x' where name = '02_news'")
    with pytest.raises(WarehouseError, match=r"02_news\.sql is not the one"), open_writer(layout, print):
        pass


def test_the_kept_reader_sees_what_is_published_next(layout: Layout) -> None:
    count = "select count(*) from fact_article"
    with pytest.raises(ConfigError, match="nothing is published yet"), kept_reader(layout):
        pass
    with open_writer(layout, print) as connection:
        load(connection, "one", batch((exchange("https://kxyz.test/1", 1), story(1))), "1")
        publish(connection, layout, [])
        with kept_reader(layout) as first:
            assert first.execute(count).fetchall() == [(1,)]
        with kept_reader(layout) as again:
            assert again is first
        load(connection, "two", batch((exchange("https://kxyz.test/2", 2), story(2))), "1")
        publish(connection, layout, [])
    with kept_reader(layout) as fresh:
        assert fresh.execute(count).fetchall() == [(2,)]
    with open_reader(layout) as own:
        own.execute("set lock_configuration = true")  # touches no question asked later
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
    from flows.warehouse.load import load

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
from tests.warehouse.conftest import batch, exchange, schema_of, story
import random, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def body():
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=20000))
looks = [(exchange(f"https://kxyz.test/{n}", n), story(n, body=body())) for n in range(400)]
def fill():
    with open_writer(layout, print) as connection:
        load(connection, "big", batch(*looks), "1")
        publish(connection, layout, run_checks(connection))
size = layout.warehouse.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1_000_000, resource.RLIM_INFINITY))
try:
    fill()
    print("nothing was full")
except WarehouseError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
fill()
with open_writer(layout, print) as connection:
    print(connection.execute("select count(*) from fact_article").fetchone()[0])
"""


def test_full_disk_is_told_and_after_it_the_load_completes(layout: Layout) -> None:
    with open_writer(layout, print) as connection:
        publish(connection, layout, run_checks(connection))
    with run(FULL, layout.data) as process:
        said = process.communicate()[0].splitlines()
    assert "disk is full" in said[0], said
    assert said[-1] == "400"


def test_a_file_of_the_older_storage_format_is_raised_and_packs_bodies(layout: Layout) -> None:
    layout.warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(layout.warehouse)) as old:
        migrate(old, schema_of(layout.data / "schema", 6))
        old.execute(
            "insert into article_state (article_id, state_hash, body, authors, tags)"
            " select number, 'state', 'A body of item ' || repeat(sha256(number::text), 30), [], []"
            " from range(3000) as numbers(number)"
        )
        digest = "select count(*), bit_xor(hash(article_state)) from article_state"
        before = old.execute(digest).fetchall()
    with open_writer(layout, print) as connection:
        assert connection.execute(digest).fetchall() == before
        connection.execute("checkpoint")
        packed = "select distinct compression from pragma_storage_info('article_state') where column_name = 'body'"
        assert ("ZSTD",) in connection.execute(packed).fetchall()
    with duckdb.connect(str(layout.warehouse)) as again:
        of_file = "select tags['storage_version'] from duckdb_databases() where path is not null"
        assert again.execute(of_file).fetchall() == [(f"{STORAGE}+",)]
        assert again.execute("select * from duckdb_tables() where table_name = 'raised'").fetchall() == []
