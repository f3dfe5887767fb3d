"""Fingerprints cover every column that a rebuilt warehouse must have in common."""

from __future__ import annotations

import re

import duckdb
import pytest

from flows.warehouse.fingerprint import fingerprint
from flows.warehouse.statements import named
from tests.warehouse.conftest import Load, exchange, story

# Columns that depend on when and in which order the files were loaded, or follow from columns that are covered.
LEFT_OUT = {
    "batch": {"loaded_at"},
    "dim_organisation": {"name_at"},
    "dim_source": {"store_body", "body_dropped_at"},
    "dim_tag": {"label_at"},
    "fact_article": {"key_hash"},
    "fact_station_day": {"read_at"},
    "fact_storm_event": {"read_at"},
    "fact_weather_observation": {"read_at", "value_count"},
}


@pytest.mark.parametrize("name", [path.stem for path in named("fingerprint")])
def test_every_column_but_the_surrogate_keys_is_covered(writer: duckdb.DuckDBPyConnection, name: str) -> None:
    (text,) = [path.read_text("utf-8") for path in named("fingerprint") if path.stem == name]
    rows = writer.execute("select column_name from duckdb_columns() where table_name = ?", [name]).fetchall()
    columns = {str(row[0]) for row in rows}
    assert columns
    missing = {column for column in columns if not re.search(rf"\b{column}\b", text)}
    assert {column for column in missing if not column.endswith("_id")} == LEFT_OUT.get(name, set())


@pytest.mark.parametrize("column", ["kind", "kind_evidence"])
def test_the_kind_of_a_page_counts(writer: duckdb.DuckDBPyConnection, put: Load, column: str) -> None:
    put("one", (exchange("https://kxyz.test/1", 0), story(1)))
    before = fingerprint(writer)
    writer.execute(f"update fact_fetch set {column} = 'another'")
    changed = {name for name, found in fingerprint(writer).items() if found != before[name]}
    assert changed == {"fact_fetch"}
