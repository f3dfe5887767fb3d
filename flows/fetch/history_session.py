"""Archives the past under one source's name: pages, and responses of a service, fetched politely, or files as given."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from flows.clock import Clock
from flows.data_layout import Layout
from flows.errors import Transient
from flows.fetch.archive.recovery import catch_up, recover
from flows.fetch.archive.warc_reader import records, sealed
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.fetcher import Fetcher, ReadFinds
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.http.rate_limit import Locks
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.run import open_state
from flows.fetch.state.store import State
from flows.fetch.state.transitions import apply_exchange, places_note
from flows.fetch.urls import host_port
from flows.model import Exchange, Find, Page, Purpose
from flows.settings import Settings
from flows.sources import Source

_ACCEPT: Final = "text/csv,application/json,text/plain,*/*;q=0.5"


class HistorySession:
    """One source whose archive and fetch state are open. `fetched` are the exchanges with a new body, also given
    files."""

    def __init__(
        self, source: Source, layout: Layout, state: State, writer: WarcWriter, fetcher: Fetcher, clock: Clock
    ) -> None:
        self._source, self._layout, self._state = source, layout, state
        self._writer, self._fetcher, self._clock = writer, fetcher, clock
        self.fetched: list[Exchange] = []

    def is_known(self, url: str, since: datetime | None = None) -> bool:
        """Whether the archive has a good response for the URL, or a file, that was up to date at `since` or later."""
        known, noted = self._state.page(url), self._state.note(places_note(url))
        if known is None or known.body_sha256 is None or known.fails:
            return False
        at = noted[1] if noted else known.captured_at
        return since is None or (at is not None and at >= since)

    def share(self, url: str, place_keys: Sequence[str]) -> bool:
        """Archive the body of a URL once more for those of the places that it was not asked for, so that it is loaded
        for them too; whether there were any. Nothing is requested."""
        noted = self._state.note(places_note(url))
        missing = sorted(set(place_keys).difference(noted[0].decode().splitlines() if noted else ()))
        archived = self._archived(url) if missing else None
        if archived is None:
            return False
        exchange, body = archived
        self._add(replace(exchange, outcome="new", status=None, attempts=0, waited_ms=0, elapsed_ms=0), body, missing)
        return True

    def fetch(self, url: str, place_keys: Sequence[str]) -> tuple[Exchange, Page | None]:
        """Fetch one response and archive it; a response with a body is sealed at once, so that a run that is
        interrupted goes on with the next one. An unchanged one is shared with the places that it is new to."""
        exchange, page = self._fetcher.fetch(url, "history", accept=_ACCEPT, extra_finds=_finds(url, place_keys))
        if page is not None:
            self.fetched.append(exchange)
        self.seal()
        if exchange.outcome == "unchanged":
            self.share(url, place_keys)
        return exchange, page

    def fetch_page(self, url: str, purpose: Purpose = "article", read: ReadFinds | None = None) -> Exchange:
        """Fetch one page or list and archive it. `read` returns the finds of a list, which is fetched whole."""
        return self._fetcher.fetch(url, purpose, read=read, may_condition=read is None)[0]

    def was_fetched(self, url: str) -> bool:
        """Whether the page at a URL was fetched well before."""
        known = self._state.page(url)
        return known is not None and known.visits > 0

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of a URL's origin names; none if it was not fetched yet."""
        return self._fetcher.sitemaps(url)

    def listing(
        self, url: str, purpose: Purpose, place_keys: Sequence[str] = (), longest: timedelta = timedelta()
    ) -> tuple[Exchange | None, bytes | None]:
        """The body of a list, of stations or files: the one kept if it is not older than `longest`, else fetched, also
        where it is unchanged; None, with the exchange, if it cannot be fetched."""
        known = self._state.note(url)
        if known and self._clock.now() - known[1] < longest:
            return None, known[0]
        exchange, page = self._fetcher.fetch(url, purpose, accept=_ACCEPT, extra_finds=_finds(url, place_keys))
        body = _bytes(page) if page else known[0] if known else None
        if page is not None and purpose == "history":
            self.fetched.append(exchange)
        if exchange.outcome not in GOOD_OUTCOMES:
            return exchange, None
        self.seal()
        if body is None and (archived := self._archived(url)):
            body = archived[1]
        if body is not None:
            self._state.put_note(url, body, self._clock.now())
        return exchange, body

    def _archived(self, url: str) -> tuple[Exchange, bytes] | None:
        """The last exchange in the archive that brought a body of a URL, and that body."""
        for path in reversed(list(sealed(self._layout, self._source.name))):
            for exchange, page in records(path):
                if exchange.url == url and page is not None:
                    return exchange, _bytes(page)
        return None

    def add_file(self, url: str, body: bytes, media_type: str, place_keys: Sequence[str]) -> None:
        """Archive the bytes of a file, or of a part of one, as a resource record."""
        digest = hashlib.sha256(body).hexdigest()
        exchange = Exchange(
            self._source.name, url, self._clock.now(), "history", "new", attempts=0, bytes=len(body),
            media_type=media_type, body_sha256=digest,
        )  # fmt: skip
        self._add(exchange, body, place_keys)

    def _add(self, exchange: Exchange, body: bytes, place_keys: Sequence[str]) -> None:
        """Archive bytes that were not requested as a resource record for these places, later than all before."""
        now, latest = self._clock.now(), self._state.latest
        at = now if latest is None or now > latest else latest + timedelta(microseconds=1)
        exchange = replace(exchange, requested_at=at, finds=_finds(exchange.url, place_keys))
        exchange = self._writer.write(exchange, resource=body)
        apply_exchange(self._state, self._source, exchange, None)
        self.fetched.append(exchange)
        self.seal()

    def seal(self) -> None:
        """Seal the archive file and commit the state."""
        self._fetcher.seal()


def _finds(url: str, place_keys: Sequence[str]) -> tuple[Find, ...]:
    return tuple(Find(url, "place", key, rank) for rank, key in enumerate(place_keys, 1))


def _bytes(page: Page) -> bytes:
    return page.body if isinstance(page.body, bytes) else page.body.encode()


@contextmanager
def history_session(
    source: Source,
    settings: Settings,
    layout: Layout,
    clock: Clock,
    notify: Callable[[str], None],
    *,
    lock_wait_s: float = 60.0,
) -> Iterator[HistorySession]:
    """Open the archive of one source of weather history, after recovering what an interrupted run left behind. Raises
    Transient when another run holds it, or when the disk is full."""
    locks = Locks(layout.locks, lock_wait_s, notify)
    client = Client(settings, Guard(source.allow_addresses), clock)
    try:
        locks.acquire(source.name, "source")
        locks.acquire(host_port(source.home))
        for path in recover(layout, source.name):
            notify(f"recovered {path.name} from an interrupted run")
        with open_state(layout, source, notify) as state:
            catch_up(layout, source, state)
            writer = WarcWriter(layout, source.name)
            fetcher = Fetcher(source, settings, state, writer, client, locks, clock)
            session = HistorySession(source, layout, state, writer, fetcher, clock)
            yield session
            session.seal()
    except Transient as error:
        error.source = error.source or source.name
        raise
    finally:
        client.close()
        locks.release()
