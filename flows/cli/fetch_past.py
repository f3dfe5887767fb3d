"""The commands that fetch the past: fill, for days that were not observed, and fetch, for pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.complete import complete_source
from flows.cli.interrupt import keeping
from flows.cli.options import DAY, Data, ForcePrefect, layout_of, notify
from flows.cli.prefect_env import closes_runs, use_prefect
from flows.cli.progress_view import shown_progress
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import load_settings
from flows.sources import load_sources

if TYPE_CHECKING:
    from flows.pipeline.asked_pages import Asked, Job


def _in_folder(report: Path | None) -> Path | None:
    """The report as given; raises ConfigError, before hours of fetching, if its folder does not exist."""
    if report and not report.parent.is_dir():
        raise ConfigError(f"--report {report}: there is no folder {report.parent}")
    return report


Report = Annotated[
    Path | None,
    typer.Option("--report", callback=_in_folder, help="Write what could not be fetched to this CSV file."),
]


def fill(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Names in config/sources; default: all enabled sources.", autocompletion=complete_source),
    ] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=DAY, help="Only gaps from this day on.")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=DAY, help="Only gaps up to this day.")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only list the gaps.")] = False,
    report: Report = None,
    data: Data = None,
    prefect: ForcePrefect = False,
) -> None:
    """Fetch what sources posted on days that were not observed, politely, from their sites and the web archive, and
    load it. The same command goes on after an interrupt."""
    from flows.pipeline.gap_fill import fill_gaps, find_gaps
    from flows.pipeline.source_runs import chosen_sources

    layout = layout_of(data)
    names = [source.name for source in chosen_sources(load_sources(), sources)]
    first, last = (day.date() if day else None for day in (since, until))
    gaps = find_gaps(layout, names, first, last)
    for gap in gaps:
        notify(gap.describe())
    if not gaps:
        notify("no day is missing between the first and the last day of a source")
    if plan or not gaps:
        return

    def run_recorded() -> Asked:
        from flows.fill import fill as flow

        return flow(str(layout.data), names, first, last)

    asked = _run(layout, "fill", prefect, lambda job: fill_gaps(job, gaps), run_recorded)
    left = find_gaps(layout, names, first, last)
    before, after = (sum(gap.days for gap in found) for found in (gaps, left))
    notify(f"days without an observation: {before} before, {after} now")
    _say(asked, report)


def fetch(
    file: Annotated[Path, typer.Argument(help="URLs, one a line, or a CSV of Media Cloud or GDELT.")],
    report: Report = None,
    data: Data = None,
    prefect: ForcePrefect = False,
) -> None:
    """Fetch the pages of a list, politely, from their sites, and from the web archive what these do not have any more;
    then load them. The same command goes on after an interrupt."""
    from flows.pipeline.asked_pages import ask_for_pages
    from flows.pipeline.url_list import read_url_list

    layout, wanted = layout_of(data), read_url_list(file)
    notify(f"{file}: {count_text(len(wanted), 'page')}")

    def run_recorded() -> Asked:
        from flows.fill import fetch_list as flow

        return flow(str(layout.data), [(page.url, page.day) for page in wanted])

    _say(_run(layout, "fetch", prefect, lambda job: ask_for_pages(job, wanted), run_recorded), report)


def _run(
    layout: Layout, command: str, prefect: bool, ask: Callable[[Job], Asked], run_recorded: Callable[[], Asked]
) -> Asked:
    """Ask for pages and load them, as a run of Prefect if a server answers."""
    from flows.clock import SystemClock
    from flows.pipeline.asked_pages import Job
    from flows.pipeline.warehouse_refresh import refresh_warehouse

    records_runs = use_prefect(layout, force=prefect)
    kept = f"what was fetched is in the archive; the next `newsvane {command}` goes on from there"
    with shown_progress() as view, keeping(lambda: kept, closes_runs(records_runs)):
        if records_runs:
            return run_recorded()
        asked = ask(Job(layout, load_settings(), load_sources(), SystemClock(), notify, view.show))
        for line in refresh_warehouse(layout, notify=notify, progress=view.show).describe():
            notify(line)
    return asked


def _say(asked: Asked, report: Path | None) -> None:
    from flows.warehouse.output_file import whole_file

    for line in asked.describe():
        notify(line)
    if report:
        with whole_file(report) as path:
            asked.write(path)
        notify(f"{count_text(len(asked.missing), 'page')} that could not be fetched: {report}")
