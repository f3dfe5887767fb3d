"""Charts keep gaps apart from zeros, and tables fit the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from flows.trends.catalog import load
from flows.trends.charts import grid, sparkline
from flows.trends.output import show
from flows.trends.run import Table

COLUMNS = ("period", "topic", "articles")
ROWS = (
    (date(2024, 1, 1), '=cmd, "x"\nb', 8),
    (date(2024, 1, 2), '=cmd, "x"\nb', 0),
    (date(2024, 1, 3), '=cmd, "x"\nb', None),
)
TABLE = Table(COLUMNS, ROWS, load("topic_frequency"))


def test_sparkline_keeps_zero_and_missing_apart() -> None:
    assert sparkline([0, 8, None, 1, 4]) == "▁█·▂▅"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([None]) == "·"
    assert sparkline([]) == ""


def test_chart_has_a_gap_where_nothing_was_observed() -> None:
    drawn = show(TABLE, "chart")
    assert "█▁·" in drawn
    assert "· not known" in drawn
    assert '=cmd, "x"?b' in drawn
    assert all(cell_len(line) <= 80 for line in drawn.splitlines())


def test_long_range_is_split_to_the_width() -> None:
    rows = tuple((date.fromordinal(738000 + day), "天気予報" * 12, day) for day in range(200))
    drawn = show(Table(COLUMNS, rows, TABLE.trend), "chart")
    assert all(cell_len(line) <= 80 for line in drawn.splitlines())
    assert drawn.count("period:") > 1


def test_hours_keep_their_order() -> None:
    rows = tuple((weekday, hour, hour) for weekday in (1, 2) for hour in range(24))
    drawn = show(Table(("weekday", "hour", "articles"), rows, load("posting_rhythm")), "chart")
    assert "local hour: 0 .. 23" in drawn
    assert drawn.count("▁▂▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇██") == 2


def test_control_characters_are_replaced() -> None:
    assert "\x1b" not in grid(("a",), [["\x1b[31mred\u202e"]])


@pytest.mark.parametrize("form", ["chart", "table"])
def test_footnotes_stand_below(form: str) -> None:
    table = replace(TABLE, footnotes=("3 articles known " + "and counted " * 9, "No answer"))
    lines = show(table, form).splitlines()
    assert lines[-1] == "No answer"
    assert all(cell_len(line) <= 80 for line in lines)
    assert "No answer" not in show(table, "csv")


def test_share_without_articles_is_a_gap_of_its_own() -> None:
    rows = ((date(2024, 1, 1), "Fire", 0.5, 1), (date(2024, 1, 2), "Fire", None, 1))
    text = show(Table(("period", "topic", "share", "observed_days"), rows, load("topic_share")), "chart")
    assert "not known or no articles" in text


def test_columns_that_do_not_fit_are_named() -> None:
    text = grid(("topic", "first", "second"), [["x" * 60, 123456, date(2024, 1, 1)]], 40)
    assert text.splitlines()[1] == "x" * 19 + "…  123456  2024-01-01"
    assert all(cell_len(line) <= 40 for line in text.splitlines())
    narrow = grid(("topic", "articles", "stories"), [["x" * 60, 1, 2]], 30)
    assert "columns that do not fit: stories" in " ".join(narrow.split())
    assert grid(("at",), [[datetime(2024, 1, 1, 6, 30, 5, tzinfo=UTC)]]).splitlines()[1] == "2024-01-01 06:30Z"
