"""Defines what a reader of one make of closings list finds, before days and the state of the list are decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

_STATUS = re.compile(
    r"\b(?:clos(?:ed|ing)|delay(?:ed|s)?|cancel\w*|postponed|virtual|remote|e-?learning|early (?:release|dismissal)|"
    r"dismiss\w*|hours? late|opening (?:late|at)|no (?:school|classes|services?|evening|activities))\b",
    re.IGNORECASE,
)


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


def reads_like_status(text: str) -> bool:
    """Whether a text holds a word by which organizations say that they are closed or late."""
    return _STATUS.search(text) is not None


def mostly_statuses(pairs: list[tuple[str, str]]) -> list[Entry]:
    """The (name, status) pairs as entries, if most of them read like a status."""
    entries = [Entry(name, status) for name, status in pairs if name and status]
    matching = sum(reads_like_status(entry.status) for entry in entries)
    return entries if 2 * matching > len(entries) else []
