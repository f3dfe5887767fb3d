"""Dimensions follow config and keep earlier versions; a place name resolves to a town by market."""

from __future__ import annotations

import duckdb
import pytest

from flows.model import Origin, OriginKind, PlaceMention
from flows.sources import Era, Place, Source, SourceCatalog
from flows.topic_config import Topics
from flows.warehouse.dimensions import sync_dimensions
from tests.warehouse.conftest import Load, exchange, reading, story

ZONE = "America/Chicago"
PLACES = {
    "joseph-mo": Place(name="Saint Joseph", state="MO", zone=ZONE, lat=39.77, lon=-94.85, aliases=("St. Joseph",)),
    "joseph-mn": Place(name="Saint Joseph", state="MN", zone=ZONE, lat=45.56, lon=-94.32, aliases=("St. Joseph",)),
    "savannah-mo": Place(name="Savannah", state="MO", zone=ZONE, lat=39.94, lon=-94.83),
}
VERSIONS = "select version, owner, system, domain, zone, until_at is null from dim_source_version order by version"


def source(**fields: object) -> Source:
    base: dict[str, object] = {
        "name": "kxyz",
        "kind": "station",
        "title": "KXYZ",
        "home": "https://kxyz.test/",
        "zone": ZONE,
    }
    return Source.model_validate({**base, "place": "joseph-mo", "owner": "Old Media", **fields})


def sync(writer: duckdb.DuckDBPyConnection, **fields: object) -> None:
    sync_dimensions(writer, SourceCatalog({"kxyz": source(**fields)}, PLACES), Topics())


def test_a_changed_description_adds_a_version_and_keeps_the_previous_one(writer: duckdb.DuckDBPyConnection) -> None:
    sync(writer)
    sync(writer)
    sold = (Era(since="2026-01-01", owner="New Media", system="blox", domain="kxyz.news"),)
    sync(writer, owner="New Media", history=sold)
    assert writer.execute(VERSIONS).fetchall() == [
        (1, "Old Media", None, "kxyz.test", ZONE, False),
        (2, "New Media", "blox", "kxyz.news", ZONE, True),
    ]
    ends = writer.execute(
        "select one.until_at = other.from_at from dim_source_version as one join dim_source_version as other"
        " on other.source_id = one.source_id and other.version = one.version + 1"
    ).fetchall()
    assert ends == [(True,)]


def test_a_source_removed_from_config_is_disabled_and_can_return(writer: duckdb.DuckDBPyConnection) -> None:
    sync(writer)
    sync_dimensions(writer, SourceCatalog({}, PLACES), Topics())
    sync(writer)
    rows = writer.execute(
        "select version, enabled, until_at is null from dim_source_version order by version"
    ).fetchall()
    assert rows == [(1, True, False), (2, False, False), (3, True, True)]


@pytest.mark.parametrize(("home", "expected"), [("joseph-mo", "joseph-mo"), ("joseph-mn", "joseph-mn"), (None, None)])
def test_a_place_name_resolves_to_the_town_in_the_market_of_the_source(
    writer: duckdb.DuckDBPyConnection, put: Load, home: str | None, expected: str | None
) -> None:
    sync(writer, place=home)
    page = story(1, weather=[reading(1, 30, place="St. Joseph")], places=[PlaceMention("ST. JOSEPH", "dateline")])
    put("one", (exchange(page.url, 0), page))
    for table in ("fact_weather_observation", "fact_article_place"):
        rows = writer.execute(f"select place_key from {table} left join dim_place using (place_id)").fetchall()
        assert rows == [(expected,)], table


@pytest.mark.parametrize(
    ("printed", "origin", "expected"),
    [
        ("ST. JOSEPH, Mo.", "wire", "joseph-mo"),
        ("ST. JOSEPH, Minn.", "wire", "joseph-mn"),
        ("SAINT JOSEPH, MN", "own", "joseph-mn"),
        ("ST. JOSEPH, Mich.", "wire", None),
        ("ST. JOSEPH", "wire", "joseph-mo"),
        ("WASHINGTON", "wire", None),
        ("WASHINGTON, Mo.", "wire", "washington-mo"),
        ("WASHINGTON", "own", "washington-mo"),
        ("PARIS", "network", None),
        ("CHICAGO", "wire", None),
        ("ST. LOUIS", "wire", "louis-mo"),
    ],
)
def test_a_dateline_means_the_town_of_its_state(
    writer: duckdb.DuckDBPyConnection, put: Load, printed: str, origin: OriginKind, expected: str | None
) -> None:
    more = {"washington-mo": "Washington", "paris-mo": "Paris", "louis-mo": "St. Louis"}
    towns = {key: Place(name=name, state="MO", zone=ZONE, lat=39, lon=-92) for key, name in more.items()}
    sync_dimensions(writer, SourceCatalog({"kxyz": source()}, PLACES | towns), Topics())
    page = story(1, origin=Origin(origin), places=[PlaceMention(printed, "dateline")])
    put("one", (exchange(page.url, 0), page))
    rows = writer.execute("select place_key from fact_article_place left join dim_place using (place_id)").fetchall()
    assert rows == [(expected,)]


def test_a_town_has_the_zones_that_config_gives_it_now(writer: duckdb.DuckDBPyConnection) -> None:
    zones = "select place_key, place_zone.zone from place_zone join dim_place using (place_id) order by all"
    town = PLACES["savannah-mo"]
    for given in ({"nws_zone": "MOZ012", "county_zone": "MOC003"}, {"nws_zone": "MOZ013"}, {}):
        place = town.model_copy(update=given)
        sync_dimensions(writer, SourceCatalog({}, {"savannah-mo": place}), Topics())
        assert writer.execute(zones).fetchall() == [("savannah-mo", zone) for zone in sorted(given.values())]


def test_town_distance_is_in_miles(writer: duckdb.DuckDBPyConnection) -> None:
    sync(writer)
    rows = writer.execute(
        "select round(miles) from town_distance join dim_place as one using (place_id)"
        " join dim_place as other on other.place_id = other_place_id"
        " where one.place_key = 'joseph-mo' and other.place_key = 'savannah-mo'"
    ).fetchall()
    assert rows == [(12.0,)]
