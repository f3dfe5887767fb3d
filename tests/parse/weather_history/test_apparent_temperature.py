"""Wind chill and heat index equal the tables that the National Weather Service prints."""

from __future__ import annotations

import pytest

from flows.parse.weather_history.apparent_temperature import feels_like_f, humidity_pct


@pytest.mark.parametrize(
    ("temp", "wind", "chill"), [(40, 5, 36), (30, 30, 15), (0, 15, -19), (-45, 60, -98), (-11.9, 33.4, -43.3)]
)
def test_wind_chill(temp: float, wind: float, chill: float) -> None:
    assert feels_like_f(temp, wind, None) == pytest.approx(chill, abs=0.5)


@pytest.mark.parametrize(
    ("temp", "humidity", "index"), [(80, 40, 80), (90, 70, 105), (100, 40, 109), (110, 40, 136), (86, 90, 105)]
)
def test_heat_index(temp: float, humidity: float, index: float) -> None:
    assert feels_like_f(temp, None, humidity) == pytest.approx(index, abs=1.3)


@pytest.mark.parametrize(
    ("temp", "wind", "humidity", "expected"),
    [
        (30.0, 2.0, None, 30.0), (30.0, None, 50.0, None), (65.0, None, None, 65.0), (95.0, 5.0, None, None),
        (None, 5.0, 50.0, None),
    ],
)  # fmt: skip
def test_where_no_formula_applies(temp: float, wind: float, humidity: float, expected: float) -> None:
    assert feels_like_f(temp, wind, humidity) == expected


def test_humidity_follows_from_the_dew_point() -> None:
    assert humidity_pct(35.0, 15.1) == pytest.approx(43.5, abs=0.3)
    assert humidity_pct(35.0, None) is None
