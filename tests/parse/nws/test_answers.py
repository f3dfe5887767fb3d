"""NWS responses: every kind, nulls, unit codes, strings, and responses that are not NWS JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.errors import ShapeError
from flows.model import NwsAnswer, Page, Purpose
from flows.parse import parse_nws
from flows.parse.nws import units

SHARED = Path(__file__).parents[4] / "shared" / "data" / "nws"


def read(answer: Any, purpose: Purpose) -> NwsAnswer:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return parse_nws(Page("https://api.weather.gov/x", body, "application/geo+json"), purpose)


def quantity(value: Any, unit: str) -> dict[str, Any]:
    return {"value": value, "unitCode": unit, "qualityControl": "V"}


def report(at: str = "2024-01-05T12:53:00+00:00", **values: Any) -> dict[str, Any]:
    properties = {"station": "https://api.weather.gov/stations/KSTJ", "timestamp": at, **values}
    return {"type": "Feature", "properties": properties}


def test_observation_is_converted_from_its_own_units() -> None:
    (seen,) = read(
        report(
            textDescription="Light Snow",
            temperature=quantity(-5, "wmoUnit:degC"),
            dewpoint=quantity(14, "unit:degF"),
            windSpeed=quantity(16.09344, "wmoUnit:km_h-1"),
            windGust=quantity(10, "unit:m_s-1"),
            windDirection=quantity(350, "wmoUnit:degree_(angle)"),
            barometricPressure=quantity(101320, "wmoUnit:Pa"),
            visibility=quantity(16093.44, "wmoUnit:m"),
            relativeHumidity=quantity(81.25, "wmoUnit:percent"),
            precipitationLastHour=quantity(2.54, "wmoUnit:mm"),
            windChill=quantity(-10, "wmoUnit:degC"),
            heatIndex=quantity(None, "wmoUnit:degC"),
        ),
        "observations",
    ).observations
    assert (seen.station, seen.observed_at) == ("KSTJ", datetime(2024, 1, 5, 12, 53, tzinfo=UTC))
    assert (seen.temp_f, seen.dewpoint_f, seen.feels_like_f) == (23.0, 14.0, 14.0)
    assert (seen.wind_mph, seen.gust_mph, seen.wind_deg) == (10.0, 22.37, 350.0)
    assert (seen.pressure_hpa, seen.visibility_mi, seen.humidity_pct) == (1013.2, 10.0, 81.25)
    assert (seen.precip_in, seen.condition) == (0.1, "Light Snow")


def test_null_is_missing_and_zero_is_zero() -> None:
    answer = read(
        report(temperature=quantity(None, "wmoUnit:degC"), windSpeed=quantity(0, "wmoUnit:km_h-1")), "observations"
    )
    assert answer.observations[0].temp_f is None
    assert answer.observations[0].wind_mph == 0.0
    assert answer.notes == []


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("temperature", -9999, "degC"), ("temperature", 99, "degC"), ("windSpeed", -1, "km_h-1"),
        ("windDirection", 400, "degree_(angle)"), ("relativeHumidity", -9999, "percent"),
        ("barometricPressure", -9999, "Pa"), ("precipitationLastHour", -1, "mm"), ("visibility", -1, "m"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_not_taken(name: str, value: float, unit: str) -> None:
    answer = read(report(**{name: quantity(value, f"wmoUnit:{unit}")}), "observations")
    seen = answer.observations[0]
    assert {seen.temp_f, seen.wind_mph, seen.wind_deg, seen.humidity_pct, seen.pressure_hpa, seen.precip_in} == {None}
    assert answer.notes == [f"{name}: {value:g} (wmoUnit:{unit}) is impossible, left out"]


@pytest.mark.parametrize(
    ("control", "expected"),
    [("V", 23.0), ("Z", 23.0), ("qc:V", 23.0), (None, 23.0), ("X", None), ("Q", None), ("B", None), ("qc:X", None)],
)
def test_value_that_failed_quality_control_is_not_taken(control: str | None, expected: float | None) -> None:
    value = {**quantity(-5, "wmoUnit:degC"), "qualityControl": control}
    answer = read(report(temperature=value, dewpoint=quantity(-6, "wmoUnit:degC")), "observations")
    assert answer.observations[0].temp_f == expected
    assert answer.observations[0].dewpoint_f == 21.2
    assert answer.notes == ([] if expected else [f"temperature: failed quality control ({str(control)[-1]}), left out"])


@pytest.mark.parametrize("code", ["wmoUnit:degC", "unit:degC", "degC", "http://codes.wmo.int/common/unit/degC"])
def test_a_unit_code_is_known_in_every_spelling_of_the_api(code: str) -> None:
    answer = read(report(temperature=quantity(-5, code)), "observations")
    assert (answer.observations[0].temp_f, answer.notes) == (23.0, [])


def test_unknown_unit_gives_none_and_a_note() -> None:
    answer = read(report(temperature=quantity(290, "wmoUnit:furlong")), "observations")
    assert answer.observations[0].temp_f is None
    assert answer.notes == ["temperature: no conversion from unit code 'wmoUnit:furlong'"]


def test_number_as_string_is_read_with_a_note_and_other_text_is_not() -> None:
    answer = read(
        report(temperature=quantity("12.2", "wmoUnit:degC"), dewpoint=quantity("cold", "wmoUnit:degC")), "observations"
    )
    assert answer.observations[0].temp_f == 53.96
    assert answer.observations[0].dewpoint_f is None
    assert answer.notes == ["temperature: the value came as a string", "dewpoint: 'cold' is not a number"]


def test_reports_come_in_order_of_time_and_those_without_time_are_left_out() -> None:
    late, early = report("2024-01-05T13:00:00+00:00"), report("2024-01-05T06:00:00-06:00")
    answer = read({"type": "FeatureCollection", "features": [late, early, report("soon"), 7, {}]}, "observations")
    assert [seen.observed_at.hour for seen in answer.observations] == [12, 13]
    assert answer.notes == ["observation: without station or time, left out"]


def forecast(**period: Any) -> NwsAnswer:
    first = {"name": "Tonight", "startTime": "2024-01-05T18:00:00-06:00", "isDaytime": False, "temperature": 14,
             "temperatureUnit": "F", "windSpeed": "5 to 10 mph", "windDirection": "NW", "shortForecast": "Clear",
             "probabilityOfPrecipitation": {"unitCode": "wmoUnit:percent", "value": None}}  # fmt: skip
    properties = {"updateTime": "2024-01-05T21:00:00+00:00", "periods": [{**first, **period}]}
    return read({"type": "Feature", "properties": properties}, "forecast")


def test_forecast_night_is_a_low_and_day_a_high() -> None:
    (night,) = forecast().forecasts
    assert (night.valid_date, night.period, night.hi_f, night.lo_f) == (date(2024, 1, 5), "Tonight", None, 14.0)
    assert (night.precip_pct, night.wind, night.issued_at) == (
        None,
        "NW 5 to 10 mph",
        datetime(2024, 1, 5, 21, tzinfo=UTC),
    )
    (day,) = forecast(isDaytime=True, temperature=-1, temperatureUnit="C").forecasts
    assert (day.hi_f, day.lo_f) == (30.2, None)
    (hour,) = forecast(name="", temperature={"value": 0, "unitCode": "wmoUnit:degC"}).forecasts
    assert (hour.period, hour.hi_f, hour.lo_f) == ("18:00", 32.0, 32.0)


def test_forecast_period_without_start_is_left_out() -> None:
    answer = forecast(startTime=None)
    assert answer.forecasts == []
    assert answer.notes == ["forecast: a period without start, left out"]


def test_alert_with_its_zones_times_and_references() -> None:
    properties = {
        "id": "urn:oid:1", "event": "Winter Storm Warning", "headline": "Storm", "severity": "Severe",
        "sent": "2024-01-05T03:00:00-06:00", "effective": "2024-01-05T03:00:00-06:00",
        "onset": "2024-01-05T12:00:00-06:00", "expires": "2024-01-05T20:00:00-06:00", "ends": None,
        "areaDesc": "Buchanan; Andrew", "geocode": {"UGC": ["MOZ020", "MOZ012"]}, "senderName": "NWS Kansas City",
        "references": [{"identifier": "urn:oid:0"}], "description": "Heavy snow.",
    }  # fmt: skip
    (alert,) = read({"type": "FeatureCollection", "features": [{"properties": properties}]}, "alerts").alerts
    assert (alert.id, alert.event, alert.severity) == ("urn:oid:1", "Winter Storm Warning", "Severe")
    assert alert.onset_at == datetime(2024, 1, 5, 18, tzinfo=UTC)
    assert alert.ends_at == datetime(2024, 1, 6, 2, tzinfo=UTC)
    assert (alert.zones, alert.references) == (("MOZ020", "MOZ012"), ("urn:oid:0",))


@pytest.mark.parametrize("purpose", ["points", "stations"])
def test_an_answer_for_the_fetcher_alone_holds_no_records(purpose: Purpose) -> None:
    properties = {"gridX": 28, "forecast": "https://api.weather.gov/f", "stationIdentifier": "KSTJ"}
    assert read({"type": "Feature", "properties": properties}, purpose) == NwsAnswer()


def test_an_empty_list_is_a_response_without_records() -> None:
    answer = read({"type": "FeatureCollection", "features": []}, "alerts")
    assert (answer.alerts, answer.notes) == ([], [])


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"[1, 2]", b"{}", b'{"a": 1}', b"\xff\x00", b"[" * 100_000])
def test_other_content_raises(body: bytes) -> None:
    with pytest.raises(ShapeError):
        read(body, "observations")


@pytest.mark.parametrize("value", [True, None, [], {}, "NaN", float("inf"), "1e999", "x"])
def test_values_that_are_not_numbers(value: Any) -> None:
    assert units.number(value) is None


PURPOSES: dict[str, Purpose] = {
    "alerts": "alerts",
    "stations_obs": "observations",
    "gridpoints": "forecast",
}


# What each recorded response holds, worked out by hand from its JSON: observations as (°F, dew point °F, mph, hPa),
# forecasts as (period, date, high, low), alerts as (event, ends, how many it replaces).
WARM = (50.0, 50.0, 22.37, 1000.0)
BLANK = (None, None, None, None)
AFTERNOON = ("This Afternoon", "2019-10-13", 41.0, None)
TONIGHT = ("Tonight", "2019-10-13", None, 68.0)
FLOOD = ("Flood Watch", "2019-12-22T18:00", 4)
RECORDED: dict[str, list[tuple[object, ...]]] = {
    "alerts_active_zone": [FLOOD],
    "alerts_active_zone_second": [FLOOD, FLOOD],
    "gridpoints_forecast_empty_us": [],
    "gridpoints_forecast_hourly_empty_us": [],
    "gridpoints_forecast_hourly_si": [("20:00", "2019-10-14", 77.9, 77.9), ("21:00", "2019-10-14", 77.0, 77.0)],
    "gridpoints_forecast_hourly_us": [("20:00", "2019-10-14", 78.0, 78.0), ("21:00", "2019-10-14", 77.0, 77.0)],
    "gridpoints_forecast_relative_icon_us": [AFTERNOON, TONIGHT],
    "gridpoints_forecast_si": [AFTERNOON, TONIGHT],
    "gridpoints_forecast_strings_us": [AFTERNOON],
    "gridpoints_forecast_us": [AFTERNOON, TONIGHT],
    "stations_observations": [WARM],
    "stations_observations_alternate_units": [(10.0, 50.0, 6.21, 1000.0)],
    "stations_observations_empty": [],
    "stations_observations_latest": [(73.04, 64.94, 4.7, 1018.6)],
    "stations_observations_metar": [BLANK],
    "stations_observations_metar_noparse": [BLANK],
    "stations_observations_missing_value": [],
    "stations_observations_noprop": [],
    "stations_observations_other_unitcode": [WARM],
    "stations_observations_relative_icon": [WARM],
    "stations_observations_strings": [WARM],
}


def values(answer: NwsAnswer) -> list[tuple[object, ...]]:
    return [
        *((o.temp_f, o.dewpoint_f, o.wind_mph, o.pressure_hpa) for o in answer.observations),
        *((f.period, f.valid_date.isoformat(), f.hi_f, f.lo_f) for f in answer.forecasts),
        *((a.event, a.ends_at and a.ends_at.strftime("%Y-%m-%dT%H:%M"), len(a.references)) for a in answer.alerts),
    ]


def recorded(name: str) -> NwsAnswer:
    purpose = next(purpose for start, purpose in PURPOSES.items() if name.startswith(start))
    return read((SHARED / f"{name}.json").read_bytes(), purpose)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared NWS responses are not beside the repository")
@pytest.mark.parametrize("name", sorted(RECORDED))
def test_recorded_response_holds_exactly(name: str) -> None:
    answer = recorded(name)
    assert values(answer) == RECORDED[name]
    assert answer.notes or RECORDED[name] or name.endswith("noprop")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared NWS responses are not beside the repository")
def test_long_recorded_responses() -> None:
    times = [seen.observed_at for seen in recorded("stations_observations_multiple_unsorted").observations]
    assert len(times) == 2
    assert times == sorted(times)
    assert values(recorded("stations_observations_multiple"))[0] == BLANK


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared NWS responses are not beside the repository")
def test_every_recorded_response_of_a_kind_that_is_parsed_is_read() -> None:
    not_parsed = {"points", "gridpoints_stations", "detailed_forecast"}
    long = {"stations_observations_multiple", "stations_observations_multiple_unsorted"}
    assert {file.stem for file in SHARED.glob("*.json")} == RECORDED.keys() | not_parsed | long
