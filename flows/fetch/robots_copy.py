"""Keeps the robots.txt of each origin: when it is fetched again, which copy is valid, and why there is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from flows.clock import Clock
from flows.errors import NewsvaneError, Refused, Unsafe
from flows.fetch.http import robots
from flows.fetch.outcome import Deferred, Unreachable
from flows.fetch.state.store import State
from flows.fetch.state.transitions import ROBOTS_FRESH, ROBOTS_RETRY, robots_note
from flows.fetch.urls import origin
from flows.model import Exchange, Find, Page

LAST_GOOD_ROBOTS = timedelta(days=7)
_EVERY = 4  # at a Crawl-delay of a day, robots.txt is every fourth request


class RobotsCopies:
    """The robots.txt files of one run's hosts; `fetch` requests one and applies its exchange to the state."""

    def __init__(self, state: State, clock: Clock, token: str, fetch: Callable[[str], Exchange]) -> None:
        self._state, self._clock, self._token, self._fetch = state, clock, token, fetch
        self._parsed: dict[str, robots.Robots] = {}

    def rules(self, url: str) -> robots.Robots:
        """The rules for a URL's origin, fetched again after a day, or after four requests at the Crawl-delay.

        After a 5xx or no response the last good copy is valid for seven days. Without one nothing may be requested:
        raises Refused where the host answered (RFC 9309 2.3.1.4), Unreachable where it did not, Unsafe where the guard
        forbids it, Deferred where it has to be asked later.
        """
        where = origin(url)
        known, now = self._state.robots(where), self._clock.now()
        fresh = max(ROBOTS_FRESH, timedelta(seconds=_EVERY * (self.crawl_delay(url) or 0.0)))
        exchange = None
        if known is None or now - known.checked_at >= (ROBOTS_RETRY if known.status is None else fresh):
            exchange = self._fetch(f"{where}/robots.txt")
            known = self._state.robots(where)
        if known and known.good_at is not None and now - known.good_at < max(LAST_GOOD_ROBOTS, 2 * fresh):
            return self._parse(known.body)
        if exchange and exchange.outcome == "skipped":
            raise Deferred(exchange.reason or "robots.txt has to be requested later")
        raise self._problem(where)

    def last_good(self, url: str) -> robots.Robots:
        """The rules of the last good copy, of any age; no rules if there was none."""
        known = self._state.robots(origin(url))
        return self._parse(known.body if known else None)

    def crawl_delay(self, url: str) -> float | None:
        """The Crawl-delay for us in the last good copy, in seconds; None without."""
        return self.last_good(url).crawl_delay(self._token)

    def _problem(self, where: str) -> NewsvaneError:
        """Why the robots.txt of an origin could not be read, as the problem of the pages behind it."""
        note = self._state.note(robots_note(where))
        cause = json.loads(note[0]) if note else {}
        reason = str(cause.get("reason") or f"no answer from {where}")
        if cause.get("status") is None:
            return Unsafe(reason) if cause.get("outcome") == "unsafe" else Unreachable(reason)
        return Refused(f"{where}/robots.txt: {reason}, so everything is refused (RFC 9309 2.3.1.4)")

    def _parse(self, body: bytes | None) -> robots.Robots:
        body = body or b""
        digest = hashlib.sha256(body).hexdigest()
        if digest not in self._parsed:
            self._parsed[digest] = robots.parse(body)
        return self._parsed[digest]


def read_robots(page: Page) -> tuple[Find, ...]:
    """No finds. Raises ShapeError for a robots.txt that is no text: it counts as unreachable, not as a file without
    rules."""
    robots.parse(page.body if isinstance(page.body, bytes) else page.body.encode())
    return ()
