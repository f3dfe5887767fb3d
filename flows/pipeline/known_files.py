"""Recognizes archive files made by other tools by their content: new, loaded before, moved, or grown since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flows.settings import Layout
from flows.warehouse.external_files import ExternalFile, ExternalFiles

_STEP: Final = 1024 * 1024
_ID_PREFIX: Final = "sha256:"


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a file: its size in bytes, its SHA-256, and the SHA-256 of its first bytes at given sizes."""

    bytes: int
    sha256: str
    prefixes: dict[int, str] = field(default_factory=dict)

    @property
    def batch_id(self) -> str:
        """The batch id of a file with this content."""
        return _ID_PREFIX + self.sha256

    def extends(self, file: ExternalFile) -> bool:
        """Whether this content starts with the whole content of a smaller file, as a resumed download does."""
        return file.bytes is not None and self.prefixes.get(file.bytes) == file.sha256


def read_content(path: Path, sizes: Iterable[int] = ()) -> Content:
    """Read a file once and hash it; `sizes` are the sizes for `prefixes`, those up to the file's size are filled in."""
    digest, done, prefixes = hashlib.sha256(), 0, {}
    with path.open("rb") as file:
        ends = sorted({size for size in sizes if size > 0})
        while piece := file.read(min(_STEP, ends[0] - done) if ends else _STEP):
            digest.update(piece)
            done += len(piece)
            if ends and done == ends[0]:
                prefixes[ends.pop(0)] = digest.hexdigest()
    return Content(done, digest.hexdigest(), prefixes)


def is_sealed(layout: Layout, path: Path) -> bool:
    """Whether a file belongs to the archive under raw/; every other file was made by another tool."""
    return path.is_relative_to(layout.raw)


def located(layout: Layout, path: Path) -> Path:
    """The path by which a file is known: links are followed, but not below raw/, which may be on other disks."""
    return path if is_sealed(layout, path) else path.resolve()


def stored_path(layout: Layout, path: Path) -> str:
    """A path as the warehouse stores it: relative to the data folder if it is inside, else absolute."""
    return str(path.relative_to(layout.data)) if path.is_relative_to(layout.data) else str(path)


def missing_reason(layout: Layout, file: ExternalFile) -> str | None:
    """Why a loaded file cannot be read again from where it was last seen; None if it can."""
    path = layout.data / file.path
    if not path.is_file():
        return "file not found"
    if file.bytes is not None and (path.stat().st_size != file.bytes or read_content(path).sha256 != file.sha256):
        return "its content has changed"
    return None


class KnownFiles:
    """The loaded files of other tools, and what a given file is to them."""

    def __init__(self, files: ExternalFiles, layout: Layout) -> None:
        self._files, self._layout = files, layout
        self._known = files.loaded()
        self._given: dict[str, Path] = {}

    def skip_reason(self, path: Path) -> str | None:
        """Why a file given to be loaded is left out; None if it has content that is not loaded yet."""
        content = read_content(path)
        given = self._given.setdefault(content.batch_id, path)
        if given != path:
            return f"the same content as {given}"
        known = next((file for file in self._known if file.sha256 == content.sha256), None)
        if known is None:
            return None
        stored = stored_path(self._layout, path)
        if known.path == stored or (self._layout.data / known.path).is_file():
            return f"its content is loaded already (as {known.path})"
        self._files.move(known.batch_id, stored, path.as_posix())
        return f"its content is loaded already; it was moved from {known.path}"

    def add(self, path: Path, batch_id: str | None) -> str:
        """The batch id of a file that is about to be loaded; a file of another tool is recorded with it. A smaller
        file that it contains, such as a download that was resumed since, is not needed any more."""
        stored = stored_path(self._layout, path)
        if is_sealed(self._layout, path):
            return stored
        content = read_content(path, [file.bytes for file in self._known if file.bytes is not None])
        added = ExternalFile(batch_id or content.batch_id, stored, content.bytes, content.sha256)
        for file in self._known:
            was_known_by_path = file.sha256 is None and file.path == stored
            if file.batch_id != added.batch_id and (was_known_by_path or content.extends(file)):
                self._files.forget(file.batch_id)
        self._files.record(added)
        self._known.append(added)
        return added.batch_id
