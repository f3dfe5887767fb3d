"""Defines what a reader of one make of closings list finds, before days and the state of the list are decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One organization and its status as printed; `updated_on` is the day that the entry itself gives, if it does."""

    organisation: str
    status: str
    updated_on: date | None = None


@dataclass(slots=True)
class Listing:
    """The entries of a list. `says_empty`: it states that there are none, which no entries alone do not prove."""

    entries: list[Entry] = field(default_factory=list)
    says_empty: bool = False
    notes: list[str] = field(default_factory=list)

    def joined(self, other: Listing) -> Listing:
        """The entries and notes of both; empty only where one says so and none has entries."""
        return Listing(self.entries + other.entries, self.says_empty or other.says_empty, self.notes + other.notes)
