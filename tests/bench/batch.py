"""Makes staged batches of articles with all their facts for the warehouse benchmark."""

from __future__ import annotations

from functools import cache

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.warehouse.rows import SCHEMAS
from flows.warehouse.staged_tables import Tables

VOCABULARY, SENTENCES = 20_000, 300_000
WORDS, LENGTH = 18, 13  # words per sentence, sentences per story
MADE = """
create or replace temp view made as
select
    number - getvariable('first') as fetch_no, number, 'bench_' || number % 50 as source,
    'https://bench' || number % 50 || '.example/news/' || number as url, moment(number) as posted_at,
    timezone('America/Chicago', moment(number)) as posted_local,
    moment(number) + interval 10 minutes + to_seconds(getvariable('later')) as seen_at
from range(getvariable('first'), getvariable('first') + getvariable('size')) as numbers(number);
"""
ROWS = {
    "stage_fetch": """
        select
            fetch_no, source, url, seen_at as requested_at, 'article' as purpose, 'new' as outcome, 200 as status,
            0 as waited_ms, 80 as elapsed_ms, 1 as attempts, 40000 as bytes, 'text/html' as media_type,
            sha256(url) as body_sha256, 'raw/bench/file.warc.gz' as warc_file, number * 9000 as warc_offset
        from made
        union all by name
        select
            getvariable('size') + fetch_no as fetch_no, source,
            'https://bench' || number % 50 || '.example/feed' as url, seen_at as requested_at, 'feed' as purpose,
            'changed' as outcome, 200 as status, 0 as waited_ms, 80 as elapsed_ms, 1 as attempts, 9000 as bytes,
            'text/xml' as media_type, 'raw/bench/file.warc.gz' as warc_file
        from made where number // 50 % 20 = 0 and getvariable('later') = 0
    """,
    "stage_find": """
        select
            getvariable('size') + fetch_no as fetch_no,
            'https://bench' || number % 50 || '.example/news/' || (number + 50 * step) as url, 'feed' as channel,
            'https://bench' || number % 50 || '.example/feed' as slot, step + 1 as rank
        from made, range(20) as steps(step)
        where number // 50 % 20 = 0 and getvariable('later') = 0
    """,
    "stage_article": """
        select
            fetch_no, number::text as article_key, number::text as native_id, url,
            'Council votes on item ' || number || ' ' || getvariable('later') as title, 'A summary of it' as summary,
            true as has_summary,
            story.text || getvariable('later') as body,
            ['A. Writer'] as authors,
            list_transform(tags_of(number + getvariable('later') % 2), lambda each: 'Tag ' || each) as tags,
            ['news', 'sports', 'weather'][number % 3 + 1] as section, 'en' as lang, 'blox-2021' as template,
            'f' as fingerprint, posted_at, posted_local, '' as posted_raw, 'source_zone' as posted_zone_basis,
            'minute' as posted_precision, false as posted_ambiguous,
            ['own', 'wire', 'sister', 'network'][number % 4 + 1] as origin_kind, 320 as word_count,
            sha256((number - (number % 10 = 1)::integer) || ' ' || getvariable('later')) as content_hash,
            (md5_number_lower(number::text) & 9223372036854775807::ubigint)::bigint as simhash,
            sketch_of(number) as sketch,
            md5(number || '-' || getvariable('later'))[:12] as state_hash
        from made
        positional join story
    """,
    "stage_tag": """
        select
            fetch_no, 'Tag ' || tag_id as label, 'tag ' || tag_id as folded, 'tag_box' as method,
            position
        from (
            select fetch_no, unnest(tags) as tag_id, generate_subscripts(tags, 1) as position
            from (select fetch_no, tags_of(number + getvariable('later') % 2) as tags from made)
        )
    """,
    "stage_place": """
        select fetch_no, 'Town ' || number % 250 as name, 'town ' || number % 250 as folded, 'dateline' as method
        from made
    """,
    "stage_page": """
        select fetch_no, 'text ' || source || seen_at::date as forecast_text from made where number // 50 % 10 = 0
    """,
    "stage_panel": """
        select
            fetch_no, town + 1 as position, 'Town ' || (number % 50) * 5 + town as place,
            'town ' || (number % 50) * 5 + town as folded, 'Overcast' as condition, 40 + number % 7 as temp_f,
            45 + number % 7 as hi_f, 30 + number % 7 as lo_f, 38 + number % 7 as feels_like_f
        from made, range(5) as towns(town)
        where number // 50 % 10 = 0
    """,
}


def batch(macros: str, articles: int, first: int, size: int, later: int) -> Tables:
    """`size` articles from number `first` on, fetched `later` seconds after their first fetch (odd: with other tags),
    with tags, places, panels, forecast texts and, at the first fetch, the feeds that listed them. `macros` are those
    of the history of `articles` articles."""
    tables = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    with duckdb.connect() as maker:
        maker.execute("set timezone = 'UTC'")
        for name, value in (("articles", articles), ("first", first), ("size", size), ("later", later)):
            maker.execute(f"set variable {name} = {value}")
        maker.register("story", pa.table({"text": _stories(first, size)}))
        maker.execute(macros)
        maker.execute(MADE)
        for name, text in ROWS.items():
            tables[name] = _conformed(maker.execute(text).to_arrow_table(), SCHEMAS[name])
    return tables


def _conformed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _stories(first: int, size: int) -> pa.Array:
    """A text of 1.6 KB for each article."""
    chosen = np.arange(first, first + size)[:, None] * LENGTH + np.arange(LENGTH)
    at = np.random.default_rng(20).permutation(SENTENCES)[chosen * 7919 % SENTENCES]
    return pc.binary_join_element_wise(*(_sentences().take(pa.array(column)) for column in at.T), " ")


@cache
def _sentences() -> pa.Array:
    """Sentences of made-up words, few of them frequent and most rare as in any language, so that a story compresses no
    better than a real one."""
    random = np.random.default_rng(19)
    letters = np.array([*"etaoinshrdlucmfw"])
    words = ["".join(random.choice(letters, size=2 + number % 9)) for number in range(VOCABULARY)]
    weights = 1 / np.arange(1, VOCABULARY + 1)
    chosen = random.choice(VOCABULARY, size=(SENTENCES, WORDS), p=weights / weights.sum())
    return pa.array([" ".join([words[at] for at in row]) + "." for row in chosen.tolist()])
