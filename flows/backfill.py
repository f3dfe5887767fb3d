"""The backfill flow: WARC and WET files made by other tools, loaded from where they are."""

from __future__ import annotations

from prefect import flow
from prefect.runtime import flow_run

from flows.counts import count_text
from flows.data_layout import Layout
from flows.pipeline.archive_inputs import archive_inputs
from flows.pipeline.selection import Selection
from flows.pipeline.warehouse_refresh import Refreshed
from flows.refresh import run_refresh
from flows.run_log import fails_with_cause, log
from flows.settings import load_settings


def _run_name() -> str:
    given = flow_run.parameters
    names = [name.rpartition("/")[2] or name for name in [*given["files"], *(given["cc_news"] or [])]]
    return f"backfill {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")


@flow(name="backfill", flow_run_name=_run_name)
@fails_with_cause
def backfill(files: list[str], data: str, selection: str | None = None, cc_news: list[str] | None = None) -> Refreshed:
    """Load archive files made by other tools, then check and publish. Files are not kept: rows point into them.

    `files` are paths, patterns, folders, @lists and URLs, `cc_news` months such as 2026-10; `selection` says which
    captures, such as `host=news.example.org&since=2020-01-01`. Raises ConfigError for a file that does not exist or is
    not an archive; then nothing is loaded."""
    found = archive_inputs(files, cc_news or [], Layout.at(data), load_settings(), Selection.parse(selection))
    log(count_text(len(found), "archive file") + (f", captures with {selection}" if selection else ""))
    return run_refresh(data, found)
