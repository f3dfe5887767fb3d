"""Rows as text: the parts together are what the whole would be, and every type is printed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from flows.warehouse.text_rows import PART_ROWS, csv_parts, json_parts, parts_of, plain


@pytest.mark.parametrize("count", [0, 1, PART_ROWS, PART_ROWS + 1])
def test_parts_together_are_one_document(count: int) -> None:
    rows = [(number, None, f"line\n{number}") for number in range(count)]
    names = ("n", "nothing", "text")
    expected = [dict(zip(names, row, strict=True)) for row in rows]
    assert json.loads("".join(json_parts(names, parts_of(rows)))) == expected
    read = list(csv.reader(io.StringIO("".join(csv_parts(names, parts_of(rows))), newline="")))
    assert read == [list(names), *([str(number), "", text] for number, _, text in rows)]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (timedelta(days=1, seconds=90), "P1DT90S"),
        (timedelta(seconds=-1.5), "-P0DT1.500000S"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (time(6, 30), "06:30:00"),
        (b"\x00\xff", "00ff"),
        (float("-inf"), "-Infinity"),
        (Decimal("1.10"), 1.1),
        (Decimal("123456789012345678901234567890"), 123456789012345678901234567890),
        (Decimal("12345678901234567890.123456789"), "12345678901234567890.123456789"),
        (
            {"a": [float("nan"), date(2024, 1, 1)], 2: (UUID(int=7),)},
            {"a": [None, "2024-01-01"], "2": [f"{UUID(int=7)}"]},
        ),
    ],
)
def test_every_type_is_printed(value: object, printed: object) -> None:
    assert plain(value) == printed
    json.dumps(plain(value), allow_nan=False)
