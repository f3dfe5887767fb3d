"""Reads plain values of NWS JSON and tolerates wrong types: text, lists, instants, local times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flows.parse.page.clean import clean_text


def read_text(value: Any) -> str | None:
    """A clean, non-empty string, None for anything else."""
    return (clean_text(value) or None) if isinstance(value, str) else None


def listed(value: Any) -> list[Any]:
    """A list as it is; an empty list for anything else."""
    return value if isinstance(value, list) else []


def last_part(value: Any) -> str | None:
    """What follows the last slash of an address, such as the id of a station or zone; None for anything else."""
    return value.rstrip("/").rpartition("/")[2] or None if isinstance(value, str) else None


def local(value: Any) -> datetime | None:
    """An ISO 8601 time from 1990 to 2100, with the offset printed; None for anything else."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at and 1990 <= at.year <= 2100 else None


def instant(value: Any) -> datetime | None:
    """An ISO 8601 time from 1990 to 2100 in UTC; None without an offset."""
    at = local(value)
    return at.astimezone(UTC) if at and at.tzinfo else None
