"""The backfill flow: WARC and WET files from elsewhere, loaded where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.errors import ConfigError
from flows.fetch.foreign import is_warc
from flows.refresh import Refreshed, refresh


def _run_name() -> str:
    files = [Path(file).name for file in flow_run.parameters["files"]]
    return f"backfill {files[0]}" + (f" and {len(files) - 1} more" if len(files) > 1 else "")


@flow(name="backfill", flow_run_name=_run_name)
def backfill(files: list[str], data: str) -> Refreshed:
    """Load archive files that somebody else made, then check and publish. Files stay where they are: rows point into
    them. Raises ConfigError for a file that is not there or no archive; then nothing was loaded."""
    return refresh(data, [str(path) for path in archives(files)])


def archives(files: Iterable[str | Path]) -> list[Path]:
    """The whole paths of archive files; raises ConfigError for the first that is none."""
    paths = [Path(file).expanduser().resolve() for file in files]
    for path in paths:
        if not path.is_file():
            raise ConfigError(f"{path}: there is no such file; give WARC or WET files, gzip or not")
        if not is_warc(path):
            raise ConfigError(
                f"{path}: this is no WARC or WET file: it does not begin with WARC/; a page goes to `newsvane parse`"
            )
    return paths
