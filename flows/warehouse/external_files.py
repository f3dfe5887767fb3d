"""Keeps the list of loaded archive files made by other tools: their content, and where each was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb

from flows.warehouse.transaction import transaction

# A large file is loaded in parts, each a batch of its own, and the last one has the id of the file: what has that id
# is loaded to its end.
PART_MARK: Final = "#"


@dataclass(frozen=True, slots=True)
class ExternalFile:
    """A loaded file of another tool. `path` is relative to the data folder, absolute, or a URL; `bytes` and `sha256`
    are None for a file that an earlier version loaded, which knew it by its path. `version` is what the host of a URL
    calls its content, `selection` which of its captures were loaded (None: all)."""

    batch_id: str
    path: str
    bytes: int | None
    sha256: str | None
    version: str | None = None
    selection: str | None = None


class ExternalFiles:
    """The table external_file of one warehouse."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def loaded(self) -> list[ExternalFile]:
        """The files whose batch has landed, in the order in which they were loaded."""
        rows = self._connection.execute(
            "select file.batch_id, file.path, file.bytes, file.sha256, file.version, file.selection"
            " from external_file as file join batch using (batch_id) order by batch.loaded_at, file.batch_id"
        ).fetchall()
        return [ExternalFile(*row) for row in rows]

    def record(self, file: ExternalFile) -> None:
        """Add a file, before its batch is loaded; until that has landed, `loaded` does not list it."""
        self._connection.execute(
            "insert or replace into external_file (batch_id, path, bytes, sha256, version, selection)"
            " values (?, ?, ?, ?, ?, ?)",
            [file.batch_id, file.path, file.bytes, file.sha256, file.version, file.selection],
        )

    def move(self, batch_id: str, path: str, warc_file: str) -> None:
        """Record that a file is in another place now; the rows of its exchanges then refer to `warc_file`."""
        with transaction(self._connection):
            self._connection.execute("update external_file set path = ? where batch_id = ?", [path, batch_id])
            self._connection.execute(
                "update fact_fetch set warc_file = ? where batch_id = ? or starts_with(batch_id, ?)",
                [warc_file, batch_id, batch_id + PART_MARK],
            )
            self._connection.execute("delete from lake_commit")  # rows have changed in months that no load marks

    def problems(self, batch_id: str) -> list[str]:
        """The reasons of a file's rows without a request: where it could not be read."""
        found = self._connection.execute(
            "select distinct reason from fact_fetch"
            " where (batch_id = ? or starts_with(batch_id, ?)) and attempts = 0 and reason is not null",
            [batch_id, batch_id + PART_MARK],
        )
        return [str(reason) for (reason,) in found.fetchall()]

    def forget(self, batch_id: str) -> None:
        """Remove a file from the list because a loaded file contains it; its rows stay."""
        self._connection.execute("delete from external_file where batch_id = ?", [batch_id])


def archive_batches(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The ids of the loaded batches that are files of the archive: their paths in the data folder."""
    rows = connection.execute("select batch_id from batch where starts_with(batch_id, 'raw/') order by batch_id")
    return [str(batch_id) for (batch_id,) in rows.fetchall()]
