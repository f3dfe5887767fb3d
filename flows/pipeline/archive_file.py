"""Describes an archive file to load: where it is read, where it came from, and which of its captures are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flows.data_layout import Layout
from flows.fetch.remote.remote_files import RemoteFile
from flows.pipeline.selection import ALL, Selection


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file to load. `path` is where it is read: for a remote file, where its copy is while it is loaded. `batch_id`
    is the id of its batch, if it had one before."""

    path: Path
    remote: RemoteFile | None = None
    selection: Selection = ALL
    batch_id: str | None = None

    @classmethod
    def of(cls, file: Path | ArchiveFile) -> ArchiveFile:
        """The file itself, or the file at a path with everything in it."""
        return file if isinstance(file, ArchiveFile) else cls(file)

    @classmethod
    def of_remote(cls, remote: RemoteFile, layout: Layout, selection: Selection = ALL) -> Self:
        """A file at a URL."""
        return cls(remote.copy_in(layout.downloads), remote, selection)

    @property
    def bytes(self) -> int:
        """The size of the file; 0 for a remote one of unknown size."""
        return (self.remote.bytes or 0) if self.remote else self.path.stat().st_size

    @property
    def name(self) -> str:
        """What rows and messages call it: its URL, or its path."""
        return self.remote.url if self.remote else self.path.as_posix()
