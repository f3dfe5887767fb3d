"""Recovers from a crash: cuts and seals the open archive file, and applies sealed files that the state has not seen."""

from __future__ import annotations

from pathlib import Path

from flows.data_layout import Layout
from flows.fetch.archive.external_warc import is_damage
from flows.fetch.archive.gzip_members import iter_members
from flows.fetch.archive.warc_reader import records, sealed
from flows.fetch.archive.warc_writer import OPEN_SUFFIX, seal
from flows.fetch.state.store import State
from flows.fetch.state.transitions import apply_exchange
from flows.sources import Source

_METADATA = b"WARC-Type: metadata"


def state_path(layout: Layout, source: str) -> Path:
    """The file with the fetch state of one source."""
    return layout.state / f"{source}.sqlite"


def recover(layout: Layout, source: str) -> list[Path]:
    """Seal the open files of a killed run, each cut after its last complete exchange; a file without one is removed.

    Only the run that holds the source's lock may call this: it must not touch a file that is being written.
    """
    recovered = []
    for opened in sorted(layout.raw.glob(f"{source}/*/*.warc.gz{OPEN_SUFFIX}")):
        end = 0
        for member in iter_members(opened):
            if _METADATA in member.head.partition(b"\r\n\r\n")[0]:
                end = member.end
        if end == 0:
            opened.unlink()
            continue
        with opened.open("r+b") as file:
            file.truncate(end)
        recovered.append(seal(opened))
    return recovered


def catch_up(layout: Layout, source: Source, state: State) -> int:
    """Apply every sealed file that the state has not seen, oldest first, one commit each; returns how many."""
    count, applied = 0, state.applied()
    for path in sealed(layout, source.name):
        name = path.relative_to(layout.data).as_posix()
        if name in applied:
            continue
        for exchange, page in records(path):
            if not is_damage(exchange):
                apply_exchange(state, source, exchange, page)
        state.commit(name)
        count += 1
    return count


def rebuild(layout: Layout, source: Source) -> int:
    """Delete the fetch state of one source and rebuild it from the archive; returns the number of files read."""
    path = state_path(layout, source.name)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with State(path) as state:
        return catch_up(layout, source, state)
