"""Every config key has an effect: some code outside its model reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from flows import settings, sources, topic_config
from flows.config_files import Strict
from flows.parse.article import origin
from flows.settings import ROOT

MODELS = [
    model
    for module in (settings, sources, topic_config, origin)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, Strict) and model.__module__ == module.__name__
]
# The module that names the keys it reads as text; and keys that only people read.
BY_NAME = ROOT / "flows" / "warehouse" / "dimensions.py"
FOR_PEOPLE = {("Source", "terms"): "documents why the source may be fetched"}


@cache
def read() -> frozenset[str]:
    """The attributes that any module reads, and the texts of the modules that read by name."""
    return frozenset(names_read())


def names_read() -> Iterator[str]:
    for path in (ROOT / "flows").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield node.attr
            elif path == BY_NAME and isinstance(node, ast.Constant):
                yield str(node.value)


KEYS = [(model.__name__, key) for model in MODELS for key in model.model_fields]


def test_every_model_is_covered() -> None:
    assert {"Settings", "Publish", "Source", "Place", "Topics", "Origins"} <= {model.__name__ for model in MODELS}


@pytest.mark.parametrize(("model", "key"), KEYS, ids=lambda name: str(name))
def test_a_config_key_is_read(model: str, key: str) -> None:
    assert key in read() or (model, key) in FOR_PEOPLE
