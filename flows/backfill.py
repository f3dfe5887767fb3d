"""The backfill flow: WARC and WET files made by other tools, loaded from where they are."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.pipeline.load import archive_files
from flows.pipeline.warehouse_refresh import Refreshed
from flows.refresh import refresh
from flows.run_log import fails_with_cause, log


def _run_name() -> str:
    files = [Path(file).name for file in flow_run.parameters["files"]]
    return f"backfill {files[0]}" + (f" and {len(files) - 1} more" if len(files) > 1 else "")


@flow(name="backfill", flow_run_name=_run_name)
@fails_with_cause
def backfill(files: list[str], data: str) -> Refreshed:
    """Load archive files made by other tools, then check and publish. Files are not copied: rows point into them.
    Raises ConfigError for a file that does not exist or is not an archive; then nothing is loaded."""
    paths = archive_files(files)
    for path in paths:
        log(f"loading {path}")
    done = refresh(data, [str(path) for path in paths])
    for line in done.describe():
        log(line)
    return done
