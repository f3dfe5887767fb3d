"""The bundled gazetteer: towns by name, the nearest town, and what is said about unknown ones."""

from __future__ import annotations

import pytest

from flows.errors import ConfigError
from flows.pipeline.gazetteer import STATES, nearest_town, one_town, place_key, towns, towns_named, zone_of_state
from flows.sources import Place, zone_known


@pytest.mark.parametrize("text", ["Saint Joseph, MO", "St. Joseph, Missouri", "st joseph ,mo", "ST. JOSEPH, Mo."])
def test_a_town_is_found_in_any_spelling(text: str) -> None:
    town = one_town(text)
    assert (town.label, town.county, town.zone) == ("Saint Joseph, MO", "Buchanan", "America/Chicago")
    assert (round(town.lat, 1), round(town.lon, 1)) == (39.8, -94.8)
    assert town.key == "saint-joseph-mo"
    assert town.place().aliases == ("St. Joseph",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Springfield", r"towns are called 'Springfield': Springfield, MO, .* add the state"),
        ("Maryvile, MO", r"did you mean Maryville, MO"),
        ("Xyzzyville", r"--lat"),
        ("Boston, XX", r"'XX' is not a US state"),
    ],
)
def test_what_cannot_be_found_is_explained(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        one_town(text)


def test_every_town_makes_a_valid_place_with_a_known_state_and_zone() -> None:
    assert len(towns()) > 15_000
    assert {town.state for town in towns()} == set(STATES)
    for zone in {town.zone for town in towns()}:
        assert zone_known(zone) == zone
    for town in towns()[::500]:
        assert isinstance(town.place(), Place)
        assert town in towns_named(town.name, town.state)


def test_the_nearest_town_and_the_zone_of_most_people() -> None:
    assert nearest_town(40.3386, -95.3919).label == "Tarkio, MO"
    assert zone_of_state("FL") == "America/New_York"


def test_a_key_is_ascii() -> None:
    assert place_key("Cañon City", "CO") == "canon-city-co"
    assert place_key("Coeur d'Alene", "ID") == "coeur-dalene-id"
