"""The query commands: what they list and print, their notes on stderr, and exit 2 for usage errors."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.settings import ROOT, Warehouse
from flows.trends.catalog import names
from flows.warehouse.lake import commit_to_lake
from tests.cli.conftest import Command
from tests.trends.conftest import Fill

BASE = (ROOT / "tests" / "sql" / "cases" / "base.sql").read_text("utf-8")
GIVEN = (
    BASE
    + """
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-03-31', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-02');
insert into fact_article_tag values (1, 2, 'jsonld', 1, 'Fire', false);
"""
)


@pytest.mark.parametrize("command", ["trends", "trend"])
def test_all_trends_are_listed(newsvane: Command, command: str) -> None:
    done = newsvane(command)
    assert done.status == 0
    assert all(name in done.out for name in names())


def test_one_trend_is_described_with_its_parameters(newsvane: Command) -> None:
    done = newsvane("trends", "rising_topics")
    assert done.status == 0
    assert "--param days=..." in done.out


def test_tables_are_cut_for_people_and_whole_for_programs(fill: Fill, newsvane: Command) -> None:
    arguments = ["trend", "topic_frequency", "--data", str(fill(GIVEN).data)]
    table = newsvane(*arguments, "--format", "table")
    assert table.status == 0
    assert table.out.count("\n2024-") == 60
    assert "60 of 90 rows" in table.err
    whole = newsvane(*arguments, "--format", "json")
    assert whole.status == 0
    assert len(json.loads(whole.out)) == 90


def test_unknown_and_renamed_topics_and_unknown_sources_are_explained(fill: Fill, newsvane: Command) -> None:
    arguments = ["trend", "topic_frequency", "--data", str(fill(GIVEN).data)]
    unknown = newsvane(*arguments, "--topic", "fires")
    assert unknown.status == 1
    assert not unknown.out
    assert "'fires'" in unknown.err
    assert "Fire" in unknown.err
    alias = newsvane(*arguments, "--topic", "blaze")
    assert alias.status == 0
    assert "'blaze' counts as 'Fire' since 2024-01-03" in alias.err
    source = newsvane(*arguments, "--source", "alfa")
    assert source.status == 2
    assert "similar sources: alpha; `newsvane trend source_health` lists all 2" in source.err


def test_sql_prints_each_format(fill: Fill, newsvane: Command) -> None:
    arguments = ["sql", "select article_id, url from fact_article", "--data", str(fill(GIVEN).data)]
    assert newsvane(*arguments).out.splitlines()[0].split() == ["article_id", "url"]
    assert json.loads(newsvane(*arguments, "--format", "json").out) == [{"article_id": 1, "url": "http://alpha.test/a"}]
    assert newsvane(*arguments, "--format", "csv").out.splitlines() == ["article_id,url", "1,http://alpha.test/a"]


@pytest.mark.parametrize("options", [[], ["--format=csv"]])
def test_a_statement_may_begin_with_a_comment(fill: Fill, newsvane: Command, options: list[str]) -> None:
    layout = fill(GIVEN)
    done = newsvane("sql", *options, "-- count = all\nselect 41 + 1 as n", "--data", str(layout.data))
    assert done.status == 0
    assert "42" in done.out
    assert newsvane("sql", "--formta", "csv", "select 1").status == 2


def test_sql_and_trend_read_a_lake(fill: Fill, newsvane: Command, tmp_path: Path) -> None:
    layout, lake = fill(GIVEN), f"ducklake:{tmp_path / 'news.ducklake'}"
    commit_to_lake(layout, Warehouse(lake=lake))
    asked = ("--lake", lake, "--data", str(tmp_path / "nothing"), "--format", "csv")
    counted = newsvane("sql", "select count(*) as n from articles", *asked)
    assert counted.out.splitlines() == ["n", "1"]
    trend = ("trend", "top_topics", "--since", "2024-01-01", "--until", "2024-01-31")
    assert newsvane(*trend, *asked).out == newsvane(*trend, "--data", str(layout.data), "--format", "csv").out
    missing = newsvane("sql", "select 1", "--lake", f"ducklake:{tmp_path / 'none'}")
    assert missing.status == 2
    assert "no such lake" in missing.err


def test_sql_says_what_a_table_leaves_out_and_what_is_renamed(fill: Fill, newsvane: Command) -> None:
    data = str(fill(GIVEN).data)
    done = newsvane("sql", "select range as n, 1 as n from range(5000)", "--rows", "3", "--data", data)
    assert [line.split() for line in done.out.splitlines()] == [["n", "n_2"], ["0", "1"], ["1", "1"], ["2", "1"]]
    assert "3 rows shown, and 4997 more" in done.err
    assert "column 'n' is renamed to 'n_2'" in done.err
    assert "more rows" in newsvane("sql", "from range(1000000000000)", "--rows", "3", "--data", data).err
    assert newsvane("sql", "from range(60)", "--data", data).err == ""


def test_sql_writes_files_whole(fill: Fill, newsvane: Command, tmp_path: Path) -> None:
    data, out = str(fill(GIVEN).data), tmp_path / "out"
    for form in ("csv", "json", "parquet"):
        done = newsvane("sql", "from range(3)", "--format", form, "--out", f"{out}.{form}", "--data", data)
        assert (done.status, done.out) == (0, "")
    assert Path(f"{out}.csv").read_bytes() == b"range\r\n0\r\n1\r\n2\r\n"
    assert json.loads(Path(f"{out}.json").read_text()) == pq.read_table(f"{out}.parquet").to_pylist()
    failing = "select case when range = 50000 then error('no more') else range end from range(100000)"
    failed = newsvane("sql", failing, "--format", "csv", "--out", f"{out}.csv", "--data", data)
    assert failed.status == 2
    assert Path(f"{out}.csv").read_bytes() == b"range\r\n0\r\n1\r\n2\r\n"
    assert newsvane("sql", "select 1", "--format", "csv", "--out", str(out / "none" / "a"), "--data", data).status == 2


@pytest.mark.parametrize("to_file", [True, False])
def test_ctrl_c_ends_sql(fill: Fill, tmp_path: Path, to_file: bool) -> None:
    data, out = fill(GIVEN).data, tmp_path / "out.csv"
    # What the query leaves behind shows that it runs: rows on stdout, or the part of the file.
    started = [
        sys.executable,
        "-m",
        "flows",
        "sql",
        "from range(1000000000000)",
        "--format",
        "csv",
        "--data",
        str(data),
    ]
    with subprocess.Popen(
        [*started, *(["--out", str(out)] if to_file else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        assert process.stdout is not None
        if to_file:
            while not list(tmp_path.glob(".out.csv.part")) and process.poll() is None:
                time.sleep(0.01)
        else:
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    kept = f"{out} is as it was" if to_file else "what was printed is not the whole result"
    assert f"stopped: {kept}" in err.decode().splitlines()
    assert b"Traceback" not in err
    assert list(tmp_path.glob("*out.csv*")) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["trend", "silent_edits", "--topic", "x"], "it has: since, until, source, top"),
        (["trend", "topic_frequency", "--param", "top=many"], "'top': 'many' is not a whole number"),
        (["trend", "topic_frequency", "--param", "top"], "write NAME=VALUE"),
        (["trends", "topic_frequenzy"], "did you mean 'topic_frequency'?"),
        (["topics", "--finding", "odd"], "valid findings are spelling"),
        (["topics", "--format", "xml"], "valid formats are table, json, csv"),
        (["sql", "select 1", "--format", "xml"], "valid formats are table, json, csv, parquet"),
        (["sql", "select 1", "--format", "parquet"], "give a file with --out"),
    ],
)
def test_usage_errors_exit_with_2(newsvane: Command, arguments: list[str], message: str) -> None:
    done = newsvane(*arguments)
    assert done.status == 2
    assert message in done.err


def test_a_statement_is_read_from_stdin(fill: Fill) -> None:
    command = [sys.executable, "-m", "flows", "sql", "--data", str(fill(GIVEN).data), "--format", "csv"]
    done = subprocess.run(command, input="select 6 * 7 as answer;", capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.returncode) == ("answer\n42\n", 0)
