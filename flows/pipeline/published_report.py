"""Writes the report of the published snapshot: Today and Topics in one HTML file of the data folder."""

from __future__ import annotations

import os

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.pipeline.progress import Notify
from flows.settings import Settings
from flows.web.explorer import Explorer


def refresh_report(layout: Layout, settings: Settings, notify: Notify) -> None:
    """Write the report again if it is of another snapshot than the published one, unless config switches it off. Where
    it cannot be made, `notify` is told and the earlier report stays: the snapshot is published all the same."""
    report = layout.report
    if not settings.publish.report or not layout.published.exists():
        return
    published = layout.published.stat().st_mtime_ns
    if report.exists() and report.stat().st_mtime_ns == published:
        return
    from flows.web.report import write_report  # the web framework, which most refreshes do without

    try:
        write_report(Explorer(layout, settings), report, settings.explorer.address)
    except NewsvaneError as error:
        notify(f"the report was not written: {error}")
        return
    os.utime(report, ns=(published, published))  # says which snapshot it is of
