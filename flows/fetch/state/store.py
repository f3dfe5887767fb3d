"""Stores the fetch state of one source between runs in SQLite; it reads and writes rows and decides nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from flows.errors import Transient

_SQL = Path(__file__).parent / "sql"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK_TOLERANCE = timedelta(minutes=10)  # the archive may be ahead of the clock by less
_NEXT_STEP = "free disk space or end the other run, then run the source again"


def to_micros(at: datetime) -> int:
    """Whole microseconds since 1970 UTC."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The aware UTC time of `to_micros`."""
    return _EPOCH + timedelta(microseconds=micros)


def _time(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


def _micros(at: datetime | None) -> int | None:
    return None if at is None else to_micros(at)


@dataclass(slots=True)
class PageState:
    """The state of one URL. `next_due` None means never again; `interval_s` is set for channels only; `visits` counts
    good responses, `fails` consecutive bad ones, `unproven` consecutive 304s."""

    url: str
    purpose: str
    first_seen: datetime
    priority: int
    next_due: datetime | None
    visits: int
    fails: int
    outcome: str | None
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    captured_at: datetime | None
    fetched_at: datetime | None
    interval_s: float | None
    unproven: int


@dataclass(slots=True)
class HostState:
    """The state of one host: the last request, consecutive failures, and the times before which it is not requested."""

    host: str
    last_at: datetime
    failures: int = 0
    open_until: datetime | None = None
    retry_until: datetime | None = None


@dataclass(slots=True)
class RobotsState:
    """The robots.txt of one origin: its last request (status None: unreachable) and its last good copy."""

    origin: str
    checked_at: datetime
    status: int | None
    good_at: datetime | None
    body: bytes | None


_PAGE_TIMES = ("first_seen", "next_due", "captured_at", "fetched_at")


@cache
def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text("utf-8")


class State:
    """The fetch state of one source; `latest` is the time of its last exchange. All changes since the last `commit`
    are one transaction.

    Raises Transient for a full disk or a file that another run holds, sqlite3.DatabaseError for a damaged file, which
    has to be rebuilt from the archive.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._db.row_factory = sqlite3.Row
        try:
            self._begin()
        except sqlite3.OperationalError as error:  # full or locked, not damaged: a rebuild would not help
            self._db.close()
            raise Transient(f"{path}: {error}; {_NEXT_STEP}") from error
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def _begin(self) -> None:
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        if self._db.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check found damage")
        self._db.executescript(_statement("schema"))
        self.latest = self._latest()
        self._db.execute("begin immediate")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Discard uncommitted changes and close the file."""
        self._db.close()

    def commit(self, file: str | None = None) -> None:
        """Commit the changes since the last commit; `file` is the sealed archive file that they come from."""
        if file:
            self._run("mark_applied", file=file)
        if self.latest:
            self.put_note("latest", b"", self.latest)
        self._run("commit")
        self._run("begin")

    def correct_clock(self, now: datetime, longest: Mapping[str, timedelta]) -> int:
        """Correct what a run under a clock ahead of `now` has left: nothing is in the future, and nothing waits longer
        than its `longest` (of channel, page, breaker, retry, robots). Returns the number of rows that were wrong."""
        late = now + _CLOCK_TOLERANCE
        values = {"now": to_micros(now), "late": to_micros(late)}
        limits = {name: wait // timedelta(microseconds=1) for name, wait in longest.items()}
        is_ahead = bool(self.latest and self.latest > late)
        pages = {"channel_longest": limits["channel"], "page_longest": limits["page"], "is_ahead": is_ahead}
        hosts = {"breaker_longest": limits["breaker"], "retry_longest": limits["retry"]}
        changed = self._run("settle_pages", **values, **pages).rowcount
        changed += self._run("settle_robots", **values, fresh=limits["robots"]).rowcount
        changed += self._run("settle_hosts", **values, **hosts).rowcount
        changed += self._run("settle_notes", **values).rowcount
        self.latest = now if is_ahead else self.latest
        return changed

    def applied(self) -> set[str]:
        """The sealed files whose exchanges have been applied."""
        return {row["file"] for row in self._run("applied")}

    def page(self, url: str) -> PageState | None:
        """The state of one URL, None for an unknown one."""
        row = self._row("get_page", url=url)
        if row is None:
            return None
        values = dict(row)
        for name in _PAGE_TIMES:
            values[name] = _time(values[name])
        return PageState(**values)

    def add_page(self, url: str, purpose: str, at: datetime, priority: int = 0) -> bool:
        """Add a URL that is due at once; True if it was not known. A better channel raises a known one's priority."""
        row = self._row("add_page", url=url, purpose=purpose, at=to_micros(at), priority=priority)
        return row is not None and bool(row["is_new"])

    def put_page(self, page: PageState) -> None:
        """Write the state of one known URL."""
        values = {name: getattr(page, name) for name in PageState.__slots__}
        for name in _PAGE_TIMES:
            values[name] = _micros(values[name])
        self._run("put_page", **values)

    def due_articles(self, now: datetime, limit: int) -> list[str]:
        """Article URLs to fetch now, at most `limit`."""
        rows = self._db.execute(_statement("due_articles"), {"now": to_micros(now), "limit": limit})
        return [row["url"] for row in rows]

    def count_due(self, now: datetime) -> int:
        """How many article URLs are due now."""
        row = self._row("count_due", now=to_micros(now))
        return int(row["due"]) if row else 0

    def trust(self, scope: str) -> tuple[int, int]:
        """How often the validators of a scope changed together with the body, and how often only the body changed."""
        row = self._row("get_trust", scope=scope)
        return (row["good"], row["bad"]) if row else (0, 0)

    def add_trust(self, scope: str, *, good: int = 0, bad: int = 0) -> None:
        """Add comparisons of validator and body to a scope."""
        self._run("add_trust", scope=scope, good=good, bad=bad)

    def robots(self, origin: str) -> RobotsState | None:
        """The state of an origin's robots.txt, None for an unknown one."""
        row = self._row("get_robots", origin=origin)
        if row is None:
            return None
        checked, good = from_micros(row["checked_at"]), _time(row["good_at"])
        return RobotsState(row["origin"], checked, row["status"], good, row["body"])

    def put_robots(self, robots: RobotsState) -> None:
        """Write the state of one robots.txt."""
        self._run(
            "put_robots",
            origin=robots.origin,
            checked_at=to_micros(robots.checked_at),
            status=robots.status,
            good_at=_micros(robots.good_at),
            body=robots.body,
        )

    def host(self, host: str) -> HostState | None:
        """The state of one host, None for an unknown one."""
        row = self._row("get_host", host=host)
        if row is None:
            return None
        until = _time(row["open_until"]), _time(row["retry_until"])
        return HostState(row["host"], from_micros(row["last_at"]), row["failures"], *until)

    def put_host(self, host: HostState) -> None:
        """Write the state of one host."""
        self._run(
            "put_host",
            host=host.host,
            last_at=to_micros(host.last_at),
            failures=host.failures,
            open_until=_micros(host.open_until),
            retry_until=_micros(host.retry_until),
        )

    def note(self, key: str) -> tuple[bytes, datetime] | None:
        """The bytes stored under a key, and their time."""
        row = self._row("get_note", key=key)
        return (row["body"], from_micros(row["at"])) if row else None

    def put_note(self, key: str, body: bytes, at: datetime) -> None:
        """Store bytes under a key."""
        self._run("put_note", key=key, body=body, at=to_micros(at))

    def _latest(self) -> datetime | None:
        noted = self.note("latest")
        return noted[1] if noted else None

    def _run(self, name: str, **values: Any) -> sqlite3.Cursor:
        try:
            return self._db.execute(_statement(name), values)
        except sqlite3.OperationalError as error:
            raise Transient(f"{self._path}: {error}; {_NEXT_STEP}") from error

    def _row(self, name: str, **values: Any) -> Mapping[str, Any] | None:
        row: Mapping[str, Any] | None = self._run(name, **values).fetchone()
        return row
