"""What a suite is: cases with the answers that a public suite asks for, and those in which newsvane differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Suite:
    """Cases as (name, input, expected answer); `differs` gives the reason why a named case is answered otherwise."""

    name: str
    source: str
    cases: Sequence[tuple[str, Any, Any]]
    answer: Callable[[Any], Any]
    differs: Mapping[str, str] = field(default_factory=dict)

    def count(self) -> tuple[int, int]:
        """How many cases are answered as the suite asks, and how many there are."""
        return sum(self.answer(given) == expected for _, given, expected in self.cases), len(self.cases)


def numbered(cases: Sequence[tuple[Any, Any]]) -> list[tuple[str, Any, Any]]:
    """The cases named by their place."""
    return [(f"{place:03}", given, expected) for place, (given, expected) in enumerate(cases, 1)]
