"""Finds where the gzip member of a record starts, in files with several records in one member."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from flows.fetch.archive.archive_format import member_magic
from flows.fetch.archive.gzip_members import iter_members
from flows.fetch.magic import GZIP_MAGIC

_SAMPLE = 10  # records at the start of a file that show how it is packed
_NAMES = ("WARC-Type", "WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "Content-Length")


def shares_members(path: Path) -> bool:
    """Whether a gzip file has several records in one member, judged by its first records."""
    if member_magic(path) != GZIP_MAGIC:
        return False
    seen: set[int] = set()
    try:
        with path.open("rb") as file, path.open("rb") as probe:
            for record in islice(ArchiveIterator(file, parse_http=False), _SAMPLE):
                probe.seek(record.stream_pos)
                if record.stream_pos in seen or probe.read(len(GZIP_MAGIC)) != GZIP_MAGIC:
                    return True
                seen.add(record.stream_pos)
    except OSError:  # damaged: the reading of the file reports it
        return False
    return False


class MemberOffsets:
    """The start of the member of each record, asked for in file order from a member's start on.

    The position that FastWARC gives for a record within a member can be anywhere up to the start of the next one; that
    a member begins with a record is seen by the record's headers.
    """

    def __init__(self, path: Path, start: int) -> None:
        self._members = iter_members(path, start)
        self._current = next(self._members, None)
        self._next = next(self._members, None)

    def of(self, record: WarcRecord) -> int:
        """The byte offset of the member that holds the record; beyond damage, the record's own position."""
        if self._next is not None and begins_with(self._next.head.rpartition(b"\n")[0], record):
            self._current, self._next = self._next, next(self._members, None)
        if self._current is None or (self._next is None and record.stream_pos > self._current.end):
            return int(record.stream_pos)
        return self._current.start


def begins_with(content: bytes, record: WarcRecord) -> bool:
    """Whether content begins with the headers of a record, as far as it shows them."""
    lines = (line.partition(b":") for line in reversed(content.partition(b"\r\n\r\n")[0].split(b"\n")))
    shown = {name.strip().lower(): value.strip() for name, _, value in lines}
    pairs = [(shown.get(name.lower().encode()), record.headers.get(name)) for name in _NAMES]
    both = [(one, other.encode("utf-8", "surrogateescape").strip()) for one, other in pairs if one and other]
    return bool(both) and all(one.lower() == other.lower() for one, other in both)
