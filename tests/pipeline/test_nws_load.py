"""Real NWS responses become observations, forecasts and alerts: archive, parser and load together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.data_layout import Layout
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.http.client import Hop
from flows.model import Exchange, Find, Purpose
from flows.pipeline.load import load_batches, sync_config
from flows.settings import ROOT
from flows.warehouse.connection import open_writer
from tests.conftest import EmptyAt

RESPONSES = ROOT.parent / "shared" / "data" / "nws"
PURPOSES: dict[str, Purpose] = {
    "points": "points", "gridpoints_stations": "stations", "stations_observations": "observations",
    "gridpoints_forecast": "forecast", "detailed_forecast": "forecast", "alerts": "alerts",
}  # fmt: skip
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TOWNS = ("saint-joseph-mo", "savannah-mo")

pytestmark = pytest.mark.skipif(
    not RESPONSES.is_dir(), reason="the real NWS responses are in ../shared, which does not exist here"
)


def purpose_of(path: Path) -> Purpose:
    return next(purpose for name, purpose in PURPOSES.items() if path.stem.startswith(name))


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> Layout:
    """A warehouse with every response, fetched for two towns that share a station, one per minute."""
    layout = Layout.at(tmp_path_factory.mktemp("nws"))
    empty_at(layout.warehouse)
    writer = WarcWriter(layout, "nws")
    for number, path in enumerate(sorted(RESPONSES.glob("*.json"))):
        finds = tuple(Find(path.stem, "place", town, rank) for rank, town in enumerate(TOWNS, 1))
        url, at, body = f"https://api.weather.gov/{path.stem}", START + timedelta(minutes=number), path.read_bytes()
        exchange = Exchange(
            "nws", url, at, purpose_of(path), "new", status=200, media_type="application/geo+json", charset="utf-8",
            final_url=url, bytes=len(body), finds=finds,
        )  # fmt: skip
        headers = [("Content-Type", "application/geo+json"), ("Content-Length", str(len(body)))]
        writer.write(exchange, [Hop(url, at, {}, 200, "OK", "HTTP/1.1", headers, body)])
    sealed = writer.seal()
    assert sealed
    sync_config(layout)
    load_batches(layout, [layout.data / sealed], print)
    return layout


def records(*purposes: str) -> Iterator[dict[str, Any]]:
    """The properties of every feature in the responses of these purposes."""
    for path in sorted(RESPONSES.glob("*.json")):
        if purpose_of(path) in purposes:
            response = json.loads(path.read_bytes())
            for feature in response.get("features") or [response]:
                yield feature.get("properties") or {}


def rows_of(layout: Layout, sql: str) -> list[tuple[Any, ...]]:
    with open_writer(layout, print) as connection:
        return connection.execute(sql).fetchall()


def test_every_response_is_in_the_ledger(layout: Layout) -> None:
    assert rows_of(layout, "select count(*) from fact_fetch") == [(len(list(RESPONSES.glob("*.json"))),)]


def test_every_report_is_one_observation_per_town(layout: Layout) -> None:
    expected = {
        (str(record["station"]).rpartition("/")[2], datetime.fromisoformat(record["timestamp"]).astimezone(UTC))
        for record in records("observations")
        if record.get("timestamp") and record.get("station")
    }
    rows = rows_of(
        layout,
        "select provider, observed_at, place_key from fact_weather_observation join dim_place using (place_id)"
        " where method = 'nws'",
    )
    assert len(rows) == len(set(rows))
    assert set(rows) == {(*seen, town) for seen in expected for town in TOWNS}
    assert expected


def test_units_are_converted_once_and_null_stays_null(layout: Layout) -> None:
    loaded = dict(rows_of(layout, "select observed_at, temp_f from fact_weather_observation where method = 'nws'"))
    celsius = {
        datetime.fromisoformat(record["timestamp"]).astimezone(UTC): record["temperature"]["value"]
        for record in records("observations")
        if isinstance(record.get("temperature"), dict)
        and record.get("timestamp")
        and str(record["temperature"].get("unitCode", "")).endswith("degC")
    }
    compared = {at: value for at, value in celsius.items() if at in loaded}
    assert compared
    for at, value in compared.items():
        assert loaded[at] is None if value is None else loaded[at] == pytest.approx(float(value) * 9 / 5 + 32, abs=0.06)


def test_every_alert_has_one_row_per_zone(layout: Layout) -> None:
    expected = {
        (record["id"], zone)
        for record in records("alerts")
        for zone in (record.get("geocode") or {}).get("UGC")
        or [str(z).rpartition("/")[2] for z in record["affectedZones"]]
    }
    rows = rows_of(layout, "select alert_id, zone from fact_alert")
    assert len(rows) == len(set(rows))
    assert set(rows) == expected


def test_forecasts_have_highs_by_day_and_lows_by_night(layout: Layout) -> None:
    rows = rows_of(layout, "select period, hi_f, lo_f from fact_weather_forecast where method = 'nws'")
    assert len(rows) > 5
    assert all(hi is None or lo is None or hi >= lo for _, hi, lo in rows)
    assert all(lo is not None and hi is None for period, hi, lo in rows if period.endswith("ight"))
