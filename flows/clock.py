"""Provides the current time: the system clock, or a simulated one that a demo or test sets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """The clock that fetching uses. `now` is aware UTC; `sleep` takes seconds."""

    def now(self) -> datetime: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The system clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class SimulatedClock:
    """A clock that moves only when it is set; sleeping sets it forward without waiting."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def move_to(self, now: datetime) -> None:
        """Set the clock forward to `now`; never back, so that capture times stay in order."""
        self._now = max(self._now, now.astimezone(UTC))


class StoppedClock:
    """Another clock up to an instant (aware), and that instant from then on."""

    def __init__(self, clock: Clock, at: datetime) -> None:
        self._clock, self._at = clock, at.astimezone(UTC)

    def now(self) -> datetime:
        return min(self._clock.now(), self._at)

    def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)
