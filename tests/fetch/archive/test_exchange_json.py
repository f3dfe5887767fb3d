"""An exchange survives as JSON; JSON that is not an exchange is rejected, whoever wrote it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from flows.errors import ShapeError
from flows.fetch.archive.exchange_json import from_json, to_json
from flows.model import Exchange, Find
from tests.fetch.archive.builders import make_exchange


@pytest.mark.parametrize(
    "exchange",
    [
        make_exchange(1),
        Exchange("a", "http://a.example/", datetime(2026, 1, 5, tzinfo=UTC), "robots", "failed", reason="reset"),
        make_exchange(
            2, finds=(Find("http://a.example/1", "feed", "http://a.example/f", 1, "A title é", None),),
            redirects=("http://a.example/2", "http://a.example/3"), robots_tags=("noindex",), retry_after_s=2.5,
        ),
    ],
)  # fmt: skip
def test_an_exchange_survives(exchange: Exchange) -> None:
    assert from_json(to_json(exchange)) == exchange


def test_fields_of_a_later_version_are_ignored() -> None:
    row = json.loads(to_json(make_exchange(1)))
    assert from_json(json.dumps({**row, "mood": "good"}).encode()) == make_exchange(1)


@pytest.mark.parametrize(
    "changes",
    [{"url": 1}, {"status": "many"}, {"purpose": "fun"}, {"outcome": None}, {"requested_at": "2026-01-05T12:00:00"},
     {"requested_at": "9999-12-31T23:59:59Z"}, {"requested_at": "0001-01-01T00:00:00Z"}, {"finds": [1]},
     {"finds": [["http://a.example/"]]}, {"finds": {"a": 1}}, {"redirects": 7}, {"bytes": "²"}],
)  # fmt: skip
def test_a_field_of_another_type_is_rejected(changes: dict[str, object]) -> None:
    row = json.loads(to_json(make_exchange(1)))
    with pytest.raises(ShapeError, match="not an exchange"):
        from_json(json.dumps({**row, **changes}).encode())


@pytest.mark.parametrize("text", [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"source": "demo", "url'])
def test_other_text_is_rejected(text: bytes) -> None:
    with pytest.raises(ShapeError, match="not an exchange"):
        from_json(text)
