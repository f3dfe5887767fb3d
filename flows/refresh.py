"""The refresh flow, the only writer: sealed archive files to parsed rows to a checked, published snapshot."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import RunProgress, note_checks, note_refresh
from flows.counts import count_text
from flows.data_layout import Layout
from flows.events import emit_failed_checks, emit_published
from flows.killed_runs import run_again
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.digest import row_counts
from flows.pipeline.load import check_and_publish, load_batches
from flows.pipeline.progress import OnStep, Progress, report
from flows.pipeline.warehouse_refresh import Refreshed, refresh_warehouse
from flows.run_log import fails_with_cause, log, name_result, run_name
from flows.settings import load_settings
from flows.warehouse.publish import Check
from flows.warehouse.snapshots import snapshots


@task(name="load", task_run_name="load files {place}", retries=0, cache_policy=NO_CACHE)
def load_files(data: str, files: list[ArchiveFile], place: str, on_step: OnStep, pool: Executor) -> int:
    """Parse and load files that are not loaded yet; returns the number of exchanges loaded."""
    return load_batches(Layout.at(data), files, log, on_step, pool)


@task(name="publish", task_run_name="check and publish")
def check_and_publish_snapshot(data: str) -> tuple[list[Check], str]:
    """Run the checks and publish the snapshot; raises CheckFailed and keeps the last snapshot when a check fails."""

    def on_checks(checks: list[Check]) -> None:
        note_checks(checks)
        emit_failed_checks(checks, data)

    checks, published = check_and_publish(Layout.at(data), on_checks, log)
    return checks, str(published)


def _newest(layout: Layout) -> int:
    """The number of the newest snapshot, 0 if there is none."""
    return next((snapshot.number for snapshot in snapshots(layout)), 0)


def _run_name() -> str:
    return run_name("warehouse", load_settings().server.zone)


@flow(name="refresh", flow_run_name=_run_name, on_crashed=[run_again])
@fails_with_cause
def refresh(data: str) -> Refreshed:
    """Load the archive files that are not in the warehouse yet, check it, publish it."""
    return run_refresh(data)


def run_refresh(data: str, files: list[ArchiveFile] | None = None) -> Refreshed:
    """Load the archive files that are not in the warehouse yet (or just `files`), check it, publish it: the steps are
    tasks of the flow that calls this."""
    layout = Layout.at(data)
    before, newest = row_counts(layout), _newest(layout)
    shown_share = RunProgress("refresh", "archive files parsed and loaded")
    shown_share.show(0)

    def load(part: list[ArchiveFile], place: str, on_step: OnStep, pool: Executor) -> int:
        return load_files(data, part, place, on_step, pool)

    def publish() -> tuple[list[Check], Path]:
        checks, published = check_and_publish_snapshot(data)
        return checks, Path(published)

    def progress(so_far: Progress) -> None:
        shown_share.show(so_far.done / max(so_far.total or 0, 1))
        report(so_far)

    done = refresh_warehouse(layout, files, notify=log, progress=progress, load=load, publish=publish)
    shown_share.close()
    note_refresh(layout, before, load_settings())
    if (number := _newest(layout)) != newest:
        emit_published(number, done, data)
    for line in done.describe():
        log(line)
    name_result(
        f"{count_text(done.files, 'file')}, {count_text(done.exchanges, 'exchange')}" if done.files else "nothing new"
    )
    return done
