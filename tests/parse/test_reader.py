"""Whole pages: what is added to every page, and when an update counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.model import Page
from flows.parse import Context, parse

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.html")), ids=lambda file: file.stem)
def test_every_page_has_template_and_fingerprint(file: Path) -> None:
    parsed = parse(Page("https://x.example/a", file.read_bytes()), Context())
    assert parsed.template
    assert parsed.fingerprint
    assert parsed.content_hash


@pytest.mark.parametrize(
    ("published", "updated", "is_kept"),
    [
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:10Z", True),
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z", False),
        ("2024-05-06T07:08:09Z", "2024-05-05T07:08:09Z", False),
        ("2024-05-06T07:08:09Z", "2024-05-06T01:08:09", True),
        (None, "2024-05-06T07:08:09Z", False),
    ],
)
def test_an_update_counts_only_after_the_publication(published: str | None, updated: str, is_kept: bool) -> None:
    meta = f'<meta property="article:modified_time" content="{updated}">'
    meta += f'<meta property="article:published_time" content="{published}">' if published else ""
    parsed = parse(Page("https://x.example/a", f"{meta}<h1>x</h1>"), Context())
    assert parsed.published is not None
    assert (parsed.updated is not None) is is_kept


def test_heartland_dates_that_are_equal_mean_no_update() -> None:
    text = "Fair opens\nPosted: Aug 2, 2019 9:10 PM\nUpdated: Aug 2, 2019 9:10 PM\n\nThe fair opened on Friday."
    parsed = parse(Page("", text, "text/plain"), Context())
    assert parsed.published is not None
    assert parsed.updated is None


def test_an_unknown_source_is_noted() -> None:
    parsed = parse(Page("https://x.example/a", "<p>x", source="nobody"), Context())
    assert parsed.notes == ["source: 'nobody' is not in config"]
