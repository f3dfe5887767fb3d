"""`newsvane search`: people read headlines and excerpts, programs CSV and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.trends.conftest import Fill

GIVEN = """
insert into dim_source (source_id, name, kind, title, enabled) values (1, 'kxyz', 'station', 'K', true);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, title, summary, posted_date)
values
(1, 1, 'a', 'https://kxyz.test/a', [], 1, 'Snow closes the bridge', 'Heavy snow fell.', date '2024-01-02'),
(2, 1, 'b', 'https://kxyz.test/b', [], 1, 'Snow melts', 'The bridge is open.', date '2024-01-05'),
(3, 1, 'c', 'https://kxyz.test/c', [], 1, 'Council meets', null, date '2024-01-05');
"""


@pytest.fixture
def data(fill: Fill) -> str:
    return str(fill(GIVEN).data)


def test_hits_are_shown_with_facts_and_excerpt(newsvane: Command, data: str) -> None:
    done = newsvane("search", "snow", "--newest", "--rows", "1", "--data", data)
    assert done.out.splitlines()[:3] == [
        "Snow melts",
        "  kxyz · 2024-01-05 · https://kxyz.test/b",
        "  The bridge is open.",
    ]
    assert "1 of 2 articles shown" in done.err


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["snow"], [1, 2]),
        (["the bridge", "snow"], [1, 2]),
        (["closes the bridge"], [1]),
        (["snow", "--not", "melts"], [1]),
        (["snow", "--since", "2024-01-03"], [2]),
        (["snow", "--until", "2024-01-03"], [1]),
        (["counc*", "--source", "kxyz"], [3]),
    ],
)
def test_words_phrases_and_filters(newsvane: Command, data: str, arguments: list[str], found: list[int]) -> None:
    done = newsvane("search", *arguments, "--format", "json", "--data", data)
    assert sorted(row["article_id"] for row in json.loads(done.out)) == found


def test_a_file_has_the_rows(newsvane: Command, data: str, tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    assert newsvane("search", "melts", "--format", "csv", "--out", str(out), "--data", data).out == ""
    head, row = out.read_text("utf-8").splitlines()
    assert head.startswith("article_id,source,")
    assert row.startswith("2,kxyz,")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothinglikeit"], "no article has nothinglikeit"),
        (["snow", "--since", "soon"], "'soon' does not match"),
        (["snow", "--source", "nobody"], "source 'nobody' is not in the warehouse"),
        (["snow", "--out", "found.csv"], "--format json or csv"),
        (["snow", "--format", "csv", "--out", "/dev/null/found.csv"], "/dev/null/found.csv: cannot be written"),
    ],
)
def test_what_cannot_be_answered_is_said(newsvane: Command, data: str, arguments: list[str], message: str) -> None:
    done = newsvane("search", *arguments, "--data", data)
    assert done.status != 0
    assert message in done.err
