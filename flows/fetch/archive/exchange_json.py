"""Converts an Exchange to JSON, the content of its metadata record, and back without loss."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC
from typing import Any

from pydantic import TypeAdapter

from flows.errors import ShapeError
from flows.model import Exchange, Find

_YEARS = range(1970, 2200)
_FIELDS = {field.name for field in fields(Exchange)}
_FIND_FIELDS = [field.name for field in fields(Find)]
_EXCHANGE = TypeAdapter(Exchange)


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
    """The exchange written by `to_json`; fields of a later version are ignored. Raises ShapeError for anything else: a
    file that claims to be ours may have been made by anyone. A run under a clock that was not set wrote times of 1970:
    they are kept."""
    try:
        row = {name: value for name, value in json.loads(text).items() if name in _FIELDS}
        row["finds"] = [dict(zip(_FIND_FIELDS, find, strict=False)) for find in row.get("finds", ())]
        exchange = _EXCHANGE.validate_python(row)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ShapeError(f"not an exchange: {str(error).partition(chr(10))[0]}") from error
    if exchange.requested_at.tzinfo is None or exchange.requested_at.year not in _YEARS:
        raise ShapeError(f"not an exchange: requested_at {exchange.requested_at.isoformat()}")
    return exchange
