"""Says what an error of DuckDB means: a full disk, a file that another process has open, a damaged file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from flows.errors import Transient, WarehouseError

_DAMAGE: Final = (
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.InternalException,
    duckdb.FatalException,
)
_SIGNS_OF_DAMAGE: Final = ("not a valid DuckDB database", "Corrupt database file", "Could not read enough bytes")


def explained(error: duckdb.Error, path: Path | str) -> WarehouseError | Transient:
    """The error to raise for a DuckDB error: what happened, to which file or lake, and the next step."""
    message = str(error)
    if _is_full(message):
        return WarehouseError(
            f"{path}: the disk is full; nothing of this transaction was kept: free disk space and run the command again"
        )
    if _is_lock(message):
        return Transient(
            f"{path}: another process has the file open ({first_line(error)}): close it and run the command again"
        )
    if any(sign in message for sign in _SIGNS_OF_DAMAGE):
        return WarehouseError(
            f"{path}: the file is damaged ({first_line(error)}): run `newsvane refresh`, which publishes a new one, or"
            " `newsvane rebuild` if that does not help"
        )
    return WarehouseError(f"{path}: {message}")


def is_damage(error: duckdb.Error) -> bool:
    """Whether the file itself is damaged, as opposed to locked, on a full disk, or of another DuckDB version."""
    message = str(error)
    if _is_lock(message) or _is_full(message) or "version number" in message:
        return False
    return isinstance(error, _DAMAGE)


def first_line(error: duckdb.Error) -> str:
    """The first line of an error's message."""
    return str(error).splitlines()[0]


def _is_full(message: str) -> bool:
    return "No space left" in message or "File too large" in message or "Could not write" in message


def _is_lock(message: str) -> bool:
    return "Could not set lock" in message
