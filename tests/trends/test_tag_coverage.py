"""A source that stops tagging is missing for topics and named; one whose tags vary by chance is not."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.settings import ROOT
from flows.trends.run import run
from flows.warehouse.statements import statement
from tests.conftest import EmptyAt
from tests.trends.conftest import Fill

CASES = ROOT / "tests" / "sql" / "cases"
STEADY = """
select setseed(0.4);
insert into agg_tag_coverage
select source, date '2023-01-01' + day::integer, articles, list_sum(list_transform(range(articles), lambda n: (
    hash(source, day, n) % 1000 < 1000 * share)::integer))
from (
    select
        source, day, (1 + hash(source, day) % 8)::integer as articles, 0.25 + 0.014 * source as share
    from range(1, 51) sources(source) cross join range(0, 400) days(day)
);
"""


@pytest.fixture
def redesigned(fill: Fill) -> Layout:
    folder = CASES / "tag_coverage" / "a_source_that_stops_tagging"
    return fill((CASES / "base.sql").read_text("utf-8") + (folder / "given.sql").read_text("utf-8"))


def untagged(tmp_path: Path, empty_at: EmptyAt, statements: str) -> list[tuple[int, int]]:
    """Per source with collapsed days, how many."""
    with duckdb.connect(str(empty_at(tmp_path / "warehouse.duckdb"))) as connection:
        connection.execute(statements)
        connection.execute(statement("rollups/untagged_day"))
        return connection.execute("select source_id, count(*) from agg_untagged_day group by all").fetchall()


def test_shares_that_vary_by_chance_are_no_collapse(tmp_path: Path, empty_at: EmptyAt) -> None:
    assert sum(days for _, days in untagged(tmp_path, empty_at, STEADY)) <= 20  # of 20,000


def test_a_collapse_is_found_where_it_is(tmp_path: Path, empty_at: EmptyAt) -> None:
    stopped = STEADY + "update agg_tag_coverage set tagged_articles = 0 where source_id = 30 and date >= '2023-12-01';"
    found = dict(untagged(tmp_path, empty_at, stopped))
    assert 66 <= found[30] <= 69  # to 2024-02-04; days just before it may fall in by chance
    assert sum(found.values()) - found[30] <= 20


def test_the_footnote_names_coverage_and_source(redesigned: Layout) -> None:
    dates = {"since": "2024-01-01", "until": "2024-02-04"}
    notes = run(redesigned, "topic_share", {"topic": "Fire", **dates}).footnotes
    assert notes[-2:] == (
        "Tag coverage: 24% of 350 articles from 2024-01-01 to 2024-02-04 have tags.",
        "Tags collapsed at alpha (14 days from 2024-01-22 to 2024-02-04): missing, not zero. "
        "`newsvane trend tag_coverage` shows when.",
    )
    assert not any("collapsed" in note for note in run(redesigned, "top_topics", {"source": "beta"}).footnotes)


def test_a_topic_does_not_die_with_the_tags(redesigned: Layout) -> None:
    share = run(redesigned, "topic_share", {"topic": "Fire", "source": "alpha", "by": "week"})
    assert share.column("share")[-2:] == [None, None]
    rising = run(redesigned, "rising_topics", {"source": "alpha", "until": "2024-02-04", "days": "21", "show": "all"})
    assert set(rising.column("days")) <= {6}  # 15 to 21 January, without the 20th
    assert rising.rows
