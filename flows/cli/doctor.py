"""What is set up, what is not, and the command that mends it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from flows.errors import NewsvaneError
from flows.runtime import running
from flows.settings import Layout, Settings, load_settings
from flows.sources import load_sources, load_topics

_PINS = {"prefect": "3.8.8", "duckdb": "1.5.5", "sqlalchemy": "2.0.58"}
_LOW_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `good` None is neither good nor bad; `mend` is the command or edit that helps."""

    what: str
    good: bool | None
    said: str
    mend: str | None = None


def examine(layout: Layout) -> list[Finding]:
    """Look at Python, packages, config, data folder, archive, snapshot and server; changes nothing."""
    return [*_machine(), *_config(), *_data(layout), *_server(layout)]


def _machine() -> Iterator[Finding]:
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0], "PYTHON=python3.11 make setup")
    for name, wanted in _PINS.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "missing"
        yield Finding(name, found == wanted, f"{found} (locked {wanted})", "make setup")


def _config() -> Iterator[Finding]:
    try:
        settings, catalog, _ = load_settings(), load_sources(), load_topics()
    except NewsvaneError as error:
        yield Finding("config", False, str(error), "edit that file")
        return
    enabled = ", ".join(source.name for source in catalog.enabled) or "none"
    yield Finding("config", True, f"{len(catalog.sources)} sources, {len(catalog.places)} places")
    yield Finding("enabled sources", bool(catalog.enabled), enabled, "enabled = true in config/sources/NAME.toml")
    yield _contact(settings)
    yield from _questions()


def _questions() -> Iterator[Finding]:
    from flows.trends.catalog import load, names

    faults = 0
    for name in names():
        try:
            load(name)
        except NewsvaneError as error:
            faults += 1
            yield Finding("trend", False, str(error), "mend that line of its header")
    yield Finding("trends", not faults, f"{len(names())} questions, {faults} with a faulty header", "see above")


def _contact(settings: Settings) -> Finding:
    is_set = not settings.identity.contact.endswith("@example.org")
    mend = "set identity.contact in config/newsvane.toml before fetching live sites"
    return Finding("contact", is_set or None, settings.identity.contact, mend)


def _data(layout: Layout) -> Iterator[Finding]:
    folder = layout.data
    if not folder.exists():
        yield Finding("data folder", None, f"{folder} is not there yet", "newsvane demo, or newsvane ingest")
        return
    is_writable = os.access(folder, os.W_OK)
    yield Finding("data folder", is_writable, str(folder), f"chown -R $USER {folder}")
    free = shutil.disk_usage(folder).free
    yield Finding("disk", free > _LOW_DISK, f"{free / 1024**3:.1f} GiB free", "free space, or move data with --data")
    files = list(layout.raw.glob("*/*/*.warc.gz"))
    cut_off = list(layout.raw.glob("*/*/*.open"))
    yield Finding("archive", bool(files) or None, f"{len(files)} sealed files", "newsvane ingest")
    if cut_off:
        yield Finding("archive", None, f"{len(cut_off)} files of runs that go on or were cut off", "newsvane ingest")
    yield _snapshot(layout)


def _snapshot(layout: Layout) -> Finding:
    if not layout.published.exists():
        return Finding("snapshot", None, "nothing is published yet", "newsvane refresh")
    from flows.warehouse.connection import open_reader

    try:
        with open_reader(layout) as reader:
            row = reader.execute("select count(*), max(last_seen_at) from fact_article").fetchone() or (0, None)
    except NewsvaneError as error:
        return Finding("snapshot", False, str(error), "newsvane refresh")
    return Finding("snapshot", True, f"{row[0]} articles, last seen {row[1]:%Y-%m-%d %H:%M} UTC" if row[1] else "empty")


def _server(layout: Layout) -> Iterator[Finding]:
    try:
        address = running(layout, load_settings().server)
    except NewsvaneError:
        return
    yield Finding("Prefect server", bool(address) or None, address or "not running", "newsvane up")
