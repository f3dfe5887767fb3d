"""The commands that run flows: ingest, refresh, backfill, watch, demo, and up, which runs them on their schedules."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Data, layout_of, notify
from flows.errors import ConfigError
from flows.settings import Layout, load_settings

if TYPE_CHECKING:
    from flows.refresh import Refreshed
    from flows.sources import Source

_NEXT_COMMANDS = (
    "newsvane trend rising_topics",
    "newsvane trend weather_and_topics",
    'newsvane sql "select posted_date, title, origin_kind from articles order by posted_at desc limit 10"',
    "newsvane up      # the same on a schedule, with the Prefect UI",
)


def ingest(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Names in config/sources; default: all enabled sources.")
    ] = None,
    data: Data = None,
) -> None:
    """Fetch what is new at the sources, politely, into the archive."""
    chosen = _chosen(sources)
    layout = _with_prefect(data)
    from flows.ingest import ingest as flow

    for source in chosen:
        done = flow(source.name, str(layout.data))
        notify(
            f"{source.name}: {done.found} found, {done.new} new, {done.changed} changed, {done.unchanged} unchanged, "
            f"{done.refused} refused, {done.failed} failed"
        )


def refresh(data: Data = None) -> None:
    """Load the archive into the warehouse, check it, publish the snapshot."""
    layout = _with_prefect(data)
    from flows.refresh import refresh as flow

    _summarize(flow(str(layout.data)))


def backfill(
    files: Annotated[list[Path], typer.Argument(help="WARC or WET files, with or without gzip.")], data: Data = None
) -> None:
    """Load archive files made by other tools, then check and publish."""
    from flows.pipeline.load import archive_files

    paths = [str(path) for path in archive_files(files)]
    layout = _with_prefect(data)
    from flows.backfill import backfill as flow

    _summarize(flow(paths, str(layout.data)))


def watch(data: Data = None) -> None:
    """Report silent sources, missing days and drift of the published ledger."""
    layout = _with_prefect(data)
    from flows.watch import watch as flow

    issues = flow(str(layout.data))
    notify(
        f"sources with issues: {issues}; details: newsvane trend source_health" if issues else "no source has issues"
    )


def demo(
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=20, help="Simulated weeks.")] = 4, data: Data = None
) -> None:
    """Run the whole pipeline on simulated stations: fetch weeks of pages, load them, and chart their topics."""
    layout = _with_prefect(data)
    from flows.demo import demo as flow
    from flows.trends.charts import chart
    from flows.trends.run import run

    notify(f"a simulated station and its sister, {weeks} weeks; nothing leaves this machine ...")
    _summarize(flow(str(layout.data), weeks))
    table = run(layout, "topic_frequency", {"by": "day", "source": "demo_station"})
    sys.stdout.write(chart(table, shutil.get_terminal_size().columns))
    notify(f"warehouse: {layout.published}")
    notify("try next:")
    for line in _NEXT_COMMANDS:
        notify(f"  .venv/bin/{line}")


def up(data: Data = None) -> None:
    """Start the Prefect server and run the schedules of config/ until Ctrl-C. If PREFECT_API_URL is set, the
    deployments go to that server and none is started."""
    from flows.cli.prefect_env import configure_prefect, external_api, local_api
    from flows.cli.prefect_server import prefect_server
    from flows.pipeline.simulate import on_air
    from flows.sources import load_sources

    settings, layout, catalog = load_settings(), layout_of(data), load_sources()
    external = external_api()
    configure_prefect(layout)
    os.environ.setdefault("PREFECT_API_URL", local_api(settings.server))
    from flows.serve import deployments, run_deployments

    server = nullcontext(external) if external else prefect_server(layout, settings.server, notify)
    try:
        with on_air(catalog.enabled, notify), server as api:
            ready = deployments(catalog, layout, settings.server)
            notify(f"{len(ready)} deployments on schedule; UI at {api.removesuffix('/api')} (Ctrl-C stops)")
            run_deployments(ready)
    except KeyboardInterrupt:
        notify("stopped")


def _chosen(names: list[str] | None) -> list[Source]:
    """The sources of these names, all enabled ones if None; raises ConfigError for an unknown or disabled source."""
    from flows.sources import load_sources

    catalog = load_sources()
    chosen = [catalog.by_name(name) for name in names] if names else catalog.enabled
    if not chosen:
        raise ConfigError("no source is enabled: list them with `newsvane sources`; see README, 'Add a source'")
    for source in chosen:
        if not source.enabled:
            raise ConfigError(f"source '{source.name}' is disabled: {source.disabled_reason}")
    return chosen


def _with_prefect(data: Path | None) -> Layout:
    """Configure Prefect, then import it."""
    from flows.cli.prefect_env import configure_prefect, quiet_console

    layout = layout_of(data)
    if configure_prefect(layout) is None:
        notify("starting a temporary Prefect server (`newsvane up` keeps one running) ...")
    import prefect.main  # noqa: F401 - configures Prefect's loggers

    quiet_console()
    return layout


def _summarize(done: Refreshed) -> None:
    faults = [check for check in done.checks if check.faults]
    notify(
        f"{done.files} files, {done.exchanges} exchanges loaded; {len(done.checks)} checks, {len(faults)} with faults"
    )
    for check in faults:
        notify(f"  {check.level}: {check.name}: {check.faults} ({check.example})")
    notify(f"published {done.published}")
