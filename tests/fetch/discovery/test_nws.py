"""The weather service's errands, against a small API on loopback."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from flows.clock import SimulatedClock
from flows.fetch.archive import warc_reader
from flows.fetch.run import run_source
from flows.model import Exchange
from flows.settings import Layout
from flows.sources import Place, Source
from tests.fetch.sites import Site, page, serve, settings

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TOWN = {"name": "Town", "state": "MO", "zone": "America/Chicago", "lat": 39.94, "lon": -94.83}
OBSERVED = "/stations/{}/observations?limit=100"


def answer(value: object) -> object:
    return page(json.dumps(value), "application/geo+json")


def api(site: Site) -> None:
    base = site.url
    point = {"forecast": f"{base}/grid/forecast", "observationStations": f"{base}/grid/stations",
             "forecastZone": f"{base}/zones/forecast/MOZ012"}  # fmt: skip
    names = [{"properties": {"stationIdentifier": name}} for name in ("KAAA", "KBBB", "KCCC")]
    site.pages.update({
        "/points/39.94,-94.83": answer({"properties": point}),
        "/grid/stations": answer({"features": names}),
        "/grid/forecast": answer({"properties": {"periods": []}}),
        OBSERVED.format("KBBB"): answer({"features": []}),
        OBSERVED.format("KSTJ"): answer({"features": []}),
        "/alerts/active?zone=MOZ012": answer({"features": []}),
    })  # fmt: skip


def run(site: Site, layout: Layout, places: dict[str, Place], at: datetime = START):
    source = Source(
        name="nws", kind="nws", title="NWS", home=f"{site.url}/", zone="America/Chicago", delay_s=0,
        places=tuple(places), allow_addresses=("127.0.0.1/32",),
    )  # fmt: skip
    return run_source(source, settings(max_attempts=1), layout, places, SimulatedClock(at))


def exchanges(layout: Layout) -> list[Exchange]:
    return [exchange for path in warc_reader.sealed(layout) for exchange, _ in warc_reader.records(path)]


def test_a_place_is_located_and_its_nearest_living_station_asked(tmp_path):
    with serve() as site:
        api(site)
        run(site, Layout(tmp_path), {"town": Place(**TOWN)})
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
            run(site, Layout(tmp_path), {"town": Place(**TOWN)}, START + timedelta(hours=hours))
        assert (site.requests("/points/39.94,-94.83"), site.requests("/grid/stations")) == (1, 1)
        assert site.requests("/grid/forecast") == 3
        run(site, Layout(tmp_path), {"town": Place(**TOWN)}, START + timedelta(days=20))
        assert site.requests("/points/39.94,-94.83") == 2


def test_an_old_point_serves_while_the_api_fails(tmp_path):
    with serve() as site:
        api(site)
        run(site, Layout(tmp_path), {"town": Place(**TOWN)})
        site.pages["/points/39.94,-94.83"] = page("", status=500)
        run(site, Layout(tmp_path), {"town": Place(**TOWN)}, START + timedelta(days=20))
        assert site.requests("/grid/forecast") == 2


def test_places_that_share_a_station_ask_it_once_and_both_are_named(tmp_path):
    places = {key: Place(**TOWN, station="KSTJ", nws_zone="MOZ012") for key in ("one", "two")}
    with serve() as site:
        api(site)
        run(site, Layout(tmp_path), places)
        assert site.requests(OBSERVED.format("KSTJ")) == 1
    [exchange] = [exchange for exchange in exchanges(Layout(tmp_path)) if exchange.purpose == "observations"]
    assert [find.slot for find in exchange.finds] == ["one", "two"]


def test_urls_in_an_answer_that_lead_elsewhere_are_not_followed(tmp_path):
    with serve("127.0.0.2") as other, serve() as site:
        api(site)
        point = {"forecast": f"{other.url}/x", "observationStations": "file:///etc/passwd"}
        site.pages["/points/39.94,-94.83"] = answer({"properties": point})
        run(site, Layout(tmp_path), {"town": Place(**TOWN)})
        assert other.log == []
    assert [exchange.purpose for exchange in exchanges(Layout(tmp_path))] == ["robots", "points"]


def test_nonsense_from_the_api_is_kept_and_stops_nothing(tmp_path):
    with serve() as site:
        api(site)
        site.pages["/points/39.94,-94.83"] = page("[[[", "application/geo+json")
        report = run(site, Layout(tmp_path), {"town": Place(**TOWN, station="KSTJ", nws_zone="MOZ012")})
        assert report.new == 3


def test_the_contact_is_in_the_user_agent(tmp_path):
    with serve() as site:
        api(site)
        run(site, Layout(tmp_path), {"town": Place(**TOWN)})
        assert all("crawler@example.org" in headers["User-Agent"] for _, headers in site.log)
