"""Maps the data folder: where the archive, the fetch state, the warehouse and the locks are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flows.errors import ConfigError

DEMO_MARK = "demo.json"  # in a data folder: it holds the demo, and which world it observes


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths under one data folder; `room` is the name of the warehouse's folder. With `lake`, queries read that
    DuckLake instead of the published snapshot."""

    data: Path
    room: str = "warehouse"
    lake: str | None = None

    @property
    def raw(self) -> Path:
        """The archive: raw/<source>/<date>/*.warc.gz, never edited."""
        return self.data / "raw"

    @property
    def state(self) -> Path:
        """The fetch state of each source (SQLite); it is rebuilt from the archive's ledger records if lost."""
        return self.data / "state"

    @property
    def downloads(self) -> Path:
        """Copies of remote archive files while they are loaded, and parsed rows on their way to the warehouse."""
        return self.data / "downloads"

    @property
    def locks(self) -> Path:
        """One lock file per host and one for the warehouse."""
        return self.data / "locks"

    @property
    def warehouse(self) -> Path:
        """The database file that the one writer loads into."""
        return self.data / self.room / "working.duckdb"

    @property
    def published(self) -> Path:
        """The snapshot readers open, replaced atomically."""
        return self.data / self.room / "newsvane.duckdb"

    @property
    def snapshots(self) -> Path:
        """The last snapshots by number: readers open the newest, `newsvane restore` can restore the others."""
        return self.data / self.room / "snapshots"

    @property
    def report(self) -> Path:
        """Today and Topics of the published snapshot in one HTML file, which each publish writes."""
        return self.data / "report.html"

    @property
    def prefect(self) -> Path:
        """PREFECT_HOME: run history and UI state."""
        return self.data / "prefect"

    @property
    def up_lock(self) -> Path:
        """Held by the running `newsvane up`; holds its process id."""
        return self.prefect / "up.lock"

    @classmethod
    def at(cls, folder: str | Path) -> Self:
        """The layout under `folder`; a relative path starts at the working directory.

        Raises ConfigError for a path with a `?`: DuckDB takes what follows it for options, and puts its write-ahead log
        into a folder that does not exist.
        """
        path = Path(folder).expanduser().resolve()
        if "?" in str(path):
            raise ConfigError(f"data folder {path}: DuckDB cannot write below a path with a '?': choose another folder")
        return cls(path)
