"""How slowly we go: the delay per host, what Retry-After asks, backoff, and the lock that keeps other runs out."""

from __future__ import annotations

import fcntl
import os
import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO

from flows.clock import Clock
from flows.errors import Transient

PATIENCE_S = 300.0  # a longer wait ends the host's turn in this run; the next run takes up where it stopped
_JITTER = 0.25
_LONGEST_RETRY_AFTER = 7 * 24 * 3600.0
_BACKOFF_FIRST_S = 2.0
_BACKOFF_LONGEST_S = 120.0


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 10.2.3: seconds or an HTTP date), at most a week."""
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"\d{1,12}", value):
        return min(float(value), _LONGEST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), _LONGEST_RETRY_AFTER)


def backoff(attempt: int, jitter: random.Random) -> float:
    """Seconds to wait after failed attempt number `attempt` (from 1): doubling from 2 s to 120 s, half of it random."""
    longest = min(_BACKOFF_FIRST_S * 2.0 ** (attempt - 1), _BACKOFF_LONGEST_S)
    return float(longest * (0.5 + jitter.random() / 2))


def spacing(delay_s: float, jitter: random.Random) -> float:
    """The delay with up to a quarter more, so that requests do not tick; never less than asked for."""
    return float(delay_s * (1 + _JITTER * jitter.random()))


class Locks:
    """One lock file per host, held until `release`: never two runs on one host at once, in any process or thread.

    The file keeps the instant of the last request, so that the next run, also another source's, keeps the distance.
    """

    def __init__(self, folder: Path, wait_s: float = 60.0, tell: Callable[[str], None] | None = None) -> None:
        self._folder, self._wait_s, self._tell = folder, wait_s, tell
        self._held: dict[str, IO[str]] = {}
        self._last: dict[str, datetime] = {}

    def hold(self, host: str, kind: str = "host") -> None:
        """Take the lock, waiting a bounded real time; raises Transient naming the process that holds it."""
        if host in self._held:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{kind}-{re.sub(r'[^a-z0-9.-]', '_', host)}.lock"
        file = path.open("a+", encoding="utf-8")
        try:
            self._wait(file, host)
        except Transient:
            file.close()
            raise
        self._held[host] = file
        file.seek(0)
        last = re.match(r"(\S+)", file.read(64))
        if last:
            try:
                self._last[host] = datetime.fromisoformat(last[1])
            except ValueError:
                self._last.pop(host, None)  # a torn write: the delay then counts from our own memory
        self._write(file, self._last.get(host))

    def last(self, host: str) -> datetime | None:
        """When any run last asked this host, as far as the lock file knows."""
        return self._last.get(host)

    def asked(self, host: str, at: datetime) -> None:
        """Note the end of a request."""
        self._last[host] = at

    def release(self) -> None:
        """Let go of all hosts, leaving the instant of the last request behind."""
        for host, file in self._held.items():
            self._write(file, self._last.get(host))
            file.close()
        self._held.clear()

    def _wait(self, file: IO[str], host: str) -> None:
        until = time.monotonic() + self._wait_s
        told = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = re.search(r"pid (\d+)", file.read(64))
                who = f"process {holder[1]}" if holder else "another run"
                if time.monotonic() >= until:
                    message = f"{who} is still talking to {host} after {self._wait_s:g} s; try again later"
                    raise Transient(message) from None
                if not told and self._tell:
                    self._tell(f"waiting for {who} to finish with {host}")
                    told = True
                # Another process's end is a real event: no simulated clock can bring it about.
                time.sleep(0.05)
            else:
                return

    @staticmethod
    def _write(file: IO[str], last: datetime | None) -> None:
        file.seek(0)
        file.truncate()
        file.write(f"{last.isoformat() if last else '-'} pid {os.getpid()}\n")
        file.flush()


def wait_until(clock: Clock, until: datetime) -> int:
    """Sleep until an instant; returns the milliseconds waited."""
    seconds = (until - clock.now()).total_seconds()
    if seconds <= 0:
        return 0
    clock.sleep(seconds)
    return round(seconds * 1000)


def next_slot(last: datetime | None, delay_s: float, now: datetime) -> datetime:
    """The first instant a host may be asked again; a last request from the future (a clock set back) counts as now."""
    if last is None:
        return now
    return min(last, now) + timedelta(seconds=delay_s)
