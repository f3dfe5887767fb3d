"""Formats are read back by their own readers, and charts keep gaps apart from zeros."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as pq
import pytest

from flows.errors import ConfigError
from flows.trends.catalog import load
from flows.trends.charts import cells, grid, sparkline
from flows.trends.output import cut, plain, save, show
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


def test_json_and_csv_are_plain_data() -> None:
    assert json.loads(show(TABLE, "json"))[2] == {"period": "2024-01-03", "topic": '=cmd, "x"\nb', "articles": None}
    assert list(csv.reader(io.StringIO(show(TABLE, "csv"), newline=""))) == [
        list(COLUMNS),
        ["2024-01-01", '=cmd, "x"\nb', "8"],
        ["2024-01-02", '=cmd, "x"\nb', "0"],
        ["2024-01-03", '=cmd, "x"\nb', ""],
    ]


def test_times_say_utc_and_not_a_number_is_missing() -> None:
    table = Table(("at", "lift"), ((datetime(2024, 1, 1, 6, tzinfo=UTC), float("nan")),), TABLE.trend)
    assert json.loads(show(table, "json")) == [{"at": "2024-01-01T06:00:00Z", "lift": None}]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (timedelta(days=1, seconds=90), "P1DT90S"),
        (timedelta(seconds=-1.5), "-P0DT1.500000S"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (time(6, 30), "06:30:00"),
        (b"\x00\xff", "00ff"),
        (float("-inf"), "-Infinity"),
        (
            {"a": [float("nan"), date(2024, 1, 1)], 2: (UUID(int=7),)},
            {"a": [None, "2024-01-01"], "2": [f"{UUID(int=7)}"]},
        ),
    ],
)
def test_every_type_is_printed(value: object, printed: object) -> None:
    assert plain(value) == printed
    json.dumps(plain(value), allow_nan=False)


def test_parquet_keeps_types(tmp_path: Path) -> None:
    save(TABLE, "parquet", tmp_path / "a.parquet")
    read = pq.read_table(tmp_path / "a.parquet")
    assert [tuple(row.values()) for row in read.to_pylist()] == list(ROWS)


def test_chart_draws_a_gap_where_nobody_looked() -> None:
    drawn = show(TABLE, "chart")
    assert "█▁·" in drawn
    assert "nobody looked" in drawn
    assert '=cmd, "x"?b' in drawn
    assert all(cells(line) <= 80 for line in drawn.splitlines())


def test_a_long_stretch_is_split_to_the_width() -> None:
    rows = tuple((date.fromordinal(738000 + day), "天気予報" * 12, day) for day in range(200))
    drawn = show(Table(COLUMNS, rows, TABLE.trend), "chart")
    assert all(cells(line) <= 80 for line in drawn.splitlines())
    assert drawn.count("period:") > 1


def test_hours_stand_in_their_order() -> None:
    rows = tuple((weekday, hour, hour) for weekday in (1, 2) for hour in range(24))
    drawn = show(Table(("weekday", "hour", "articles"), rows, load("posting_rhythm")), "chart")
    assert "hour: 0 .. 23" in drawn
    assert drawn.count("▁▂▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇██") == 2


def test_a_terminal_gets_no_control_characters() -> None:
    assert "\x1b" not in grid(("a",), [["\x1b[31mred\u202e"]])


def test_days_nobody_looked_show_what_is_known_and_say_so() -> None:
    columns = ("period", "topic", "articles", "known_articles")
    rows = tuple((date(2024, 1, day), "Fire", None, day) for day in (1, 2, 3))
    text = show(Table(columns, rows, TABLE.trend), "chart")
    assert "known_articles: ▁ 0 .. █ 3" in text
    assert "Nobody looked on any of these days" in text
    seen = show(Table(columns, (*rows, (date(2024, 1, 4), "Fire", 1, 1)), TABLE.trend), "chart")
    assert "···█" in seen
    assert "Nobody" not in seen


def test_a_share_of_nothing_is_no_day_without_a_look() -> None:
    rows = ((date(2024, 1, 1), "Fire", 0.5, 1), (date(2024, 1, 2), "Fire", None, 1))
    text = show(Table(("period", "topic", "share", "observed_days"), rows, load("topic_share")), "chart")
    assert "nobody looked or nothing posted" in text


def test_what_does_not_fit_is_named() -> None:
    text = grid(("topic", "first", "second"), [["x" * 60, 123456, date(2024, 1, 1)]], 40)
    assert text.splitlines()[1] == "x" * 19 + "…  123456  2024-01-01"
    assert all(cells(line) <= 40 for line in text.splitlines())
    narrow = grid(("topic", "articles", "stories"), [["x" * 60, 1, 2]], 30)
    assert "not shown for lack of width: stories" in " ".join(narrow.split())
    assert grid(("at",), [[datetime(2024, 1, 1, 6, 30, 5, tzinfo=UTC)]]).splitlines()[1] == "2024-01-01 06:30Z"


def test_people_get_a_part_and_programs_all() -> None:
    many = Table(COLUMNS, ROWS * 30, TABLE.trend)
    assert len(cut(many, "table", 60).rows) == 60
    assert len(cut(many, "csv", 60).rows) == len(cut(many, "chart", 60).rows) == 90


def test_faults_are_the_users_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no format 'xml'"):
        show(TABLE, "xml")
    with pytest.raises(ConfigError, match="cannot be written"):
        save(TABLE, "csv", tmp_path / "none" / "a.csv")
    with pytest.raises(ConfigError, match="--out"):
        show(TABLE, "parquet")
