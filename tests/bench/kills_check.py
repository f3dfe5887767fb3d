"""Checks a killed run: committed data stays, the snapshot is readable, the result is that of an undisturbed run."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.fetch.archive.warc_reader import sealed
from flows.warehouse.connection import open_writer
from tests.bench.faults import notify

# The content that two runs must have in common, regardless of ids. A repeated run fetches its closings list again, and
# its sitemap index before that is due: exchanges are compared by content, sitemaps without the time.
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
DUPLICATES = "select count(*) - count(distinct (source_id, url, requested_at, purpose)) from fact_fetch"


@dataclass
class Outcome:
    """The kills per kind of step, and every broken guarantee. `reads` counts the concurrent reads of the published
    snapshot."""

    kills: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    reads: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


class Committed:
    """What was committed at the last check: it may only grow."""

    def __init__(self) -> None:
        self.files: dict[Path, int] = {}
        self.batches: set[str] = set()
        self.fetches = 0

    def check(self, layout: Layout, when: str) -> list[str]:
        """Read archive and warehouse; returns what is missing."""
        files = {path: path.stat().st_size for path in sealed(layout)}
        broken = [
            f"{when}: {path.name} was changed or deleted"
            for path, size in self.files.items()
            if files.get(path) != size
        ]
        self.files = files
        if not layout.warehouse.exists():
            return broken + ([f"{when}: the warehouse is missing"] if self.batches else [])
        try:
            with open_writer(layout, notify) as connection:
                batches = {row[0] for row in connection.execute("select batch_id from batch").fetchall()}
                fetches = connection.execute("select count(*) from fact_fetch").fetchall()[0][0]
        except (duckdb.Error, NewsvaneError) as error:
            return [*broken, f"{when}: the warehouse cannot be opened: {error}"]
        broken += [f"{when}: batch {batch} is missing" for batch in self.batches - batches]
        broken += [f"{when}: {self.fetches - fetches} exchanges are missing"] if fetches < self.fetches else []
        self.batches, self.fetches = batches, fetches
        return broken


@contextmanager
def reading(layout: Layout, outcome: Outcome) -> Iterator[None]:
    """Read the published snapshot repeatedly: it can always be opened, and the number of articles never falls."""
    stop = threading.Event()

    def read() -> None:
        most, is_last = 0, False
        while not is_last:
            is_last = stop.wait(0.05)
            most = _read_once(layout, outcome, most)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _read_once(layout: Layout, outcome: Outcome, most: int) -> int:
    """Read the number of articles; returns the largest number so far."""
    if not layout.published.exists():
        outcome.broken += ["the published snapshot is missing"] if most else []
        return most
    try:
        with duckdb.connect(str(layout.published), read_only=True) as connection:
            count: int = connection.execute("select count(*) from fact_article").fetchall()[0][0]
    except duckdb.Error as error:
        outcome.broken.append(f"the published snapshot cannot be opened: {error}")
        return most
    outcome.reads += 1
    if count < most:
        outcome.broken.append(f"the published snapshot fell from {most} articles to {count}")
    return max(most, count)


def compare(undisturbed: Layout, killed: Layout, outcome: Outcome, content: Mapping[str, str] = CONTENT) -> None:
    """Compare both published snapshots by content, table by table."""
    with duckdb.connect(str(killed.published), read_only=True) as two:
        duplicates = two.execute(DUPLICATES).fetchall()[0][0]
        outcome.broken += [f"{duplicates} duplicate exchanges"] if duplicates else []
        with duckdb.connect(str(undisturbed.published), read_only=True) as one:
            for name, text in content.items():
                expected, found = (Counter(map(str, of.execute(text).fetchall())) for of in (one, two))
                outcome.rows[name] = sum(expected.values())
                for sign, rows in (("missing", expected - found), ("extra", found - expected)):
                    first = next(iter(rows), "")[:300]
                    outcome.broken += [f"{name}: {sum(rows.values())} rows {sign}, such as {first}"] if rows else []


def table(outcome: Outcome) -> str:
    """The outcome as text."""
    counted = ", ".join(f"{count} during a {kind}" for kind, count in sorted(outcome.kills.items()))
    rows = ", ".join(f"{count:,} {name}" for name, count in outcome.rows.items())
    lines = [
        f"{sum(outcome.kills.values())} kills ({counted}) in {outcome.seconds:.0f} s; {outcome.reads:,} concurrent"
        " reads of the published snapshot",
        f"compared with an undisturbed run: {rows}",
        f"broken guarantees: {len(outcome.broken)}",
    ]
    return "\n".join(lines + [f"  {line}" for line in outcome.broken[:20]])
