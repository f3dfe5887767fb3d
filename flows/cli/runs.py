"""The commands that run flows: ingest, watch, demo, and up, which runs them on their schedules."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.complete import complete_source
from flows.cli.interrupt import keeping, own_end
from flows.cli.options import Data, ForcePrefect, layout_of, notify, use_demo_config
from flows.cli.prefect_env import closes_runs, use_prefect
from flows.cli.progress_view import shown_progress
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import load_settings

if TYPE_CHECKING:
    from flows.pipeline.source_runs import Ingested, Outcome
    from flows.sources import Source, SourceCatalog

_NEXT_COMMANDS = (
    ("newsvane trend rising_topics", ""),
    ("newsvane trend closings_and_weather", ""),
    ('newsvane sql "select posted_date, title, origin_kind from articles order by posted_at desc limit 10"', ""),
    ("newsvane serve", "the same in the browser, with every trend, story and article"),
    ("newsvane up", "carries on from here on a schedule, with the explorer and the Prefect UI"),
)


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Names in config/sources; default: all enabled sources.", autocompletion=complete_source),
    ] = None,
    data: Data = None,
    prefect: ForcePrefect = False,
) -> None:
    """Fetch what is new at the sources, politely, into the archive; exit 1 if a source could not be read."""
    from flows.pipeline.source_runs import SourcesFailed, chosen_sources, describe_outcome, run_sources
    from flows.sources import load_sources

    layout = layout_of(data)
    catalog = load_sources()
    chosen = chosen_sources(catalog, sources)

    def show(source: Source, outcome: Outcome) -> None:
        for line in describe_outcome(source, outcome):
            notify(line)

    records_runs = use_prefect(layout, force=prefect)
    with shown_progress() as view, keeping(lambda: _kept_by_ingest(view.done), closes_runs(records_runs)):
        if not records_runs:
            run_sources(chosen, load_settings(), layout, catalog.places, show, view.show).checked()
            return
        from flows.ingest import ingest as flow

        try:
            ingested = flow([source.name for source in chosen], str(layout.data))
        except SourcesFailed as failed:
            _show_runs(catalog, failed.ingested, show)
            raise
        _show_runs(catalog, ingested, show)


def watch(data: Data = None, prefect: ForcePrefect = False) -> None:
    """Report silent sources, missing days and drift of the published ledger."""
    from flows.pipeline.health import describe_issues, read_health

    layout = layout_of(data)
    if use_prefect(layout, force=prefect):
        from flows.watch import watch as flow

        issues = flow(str(layout.data))
    else:
        issues = read_health(layout, datetime.now(UTC)).issues
    for line in describe_issues(issues):
        notify(line)


def demo(
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=20, help="Simulated weeks before today, in a new data folder.")
    ] = 4,
    data: Data = None,
) -> None:
    """Run the whole pipeline on two simulated stations: fetch the last weeks of pages, load them, chart what happened.
    Run it again to add what has happened since."""
    use_demo_config()
    layout = layout_of(data)
    use_prefect(layout, force=True)
    from flows.cli.prefect_env import running_api
    from flows.demo import demo as flow

    notify("two simulated stations, the weeks that end today; nothing leaves this machine ...")
    with shown_progress(), keeping(lambda: "the next `newsvane demo` goes on from there", closes_runs(True)):
        lines = flow(str(layout.data), weeks, beside_up=running_api(layout) is not None).describe()
    for line in lines:
        notify(line)
    _tell_story(layout)
    notify(f"\nwarehouse: {layout.published}\ntry next:")
    is_near = layout.data.is_relative_to(Path.cwd())
    option = f"--data {layout.data.relative_to(Path.cwd()) if is_near else layout.data}"
    for command, meaning in _NEXT_COMMANDS:
        notify(f"  .venv/bin/{command} {option}" + (f"   # {meaning}" if meaning else ""))


def _tell_story(layout: Layout) -> None:
    """Chart the storylines of the last four weeks, and say in sentences what the chart shows."""
    from flows.pipeline.demo_story import sentences, story_table
    from flows.pipeline.demo_world import DemoWorld
    from flows.trends.charts import chart

    world = DemoWorld.read(layout)
    if world is None:
        return
    table = story_table(layout, world, datetime.now(UTC).date())
    sys.stdout.write(chart(table, shutil.get_terminal_size().columns) + "\n")
    sys.stdout.writelines(f"{sentence}\n" for sentence in sentences(table))
    sys.stdout.write("Today is left out: it is not complete.\n")


def up(
    data: Data = None,
    demo: Annotated[bool, typer.Option("--demo", help="Carry on the demo: its stations, its data folder.")] = False,
    speed: Annotated[
        int | None, typer.Option("--speed", min=1, max=7, help="With --demo: so many simulated days a minute.")
    ] = None,
    worker: Annotated[
        bool, typer.Option("--worker", help="Only execute runs of the work pool that config names.")
    ] = False,
    prefect_yaml: Annotated[
        Path | None, typer.Option("--prefect-yaml", help="Only write the deployments to this file, `-` for stdout.")
    ] = None,
) -> None:
    """Start the Prefect server and run the schedules of config/ until Ctrl-C. If PREFECT_API_URL is set, the
    deployments go to that server and none is started."""
    from flows.cli.up import execute_pool, start, write_prefect_yaml

    if demo:
        use_demo_config()
    elif speed:
        raise ConfigError("--speed: is for the demo only: newsvane up --demo --speed 1")
    layout = layout_of(data)
    if prefect_yaml:
        write_prefect_yaml(layout, prefect_yaml)
    elif worker:
        execute_pool(layout)
    else:
        with own_end():
            start(layout, speed)


def _kept_by_ingest(done: int) -> str:
    """What an interrupted ingest has kept."""
    kept = count_text(done, "exchange is", "exchanges are")
    return f"{kept} in the archive; the next `newsvane ingest` goes on from there"


def _show_runs(catalog: SourceCatalog, ingested: Ingested, show: Callable[[Source, Outcome], None]) -> None:
    for run in ingested.runs:
        show(catalog.by_name(run.source), run)
