"""Measures loading, publishing, memory and every trend at one and at ten million articles.

Usage: python -m tests.bench.warehouse [--articles 1_000_000 10_000_000] [--keep FOLDER] [--batch 100_000] [--runs 3]

A history is built by direct inserts, in the state that refreshes would leave, then batches are loaded into it. With
--keep the histories stay in FOLDER and are reused.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.settings import ROOT
from flows.trends.catalog import names
from flows.trends.run import run
from flows.warehouse.connection import open_writer
from flows.warehouse.load import load, refresh_rollups
from flows.warehouse.publish import publish
from tests.bench.batch import batch

HISTORY = (Path(__file__).parent / "history.sql").read_text("utf-8")
MACROS = HISTORY.partition("insert into")[0]
READER = """
import json, sys
import duckdb
from flows.errors import NewsvaneError
from flows.data_layout import Layout
from flows.warehouse.connection import open_reader
layout, reads, errors, last = Layout.at(sys.argv[1]), 0, [], 0
stop = layout.data / "stop"
print("reading", flush=True)
while not stop.exists():
    try:
        with open_reader(layout) as connection:
            batches, articles, revisions = connection.execute(
                "select (select count(*) from batch), (select count(distinct article_id) from fact_article),"
                " (select count(*) from fact_article_revision where revision = 1)").fetchone()
        if articles != revisions or batches < last:
            errors.append(f"partial load: {batches} batches after {last}, {articles} articles, {revisions} revisions")
        reads, last = reads + 1, batches
    except (duckdb.Error, NewsvaneError, OSError) as error:
        errors.append(repr(error))
print(json.dumps([reads, errors]))
"""
TAG_DAYS = """
insert into agg_tag_day
select
    article.source_id, link.tag_id, article.posted_date, count(*), count(*),
    count(*) filter (article.origin_kind = 'own'), count(*), count(*)
