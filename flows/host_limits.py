"""Limits each host to one visit at a time across machines, by Prefect's concurrency limits; on one machine the lock
files of fetching do that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from prefect.client.orchestration import SyncPrefectClient
from prefect.concurrency.sync import concurrency

from flows.fetch.urls import host_port
from flows.settings import Settings
from flows.sources import Source

_LEASE_S: Final = 120.0  # renewed while the visit lasts; a killed worker's slot is free after that


def create_host_limits(client: SyncPrefectClient, sources: Iterable[Source]) -> None:
    """Create the limit of each source's host, one visit at a time, unless it exists."""
    for name in sorted({limit_name(source) for source in sources}):
        client.upsert_global_concurrency_limit_by_name(name, 1)


@contextmanager
def host_slot(source: Source, settings: Settings) -> Iterator[None]:
    """Hold the slot of the source's host, if a work pool may run visits on other machines; waits for it."""
    if not settings.prefect.work_pool:
        yield
        return
    with concurrency(limit_name(source), occupy=1, lease_duration=_LEASE_S):
        yield


def limit_name(source: Source) -> str:
    """The name of the limit, as the Prefect UI shows it: `host www.kq2.com`."""
    return f"host {host_port(source.home)}"
