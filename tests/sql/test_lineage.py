"""The header of every SQL file says what its statements read and write, and docs/lineage.md is generated from it."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from docs import generate_lineage as lineage
from docs.generate_lineage import SQL, Lineage
from flows.model import Purpose
from flows.warehouse.migrate import migrate
from flows.warehouse.rows import SCHEMAS
from flows.warehouse.statements import needs, numbered

FILES = lineage.statement_files()
MACROS = lineage.project_macros()


def name_of(path: Path) -> str:
    return path.relative_to(SQL).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_header_matches_the_statements(path: Path) -> None:
    file = lineage.read_file(path)
    assert file.lineage == lineage.trace(path.read_text("utf-8"), MACROS)
    assert 1 <= len(re.findall(r"\.(?= |$)", file.summary)) <= 2, file.summary
    assert file.summary.endswith(".")


def test_macros_and_trends_are_traced() -> None:
    macros = {file.name: file.lineage.reads for file in lineage.macro_files()}
    assert macros["observed_days"] == ("agg_day", "dim_source", "fact_source_day")
    assert macros["topic_counts_by_clock"] == (
        "found_topic_counts()",
        "topic_counts()",
        "topic_counts_first_seen()",
    )
    trends = {file.name: file for file in lineage.trend_files()}
    assert trends["top_topics"].lineage.reads == ("covered_days()", "dim_tag", "topic_counts_by_clock()")
    assert trends["top_topics"].summary.endswith("?")


def test_page_is_up_to_date() -> None:
    assert lineage.PAGE.read_text("utf-8") == lineage.page(), "run `python docs/generate_lineage.py`"
    assert lineage.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("text", "reads", "writes"),
    [
        ("with a as (select 1 from t) select * from a join u using (k)", ("t", "u"), ()),
        ("insert into t by name with a as (select k from u) select k from a", ("u",), ("t",)),
        ("insert into t select k from u where k not in (select k from t)", ("t", "u"), ("t",)),
        ("delete from t as known using u where known.k = u.k", ("u",), ("t",)),
        ("update t as known set v = u.v from (select * from u) as u where known.k = u.k", ("u",), ("t",)),
        (
            "merge into t as known using (select * from u) as fresh on known.k = fresh.k"
            " when not matched then insert (k) values ((select max(k) from v))",
            ("u", "v"),
            ("t",),
        ),
        ("create or replace temp table t as select * from u; insert into v select * from t", ("u",), ("t", "v")),
        ("create temp table t as from u; delete from u; insert into u from t; drop table t", ("u",), ("u",)),
        ("create or replace view v as select * from t", ("t",), ("v",)),
        ("create or replace macro m(a) as table select * from t", ("t",), ("m()",)),
        ("select * from m(1), range(3) where n('x') > 1", ("m()", "n()"), ()),
        ("set variable x = (select min(k) from t); select getvariable('x')", ("t",), ("variable x",)),
        ("select getvariable('x')", ("variable x",), ()),
    ],
)  # fmt: skip
def test_trace_reads_the_syntax_tree(text: str, reads: tuple[str, ...], writes: tuple[str, ...]) -> None:
    assert lineage.trace(text, frozenset({"m", "n"})) == Lineage(reads, writes)


def test_no_common_table_expression_has_the_name_of_a_table() -> None:
    with duckdb.connect() as connection:
        migrate(connection)
        known = connection.execute(
            "select table_name from duckdb_tables() union select view_name from duckdb_views() where not internal"
        )
        tables = {row[0] for row in known.fetchall()} | lineage.temporary_names()
    used = {name_of(path): lineage.cte_names(path.read_text("utf-8")) & tables for path in FILES}
    assert not {name: names for name, names in used.items() if names}


# In the order in which flows/warehouse/stories.py runs them.
STORY = ("start", "near", "member", "edge", "linked_node", "story_now", "fact_story")
RUN_BY_NAME = {"story": [SQL / "story" / f"{name}.sql" for name in STORY]}


@pytest.mark.parametrize(
    "folders", [("dimensions",), ("load", "story", "rollups/10_day"), ("rollups/20_month",)], ids=lambda one: one[0]
)
def test_temporary_tables_are_written_before_they_are_read(folders: tuple[str, ...]) -> None:
    temporary, written = lineage.temporary_names(), set()
    for path in chain.from_iterable(RUN_BY_NAME.get(folder) or numbered(folder) for folder in folders):
        file = lineage.read_file(path)
        missing = set(file.lineage.reads) & temporary - written
        assert not missing, f"{name_of(path)} reads {missing} before a file writes it"
        written |= set(file.lineage.writes)


def test_what_reads_a_temporary_table_is_left_out_with_the_file_that_writes_it() -> None:
    """Articles are staged with article exchanges only, so a file that needs `stage_article` may read what was written
    for those."""
    temporary = lineage.temporary_names()
    known = {*SCHEMAS, "stale_article", *(f"{purpose} exchanges" for purpose in get_args(Purpose))}
    needed: dict[str, frozenset[str]] = {}
    for path in chain(numbered("load"), RUN_BY_NAME["story"], numbered("rollups/10_day")):
        own, file = needs(path.read_text("utf-8")), lineage.read_file(path)
        assert own <= known, name_of(path)
        for name in temporary & {*file.lineage.reads, *file.lineage.writes} & needed.keys():
            assert own, f"{name_of(path)} runs without the file that writes {name}"
            covered = needed[name] | ({"stage_article"} if "article exchanges" in needed[name] else set())
            assert own <= covered, f"{name_of(path)} can run without the file that writes {name}"
        needed |= dict.fromkeys(temporary & set(file.lineage.writes) - needed.keys(), own) if own else {}


def test_every_file_of_a_numbered_folder_has_a_number_or_is_run_by_name() -> None:
    by_name = {
        "dimensions/touched_day.sql",
        "rollups/changed_month.sql",
        "rollups/next_months.sql",
        "rollups/next_word_month.sql",
        "rollups/untagged_day.sql",
    }
    ordered = {name_of(path) for folder in ("dimensions", "load", "rollups") for path in numbered(folder)}
    found = {name_of(path) for folder in ("dimensions", "load", "rollups") for path in (SQL / folder).rglob("*.sql")}
    assert found - ordered == by_name
