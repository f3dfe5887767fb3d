"""Limits the request rate per host: delay and jitter, backoff, and a lock file that keeps other runs off the host."""

from __future__ import annotations

import fcntl
import os
import random
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from flows.clock import Clock
from flows.errors import Transient

MAX_WAIT_S = 300.0  # a host that needs a longer wait is left to the next run
_JITTER = 0.25
_BACKOFF_FIRST_S = 2.0
_BACKOFF_MAX_S = 120.0


def backoff(attempt: int, jitter: random.Random) -> float:
    """Seconds to wait after failed attempt number `attempt` (from 1): doubling from 2 s to 120 s, half of it random."""
    longest = min(_BACKOFF_FIRST_S * 2.0 ** (attempt - 1), _BACKOFF_MAX_S)
    return float(longest * (0.5 + jitter.random() / 2))


def next_slot(last: datetime | None, delay_s: float, now: datetime) -> datetime:
    """The earliest time of the next request: the delay after the `last` one plus up to a quarter of it, so that
    requests are not periodic. The part follows from the last request, so that all who ask before the next one get the
    same time, and the first of them gets its turn."""
    if last is None:
        return now
    part = random.Random(last.isoformat()).random()  # noqa: S311 - spreads requests, no secret
    return last + timedelta(seconds=delay_s * (1 + _JITTER * part))


def wait_until(clock: Clock, until: datetime) -> int:
    """Sleep until a time; returns the milliseconds waited."""
    seconds = (until - clock.now()).total_seconds()
    if seconds <= 0:
        return 0
    clock.sleep(seconds)
    return round(seconds * 1000)


class Locks:
    """One lock file per host or source, held until `release`: two runs never use one host at the same time, in any
    process or thread. The file keeps the time of the last request, so that the next run, also that of another source,
    keeps the delay. `notify` receives a message when a lock has to be waited for."""

    def __init__(self, folder: Path, wait_s: float = 60.0, notify: Callable[[str], None] = lambda _: None) -> None:
        self._folder, self._wait_s, self._notify = folder, wait_s, notify
        self._held: dict[str, IO[str]] = {}
        self._last: dict[str, datetime] = {}

    def acquire(self, name: str, kind: str = "host") -> None:
        """Take the lock, waiting up to `wait_s` real seconds; raises Transient naming the process that holds it."""
        if name in self._held:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{kind}-{re.sub(r'[^a-z0-9.-]', '_', name)}.lock"
        file = path.open("a+", encoding="utf-8")
        try:
            self._wait(file, name)
        except Transient:
            file.close()
            raise
        self._held[name] = file
        self._read_last(file, name)
        self._write(file, self._last.get(name))

    def last_request(self, host: str) -> datetime | None:
        """When any run last requested something from this host, as far as the lock file records."""
        return self._last.get(host)

    def record_request(self, host: str, at: datetime) -> None:
        """Keep the time of a request."""
        self._last[host] = at

    def release(self) -> None:
        """Release all locks and write the time of the last request into their files."""
        for name, file in self._held.items():
            self._write(file, self._last.get(name))
            file.close()
        self._held.clear()

    def _wait(self, file: IO[str], name: str) -> None:
        until = time.monotonic() + self._wait_s
        is_notified = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _holder(file)
                if time.monotonic() >= until:
                    message = f"{holder} still holds the lock on {name} after {self._wait_s:g} s: run again later"
                    raise Transient(message) from None
                if not is_notified:
                    self._notify(f"waiting for {holder} to release the lock on {name}")
                    is_notified = True
                # Real time, not the run's clock: the wait is for another process.
                time.sleep(0.05)
            else:
                return

    def _read_last(self, file: IO[str], name: str) -> None:
        file.seek(0)
        last = re.match(r"(\S+)", file.read(64))
        if last:
            try:
                self._last[name] = datetime.fromisoformat(last[1])
            except ValueError:
                self._last.pop(name, None)  # a torn write: only this run's own requests count

    @staticmethod
    def _write(file: IO[str], last: datetime | None) -> None:
        file.seek(0)
        file.truncate()
        file.write(f"{last.isoformat() if last else '-'} pid {os.getpid()}\n")
        file.flush()


def _holder(file: IO[str]) -> str:
    file.seek(0)
    holder = re.search(r"pid (\d+)", file.read(64))
    return f"process {holder[1]}" if holder else "another run"