from fact_article as article
join fact_article_tag as link using (article_id)
where article.posted_date >= $first_date and article.posted_date < $first_date + interval 1 month
group by all
order by link.tag_id, article.posted_date
"""
STALE = "insert into stale_month select $first_date"
MONTHS = "select distinct date_trunc('month', posted_date)::date from fact_article order by 1"


def say(text: str) -> None:
    print(text, flush=True)


def build(layout: Layout, articles: int) -> None:
    """Build a history of `articles` articles at `layout` and publish it."""
    began = time.perf_counter()
    with open_writer(layout, say) as connection:
        connection.execute(f"set variable articles = {articles}")
        connection.execute("set preserve_insertion_order = true")
        connection.execute(HISTORY)
        connection.execute("checkpoint")
        months = connection.execute(MONTHS).fetchall()
        for (first_date,) in months:
            connection.execute(TAG_DAYS, {"first_date": first_date})
        say(f"days built at {time.perf_counter() - began:.0f} s")
        for (first_date,) in months:
            connection.execute(STALE, {"first_date": first_date})
            refresh_rollups(connection)
        publish(connection, layout, [])
    size = layout.warehouse.stat().st_size / 1e6
    say(f"built {articles:,} articles in {time.perf_counter() - began:.0f} s, {size:,.0f} MB")


def history(folder: Path, articles: int) -> Layout:
    """The history of `articles` articles in `folder`, built if it is missing."""
    layout = Layout.at(folder / f"{articles // 1000}k")
    done = layout.data / "done"
    if not done.exists():
        build(layout, articles)
        done.touch()
    return layout


@contextlib.contextmanager
def scratch_copy(layout: Layout) -> Iterator[Layout]:
    """A copy of the working file that batches are loaded into."""
    with tempfile.TemporaryDirectory(dir=layout.data) as name:
        copy = Layout.at(name)
        copy.warehouse.parent.mkdir(parents=True)
        with layout.warehouse.open("rb") as source, copy.warehouse.open("wb") as target:
            while block := source.read(1 << 24):
                target.write(block)
        yield copy


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def floor(folder: Path, tables: dict[str, object]) -> float:
    """Seconds to insert the same rows into tables without keys, checkpoint included."""
    with duckdb.connect(str(folder / "floor.duckdb")) as connection:
        for name, table in tables.items():
            connection.register("rows", table)
            connection.execute(f"create table {name} as select * from rows limit 0")

        def insert() -> None:
            for name, table in tables.items():
                connection.register("rows", table)
                connection.execute(f"insert into {name} select * from rows")
            connection.execute("checkpoint")

        took = timed(insert)
    (folder / "floor.duckdb").unlink()
    return took


def loads(layout: Layout, articles: int, size: int, runs: int) -> dict[str, float]:
    """Median seconds per kind of batch, checkpoint included."""
    found: dict[str, list[float]] = {"floor": [], "new": [], "later": [], "again": [], "months": [], "publish": []}
    with scratch_copy(layout) as copy, open_writer(copy, say) as connection:
        for turn in range(runs):
            first = articles + turn * size
            fresh = batch(MACROS, articles, first, size, 0)
            found["floor"].append(timed(lambda tables=fresh: floor(copy.data, tables)))
            found["new"].append(timed(lambda tables=fresh, turn=turn: _load(connection, f"new {turn}", tables)))
            found["again"].append(timed(lambda tables=fresh, turn=turn: _load(connection, f"again {turn}", tables)))
            again = batch(MACROS, articles, first, size, 3601)
            found["later"].append(timed(lambda tables=again, turn=turn: _load(connection, f"later {turn}", tables)))
            found["months"].append(timed(lambda: refresh_rollups(connection)))
            found["publish"].append(timed(lambda: publish(connection, copy, [], keep=1)))
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def readers(layout: Layout, articles: int, count: int, size: int) -> int:
    """`count` loads of `size` articles, each published, while another process opens and queries the snapshot without a
    pause; prints both counts, returns the number of errors in the reader."""
    with scratch_copy(layout) as copy, open_writer(copy, say) as connection:
        publish(connection, copy, [])
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, str(copy.data)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert reader.stdout is not None
        reader.stdout.readline()
        for turn in range(count):
            load(connection, f"read {turn}", batch(MACROS, articles, articles + turn * size, size, 0), "bench")
            refresh_rollups(connection)
            publish(connection, copy, [], keep=1)
        (copy.data / "stop").touch()
        reads, errors = json.loads(reader.communicate(timeout=60)[0])
    say(f"{count} loads published, {reads:,} queries in another process, {len(errors)} errors {errors[:3]}")
    return len(errors)


def _load(connection: duckdb.DuckDBPyConnection, name: str, tables: dict[str, object]) -> None:
    load(connection, name, tables, "bench")
    connection.execute("checkpoint")


def trends(layout: Layout, runs: int) -> None:
    """Time every trend with a warm cache, beside the scan of one integer column and a plain scan over string tags."""
    with duckdb.connect(str(layout.published), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        scan = min(
            timed(lambda: connection.execute("select sum(tag_id) from fact_article_tag").fetchall()) for _ in range(5)
        )
        plain = min(timed(lambda: connection.execute(PLAIN).fetchall()) for _ in range(3))
    say(f"{'floor: scan of one integer column of fact_article_tag':<58} {1000 * scan:9.1f} ms")
    say(f"{'plain scan: one tag by month over string tags':<58} {1000 * plain:9.1f} ms")
    queries: list[tuple[str, dict[str, str | None]]] = [
        ("topic_frequency", {"topic": "Tag 1", "by": "month"}),
        ("top_topics", {"since": "2021-01-01", "until": "2021-12-31"}),
        ("topic_pairs", {"topic": "Tag 1", "since": "2018-01-01"}),
        ("topic_share", {"by": "week"}),
        ("weather_and_topics", {"source": "bench_0"}),
    ]
    for name, params in queries + [(name, {}) for name in names()]:
        label = f"{name} {' '.join(f'{key}={value}' for key, value in params.items())}"
        try:
            took = min(timed(lambda name=name, params=params: run(layout, name, params)) for _ in range(runs))
        except NewsvaneError as error:
            say(f"{label:<58} failed: {error}")
            continue
        say(f"{label:<58} {1000 * took:9.1f} ms   {took / scan:7.2f} x the scan   1/{plain / took:.0f} of the plain")


PLAIN = """
select date_trunc('month', article.posted_date) as month, count(distinct link.article_id)
from fact_article_tag as link
join fact_article as article using (article_id)
where lower(link.raw_label) = 'tag 1'
group by all
"""


def report(rows: dict[int, dict[str, float]], size: int) -> None:
    """Print a table of loads: seconds, articles per second, and the ratio of the largest history to the smallest."""
    small, large = min(rows), max(rows)
    say(f"\n{'batch of ' + format(size, ','):<36}" + "".join(f"{count:>14,}" for count in rows) + "     ratio")
    for name in ("floor", "new", "again", "later", "months", "publish"):
        seconds = [rows[count][name] for count in rows]
        cells = "".join(f"{value:12.2f} s" for value in seconds)
        say(f"{name:<36}{cells}   {rows[large][name] / rows[small][name]:7.2f}")
    for count in rows:
        rate = size / rows[count]["new"]
        say(f"at {count:,}: {rate:,.0f} new articles/s, {rows[count]['new'] / rows[count]['floor']:.2f} x the floor")
    say(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", nargs="+", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--batch", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="keep the histories in this folder, and reuse those in it")
    parser.add_argument("--only", choices=("build", "loads", "readers", "trends"), help="run one part")
    chosen = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = chosen.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsvane-bench-")))
        rows = {}
        for articles in chosen.articles:
            layout = history(folder, articles)
            if chosen.only in (None, "loads"):
                rows[articles] = loads(layout, articles, chosen.batch, chosen.runs)
        if rows:
            report(rows, chosen.batch)
        errors = 0
        if chosen.only in (None, "readers"):
            errors = readers(history(folder, min(chosen.articles)), min(chosen.articles), 100, 100)
        if chosen.only in (None, "trends"):
            trends(history(folder, max(chosen.articles)), chosen.runs)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
