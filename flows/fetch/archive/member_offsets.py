"""Finds where the gzip member of a record starts, in files with several records in one member."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from flows.fetch.archive.archive_format import member_magic
from flows.fetch.archive.gzip_members import Member, iter_members
from flows.fetch.magic import GZIP_MAGIC

_SAMPLE = 10  # records at the start of a file that show how it is packed
_NAMES = ("WARC-Record-ID", "WARC-Target-URI", "WARC-Date")


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
        if self._next is not None and _begins_with(self._next, record):
            self._current, self._next = self._next, next(self._members, None)
        if self._current is None or (self._next is None and record.stream_pos > self._current.end):
            return int(record.stream_pos)
        return self._current.start


def _begins_with(member: Member, record: WarcRecord) -> bool:
    """Whether the first record of a member has the headers of this one, as far as the member's head shows them."""
    head = member.head.rpartition(b"\n")[0].partition(b"\r\n\r\n")[0]
    values = {name: record.headers.get(name) for name in _NAMES}
    shown = {name: value for name, value in values.items() if value and name.encode() in head}
    return bool(shown) and all(value.encode("utf-8", "surrogateescape") in head for value in shown.values())
