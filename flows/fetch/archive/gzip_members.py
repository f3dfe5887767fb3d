"""Finds the gzip members of a file: where each complete one starts and ends, and where the file is damaged."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.fetch.inflate import Inflater

_CHUNK = 256 * 1024
_HEAD = 512


@dataclass(frozen=True, slots=True)
class Member:
    """One complete member: its byte range in the file, and its first decompressed bytes."""

    start: int
    end: int
    head: bytes


def iter_members(path: Path, start: int = 0) -> Iterator[Member]:
    """Every complete member from `start` up to the first truncated or damaged one, in constant memory."""
    with path.open("rb") as file:
        file.seek(start)
        pending = b""
        while True:
            inner, head, used = zlib.decompressobj(31), b"", 0
            while not inner.eof:
                pending = pending or file.read(_CHUNK)
                if not pending:
                    return
                try:
                    piece = inner.decompress(pending, _CHUNK)
                except zlib.error:
                    return
                rest = inner.unused_data if inner.eof else inner.unconsumed_tail
                used += len(pending) - len(rest)
                head = head + piece[: _HEAD - len(head)] if len(head) < _HEAD else head
                pending = rest
            yield Member(start, start + used, head)
            start += used


def end_of_members(path: Path, start: int = 0) -> int:
    """Where the last complete member from `start` on ends."""
    end = start
    for member in iter_members(path, start):
        end = member.end
    return end


def next_record(path: Path, start: int) -> int | None:
    """Where the first member after the one at `start` begins that holds the start of a WARC record; None if none does.
    A reader may take an empty member for the end of the file."""
    members = iter_members(path, start)
    next(members, None)
    return next((member.start for member in members if member.head.lstrip()[:5].upper() == b"WARC/"), None)


def unchecked_member(path: Path, start: int, limit: int) -> tuple[bytes, int] | None:
    """The content of the member at `start` and where it ends, whatever its checksum says; None if it is not complete or
    has more than `limit` bytes."""
    inflater, content, used = Inflater("gzip"), bytearray(), 0
    with path.open("rb") as file:
        file.seek(start)
        try:
            while not inflater.has_trailer and (data := file.read(_CHUNK)):
                used += len(data)
                for piece in inflater.feed(data):
                    content += piece
                    if len(content) > limit:
                        return None
        except zlib.error:
            return None
    return (bytes(content), start + used - len(inflater.rest)) if inflater.ended else None


def is_padding(path: Path, start: int) -> bool:
    """Whether a file has nothing but zeros after the complete gzip members from `start` on."""
    with path.open("rb") as file:
        file.seek(end_of_members(path, start))
        rest = file.read(_CHUNK + 1)
        return 0 < len(rest) <= _CHUNK and not rest.strip(b"\0")


def find_bytes(path: Path, wanted: bytes, after: int) -> int | None:
    """The first offset beyond `after` where `wanted` occurs, None if it does not occur."""
    with path.open("rb") as file:
        at = after + 1
        file.seek(at)
        window = b""
        while chunk := file.read(_CHUNK):
            window += chunk
            if (hit := window.find(wanted)) >= 0:
                return at + hit
            keep = len(wanted) - 1
            at += len(window) - keep
            window = window[-keep:]
    return None
