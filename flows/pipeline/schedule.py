"""Groups sources by schedule, each group for one run, and spreads the groups over the interval of their schedule."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Final

from flows.fetch.urls import host_port
from flows.sources import Source, SourceCatalog

MOST: Final = 100  # sources in one run: their threads share a process
_EVERY: Final = re.compile(r"\*/(\d+) \* \* \* \*")


@dataclass(frozen=True, slots=True)
class Group:
    """Sources that one run visits: `cron` (in `zone`) is when, `name` stays the same when a source joins."""

    name: str
    cron: str
    zone: str
    sources: tuple[Source, ...]


def groups(catalog: SourceCatalog) -> list[Group]:
    """The enabled sources by schedule and time zone, at most about a hundred in a group. Groups that run every N
    minutes start evenly spread over the N minutes, the first at minute 0; other schedules are kept as they are."""
    parts = [
        (cron, zone, number, part)
        for (cron, zone), sources in sorted(_by_schedule(catalog).items())
        for number, part in enumerate(_parts(sources), 1)
    ]
    total: dict[str, int] = {}
    found = []
    for cron, zone, number, part in parts:
        before = total.get(cron, 0)
        total[cron] = before + 1
        alike = sum(other == cron for other, *_ in parts)
        found.append(Group(_name(cron, zone, number), _spread(cron, before, alike), zone, part))
    return found


def _by_schedule(catalog: SourceCatalog) -> dict[tuple[str, str], list[Source]]:
    """(cron, time zone) -> the enabled sources that have it."""
    found: dict[tuple[str, str], list[Source]] = {}
    for source in catalog.enabled:
        found.setdefault((source.schedule, source.zone), []).append(source)
    return found


def _parts(sources: list[Source]) -> list[tuple[Source, ...]]:
    """The sources in as few parts as needed; a hash of its host decides the part of a source, so that few move when
    another joins. A host is in one part only: its sources wait for one another."""
    count = -(-len(sources) // MOST)
    parts: list[list[Source]] = [[] for _ in range(count)]
    for source in sources:
        parts[zlib.crc32(host_port(source.home).encode()) % count].append(source)
    return [tuple(part) for part in parts if part]


def _name(cron: str, zone: str, number: int) -> str:
    """The name of a group's deployment, such as `Chicago every 30 min`: short, as the Prefect UI cuts it, and without
    the characters that Prefect refuses."""
    every, city = _EVERY.fullmatch(cron), zone.partition("/")[2] or zone
    name = f"{city} every {every[1]} min" if every else f"{city} cron {cron}"
    return (name if number == 1 else f"{name}, part {number}").replace("/", "-")


def _spread(cron: str, number: int, total: int) -> str:
    """The cron of group `number` (from 0) of `total` that run every N minutes; another cron unchanged."""
    every = _EVERY.fullmatch(cron)
    offset = number * int(every[1]) // total if every else 0
    return f"{offset}-59/{every[1]} * * * *" if every and offset else cron
