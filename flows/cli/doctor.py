"""The doctor command: reports what is set up, what is not, and how to fix it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Annotated

import typer

from flows.cli.findings import Finding
from flows.cli.options import Data, layout_of
from flows.cli.prefect_env import running_api
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.settings import Settings, load_settings
from flows.sources import load_sources
from flows.topic_config import load_topics

_DISTRIBUTION = "newsvane"
_PIN = re.compile(r"(?P<name>[\w.-]+)(\[[^\]]*\])?==(?P<version>[^\s;]+)$")
_LOW_DISK = 2 * 1024**3
_MARKS = {True: "[green]ok[/]", None: "[yellow]--[/]", False: "[red]no[/]"}


def doctor(
    data: Data = None,
    deploy: Annotated[bool, typer.Option("--deploy", help="Check what an unattended machine needs, too.")] = False,
) -> None:
    """Report what is set up, what is not, and how to fix it; exit 1 if anything is wrong."""
    from rich.console import Console
    from rich.markup import escape

    layout = layout_of(data)
    console, findings = Console(), examine(layout)
    if deploy:
        from flows.cli.doctor_deploy import examine_deployment

        stricter = examine_deployment(layout)
        findings = [one for one in findings if one.subject not in {two.subject for two in stricter}] + stricter
    for finding in findings:
        console.print(f"{_MARKS[finding.ok]} {finding.subject}: {escape(finding.detail)}", highlight=False)
        if not finding.ok and finding.fix:
            console.print(f"   fix: {escape(finding.fix)}", highlight=False)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


def examine(layout: Layout) -> list[Finding]:
    """Check Python, packages, config, data folder, archive, snapshot and server; changes nothing."""
    return [*_machine(), *_config(), *_data(layout), *_server(layout)]


def pins() -> dict[str, str]:
    """The packages that this distribution pins to one version; raises PackageNotFoundError if it is not installed."""
    matches = (_PIN.match(requirement) for requirement in requires(_DISTRIBUTION) or ())
    return {match["name"]: match["version"] for match in matches if match}


def _machine() -> Iterator[Finding]:
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0], "PYTHON=python3.11 make setup")
    try:
        pinned = pins()
    except PackageNotFoundError:
        yield Finding("packages", False, f"{_DISTRIBUTION} is not installed", "make setup")
        return
    wrong = {name: found for name, wanted in pinned.items() if (found := _installed(name)) != wanted}
    for name, found in wrong.items():
        yield Finding(name, False, f"{found} (pinned {pinned[name]})", "make setup")
    yield Finding("packages", not wrong, f"{len(pinned) - len(wrong)} of {len(pinned)} pinned versions", "make setup")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _config() -> Iterator[Finding]:
    try:
        settings, catalog, _ = load_settings(), load_sources(), load_topics()
    except NewsvaneError as error:
        yield Finding("config", False, str(error), "edit that file")
        return
    enabled = ", ".join(source.name for source in catalog.enabled) or "none"
    yield Finding(
        "config", True, f"{count_text(len(catalog.sources), 'source')}, {count_text(len(catalog.places), 'place')}"
    )
    yield Finding(
        "enabled sources", bool(catalog.enabled) or None, enabled, "newsvane init, or newsvane sources new SITE"
    )
    yield _contact(settings)
    yield from _trends()


def _contact(settings: Settings) -> Finding:
    is_set = not settings.identity.is_placeholder
    fix = "newsvane init --contact YOUR_ADDRESS, before fetching live sites"
    return Finding("contact", is_set or None, settings.identity.contact, fix)


def _trends() -> Iterator[Finding]:
    from flows.trends.catalog import load, names

    faults = 0
    for name in names():
        try:
            load(name)
        except NewsvaneError as error:
            faults += 1
            yield Finding("trend", False, str(error), "edit that line of its header")
    yield Finding("trends", not faults, f"{len(names())} trends, {faults} with a faulty header", "see above")


def _data(layout: Layout) -> Iterator[Finding]:
    folder = layout.data
    if not folder.exists():
        yield Finding("data folder", None, f"{folder} does not exist yet", "newsvane demo, or newsvane ingest")
        return
    is_writable = os.access(folder, os.W_OK)
    yield Finding("data folder", is_writable, str(folder), f"chown -R $USER {folder}")
    free = shutil.disk_usage(folder).free
    yield Finding("disk", free > _LOW_DISK, f"{free / 1024**3:.1f} GiB free", "free space, or use another --data")
    files = list(layout.raw.glob("*/*/*.warc.gz"))
    yield Finding("archive", bool(files) or None, count_text(len(files), "sealed file"), "newsvane ingest")
    if unsealed := list(layout.raw.glob("*/*/*.open")):
        detail = f"{count_text(len(unsealed), 'unsealed file')} of running or interrupted runs"
        yield Finding("archive", None, detail, "newsvane ingest (recovers those of interrupted runs)")
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
    return Finding(
        "snapshot",
        True,
        f"{count_text(row[0], 'article')}, last seen {row[1]:%Y-%m-%d %H:%M} UTC" if row[1] else "empty",
    )


def _server(layout: Layout) -> Iterator[Finding]:
    address = running_api(layout)
    yield Finding("Prefect server", bool(address) or None, address or "not running", "newsvane up")
