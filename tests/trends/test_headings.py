"""Headings are words with units, the same column is never named twice, and data formats keep the column's name."""

from __future__ import annotations

import json

import pytest

from flows.settings import ROOT
from flows.trends.catalog import load, names
from flows.trends.headings import heading, in_words
from flows.trends.output import show
from flows.trends.run import Table

CASES = ROOT / "tests" / "sql" / "cases"


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("p50_minutes_behind", "minutes behind, median"),
        ("p05_hours_ahead", "hours ahead, 5 %"),
        ("lift_low", "lift, 95 % from"),
        ("last_seen_at", "last seen (UTC)"),
        ("p_value", "p-value"),
        ("min_temp_f", "min temp (°F)"),
        ("wait_ms", "wait (ms)"),
        ("observed_days", "observed days"),
        ("topic", "topic"),
    ],
)
def test_names_become_words(column: str, words: str) -> None:
    assert in_words(column) == words


@pytest.mark.parametrize("name", names())
def test_every_column_has_a_heading_of_its_own(name: str) -> None:
    trend = load(name)
    for path in sorted((CASES / name).glob("*/expected.json")):
        rows = json.loads(path.read_text("utf-8"))
        if not rows:
            continue
        columns = list(rows[0])
        headings = [heading(trend, column) for column in columns]
        assert len(set(headings)) == len(headings)
        assert not any("_" in text for text in headings)
        assert set(trend.headings) <= set(columns), "a heading for a column that the trend does not have"


def test_people_read_headings_and_programs_names() -> None:
    table = Table(("topic", "p50_hours_an_article"), (("Fire", 1.5),), load("front_page_topics"))
    assert "hours on front page, median" in show(table, "table")
    assert show(table, "csv").startswith("topic,p50_hours_an_article")
    assert json.loads(show(table, "json")) == [{"topic": "Fire", "p50_hours_an_article": 1.5}]
