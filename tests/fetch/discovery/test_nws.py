"""National Weather Service data, from a small API on loopback."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.run import run_source
from flows.sources import Place, Source
from tests.fetch.sites import LOOPBACK, START, Site, exchanges, page, serve, settings

TOWN = {"name": "Town", "state": "MO", "zone": "America/Chicago", "lat": 39.94, "lon": -94.83}
OBSERVED = "/stations/{}/observations?limit=100"


def geojson(value: object) -> object:
    return page(json.dumps(value), "application/geo+json")


def api(site: Site) -> None:
    base = site.url
    point = {"forecast": f"{base}/grid/forecast", "observationStations": f"{base}/grid/stations",
             "forecastZone": f"{base}/zones/forecast/MOZ012"}  # fmt: skip
    names = [{"properties": {"stationIdentifier": name}} for name in ("KAAA", "KBBB", "KCCC")]
    site.pages.update({
        "/points/39.94,-94.83": geojson({"properties": point}),
        "/grid/stations": geojson({"features": names}),
        "/grid/forecast": geojson({"properties": {"periods": []}}),
        OBSERVED.format("KBBB"): geojson({"features": []}),
        OBSERVED.format("KSTJ"): geojson({"features": []}),
        "/alerts/active?zone=MOZ012": geojson({"features": []}),
    })  # fmt: skip


def run_nws(site: Site, layout: Layout, places: dict[str, Place], at: datetime = START):
    source = Source(
        name="nws", kind="nws", title="NWS", home=f"{site.url}/", zone="America/Chicago", delay_s=0,
        places=tuple(places), allow_addresses=LOOPBACK,
    )  # fmt: skip
    return run_source(source, settings(max_attempts=1), layout, places, SimulatedClock(at))


def test_the_nearest_station_that_responds_is_used(tmp_path):
    with serve() as site:
        api(site)
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)})
        assert not site.requests(OBSERVED.format("KCCC"))
    archived = [exchange for exchange in exchanges(Layout(tmp_path)) if exchange.purpose != "robots"]
    assert [(exchange.purpose, exchange.outcome) for exchange in archived] == [
        ("points", "new"), ("stations", "new"), ("observations", "failed"), ("observations", "new"),
        ("forecast", "new"), ("alerts", "new"),
    ]  # fmt: skip
    assert {(find.channel, find.slot) for exchange in archived for find in exchange.finds} == {("place", "town")}


def test_points_are_cached_and_the_weather_is_not(tmp_path):
    with serve() as site:
        api(site)
        for hours in (0, 1, 24):
            run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)}, START + timedelta(hours=hours))
        assert (site.requests("/points/39.94,-94.83"), site.requests("/grid/stations")) == (1, 1)
        assert site.requests("/grid/forecast") == 3
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)}, START + timedelta(days=20))
        assert site.requests("/points/39.94,-94.83") == 2


def test_alerts_are_requested_for_forecast_zone_county_and_fire_zone_once_each(tmp_path):
    with serve() as site:
        api(site)
        zones = {"forecastZone": "forecast/MOZ012", "county": "county/MOC003", "fireWeatherZone": "fire/MOZ012"}
        point = {name: f"{site.url}/zones/{zone}" for name, zone in zones.items()}
        site.pages["/points/39.94,-94.83"] = geojson({"properties": point})
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN, station="KSTJ", nws_zone="MOZ099")})
        requested = [path for path, _ in site.log if path.startswith("/alerts")]
    assert requested == [f"/alerts/active?zone={zone}" for zone in ("MOZ099", "MOZ012", "MOC003")]


@pytest.mark.parametrize(
    ("path", "status"), [("/grid/forecast", 404), ("/grid/stations", 404), ("/grid/forecast", 410)]
)
def test_a_grid_that_moved_is_looked_up_again_in_the_next_run(tmp_path, path, status):
    with serve() as site:
        api(site)
        site.pages[path] = page("", status=status)
        town = {"town": Place(**TOWN)}
        run_nws(site, Layout(tmp_path), town)
        assert site.requests("/points/39.94,-94.83") == 1
        moved = {"forecast": f"{site.url}/new/forecast", "observationStations": f"{site.url}/new/stations"}
        site.pages["/points/39.94,-94.83"] = geojson({"properties": moved})
        site.pages["/new/forecast"] = site.pages["/new/stations"] = geojson({"features": []})
        run_nws(site, Layout(tmp_path), town, START + timedelta(hours=1))
        run_nws(site, Layout(tmp_path), town, START + timedelta(hours=2))
        assert (site.requests("/points/39.94,-94.83"), site.requests("/new/forecast")) == (2, 2)


def test_an_old_point_is_used_while_the_api_fails(tmp_path):
    with serve() as site:
        api(site)
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)})
        site.pages["/points/39.94,-94.83"] = page("", status=500)
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)}, START + timedelta(days=20))
        assert site.requests("/grid/forecast") == 2


@pytest.mark.parametrize("answer", ["<html>Maintenance</html>", "[[[", '{"properties": {"forecast": null}}', "{}"])
def test_an_answer_without_a_forecast_is_not_kept_for_weeks(tmp_path, answer):
    with serve() as site:
        api(site)
        good, town = site.pages["/points/39.94,-94.83"], {"town": Place(**TOWN)}
        bad = page(answer, "application/geo+json")
        for hours, now in enumerate([bad, good, good]):
            site.pages["/points/39.94,-94.83"] = now
            run_nws(site, Layout(tmp_path), town, START + timedelta(hours=hours))
        assert (site.requests("/points/39.94,-94.83"), site.requests("/grid/forecast")) == (2, 2)
        site.pages["/points/39.94,-94.83"] = bad  # the one that is known stays in use
        run_nws(site, Layout(tmp_path), town, START + timedelta(days=20))
        run_nws(site, Layout(tmp_path), town, START + timedelta(days=21))
        assert (site.requests("/points/39.94,-94.83"), site.requests("/grid/forecast")) == (4, 4)


def test_a_shared_station_is_requested_once_for_all_its_places(tmp_path):
    places = {key: Place(**TOWN, station="KSTJ", nws_zone="MOZ012") for key in ("one", "two")}
    with serve() as site:
        api(site)
        run_nws(site, Layout(tmp_path), places)
        assert site.requests(OBSERVED.format("KSTJ")) == 1
    [exchange] = [exchange for exchange in exchanges(Layout(tmp_path)) if exchange.purpose == "observations"]
    assert [find.slot for find in exchange.finds] == ["one", "two"]


def test_urls_outside_the_api_are_not_followed(tmp_path):
    with serve("127.0.0.2") as other, serve() as site:
        api(site)
        point = {"forecast": f"{other.url}/x", "observationStations": "file:///etc/passwd"}
        site.pages["/points/39.94,-94.83"] = geojson({"properties": point})
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)})
        assert other.log == []
    assert [exchange.purpose for exchange in exchanges(Layout(tmp_path))] == ["robots", "points"]


def test_an_unreadable_response_is_archived_and_stops_nothing(tmp_path):
    with serve() as site:
        api(site)
        site.pages["/points/39.94,-94.83"] = page("[[[", "application/geo+json")
        report = run_nws(site, Layout(tmp_path), {"town": Place(**TOWN, station="KSTJ", nws_zone="MOZ012")})
        assert (report.weather, report.new) == (3, 0)


def test_the_contact_is_in_the_user_agent(tmp_path):
    with serve() as site:
        api(site)
        run_nws(site, Layout(tmp_path), {"town": Place(**TOWN)})
        assert all("crawler@example.org" in headers["User-Agent"] for _, headers in site.log)
