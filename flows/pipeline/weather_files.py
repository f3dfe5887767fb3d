"""Reads given files of weather history in parts that one worker can parse, and names each part by its content."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from glob import glob
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote, urlencode

from flows.errors import ConfigError, ShapeError
from flows.model import Page
from flows.parse.weather_history.history import header_lines, parse_history
from flows.pipeline.known_files import read_content

PART_BYTES: Final = 16 * 1024 * 1024
_MAX_WHOLE: Final = 64 * 1024 * 1024
_HEAD: Final = 64 * 1024
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What the files are loaded for: places, days (both included), and the zone of times without one."""

    place_keys: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: its number from 1, the line (from 1) that its own lines begin with, and its bytes. The header
    of a table stands at the beginning of every part."""

    number: int
    line: int
    body: bytes


def matching_files(patterns: Iterable[str]) -> list[Path]:
    """The files that the patterns match, each once, in order. Raises ConfigError for a pattern without a match."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        # Path.glob refuses absolute patterns.
        matches = sorted(path for name in glob(pattern, recursive=True) if (path := Path(name)).is_file())  # noqa: PTH207
        if not matches:
            raise ConfigError(f"--files {pattern}: no file matches; put a pattern in quotes")
        found.update((path.resolve(), None) for path in matches)
    return list(found)


def file_url(path: Path, request: FileRequest, sha256: str, part: Part) -> str:
    """The address of a part in the archive: the file's name and content and what it is loaded for, not its folder, so
    that the same file in another place is the same."""
    options = {
        "place": ",".join(sorted(request.place_keys)),
        "since": request.since,
        "until": request.until,
        "tz": request.zone,
        "sha256": sha256[:32],
        "part": part.number,
        "line": part.line,
    }
    named = {name: value for name, value in options.items() if value is not None}
    return f"file:///{quote(path.name)}?{urlencode(named, safe='/,')}"


def content_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return read_content(path).sha256


def check_format(path: Path, request: FileRequest) -> None:
    """Raise ShapeError, before anything is archived, if the beginning of a file is damaged, or is of no format that is
    read."""
    with _opened(path) as file:
        head = file.read(_HEAD)
        if header_lines(head.decode("utf-8", "replace")) is not None:
            parse_history(Page(_unnumbered(path, request), _whole_lines(head) if len(head) == _HEAD else head))
            return
        rest = file.read(_MAX_WHOLE)
    parse_history(Page(_unnumbered(path, request), head + rest))


def parts(path: Path) -> Iterator[Part]:
    """The parts of a file, plain or gzip, each of whole lines and about 16 MB. A file that has no lines is one part.
    Raises ShapeError for such a file of over 64 MB, and for damaged gzip."""
    with _opened(path) as file:
        yield from _parts(file)


def _parts(file: IO[bytes] | gzip.GzipFile) -> Iterator[Part]:
    pending = file.read(PART_BYTES)
    count = header_lines(pending[:_HEAD].decode("utf-8", "replace"))
    if count is None:
        body = pending + file.read(_MAX_WHOLE)
        if len(body) > _MAX_WHOLE:
            raise ShapeError("over 64 MB in a format that cannot be split by lines: split it yourself")
        yield Part(1, 1, body)
        return
    header = b"".join(line + b"\n" for line in pending.split(b"\n", count)[:count])
    number, line = 1, 1
    while pending:
        more = file.read(PART_BYTES)
        block, rest = _split(pending) if more else (pending, b"")
        if block:
            yield Part(number, line if number == 1 else line - count, block if number == 1 else header + block)
            line += block.count(b"\n")
            number += 1
        pending = rest + more
        if len(pending) > _MAX_WHOLE:
            raise ShapeError(f"line {line}: no end of the line, or of a quoted cell, within 64 MB: repair the file")


def _split(body: bytes) -> tuple[bytes, bytes]:
    """A body at its last end of a line that is not inside quotes, and what follows it."""
    end = body.rfind(b"\n") + 1
    while end and body.count(b'"', 0, end) % 2:
        end = body.rfind(b"\n", 0, end - 1) + 1
    return body[:end], body[end:]


def _whole_lines(body: bytes) -> bytes:
    return body[: body.rfind(b"\n") + 1] or body


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """The file's content, unpacked. Raises ShapeError where it turns out to be damaged gzip."""
    with path.open("rb") as file:
        is_packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        if not is_packed:
            yield file
            return
        try:
            with gzip.open(file) as unpacked:
                yield unpacked
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ShapeError(f"damaged gzip: {error}; get the file again") from error


def _unnumbered(path: Path, request: FileRequest) -> str:
    return file_url(path, FileRequest(request.place_keys, zone=request.zone), "", Part(1, 1, b""))
