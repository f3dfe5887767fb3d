"""Says what an error at a lake means: a catalog or bucket that is lost, refuses, or is not there."""

from __future__ import annotations

import re
from typing import Final

import duckdb

from flows.errors import ConfigError, NewsvaneError, Transient
from flows.settings import load_settings
from flows.warehouse.duckdb_errors import explained, first_line

CONFLICT: Final = "Transaction conflict"  # another writer committed what this commit read
_REFUSED: Final = re.compile(r"FATAL: +(.*)")
_NOT_NOW: Final = re.compile(r"(starting up|shutting down|recovery mode|too many|remaining connection|terminating)")
_CATALOG: Final = (
    "Unable to connect to Postgres", "connection to server", "server closed the connection", "terminating connection",
    "Failed to execute query", "Failed to commit: ",
)  # fmt: skip
_BUCKET: Final = re.compile(r"HTTP (GET|PUT|HEAD|POST|DELETE|Error)|Unable to connect to URL")
_STATUS: Final = re.compile(r"HTTP(?: code)? (\d{3})")
_HINTS: Final = {
    "403": "access is denied: set the credentials of the AWS tools",
    "404": "there is no such bucket or file: create the bucket, or name another one",
}


def explained_at_lake(error: duckdb.Error, lake: str) -> NewsvaneError:
    """The error to raise for a DuckDB error at a lake: Transient for a catalog or bucket that does not answer, with
    host and setting, ConfigError for one that refuses or is not there; else as for a file."""
    message = str(error)
    catalog = f"{lake} (`lake` under [warehouse], or --lake)"
    if _BUCKET.search(message):
        return _of_bucket(lake, message)
    if "DATA_PATH parameter" in message:
        return ConfigError(f"{lake}: `lake_data` under [warehouse] is not the folder of this lake: {first_line(error)}")
    refused = _REFUSED.search(message)
    if refused and not _NOT_NOW.search(refused[1]):
        return ConfigError(f"{catalog}: PostgreSQL refuses the connection: {refused[1].strip()}")
    if CONFLICT in message:
        return Transient(f"{lake}: other writers committed at the same time, again and again: run the command again")
    if refused or any(sign in message for sign in _CATALOG):
        reason = " ".join(message.split())
        return Transient(
            f"{catalog}: the catalog does not answer or was lost ({reason}): run the command again to go on"
        )
    return explained(error, lake)


def is_lost(error: duckdb.Error) -> bool:
    """Whether an error is of the catalog or the bucket, as opposed to the statement."""
    message = str(error)
    return bool(_BUCKET.search(message) or _REFUSED.search(message)) or any(sign in message for sign in _CATALOG)


def _of_bucket(lake: str, message: str) -> NewsvaneError:
    endpoint = load_settings().remote.s3_endpoint
    place = f"endpoint {endpoint}, `s3_endpoint` under [remote]" if endpoint else "`lake_data` under [warehouse]"
    status = _STATUS.search(message)
    reason, where = message.splitlines()[0], f"{lake}: its files in S3 cannot be reached ({place})"
    if status and status[1] in _HINTS:
        return ConfigError(f"{where}: {_HINTS[status[1]]}: {reason}")
    return Transient(f"{where}: {reason}: run the command again to go on")
