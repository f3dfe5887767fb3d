"""Reads a printed or machine-written moment, with what is known of its zone and precision."""

from __future__ import annotations

from datetime import datetime, tzinfo

from flows.model import Moment


def moment(raw: str, zone: tzinfo | None) -> Moment | None:
    """The moment `raw` names, or None when it names none between 1990 and 2100."""
    try:
        at = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    if not 1990 <= at.year <= 2100:
        return None
    if at.tzinfo is not None:
        return Moment(at, raw, "explicit", "instant")
    if zone is None:
        return Moment(at, raw, "unknown", "instant")
    return Moment(at.replace(tzinfo=zone), raw, "source_zone", "instant")
