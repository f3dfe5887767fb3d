"""Reads the records of a WARC file one after the other, past odd headers and damage."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from flows.errors import ShapeError
from flows.fetch.archive.archive_format import has_zstd_dictionary, member_magic, records_start
from flows.fetch.archive.gzip_members import end_of_members, find_bytes, is_padding, next_record, unchecked_member
from flows.fetch.archive.other_formats import warcio_records
from flows.fetch.archive.record_ends import MAX_RECORD
from flows.fetch.magic import GZIP_MAGIC

_BAD_HEADER = "Invalid WARC header"
_WRONG_CHECKSUM = "damaged at byte {0}: the checksum of the gzip member is wrong; its records were read all the same"


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a file cannot be read: its byte offset and the reason."""

    offset: int
    reason: str


def iterate(path: Path, start: int, end: int | None) -> Iterator[tuple[int, WarcRecord] | Damage]:
    """Every readable record that starts in [start, end) with its offset, and a Damage for each unreadable stretch.

    Reading continues at the next compressed member, or at the next `WARC/1.` line of an uncompressed file.
    """
    size, magic = path.stat().st_size, member_magic(path)
    end = size if end is None else end
    start = start or records_start(path)
    while start < end:
        last, problem = start, None
        offsets: list[int] = []
        for found in _stretch(path, start, end if end < size else None):
            if isinstance(found, str):
                problem = found
            else:
                last = found[0]
                offsets.append(last)
                yield found
        if problem is None:
            start = (yield from _at_end(path, last, is_last=end == size)) or size
            continue
        if magic == GZIP_MAGIC:  # not before `start`, which may look like a member within the damage
            last = max(start, end_of_members(path, _member_start(path, last)))
        if last >= end or is_padding(path, last):
            return
        start = (yield from _past_damage(path, Damage(last, f"damaged at byte {last}: {problem}"), offsets)) or size


def _at_end(path: Path, last: int, *, is_last: bool) -> Generator[Damage, None, int | None]:
    """Where the reading goes on after the record at `last`, at which the reader ended without an error, None at the
    end; in the last part of a file, a Damage where it is cut."""
    if member_magic(path) != GZIP_MAGIC:
        return None
    if is_member(path, last) and (following := next_record(path, last)) is not None:
        return following
    whole = end_of_members(path, _member_start(path, last)) if is_last else 0
    if is_last and whole < (size := path.stat().st_size) and not is_padding(path, whole):
        yield Damage(whole, f"truncated: no complete record after byte {whole} of {size}")
    return None


def _past_damage(
    path: Path, damage: Damage, known: list[int]
) -> Generator[tuple[int, WarcRecord] | Damage, None, int | None]:
    """The damage, with the records of a gzip member that has a wrong checksum only; returns where the reading goes on,
    None where it cannot. Records at the `known` offsets were read before; the last of them is read again, because it
    may have been cut."""
    magic = member_magic(path)
    member = unchecked_member(path, damage.offset, MAX_RECORD) if magic == GZIP_MAGIC else None
    if member is None:
        yield damage
        return None if has_zstd_dictionary(path) else find_bytes(path, magic or b"WARC/1.", damage.offset)
    content, end = member
    yield Damage(damage.offset, _WRONG_CHECKSUM.format(damage.offset))
    before = sum(offset >= damage.offset for offset in known)
    with suppress(OSError):  # the content may hold no record
        for record in islice(ArchiveIterator(io.BytesIO(content), parse_http=False), max(0, before - 1), None):
            yield damage.offset, record
    return end


def _stretch(path: Path, start: int, end: int | None) -> Iterator[tuple[int, WarcRecord] | str]:
    """The records from `start` up to the first damage, then what it is; nothing more if there is none.

    Where the lines of a record header end in a bare line feed, the stretch is read again without that rule. All of it
    is not read so from the start, because the reader then passes over what it does not know and says nothing. From a
    record whose headers are not read then either, another reader goes on, which is slow and knows names in any case.
    """
    done, problem, at, last = 0, None, start, -1
    for is_lenient in (False, True):
        before, ended = done, None
        for at, found in _fast_records(path, start, end, done, is_lenient=is_lenient):
            if isinstance(found, str):
                ended = found
            else:
                done, last = done + 1, at
                yield at, found
        problem = ended or (problem if done == before else None)
        if problem != _BAD_HEADER:
            break
    if problem == _BAD_HEADER:
        has_positions = member_magic(path) is None or is_member(path, at)
        yield from (
            _in_any_case(path, at, end, int(at == last)) if has_positions else _in_any_case(path, start, end, done)
        )
    elif problem:
        yield problem


def _fast_records(
    path: Path, start: int, end: int | None, known: int, *, is_lenient: bool
) -> Iterator[tuple[int, WarcRecord | str]]:
    """The records from `start` on, without the first ones that are `known`, each with its offset; then, if not all is
    read, the offset of the unknown record, or of the last one before the damage, and what it is."""
    at = start
    try:
        with path.open("rb") as file:
            file.seek(start)
            for record in islice(ArchiveIterator(file, parse_http=False, quirks_mode=is_lenient), known, None):
                at = record.stream_pos
                # In a single gzip stream the positions are those of the decompressed data: `end` is None then.
                if end is not None and at >= end:
                    return
                if _is_misread(record, is_lenient=is_lenient):
                    yield at, _BAD_HEADER
                    return
                yield at, record
    except OSError as error:
        yield at, str(error)


def _in_any_case(path: Path, start: int, end: int | None, known: int) -> Iterator[tuple[int, WarcRecord] | str]:
    """The records from `start` on, without the first ones that are `known`, whatever the case of their headers; then
    what the first damage is, if there is any."""
    try:
        for offset, record in islice(warcio_records(path, MAX_RECORD, start), known, None):
            if end is not None and offset >= end:
                return
            yield offset, record
    except ShapeError as error:
        yield str(error)


def _is_misread(record: WarcRecord, *, is_lenient: bool) -> bool:
    """Whether no type of the record was found, or, by the strict rule, several header lines were taken for one."""
    is_joined = not is_lenient and any("\n" in value for _, value in record.headers.items())
    return is_joined or int(record.record_type) == 0


def is_member(path: Path, offset: int) -> bool:
    """Whether a compressed member starts at an offset."""
    magic = member_magic(path)
    if magic is None:
        return False
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(len(magic)) == magic


def _member_start(path: Path, offset: int) -> int:
    """The offset itself if a member starts there, else 0: the file is a single gzip stream then."""
    return offset if is_member(path, offset) else 0
