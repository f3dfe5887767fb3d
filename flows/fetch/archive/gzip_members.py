"""The gzip members of a file, one by one: where each whole one begins and ends, and where a cut or damage is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\x1f\x8b\x08"
_PIECE = 256 * 1024
_HEAD = 512


@dataclass(frozen=True, slots=True)
class Member:
    """One whole member: byte range in the file, and the first bytes it unpacks to."""

    start: int
    end: int
    head: bytes


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """Every whole member from `start` on, up to the first that is cut short or damaged; memory stays flat."""
    with path.open("rb") as file:
        file.seek(start)
        pending = b""
        while True:
            inner, head, used = zlib.decompressobj(31), b"", 0
            while not inner.eof:
                pending = pending or file.read(_PIECE)
                if not pending:
                    return
                try:
                    piece = inner.decompress(pending, _PIECE)
                except zlib.error:
                    return
                rest = inner.unused_data if inner.eof else inner.unconsumed_tail
                used += len(pending) - len(rest)
                head = head + piece[: _HEAD - len(head)] if len(head) < _HEAD else head
                pending = rest
            yield Member(start, start + used, head)
            start += used


def whole_until(path: Path, start: int = 0) -> int:
    """Where the last whole member from `start` on ends."""
    end = start
    for member in members(path, start):
        end = member.end
    return end


def find(path: Path, needle: bytes, after: int) -> int | None:
    """The first offset past `after` at which `needle` stands."""
    with path.open("rb") as file:
        at = after + 1
        file.seek(at)
        window = b""
        while piece := file.read(_PIECE):
            window += piece
            if (hit := window.find(needle)) >= 0:
                return at + hit
            keep = len(needle) - 1
            at += len(window) - keep
            window = window[-keep:]
    return None
