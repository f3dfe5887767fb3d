"""Runs the parser on spans of archive files in worker processes, and returns their rows as Arrow tables."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Final

from flows.errors import Transient
from flows.fetch.archive.warc_reader import chunks, records
from flows.parse import Context, load_context
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.route import add_exchange
from flows.pipeline.selection import Selection
from flows.settings import config_dir
from flows.warehouse.batch import Batch
from flows.warehouse.staged_tables import Tables, merged

SMALL_BYTES: Final = 4 * 1024 * 1024  # about 4 s of parsing; two workers take more than 2 s to start
_SPLIT_BYTES: Final = 4 * 1024 * 1024
_SPAN_EXCHANGES: Final = 500
_SPANS_AHEAD: Final = 4  # per worker: spans that are parsed ahead bound the memory, and keep the workers busy

_KILLED: Final = (
    "a parser process was killed, perhaps because memory ran out; its files were not loaded: lower `workers` under"
    " [run] in config/newsvane.toml, then run the command again"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Byte spans of one archive file that are loaded together, as the batch with this id; a large file has several
    parts."""

    file: ArchiveFile
    batch_id: str
    spans: tuple[tuple[int, int], ...]
    is_last: bool = True

    @property
    def bytes(self) -> int:
        """The bytes of the archive in all spans."""
        return sum(end - start for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Staged:
    """The rows of one span or part, and how many of its exchanges were not selected."""

    tables: Tables
    left_out: int = 0


OnSpan = Callable[[int, int], None]  # bytes and exchanges of a span that was parsed


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of parser processes, started as they are needed. They are new processes, not forks: a fork would copy the
    locks of DuckDB's threads. They end with this process, even if it is killed. When the block raises, they are
    terminated at once: otherwise they would finish their queue although nothing reads the results. Raises Transient
    when one of them was killed."""
    others = set(active_children())
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            yield pool
        except BaseException as error:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(active_children()) - others:
                worker.terminate()
            if isinstance(error, BrokenProcessPool):
                raise Transient(_KILLED) from error
            raise


def stage_parts(
    parts: Iterable[Part], pool: Executor | None, workers: int, on_span: OnSpan
) -> Iterator[tuple[Part, Staged]]:
    """The rows of each part, in order. The workers of `pool` parse ahead of the caller, within bounds; without a pool
    this process parses. `on_span` is called after each span."""
    ahead = workers * _SPANS_AHEAD if pool else 0
    waiting: deque[tuple[Part, list[Future[Staged]]]] = deque()
    for part in parts:
        waiting.append((part, [_submit(pool, part, span) for span in part.spans]))
        while len(waiting) > 1 and sum(len(spans) for _, spans in waiting) > ahead:
            yield _collected(*waiting.popleft(), on_span)
    while waiting:
        yield _collected(*waiting.popleft(), on_span)


def _submit(pool: Executor | None, part: Part, span: tuple[int, int]) -> Future[Staged]:
    work = (str(part.file.path), *span, str(config_dir()), part.file.name, part.file.selection)
    if pool is not None:
        return pool.submit(stage_span, *work)
    done: Future[Staged] = Future()
    done.set_result(stage_span(*work))
    return done


def _collected(part: Part, spans: list[Future[Staged]], on_span: OnSpan) -> tuple[Part, Staged]:
    found = []
    for (start, end), future in zip(part.spans, spans, strict=True):
        staged = future.result()
        found.append(staged)
        on_span(end - start, staged.tables["stage_fetch"].num_rows + staged.left_out)
    return part, Staged(merged(staged.tables for staged in found), sum(staged.left_out for staged in found))


def stage_span(path: str, start: int, end: int, config: str, name: str, selection: Selection) -> Staged:
    """The staged rows of one byte span of an archive file that is called `name`. Runs in a worker process."""
    context = _context(config)
    sources = context.catalog.sources
    private = [name for name, source in sources.items() if not source.store_body]
    batch = Batch({name: source.zone for name, source in sources.items()}, private)
    left_out = 0
    for exchange, page in records(Path(path), start, end, name):
        left_out += not add_exchange(batch, exchange, page, context, selection)
    return Staged(batch.tables(), left_out)


def spans_of(path: Path) -> list[tuple[int, int]]:
    """The byte spans into which a file is split, so that all workers share a large one."""
    size = path.stat().st_size
    return [(0, size)] if size <= _SPLIT_BYTES else chunks(path, _SPAN_EXCHANGES)


def _end_with_parent() -> None:
    """Watch the process that started this worker: after a kill -9 it cannot end its workers itself."""
    Thread(target=_exit_after_parent, daemon=True).start()


def _exit_after_parent() -> None:
    parent = parent_process()
    assert parent is not None  # this is a worker
    parent.join()
    os._exit(1)


@cache
def _context(config: str) -> Context:
    return load_context(Path(config))
