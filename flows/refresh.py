"""The refresh flow, the only writer: sealed archive files to parsed rows to a checked, published snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import update_progress_artifact

from flows.artifacts import create_progress, note_checks, note_refresh
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline import load
from flows.settings import Layout
from flows.warehouse.publish import Check


@dataclass(slots=True)
class Refreshed:
    """What one refresh did: files and exchanges loaded, the checks, and the snapshot's path."""

    files: int = 0
    exchanges: int = 0
    checks: list[Check] = field(default_factory=list)
    published: str | None = None


@task(name="load", task_run_name="load {names}", retries=0)
def load_files(data: str, files: list[str], names: str) -> int:
    """Parse and load files that are not loaded yet, in one transaction; returns the number of exchanges loaded."""
    return load.load_batches(Layout.at(data), [Path(file) for file in files], print)


@task(name="publish")
def check_and_publish(data: str) -> tuple[list[Check], str]:
    """Run the checks and publish the snapshot; raises CheckFailed and keeps the last snapshot when a check fails."""
    checks, published = load.check_and_publish(Layout.at(data), note_checks, print)
    return checks, str(published)


@flow(name="refresh", flow_run_name="refresh the warehouse", log_prints=True)
def refresh(data: str, files: list[str] | None = None) -> Refreshed:
    """Load the archive files that are not in the warehouse yet (or just `files`), check it, publish it."""
    layout = Layout.at(data)
    waiting = load.unloaded(layout, [Path(file) for file in files] if files else sealed(layout))
    done = Refreshed(files=len(waiting))
    load.sync_config(layout)
    artifact = create_progress("refresh", f"of {len(waiting)} archive files")
    for start, part in load.groups(waiting):
        end = start + len(part)
        done.exchanges += load_files(data, [str(path) for path in part], f"{start + 1}-{end} of {len(waiting)}")
        update_progress_artifact(artifact, 100 * end / len(waiting))
    update_progress_artifact(artifact, 100.0)
    done.checks, done.published = check_and_publish(data)
    note_refresh(layout, done.files, done.exchanges)
    return done
