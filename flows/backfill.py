"""The backfill flow: WARC and WET files from elsewhere, loaded where they lie."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.errors import ConfigError
from flows.refresh import Refreshed, refresh


@flow(name="backfill", flow_run_name="backfill {files}")
def backfill(files: list[str], data: str) -> Refreshed:
    """Load archive files that somebody else made, then check and publish. Files stay where they are: rows point into
    them. Raises ConfigError for a file that is not there."""
    paths = [Path(file).expanduser().resolve() for file in files]
    for path in paths:
        if not path.is_file():
            raise ConfigError(f"{path}: there is no such file; give WARC or WET files, gzip or not")
    return refresh(data, [str(path) for path in paths])
