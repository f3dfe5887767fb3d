"""Writes a file so that it has its final name only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import ConfigError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The path to write to. When the block ends well, what was written there becomes `path`; else, after Ctrl-C too, it
    is removed and `path` is as it was before. The file has the permissions of the one that it replaces, which may hold
    passwords. A device or a pipe is written directly. Raises ConfigError if the file cannot be written."""
    try:
        with _part_of(path) as part:
            yield part
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    if path.exists() and not path.is_file():
        yield path
        return
    target = path.resolve()
    part = target.with_name(f".{target.name}.part")
    try:
        if target.exists():
            part.touch()
            shutil.copymode(target, part)
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
