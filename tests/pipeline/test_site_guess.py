"""What a home page says about its source: name, kind, place and zone, each with its evidence."""

from __future__ import annotations

import json

import pytest

from flows.model import Page
from flows.pipeline.site_guess import Guess, SiteGuess, guess_site

ADDRESS = {"addressLocality": "St. Joseph", "addressRegion": "MO"}


def guessed(head: str = "", body: str = "", url: str = "https://www.my-station.example/") -> SiteGuess:
    return guess_site(Page(url, f"<html><head>{head}</head><body>{body}</body></html>".encode()))


def jsonld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_json_ld_names_station_town_and_zone() -> None:
    head = jsonld(**{"@type": "TelevisionStation", "name": "KZZZ 9", "address": ADDRESS})
    guess = guessed("<title>Home | KZZZ 9</title>" + head)
    assert guess.title == Guess("KZZZ 9", "JSON-LD")
    assert guess.name == Guess("my_station", "the host")
    assert guess.kind.value == "station"
    assert guess.place == Guess("saint-joseph-mo", "the address in JSON-LD")
    assert guess.zone is not None
    assert guess.zone.value == "America/Chicago"


@pytest.mark.parametrize(
    ("head", "body", "key"),
    [
        ('<meta name="geo.placename" content="Maryville"><meta name="geo.region" content="US-MO">', "", "maryville-mo"),
        ("<title>News of Maryville, Missouri</title>", "", "maryville-mo"),
        ("", "<p>Call us.</p><footer>Visit Our Office Maryville, MO 64468</footer>", "maryville-mo"),
        ("", "<p>A fire in Dallas, TX was put out.</p>", None),  # a story's town: no postal code
        ("", "<footer>Nowhereville, MO 64468</footer>", None),
    ],
)
def test_the_town_is_read_where_the_page_names_its_own(head: str, body: str, key: str | None) -> None:
    place = guessed(head, body).place
    assert (place.value if place else None) == key


@pytest.mark.parametrize(
    ("url", "zone"),
    [
        ("https://www.ci.springfield.mo.us/", "America/Chicago"),
        ("https://news.example.co.uk/", "Europe/London"),
        ("https://zeitung.de/", "Europe/Berlin"),
        ("https://station.tv/", None),  # sold to anyone
        ("https://station.example/", None),
    ],
)
def test_the_domain_names_a_zone(url: str, zone: str | None) -> None:
    found = guessed(url=url).zone
    assert (found.value if found else None) == zone


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.kq9news.com/", "kq9news"),
        ("https://news.daily-post.co.uk/", "daily_post"),
        ("http://127.0.0.1:8080/", "the_daily"),
        ("http://[::1]/", "the_daily"),
    ],
)
def test_the_name_is_that_of_the_host_or_the_title(url: str, name: str) -> None:
    assert guessed("<title>The Daily - Home</title>", url=url).name.value == name


def test_a_call_sign_needs_evidence() -> None:
    found = guessed("<title>KTVX News</title>", url="https://www.ktvx.com/")
    assert (found.call_sign, found.kind.value) == (Guess("KTVX", "the title"), "station")
    assert guessed("<title>WEST WIND</title>").call_sign is None


def test_a_newspaper_is_known_by_its_name() -> None:
    assert guessed('<meta property="og:site_name" content="Vesper Gazette">').kind.value == "newspaper"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<title>" + b"A, MO " * 50_000, b"{" * 9999])
def test_no_page_raises(body: bytes) -> None:
    guess = guess_site(Page("https://www.my-station.example/", body))
    assert guess.title.value
