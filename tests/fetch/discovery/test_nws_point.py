"""What the NWS API says about a position, asked once for a new place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import ConfigError, NewsvaneError, ShapeError, Transient
from flows.fetch.discovery.nws_point import NwsPoint, nws_point
from flows.settings import Identity, Settings
from tests.fetch.sites import START, Site, page, serve, settings, source_at

POINT = "/points/40.3461,-124.8725"


def geojson(value: object) -> object:
    return page(json.dumps(value), "application/geo+json")


def asked(site: Site, folder: Path) -> NwsPoint:
    source = source_at(site, kind="nws", feeds=())
    return nws_point(
        source, 40.3461, -124.8725, with_contact("crawler@localhost"), Layout(folder), SimulatedClock(START)
    )


def with_contact(contact: str) -> Settings:
    identity = Identity(user_agent="newsvane/0.1", contact=contact)
    return settings(max_attempts=1).model_copy(update={"identity": identity})


def fill(site: Site) -> None:
    site.pages[POINT] = geojson(
        {
            "properties": {
                "forecastZone": f"{site.url}/zones/forecast/MOZ002",
                "county": f"{site.url}/zones/county/MOC147",
                "timeZone": "America/Chicago",
                "observationStations": f"{site.url}/stations",
            }
        }
    )
    site.pages["/stations"] = geojson({"features": [{"properties": {"stationIdentifier": "KEVU"}}, {}]})


def test_station_and_zones_of_a_position(tmp_path: Path) -> None:
    with serve() as site:
        fill(site)
        assert asked(site, tmp_path) == NwsPoint("KEVU", "MOZ002", "MOC147", "America/Chicago")
    assert not Layout(tmp_path).raw.exists()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (None, ShapeError),  # 404: not in the United States
        (page("[[["), ShapeError),
        (geojson([1]), ShapeError),
        (geojson({"properties": 3}), ShapeError),
        (page("", status=500), Transient),
    ],
)
def test_a_bad_answer_is_an_error_with_its_url(tmp_path: Path, answer: object, error: type[NewsvaneError]) -> None:
    with serve() as site:
        if answer:
            site.pages[POINT] = answer
        with pytest.raises(error):
            asked(site, tmp_path)


def test_stations_elsewhere_are_not_followed(tmp_path: Path) -> None:
    with serve("127.0.0.2") as other, serve() as site:
        site.pages[POINT] = geojson({"properties": {"observationStations": f"{other.url}/stations"}})
        assert asked(site, tmp_path) == NwsPoint(None, None, None, None)
        assert other.log == []


def test_nothing_is_asked_with_a_placeholder_contact(tmp_path: Path) -> None:
    with serve() as site:
        placeholder = with_contact("you@example.com")
        source = source_at(site, kind="nws", feeds=())
        with pytest.raises(ConfigError, match="real contact"):
            nws_point(source, 40.0, -94.0, placeholder, Layout(tmp_path), SimulatedClock(START))
        assert site.log == []
