"""Measures phrases and search over many simulated articles, and the engines that could have served instead.

    python -m tests.bench.search [articles] [folder] [engine ...]

`articles` (default 1,000,000) are spread over ten years, with 8 words of headline and 22 of summary from 200,000 words
whose frequencies fall with their rank. The warehouse is kept in `folder` and used again. Engines: `scan` reads every
text, `fts` is DuckDB's extension (duckdb-extension-fts), `tantivy` is the package of that name.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from flows.data_layout import Layout
from flows.trends.run import run
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish
from flows.warehouse.statement_query import run_query

VOCABULARY = """
create or replace temp table vocabulary as
select list(
    translate(substr(md5(rank::text), 1, 3 + rank % 6), '0123456789', 'ghijklmnop') || chr((97 + rank % 26)::integer)
    order by rank
) as words
from range(200000) as ranks(rank);
"""
ARTICLES = """
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, title, summary)
select
    number + 1, 1 + number % 40, number::text, 'https://a.test/' || number, [], 1,
    date '2016-01-01' + (number * 3653 // $articles)::integer,
    array_to_string(list_transform(range(8), lambda _: words[power(200000, random())::integer]), ' '),
    array_to_string(list_transform(range(22), lambda _: words[power(200000, random())::integer]), ' ')
from range($start, $stop) as numbers(number), vocabulary;
"""
DAYS = """
insert into agg_day
select posted_date, 40, 40, count(*), count(*), 40, count(*), 0 from fact_article group by posted_date order by all;
insert into dim_source (source_id, name, kind, title, enabled)
select number, 'source_' || number, 'station', '', true from range(1, 41) as numbers(number);
insert into stale_word_month select distinct date_trunc('month', posted_date)::date from fact_article;
"""
PART = 250_000
PHRASE = "pofhju jclpdcv"  # words 20 and 21


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The shortest of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def say(what: str, took: float, more: str = "") -> None:
    print(f"{what:<44} {took * 1000:>10,.0f} ms  {more}", flush=True)


def built(articles: int, layout: Layout) -> None:
    """Fill and publish the warehouse, and say what the words cost."""
    with open_writer(layout, print) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(VOCABULARY)
        for start in range(0, articles, PART):
            values = {"articles": articles, "start": start, "stop": min(start + PART, articles)}
            connection.execute(ARTICLES, values)
        connection.execute(DAYS)
        connection.execute("checkpoint")
        before = layout.warehouse.stat().st_size
        say("words of all months", seconds(lambda: refresh_rollups(connection)))
        connection.execute("checkpoint")
        grown = layout.warehouse.stat().st_size - before
        say("size", 0, f"{before / 1e6:,.0f} MB of articles, {grown / 1e6:,.0f} MB of words")
        connection.execute("insert into stale_word_month values (date '2025-11-01')")
        say("words of one month again", seconds(lambda: refresh_rollups(connection)))
        publish(connection, layout, [])


def asked(layout: Layout) -> None:
    """Time phrases of frequent to rare words, and searches."""
    words = duckdb.connect().execute(VOCABULARY + "select words from vocabulary").fetchall()[0][0]
    for first, second in ((2, 3), (5, 8), (20, 21), (300, 21), (5000, 300)):
        phrase = f"{words[first]} {words[second]}"
        table = run(layout, "phrase_frequency", {"phrase": phrase, "by": "month"})
        count = sum(row or 0 for row in table.column("articles"))
        for by in ("month", "day"):
            took = seconds(partial(run, layout, "phrase_frequency", {"phrase": phrase, "by": by}), 5)
            say(f"phrase of words {first} and {second} by {by}", took, f"{count:,} articles")
    cpu = time.process_time()
    run(layout, "phrase_frequency", {"phrase": f"{words[20]} {words[21]}", "by": "month"})
    say("CPU of words 20 and 21 by month", time.process_time() - cpu)


def scan(layout: Layout) -> None:
    """The same count by reading every text."""
    path = Path(tempfile.mkdtemp()) / "scan.sql"
    path.write_text(
        "select date_trunc('month', posted_date), count(*) from fact_article"
        " where contains(lower(title), $phrase) or contains(lower(summary), $phrase) group by all"
    )
    say("scan", seconds(lambda: run_query(layout, path, {"phrase": PHRASE}), 3))


def fts(layout: Layout) -> None:
    """The extension: an index as a whole, words without their positions."""
    import duckdb_extension_fts

    copy = Path(tempfile.mkdtemp()) / "fts.duckdb"
    shutil.copyfile(layout.published, copy)
    copy.chmod(0o600)
    extension = next(Path(duckdb_extension_fts.__file__).parent.rglob("fts.duckdb_extension"))
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"load '{extension}'")
        before = copy.stat().st_size
        make = "pragma create_fts_index('fact_article', 'article_id', 'title', 'summary', stemmer = 'none')"
        say("fts: index of all articles", seconds(lambda: connection.execute(make)))
        connection.execute("checkpoint")
        say("fts: size", 0, f"{(copy.stat().st_size - before) / 1e6:,.0f} MB")
        ask = (
            "select date_trunc('month', posted_date), count(*) from fact_article"
            " where fts_main_fact_article.match_bm25(article_id, $phrase, conjunctive := 1) is not null group by all"
        )
        say(
            "fts: two words, not a phrase, by month",
            seconds(lambda: connection.execute(ask, {"phrase": PHRASE}).fetchall(), 3),
        )
    copy.unlink()


def tantivy(layout: Layout) -> None:
    """The Rust library: a folder of its own beside the snapshot."""
    import tantivy as engine

    folder = Path(tempfile.mkdtemp())
    schema = engine.SchemaBuilder().add_text_field("text").add_date_field("month", fast=True).build()
    index = engine.Index(schema, str(folder))
    writer = index.writer(heap_size=500_000_000, num_threads=2)
    texts = "select title || ' . ' || summary, date_trunc('month', posted_date)::timestamp from fact_article"

    def fill() -> None:
        with duckdb.connect(str(layout.published), read_only=True) as connection:
            cursor = connection.execute(texts)
            while rows := cursor.fetchmany(10_000):
                for text, month in rows:
                    writer.add_document(engine.Document(text=text, month=month))
        writer.commit()
        writer.wait_merging_threads()

    say("tantivy: index of all articles", seconds(fill))
    say("tantivy: size", 0, f"{sum(file.stat().st_size for file in folder.iterdir()) / 1e6:,.0f} MB")
    index.reload()
    by_month = {"months": {"date_histogram": {"field": "month", "fixed_interval": "30d"}}}
    query = index.parse_query(f'"{PHRASE}"', ["text"])
    say("tantivy: phrase by 30 days", seconds(lambda: index.searcher().aggregate(query, by_month), 3))
    shutil.rmtree(folder)


def main() -> None:
    arguments = sys.argv[1:]
    articles = int(arguments[0]) if arguments else 1_000_000
    folder = Path(arguments[1]) if len(arguments) > 1 else Path(tempfile.mkdtemp())
    layout = Layout.at(folder)
    if not layout.published.exists():
        built(articles, layout)
    asked(layout)
    for name in arguments[2:]:
        {"scan": scan, "fts": fts, "tantivy": tantivy}[name](layout)


if __name__ == "__main__":
    main()
