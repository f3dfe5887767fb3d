"""Finds archive files on other machines, and copies them to this one; a copy goes on where an earlier one ended."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from flows.errors import ConfigError, ShapeError, Transient, Unsafe
from flows.fetch.http.decode import decode
from flows.fetch.http.rate_limit import backoff
from flows.fetch.remote.filesystems import explained, is_s3, open_filesystem
from flows.fetch.urls import redact
from flows.settings import Settings

_STEP: Final = 8 * 1024 * 1024
_MAX_LIST: Final = 64 * 1024 * 1024
_ATTEMPTS: Final = 4
_PATTERN: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at a URL: its size in bytes, and the ETag or time by which the host knows its content; None where it names
    none."""

    url: str
    bytes: int | None
    version: str | None

    def copy_in(self, folder: Path) -> Path:
        """Where the copy of this content is kept while it is needed."""
        key = hashlib.sha256(repr((self.url, self.bytes, self.version)).encode()).hexdigest()[:16]
        return folder / f"{key}-{urlsplit(self.url).path.rpartition('/')[2][-80:]}"


def find_file(url: str, settings: Settings) -> RemoteFile:
    """What the host says of the file at a URL. Raises ConfigError for a host that config does not allow and for a file
    that is not there, Transient where the host does not answer."""
    with explained(url, settings):
        return _described(url, open_filesystem(url, settings).info(url))


def find_files(url: str, settings: Settings) -> list[RemoteFile]:
    """The file at a URL; for s3:// also those that match a pattern, or all below a prefix that ends in a slash, by
    name. Raises as `find_file` does, and ConfigError where nothing matches."""
    is_prefix = url.endswith("/")
    if not is_s3(url) or not (is_prefix or _PATTERN & set(url)):
        return [find_file(url, settings)]
    with explained(url, settings):
        listed = open_filesystem(url, settings).glob(f"{url}**" if is_prefix else url, detail=True)
    found = [_described(f"s3://{name}", facts) for name, facts in sorted(listed.items()) if facts["type"] == "file"]
    if not found:
        raise ConfigError(f"{redact(url)}: no file of the bucket matches")
    return found


def read_lines(url: str, settings: Settings) -> list[str]:
    """The lines of a list at a URL, with gzip or without, at most 64 MB of text. Raises as `find_file` does, and
    ShapeError for a list that is longer or damaged."""
    with explained(url, settings), open_filesystem(url, settings).open(url, "rb", block_size=_STEP) as file:
        raw = file.read(_MAX_LIST + 1)
    try:
        text = decode(raw, None, _MAX_LIST)
    except (ShapeError, Unsafe) as error:
        raise ShapeError(f"{redact(url)}: not a list of files: {error}") from error
    return [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]


def copy_file(file: RemoteFile, folder: Path, settings: Settings, on_bytes: Callable[[int], None]) -> Path:
    """Copy a file to `folder`, unless its copy is there, and return the copy; what an earlier attempt has copied is not
    asked for again. `on_bytes` receives the bytes of each step. Raises as `find_file` does."""
    copy = file.copy_in(folder)
    if copy.exists():
        return copy
    folder.mkdir(parents=True, exist_ok=True)
    part = copy.with_name(f"{copy.name}.part")
    if file.version is None:  # nothing says that what an earlier attempt copied is still the same
        part.unlink(missing_ok=True)
    for attempt in range(1, _ATTEMPTS + 1):
        before = _size(part)
        try:
            with explained(file.url, settings):
                _append(file, part, open_filesystem(file.url, settings), on_bytes)
            break
        except Transient:
            if attempt == _ATTEMPTS:
                raise
            if _size(part) <= before:
                time.sleep(backoff(attempt, random.Random()))  # noqa: S311 - spreads requests, no secret
    part.rename(copy)
    return copy


def _append(file: RemoteFile, part: Path, filesystem: Any, on_bytes: Callable[[int], None]) -> None:
    """Copy what the part does not have yet; all of it from a host that does not send ranges."""
    have = _size(part)
    try:
        with filesystem.open(file.url, "rb", block_size=_STEP, cache_type="none") as stream, part.open("ab") as out:
            if have:
                stream.seek(have)
            _pump(stream, out, on_bytes)
    except ValueError:  # fsspec's word for a host without ranges
        with filesystem.open(file.url, "rb", block_size=0) as stream, part.open("wb") as out:
            _pump(stream, out, on_bytes)
    size = _size(part)
    if file.bytes is not None and size != file.bytes:
        if size > file.bytes:
            part.unlink()
        raise OSError(f"{size} of {file.bytes} bytes came")


def _pump(stream: Any, out: Any, on_bytes: Callable[[int], None]) -> None:
    while piece := stream.read(_STEP):
        out.write(piece)
        on_bytes(len(piece))


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _described(url: str, facts: dict[str, Any]) -> RemoteFile:
    version = facts.get("ETag") or facts.get("Last-Modified") or facts.get("LastModified")
    size = facts.get("size")
    return RemoteFile(url, int(size) if size is not None else None, str(version) if version else None)
