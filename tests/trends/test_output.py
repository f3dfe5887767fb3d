"""Each format is read back by its own reader."""

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
from flows.trends.output import cut, plain, save, show
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
