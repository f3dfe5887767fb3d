"""Recognizes archive files made by other tools by their content: new, loaded before, moved, or grown since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.fetch.archive.external_warc import DAMAGE_REASONS
from flows.fetch.remote.filesystems import is_remote
from flows.fetch.remote.remote_files import RemoteFile, find_file
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.selection import Selection
from flows.settings import Settings
from flows.warehouse.external_files import ExternalFile, ExternalFiles

_STEP: Final = 1024 * 1024
_ID_PREFIX: Final = "sha256:"


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a file: its size in bytes, its SHA-256, and the SHA-256 of its first bytes at given sizes."""

    bytes: int
    sha256: str
    prefixes: dict[int, str] = field(default_factory=dict)

    def batch_id(self, selection: Selection) -> str:
        """The batch id of these captures of a file with this content."""
        return _ID_PREFIX + self.sha256 + (f"?{selection.key}" if selection.key else "")

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


def located(layout: Layout, file: ArchiveFile) -> ArchiveFile:
    """The file by the path that it is known by: links are followed, but not below raw/, which may be on other disks."""
    return file if file.remote or is_sealed(layout, file.path) else replace(file, path=file.path.resolve())


def stored_path(layout: Layout, path: Path) -> str:
    """A path as the warehouse stores it: relative to the data folder if it is inside, else absolute."""
    return str(path.relative_to(layout.data)) if path.is_relative_to(layout.data) else str(path)


def archive_file(layout: Layout, file: ExternalFile, settings: Settings) -> ArchiveFile | str:
    """A loaded file as a file to load again, or why it cannot be read again from where it was last seen."""
    selection = Selection.parse(file.selection)
    if is_remote(file.path):
        try:
            remote = find_file(file.path, settings)
        except NewsvaneError as error:
            return error.message
        if (remote.bytes, remote.version) != (file.bytes, file.version):
            return "its content has changed"
        return replace(ArchiveFile.of_remote(remote, layout, selection), batch_id=file.batch_id)
    path = (layout.data / file.path).resolve()
    if not path.is_file():
        return "file not found"
    if file.bytes is not None and (path.stat().st_size != file.bytes or read_content(path).sha256 != file.sha256):
        return "its content has changed"
    return ArchiveFile(path, None, selection, file.batch_id)


class KnownFiles:
    """The loaded files of other tools, and what a given file is to them."""

    def __init__(self, files: ExternalFiles, layout: Layout) -> None:
        self._files, self._layout = files, layout
        self._known = files.loaded()
        self._given: dict[str, str] = {}

    def skip_reason(self, file: ArchiveFile) -> str | None:
        """Why a file is left out; None if it has content that is not loaded yet, or is remote and not copied yet and
        its host does not say that it is one that was loaded."""
        if file.remote and not file.path.exists():
            return self._skip_remote_reason(file.remote, file.selection)
        content, stored = read_content(file.path), self._stored(file)
        given = self._given.setdefault(content.batch_id(file.selection), file.name)
        if given != file.name:
            return f"the same content as {given}"
        same = [each for each in self._known if each.sha256 == content.sha256 and _covers(each, file.selection)]
        known = next((each for each in same if self._is_there(each)), same[0] if same else None)
        if known is None:
            return None
        if known.path == stored or self._is_there(known):
            return f"its content is loaded already (as {known.path})"
        self._files.move(known.batch_id, stored, file.name)
        return f"its content is loaded already; it was moved from {known.path}"

    def _skip_remote_reason(self, remote: RemoteFile, selection: Selection) -> str | None:
        for file in self._known:
            is_same = (file.path, file.bytes, file.version) == (remote.url, remote.bytes, remote.version)
            if is_same and remote.version is not None and _covers(file, selection):
                return "its content is loaded already"
        return None

    def add(self, file: ArchiveFile) -> str:
        """The batch id of a file that is about to be loaded; a file of another tool is recorded with it. A smaller
        file that it contains, such as a download that was resumed since, is not needed any more, nor is a damaged one
        that it has replaced."""
        stored = self._stored(file)
        if is_sealed(self._layout, file.path):
            return stored
        content = read_content(file.path, [each.bytes for each in self._known if each.bytes is not None])
        batch_id = file.batch_id or content.batch_id(file.selection)
        version = file.remote.version if file.remote else None
        added = ExternalFile(batch_id, stored, content.bytes, content.sha256, version, file.selection.key)
        for each in self._known:
            was_known_by_path = each.sha256 is None and each.path == stored
            is_part = content.extends(each) and added.selection in (None, each.selection)
            is_repaired = each.path == stored and each.sha256 != added.sha256 and self._is_damaged(each)
            if each.batch_id != added.batch_id and (was_known_by_path or is_part or is_repaired):
                self._files.forget(each.batch_id)
        self._files.record(added)
        self._known.append(added)
        return added.batch_id

    def _stored(self, file: ArchiveFile) -> str:
        return file.name if file.remote else stored_path(self._layout, file.path)

    def _is_damaged(self, file: ExternalFile) -> bool:
        """Whether a part of a file could not be read when it was loaded."""
        return any(reason.startswith(DAMAGE_REASONS) for reason in self._files.problems(file.batch_id))

    def _is_there(self, file: ExternalFile) -> bool:
        """Whether a known file is still where it was; a remote one is not asked for."""
        return is_remote(file.path) or (self._layout.data / file.path).is_file()


def _covers(file: ExternalFile, selection: Selection) -> bool:
    """Whether all captures that a selection takes were loaded from a file."""
    return file.selection in (None, selection.key)
