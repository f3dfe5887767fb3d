"""Measures loading a batch into a warehouse that holds many articles, beside the floor: the same rows in bare tables.

Usage: python -m tests.bench.load [articles] [batch]   (1 000 000 and 20 000 unless told)
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.settings import Layout
from flows.sources import load_sources, load_topics
from flows.warehouse.connect import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import load
from flows.warehouse.stage import SCHEMAS, Tables

TAGS_EACH = 9

FETCHES = """
select
    number - $start as fetch_no, 'host' || number % 10 || '.example' as source,
    'https://host' || number % 10 || '.example/news/' || number as url,
    timestamptz '2018-01-01 00:00:00+00' + to_seconds(number * 60 + $later) as requested_at, 'article' as purpose,
    'new' as outcome, 200 as status, 0 as waited_ms, 80 as elapsed_ms, 1 as attempts, 40000 as bytes,
    'text/html' as media_type, sha256(number || '-' || $later) as body_sha256, 'raw/host/file.warc.gz' as warc_file,
    number * 9000 as warc_offset
from range($start, $start + $count) as numbers(number)
"""
ARTICLES = """
select
    number - $start as fetch_no, number::text as article_key,
    'https://host' || number % 10 || '.example/news/' || number as url,
    'Council votes on item ' || number as title, 'A summary of item ' || number as summary,
    repeat('The council met and voted on item ' || number || '. ', 40) || $later as body, ['A. Writer'] as authors,
    list_transform(range(0, $tags), each -> 'tag ' || (number * 7 + each * each) % 5000) as tags, 'news' as section,
    'en' as lang, 'blox-2021' as template, 'f' || number % 3 as fingerprint,
    timestamptz '2018-01-01 00:00:00+00' + to_seconds(number * 60) as posted_at,
    timestamp '2017-12-31 18:00:00' + to_seconds(number * 60) as posted_local, '' as posted_raw,
    'source_zone' as posted_zone_basis, 'minute' as posted_precision, false as posted_ambiguous, 'own' as origin_kind,
    320 as word_count, sha256(number || '-' || $later) as content_hash,
    (hash(number) & 9223372036854775807)::bigint as simhash,
    md5('s' || number || '-' || $later)[:12] as state_hash
from range($start, $start + $count) as numbers(number)
"""
TAGS = """
select
    number - $start as fetch_no, 'tag ' || (number * 7 + each * each) % 5000 as label,
    'tag ' || (number * 7 + each * each) % 5000 as folded, 'tag_block' as method, each + 1 as position
from range($start, $start + $count) as numbers(number), range(0, $tags) as tags(each)
"""


def staged(start: int, count: int, later: int) -> Tables:
    """Rows of `count` articles from number `start` on, fetched `later` seconds after they were posted."""
    values = {"start": start, "count": count, "later": later, "tags": TAGS_EACH}
    tables = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    with duckdb.connect() as maker:
        maker.execute("set timezone = 'UTC'")
        for name, text in (("stage_fetch", FETCHES), ("stage_article", ARTICLES), ("stage_tag", TAGS)):
            needed = {key: value for key, value in values.items() if f"${key}" in text}
            tables[name] = _shaped(maker.execute(text, needed).to_arrow_table(), SCHEMAS[name])
    return tables


def _shaped(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def floor(folder: Path, tables: Tables) -> float:
    """Seconds to put the same rows into tables without keys, checkpoint included."""
    with duckdb.connect(str(folder / "floor.duckdb")) as connection:
        for name, table in tables.items():
            connection.register("rows", table)
            connection.execute(f"create table {name} as select * from rows limit 0")
        began = time.perf_counter()
        for name, table in tables.items():
            connection.register("rows", table)
            connection.execute(f"insert into {name} select * from rows")
        connection.execute("checkpoint")
        return time.perf_counter() - began


def main(articles: int, batch: int) -> None:
    """Fill, then time three batches: new articles, articles already had in a later look, and a batch run again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_writer(Layout.at(folder), print) as connection:
            sync_dimensions(connection, load_sources(), load_topics())
            for start in range(0, articles, 100_000):
                began = time.perf_counter()
                load(connection, f"fill-{start}", staged(start, min(100_000, articles - start), 0), "bench")
                print(f"filled to {start + 100_000:>9,}: {time.perf_counter() - began:6.2f} s", flush=True)
            connection.execute("checkpoint")
            fresh = staged(articles, batch, 0)
            bare = floor(folder, fresh)
            print(f"floor: the same rows into bare tables    {1000 * bare:7.0f} ms   {batch / bare:10,.0f} articles/s")
            for label, tables in (
                ("new articles", fresh),
                ("later looks, changed", staged(articles // 2, batch, 3600)),
            ):
                began = time.perf_counter()
                load(connection, label, tables, "bench")
                connection.execute("checkpoint")
                took = time.perf_counter() - began
                rate, ratio = batch / took, took / bare
                print(f"{label:<40} {1000 * took:7.0f} ms   {rate:10,.0f} articles/s   {ratio:5.1f} x the floor")


if __name__ == "__main__":
    main(*(int(word.replace("_", "")) for word in (sys.argv[1:] + ["1_000_000", "20_000"][len(sys.argv) - 1 :])))
