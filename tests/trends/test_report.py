"""The report is one page without scripts: gaps break lines, and hostile labels stay text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.trends.catalog import load, names
from flows.trends.report import report, section
from flows.trends.run import Table
from tests.trends.conftest import Fill

HOSTILE = '"><script>alert(1)</script>'


def test_report_has_every_trend_of_an_empty_warehouse(fill: Fill, tmp_path: Path) -> None:
    layout = fill("select 1")
    assert report(layout, tmp_path / "report.html") == names()
    text = (tmp_path / "report.html").read_text("utf-8")
    assert all(load(name).title in text for name in names())
    assert "<script" not in text
    assert "http://" not in text.replace("http-equiv", "")


def test_hostile_labels_are_escaped_and_gaps_break_the_line() -> None:
    days = [1, 0, None, 2, None, 4, 3]
    rows = tuple((date(2024, 1, at + 1), HOSTILE, value) for at, value in enumerate(days))
    drawn = section(Table(("period", "topic", "articles"), rows, load("topic_frequency")))
    assert "<script" not in drawn
    assert drawn.count("<polyline") == 2
    assert drawn.count("<circle") == 1


def test_unwritable_file_is_named(fill: Fill, tmp_path: Path) -> None:
    layout = fill("select 1")
    with pytest.raises(ConfigError, match="cannot be written"):
        report(layout, tmp_path / "none" / "report.html")
