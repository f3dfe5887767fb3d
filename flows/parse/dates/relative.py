"""Resolves a relative day as station pages print it: today, tonight, tomorrow, a weekday."""

from __future__ import annotations

from datetime import date, timedelta

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def relative_day(word: str, today: date) -> date:
    """The date that `word` (any case) names on `today`: a weekday is the next one, `today` included; any other word
    but tomorrow is today."""
    word = word.lower()
    if word == "tomorrow":
        return today + timedelta(days=1)
    if word[:3] in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(word[:3]) - today.weekday()) % 7)
    return today
