"""The number of a WordPress post."""

from __future__ import annotations

import pytest

from flows.model import Page
from flows.parse import Context, parse


@pytest.mark.parametrize(
    ("body", "native_id"),
    [
        ('<body class="single postid-77">', "77"),
        ('<body class="single"><article id="post-78">', "78"),
        ('<body class="home"><article class="card">', None),
    ],
)
def test_native_id(body: str, native_id: str | None) -> None:
    html = f'<head><link href="/wp-content/a.css"></head>{body}<h1>Rain</h1>'
    parsed = parse(Page("https://x.example/rain/", html), Context())
    assert (parsed.template, parsed.native_id) == ("wordpress", native_id)
