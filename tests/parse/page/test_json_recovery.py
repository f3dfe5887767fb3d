"""Broken JSON: the sound members are kept, in linear time."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.page.json_recovery import recover_values

WHOLE = {"name": "Ann", "n": 3, "tags": ["a", "b"], "of": {"x": None}}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"name": "Ann", "n": 3, "tags": ["a", "b"], "of": {"x": null}}', [WHOLE]),
        ("{'name': 'Ann', 'n': 3, 'tags': ['a', 'b'], 'of': {'x': null}}", [WHOLE]),
        ('{"name": "Ann" "n": 3, "tags": ["a", "b"] "of": {"x": null}}', [WHOLE]),
        ('{name: "Ann", n: 3, tags: ["a", "b"], of: {x: null}}', [WHOLE]),
        ('{"title": "She said "no" twice", "name": "Ann"}', [{"title": 'She said "no" twice', "name": "Ann"}]),
        ("{'title': 'It's late', 'name': 'Ann'}", [{"title": "It's late", "name": "Ann"}]),
        ('{"name": "Ann", "text": "cut off', [{"name": "Ann"}]),
        ('{"name": "Ann", "of": {"x": 1', [{"name": "Ann", "of": {"x": 1}}]),
        ('{"name": "Ann", "n": , "m": 4}', [{"name": "Ann", "m": 4}]),
        ('{"a": "one\\ntwo", "b": "\\q"}', [{"a": "one\ntwo", "b": "q"}]),
        ("no json", []),
    ],
)
def test_recovered(text: str, values: list[Any]) -> None:
    assert recover_values(text) == values


@pytest.mark.parametrize("text", ['{"a":"' + '" ' * 100_000, "[" * 100_000, '"' * 100_000, '{"a":"' + "\\" * 100_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    recover_values(text)
    assert time.process_time() - start < 2


@given(st.text(alphabet="{}[]:,\"' ab1\\n", max_size=60))
def test_never_raises(text: str) -> None:
    assert isinstance(recover_values(text), list)
