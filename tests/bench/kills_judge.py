"""Judges a killed run: what was committed stays, the snapshot stays readable, and the end is a quiet run's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from flows.fetch.archive.warc_reader import sealed
from flows.settings import Layout
from flows.warehouse.connection import open_writer
from tests.bench.faults import say

# What two runs must agree on, whatever ids they gave. A visit that begins again looks at its closings list once more,
# and at its sitemap index before that is due: exchanges are compared by what they brought, sitemaps without the time.
CONTENT = {
    "articles": """
        select name, article_key, a.url, a.title, summary, authors, section, lang, template, posted_at, posted_local,
            a.updated_at, updated_local, date_trunc('minute', first_seen_at) as first_seen, gone_at is not null as gone,
            revisions, origin_kind, origin_service, word_count, content_hash
        from fact_article as a join dim_source using (source_id)""",
    "revisions": """
        select name, article_key, r.revision, r.kind, r.state_hash, silent, date_trunc('minute', from_at) as from_at
        from fact_article_revision as r join fact_article using (article_id) join dim_source using (source_id)""",
    "tags": """
        select name, article_key, folded, method, t.position, raw_label, is_parent
        from fact_article_tag as t join dim_tag using (tag_id) join fact_article using (article_id)
        join dim_source using (source_id)""",
    "bodies": """
        select distinct name, article_key, state_hash, body
        from article_state join fact_article using (article_id) join dim_source using (source_id)""",
    "appearances": """
        select name, url, channel, slot, date_trunc('minute', from_at) as from_at, best_rank
        from fact_appearance join dim_source using (source_id)""",
    "weather": """
        select place, provider, date_trunc('minute', observed_at) as observed_at, temp_f, feels_like_f
        from fact_weather_observation""",
    "exchanges": """
        select distinct name, url, date_trunc('minute', requested_at) as requested_at, purpose, body_sha256
        from fact_fetch join dim_source using (source_id) where purpose <> 'sitemap'""",
    "sitemaps": """
        select distinct name, url, body_sha256
        from fact_fetch join dim_source using (source_id) where purpose = 'sitemap'""",
}
TWICE = "select count(*) - count(distinct (source_id, url, requested_at, purpose)) from fact_fetch"


@dataclass
class Outcome:
    """What the kills did: how many in which kind of step, and every promise broken. `reads` counts looks at the
    published snapshot while all went on."""

    kills: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    reads: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


class Committed:
    """What was committed as of the last look: it may only grow."""

    def __init__(self) -> None:
        self.files: dict[Path, int] = {}
        self.batches: set[str] = set()
        self.fetches = 0

    def check(self, layout: Layout, when: str) -> list[str]:
        """Open everything and name what is gone."""
        files = {path: path.stat().st_size for path in sealed(layout)}
        broken = [
            f"{when}: {path.name} changed or went" for path, size in self.files.items() if files.get(path) != size
        ]
        self.files = files
        if not layout.warehouse.exists():
            return broken + ([f"{when}: the warehouse went"] if self.batches else [])
        try:
            with open_writer(layout, say) as connection:
                batches = {row[0] for row in connection.execute("select batch_id from batch").fetchall()}
                fetches = connection.execute("select count(*) from fact_fetch").fetchall()[0][0]
        except Exception as error:  # noqa: BLE001 - whatever it is, the file does not open
            return [*broken, f"{when}: the warehouse does not open: {error}"]
        broken += [f"{when}: batch {batch} went" for batch in self.batches - batches]
        broken += [f"{when}: {self.fetches - fetches} exchanges went"] if fetches < self.fetches else []
        self.batches, self.fetches = batches, fetches
        return broken


@contextmanager
def reading(layout: Layout, outcome: Outcome) -> Iterator[None]:
    """Look at the published snapshot over and over: it always opens, and never holds less than before."""
    over = threading.Event()

    def look() -> None:
        most = 0
        while not over.wait(0.05):
            if not layout.published.exists():
                if most:
                    outcome.broken.append("the published snapshot went")
                continue
            try:
                with duckdb.connect(str(layout.published), read_only=True) as connection:
                    count = connection.execute("select count(*) from fact_article").fetchall()[0][0]
            except duckdb.Error as error:
                outcome.broken.append(f"the published snapshot does not open: {error}")
                continue
            outcome.reads += 1
            if count < most:
                outcome.broken.append(f"the published snapshot fell from {most} articles to {count}")
            most = max(most, count)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def compare(quiet: Layout, killed: Layout, outcome: Outcome) -> None:
    """Both published snapshots, table by table, by content."""
    with duckdb.connect(str(killed.published), read_only=True) as two:
        twice = two.execute(TWICE).fetchall()[0][0]
        outcome.broken += [f"{twice} exchanges are there twice"] if twice else []
        with duckdb.connect(str(quiet.published), read_only=True) as one:
            for name, text in CONTENT.items():
                expected, found = (Counter(map(str, of.execute(text).fetchall())) for of in (one, two))
                outcome.rows[name] = sum(expected.values())
                for sign, rows in (("missing", expected - found), ("too many", found - expected)):
                    first = next(iter(rows), "")[:300]
                    outcome.broken += [f"{name}: {sum(rows.values())} rows {sign}, such as {first}"] if rows else []


def table(outcome: Outcome) -> str:
    """The outcome as text."""
    counted = ", ".join(f"{count} in a {kind}" for kind, count in sorted(outcome.kills.items()))
    rows = ", ".join(f"{count:,} {name}" for name, count in outcome.rows.items())
    lines = [
        f"{sum(outcome.kills.values())} kills ({counted}) in {outcome.seconds:.0f} s; {outcome.reads:,} looks at the"
        " published snapshot meanwhile",
        f"compared with an undisturbed run: {rows}",
        f"promises broken: {len(outcome.broken)}",
    ]
    return "\n".join(lines + [f"  {line}" for line in outcome.broken[:20]])
