"""Fetches for a check or a question: politely as in a run, but nothing is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flows.clock import Clock
from flows.data_layout import Layout
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.fetcher import Fetcher
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.http.rate_limit import Locks
from flows.fetch.state.store import State
from flows.settings import Settings
from flows.sources import Source


class Scratch(NamedTuple):
    """A fetcher with its fetch state, which begins empty, and the temporary data folder of both."""

    fetcher: Fetcher
    state: State
    layout: Layout


@contextmanager
def scratch_fetcher(
    source: Source,
    settings: Settings,
    layout: Layout,
    clock: Clock,
    notify: Callable[[str], None] = lambda _: None,
) -> Iterator[Scratch]:
    """A fetcher for `source` with the usual rate limit and guard, whose archive and state are gone after the block; of
    `layout` only the locks of the hosts are used. `notify` receives a message when a lock has to be waited for."""
    locks, client = Locks(layout.locks, notify=notify), Client(settings, Guard(source.allow_addresses), clock)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Layout(Path(folder))
        try:
            with State(scratch.state / "scratch.sqlite") as state:
                writer = WarcWriter(scratch, source.name)
                yield Scratch(Fetcher(source, settings, state, writer, client, locks, clock), state, scratch)
        finally:
            client.close()
            locks.release()
