"""Writes the report of the published snapshot: Today and Topics in one HTML file of the data folder."""

from __future__ import annotations

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.pipeline.progress import Notify
from flows.settings import Settings
from flows.web.explorer import Explorer


def refresh_report(layout: Layout, settings: Settings, notify: Notify) -> None:
    """Write the report again if it is older than the published snapshot, unless config switches it off. When it cannot
    be made, `notify` is told and the earlier report stays: the snapshot is published all the same."""
    report, published = layout.report, layout.published
    if not settings.publish.report or not published.exists():
        return
    if report.exists() and report.stat().st_mtime_ns > published.stat().st_mtime_ns:
        return
    from flows.web.report import write_report  # the web framework, which most refreshes do without

    try:
        write_report(Explorer(layout, settings, lambda path, offset: None), report, settings.explorer.address)
    except NewsvaneError as error:
        notify(f"the report was not written: {error}")
