"""The addresses of weather services name only what is filled in for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.pipeline.weather_services import load_weather_services
from flows.settings import SHIPPED_CONFIG


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{station}.csv.gz", "{statoin}.csv.gz", "{statoin} is not filled in; known: station"),
        ("{state}_ASOS", "{zone}_ASOS", "{zone} is not filled in; known: state"),
        ("ghcnd-stations.txt", "{state}.txt", "{state} is not filled in; known: none"),
        ("{station}.csv.gz", "{station.csv.gz", "write braces that are not a name twice"),
    ],
)
def test_an_address_with_another_name_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    shipped = (SHIPPED_CONFIG / "weather.toml").read_text("utf-8")
    assert old in shipped
    (tmp_path / "weather.toml").write_text(shipped.replace(old, new), "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_weather_services(tmp_path)
    assert message in str(refused.value)
