"""Staged rows: schemas follow the dataclasses, no parsed field is lost unnoticed, text is always encodable."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from flows.model import (
    Alert,
    Banner,
    Closing,
    ClosingsList,
    Exchange,
    Find,
    Forecast,
    Moment,
    Observation,
    Origin,
    PanelReading,
    Parsed,
    PlaceMention,
    Tag,
)
from flows.warehouse import rows
from flows.warehouse.batch import Batch
from flows.warehouse.rows import SCHEMAS
from tests.warehouse.conftest import ZONES, batch, exchange, story

# Parsed fields that no column holds, per record: stored under another name, in a table of their own, or left out.
ELSEWHERE = {
    Exchange: {"finds"},
    Parsed: {"kind", "canonical_url", "published", "updated", "places", "weather", "forecast_text", "banners"}
    | {"alerts", "origin"},
    Alert: {"id", "zones", "references"},
    Closing: {"further_dates"},
    Origin: {"kind", "service", "rule", "evidence"},
}
LEFT_OUT = {
    Exchange: {"charset", "redirects", "etag", "last_modified", "retry_after_s"},
    Find: {"title", "published"},
    Parsed: {"robots_tags", "notes", "kind_evidence"},
    Alert: {"text"},
    ClosingsList: {"notes"},
    Forecast: {"wind", "condition"},
}
STAGED_AS = {
    Exchange: rows.FetchRow,
    Find: rows.FindRow,
    Parsed: rows.ArticleRow,
    Tag: rows.TagRow,
    PlaceMention: rows.PlaceRow,
    PanelReading: rows.PanelRow,
    Banner: rows.BannerRow,
    Alert: rows.AlertRow,
    Origin: rows.ArticleRow,
    ClosingsList: rows.PollRow,
    Closing: rows.ClosingRow,
    Observation: rows.ObservationRow,
    Forecast: rows.ForecastRow,
}


@pytest.mark.parametrize("record", STAGED_AS, ids=lambda record: record.__name__)
def test_every_parsed_field_is_staged_or_listed_here(record: type) -> None:
    parsed = {field.name for field in fields(record)}
    staged = {field.name for field in fields(STAGED_AS[record])}
    assert parsed - staged == ELSEWHERE.get(record, set()) | LEFT_OUT.get(record, set())


def test_a_schema_follows_the_types_of_the_fields() -> None:
    schema = SCHEMAS["stage_article"]
    expected = {
        "fetch_no": (pa.int64(), False),
        "url": (pa.string(), False),
        "title": (pa.string(), True),
        "authors": (pa.list_(pa.string()), False),
        "posted_at": (pa.timestamp("us", tz="UTC"), True),
        "posted_local": (pa.timestamp("us"), True),
        "posted_ambiguous": (pa.bool_(), True),
        "word_count": (pa.int64(), False),
    }
    assert {name: (schema.field(name).type, schema.field(name).nullable) for name in expected} == expected
    assert schema.names == [field.name for field in fields(rows.ArticleRow)]
    assert SCHEMAS["stage_closing"].field("effective_date").type == pa.date32()
    assert SCHEMAS["stage_observation"].field("temp_f").type == pa.float64()


def test_tables_are_valid_and_complete() -> None:
    tables = batch((exchange("https://kxyz.test/1", 0), story(1)))
    assert set(tables) == set(SCHEMAS)
    for name, table in tables.items():
        table.validate(full=True)
        assert table.schema == SCHEMAS[name]
        required = [field.name for field in table.schema if not field.nullable]
        assert [column for column in required if table.column(column).null_count] == []


def test_times_are_staged_in_utc_and_as_the_clock_at_the_source() -> None:
    tables = batch((exchange("https://kxyz.test/1", 0), story(1)))
    article = tables["stage_article"].to_pylist()[0]
    assert article["posted_at"] == datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    assert article["posted_local"] == datetime(2026, 3, 2, 9, 0)
    assert article["updated_at"] is None


@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_a_year_that_cannot_be_right_is_no_time(year: int) -> None:
    printed = Moment(datetime(year, 1, 1, tzinfo=UTC), "Jan 1", "explicit", "minute")
    tables = batch((exchange("https://kxyz.test/1", 0), story(1, published=printed)))
    article = tables["stage_article"].to_pylist()[0]
    assert (article["posted_at"], article["posted_local"], article["posted_raw"]) == (None, None, None)


def test_lone_surrogates_are_replaced_and_other_text_stays() -> None:
    collected = Batch(ZONES)
    collected.add(exchange("https://kxyz.test/\udce9", 0, robots_tags=("a\ud800", "né")))
    collected.add(exchange("https://kxyz.test/é", 1))
    fetches = collected.tables()["stage_fetch"]
    assert fetches.column("url").to_pylist() == ["https://kxyz.test/?", "https://kxyz.test/é"]
    assert fetches.column("robots_tags").to_pylist() == [["a?", "né"], []]
