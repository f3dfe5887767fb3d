"""Each format is read back by its own reader."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.errors import ConfigError
from flows.trends.catalog import load
from flows.trends.output import cut, save, show
from flows.trends.run import Table

COLUMNS = ("period", "topic", "articles")
ROWS = (
    (date(2024, 1, 1), '=cmd, "x"\nb', 8),
    (date(2024, 1, 2), '=cmd, "x"\nb', 0),
    (date(2024, 1, 3), '=cmd, "x"\nb', None),
)
TABLE = Table(COLUMNS, ROWS, load("topic_frequency"))


def test_json_and_csv_are_plain_data() -> None:
    assert json.loads(show(TABLE, "json"))[2] == {"period": "2024-01-03", "topic": '=cmd, "x"\nb', "articles": None}
    assert list(csv.reader(io.StringIO(show(TABLE, "csv"), newline=""))) == [
        list(COLUMNS),
        ["2024-01-01", '=cmd, "x"\nb', "8"],
        ["2024-01-02", '=cmd, "x"\nb', "0"],
        ["2024-01-03", '=cmd, "x"\nb', ""],
    ]


def test_times_are_utc_and_nan_is_null() -> None:
    table = Table(("at", "lift"), ((datetime(2024, 1, 1, 6, tzinfo=UTC), float("nan")),), TABLE.trend)
    assert json.loads(show(table, "json")) == [{"at": "2024-01-01T06:00:00Z", "lift": None}]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("of yesterday")
    with pytest.raises(ValueError, match="argument"):
        save(Table(("a", "b"), ((1,),), TABLE.trend), "json", out)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "of yesterday")]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    save(TABLE, "parquet", tmp_path / "a.parquet")
    read = pq.read_table(tmp_path / "a.parquet")
    assert [tuple(row.values()) for row in read.to_pylist()] == list(ROWS)


def test_only_formats_for_people_are_cut() -> None:
    many = Table(COLUMNS, ROWS * 30, TABLE.trend)
    assert len(cut(many, "table", 60).rows) == 60
    assert len(cut(many, "csv", 60).rows) == len(cut(many, "chart", 60).rows) == 90


def test_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown format 'xml'"):
        show(TABLE, "xml")
    with pytest.raises(ConfigError, match="cannot be written"):
        save(TABLE, "csv", tmp_path / "none" / "a.csv")
    with pytest.raises(ConfigError, match="--out"):
        show(TABLE, "parquet")
