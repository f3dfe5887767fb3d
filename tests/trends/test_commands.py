"""The trend commands from the command line: their lists, their notes on stderr, and exit code 2 for usage errors."""

from __future__ import annotations

import json
import sys

import pytest

from flows.cli.main import main
from flows.settings import ROOT
from flows.trends.catalog import names
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


def newsvane(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["newsvane", *arguments])
    with pytest.raises(SystemExit) as exit_info:
        main()
    return exit_info.value.code


def test_trends_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["trends"], ["trend"]):
        assert newsvane(monkeypatch, *arguments) == 0
        out = capsys.readouterr().out
        assert all(name in out for name in names())
    assert newsvane(monkeypatch, "trends", "rising_topics") == 0
    assert "--param days=..." in capsys.readouterr().out


def test_tables_are_cut_for_people_and_whole_for_programs(
    fill: Fill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["trend", "topic_frequency", "--data", str(fill(GIVEN).data)]
    assert newsvane(monkeypatch, *command, "--format", "table") == 0
    captured = capsys.readouterr()
    assert captured.out.count("\n2024-") == 60
    assert "60 of 90 rows" in captured.err
    assert newsvane(monkeypatch, *command, "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 90


def test_unknown_topics_and_sources_are_reported(
    fill: Fill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["trend", "topic_frequency", "--data", str(fill(GIVEN).data)]
    assert newsvane(monkeypatch, *command, "--topic", "fires") == 0
    assert "no article has the topic 'fires'; similar topics: Fire" in capsys.readouterr().err
    assert newsvane(monkeypatch, *command, "--topic", "blaze") == 0
    assert "'blaze' counts as 'Fire' since 2024-01-03" in capsys.readouterr().err
    assert newsvane(monkeypatch, *command, "--source", "alfa") == 2
    assert "source 'alfa' is not in the warehouse; it has: alpha, beta" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["trend", "silent_edits", "--topic", "x"], "it has: since, until, source, top"),
        (["trend", "topic_frequency", "--param", "top=many"], "'top': 'many' is not a whole number"),
        (["trend", "topic_frequency", "--param", "top"], "write NAME=VALUE"),
        (["trends", "topic_frequenzy"], "did you mean 'topic_frequency'?"),
        (["topics", "--finding", "odd"], "valid findings are spelling"),
        (["topics", "--format", "xml"], "valid formats are table, json, csv"),
    ],
)
def test_usage_errors_exit_with_2(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert newsvane(monkeypatch, *arguments) == 2
    assert message in capsys.readouterr().err
