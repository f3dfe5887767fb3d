"""A capture counts for the site it was taken of, at the time it was taken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.captures import asked_capture, captured_at, original_url
from flows.fetch.urls import canonical

AT = "https://web.archive.org/web/20190203040506"
PAGE = "https://www.kq2.com/news/a-1.html"


@pytest.mark.parametrize(
    "url",
    [
        f"{AT}/{PAGE}", f"{AT}id_/{PAGE}", f"{AT}if_/{PAGE}", f"{AT}js_/{PAGE}", f"http://web.archive.org/web/2019/{PAGE}",
        f"{AT}/https:/www.kq2.com/news/a-1.html", f"{AT}/https%3A%2F%2Fwww.kq2.com%2Fnews%2Fa-1.html",
        f"{AT}id_/{AT}/{PAGE}", PAGE,
    ],
)  # fmt: skip
def test_the_original_page_is_found(url: str) -> None:
    assert original_url(url) == PAGE
    assert canonical(url) == PAGE


def test_a_url_without_a_scheme_gets_one() -> None:
    assert original_url(f"{AT}/www.kq2.com/x?a=1#b") == "http://www.kq2.com/x?a=1#b"


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/", "https://web.archive.org/web/2019*/kq2.com", "https://archive.org/details/kq2",
        f"https://web.archive.org.evil.example/web/20190203040506/{PAGE}", "https://web.archive.org/web/20190203040506/",
        f"https://evil.example/?u={AT}/{PAGE}",
    ],
)  # fmt: skip
def test_another_url_stays(url: str) -> None:
    assert original_url(url) == url
    assert captured_at(url) is None


def test_the_time_is_that_of_the_capture() -> None:
    assert captured_at(f"{AT}id_/{PAGE}") == datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert captured_at(f"https://web.archive.org/web/2019/{PAGE}") is None
    assert captured_at(f"https://web.archive.org/web/20191399000000/{PAGE}") is None
    assert captured_at(PAGE) is None


def test_a_capture_of_an_archive_that_was_asked_has_its_page_and_time() -> None:
    at = datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert asked_capture(f"http://127.0.0.1:9/crawls/20190203040506id_/{PAGE}") == (PAGE, at)
    assert asked_capture(f"{AT}id_/{PAGE}") == (PAGE, at)
    for url in (PAGE, f"{AT}/{PAGE}", f"https://web.archive.org/web/20191399000000id_/{PAGE}"):
        assert asked_capture(url) is None
    assert original_url(f"http://evil.example/20190203040506id_/{PAGE}") != PAGE, "only where it was asked for"
