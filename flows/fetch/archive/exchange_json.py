"""Converts an Exchange to JSON, the content of its metadata record, and back without loss."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from flows.errors import ShapeError
from flows.model import Exchange, Find

_FIELDS = {field.name for field in fields(Exchange)}
_FIND_FIELDS = [field.name for field in fields(Find)]
_TUPLES = ("redirects", "robots_tags")


def to_json(exchange: Exchange) -> bytes:
    """One exchange as compact JSON: times in ISO 8601 UTC, finds as arrays, unset fields omitted."""
    row: dict[str, Any] = {}
    for name in _FIELDS:
        value = getattr(exchange, name)
        if value is not None and value != ():
            row[name] = value
    row["requested_at"] = exchange.requested_at.astimezone(UTC).isoformat()
    if exchange.finds:
        row["finds"] = [[getattr(find, name) for name in _FIND_FIELDS] for find in exchange.finds]
    return json.dumps(row, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode()


def from_json(text: bytes) -> Exchange:
    """The exchange written by `to_json`; fields of a later version are ignored. Raises ShapeError for anything else."""
    try:
        row = {name: value for name, value in json.loads(text).items() if name in _FIELDS}
        row["requested_at"] = datetime.fromisoformat(row["requested_at"])
        row["finds"] = tuple(Find(*find[: len(_FIND_FIELDS)]) for find in row.get("finds", ()))
        for name in _TUPLES:
            row[name] = tuple(row.get(name, ()))
        return Exchange(**row)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ShapeError(f"not an exchange: {error}") from error
