"""The commands that load the warehouse: refresh, from the archive, and backfill, from files made by other tools."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.interrupt import keeping
from flows.cli.options import DAY, Data, ForcePrefect, layout_of, notify
from flows.cli.prefect_env import closes_runs, use_prefect
from flows.cli.progress_view import View, shown_progress
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import load_settings

if TYPE_CHECKING:
    from flows.pipeline.warehouse_refresh import Refreshed


def refresh(data: Data = None, prefect: ForcePrefect = False) -> None:
    """Load the archive into the warehouse, check it, publish the snapshot."""
    layout = layout_of(data)

    def load(view: View) -> Refreshed:
        from flows.pipeline.warehouse_refresh import refresh_warehouse

        return refresh_warehouse(layout, notify=notify, progress=view.show)

    def load_recorded() -> Refreshed:
        from flows.refresh import refresh as flow

        return flow(str(layout.data))

    _run(layout, "the next `newsvane refresh`", prefect, load, load_recorded)


def backfill(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="WARC, WET, ARC or WACZ files: paths, patterns, folders, @lists, http(s) or s3 URLs."),
    ] = None,
    cc_news: Annotated[
        list[str] | None, typer.Option("--cc-news", help="A month of CC-NEWS, such as 2026-10; may be repeated.")
    ] = None,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Only captures of this host and those below it; may be repeated.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option("--language", help="Only pages in this language, such as en; may be repeated.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=DAY, help="Only captures from this day (UTC) on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=DAY, help="Only captures up to this day (UTC).")
    ] = None,
    data: Data = None,
    prefect: ForcePrefect = False,
) -> None:
    """Load archive files made by other tools, then check and publish. What is loaded already is skipped, so the same
    command goes on after an interrupt."""
    from flows.pipeline.selection import Selection

    layout = layout_of(data)
    if not files and not cc_news:
        raise ConfigError("newsvane backfill: give archive files, or a month with --cc-news")
    days = [day.date() if day else None for day in (since, until)]
    selection = Selection.of(host or (), language or (), *days)

    def load(view: View) -> Refreshed:
        from flows.pipeline.archive_inputs import archive_inputs
        from flows.pipeline.warehouse_refresh import refresh_warehouse

        found = archive_inputs(files or [], cc_news or [], layout, load_settings(), selection)
        return refresh_warehouse(layout, found, notify=notify, progress=view.show)

    def load_recorded() -> Refreshed:
        from flows.backfill import backfill as flow

        return flow(files or [], str(layout.data), selection.key, cc_news)

    _run(layout, "`newsvane backfill` with the same files", prefect, load, load_recorded)


def _run(
    layout: Layout,
    command: str,
    prefect: bool,
    load: Callable[[View], Refreshed],
    load_recorded: Callable[[], Refreshed],
) -> None:
    """Load, as a run of Prefect if a server answers; `command` is what goes on after an interrupt."""
    records_runs = use_prefect(layout, force=prefect)
    with shown_progress() as view, keeping(lambda: _kept(view, command), closes_runs(records_runs)):
        done = load_recorded() if records_runs else load(view)
    for line in done.describe():
        notify(line)


def _kept(view: View, command: str) -> str:
    """What an interrupted load has kept: whole parts of files."""
    files = view.last.kept if view.last else 0
    return f"{count_text(files, 'file')} loaded; {command} goes on from there. The published snapshot is as it was"
