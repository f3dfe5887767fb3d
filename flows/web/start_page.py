"""Says what to do while nothing is published: set up a source, fetch, or load."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from flows.data_layout import DEMO_MARK, Layout
from flows.errors import ConfigError
from flows.sources import load_sources


@dataclass(frozen=True, slots=True)
class Step:
    """One step to the first page: what it is for, the command, and whether it is done."""

    text: str
    command: str
    is_done: bool


def steps(layout: Layout) -> list[Step]:
    """The steps from an empty data folder to the first snapshot, in order."""
    option = f" --data {shlex.quote(str(layout.data))}"
    if (layout.data / DEMO_MARK).exists():
        return [Step("Visit the simulated stations and load what they posted", f"newsvane demo{option}", False)]
    try:
        has_source = bool(load_sources().enabled)
    except ConfigError:  # of a file that the command names
        has_source = False
    is_fetched = next(layout.raw.glob("*/*/*.warc.gz"), None) is not None
    return [
        Step("Say who you are, and add a town or a site", "newsvane init", has_source),
        Step("Fetch what is new at the sources", f"newsvane ingest{option}", is_fetched),
        Step("Load it, check it, publish it", f"newsvane refresh{option}", False),
    ]
