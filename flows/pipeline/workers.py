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
from uuid import uuid4

from flows.errors import Transient
from flows.fetch.archive.warc_reader import chunks, records
from flows.parse import Context, load_context
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.dask_workers import dask_pool
from flows.pipeline.route import add_exchange
from flows.pipeline.selection import Selection
from flows.settings import Run, config_dir
from flows.warehouse.batch import Batch
from flows.warehouse.staged_tables import Tables, merged, read_tables, write_tables

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


@dataclass(frozen=True, slots=True)
class StagedFile:
    """The rows of one span in a file, and how many of its exchanges were not selected."""

    path: Path
    left_out: int

    def take(self) -> Staged:
        """The rows; the file is deleted."""
        tables = read_tables(self.path)
        self.path.unlink()
        return Staged(tables, self.left_out)


OnSpan = Callable[[int, int], None]  # bytes and exchanges of a span that was parsed


@contextmanager
def parser_pool(run: Run) -> Iterator[Executor]:
    """The workers that parse, as config says: processes of this machine, or those of a Dask cluster. Raises Transient
    when one was killed, or the scheduler does not answer or is lost."""
    if run.scheduler is None:
        with worker_pool(run.workers) as pool:
            yield pool
    else:
        with dask_pool(run.scheduler) as executor:
            yield executor


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
    parts: Iterable[Part], pool: Executor | None, workers: int, folder: Path, on_span: OnSpan
) -> Iterator[tuple[Part, Staged]]:
    """The rows of each part, in order. The workers of `pool` parse ahead of the caller, within bounds, and hand their
    rows over as files in `folder`; without a pool this process parses. `on_span` is called after each span."""
    ahead = workers * _SPANS_AHEAD if pool else 0
    waiting: deque[tuple[Part, list[Future[Staged | StagedFile]]]] = deque()
    for part in parts:
        waiting.append((part, [_submit(pool, part, span, folder) for span in part.spans]))
        while len(waiting) > 1 and sum(len(spans) for _, spans in waiting) > ahead:
            yield _collected(*waiting.popleft(), on_span)
    while waiting:
        yield _collected(*waiting.popleft(), on_span)


def _submit(pool: Executor | None, part: Part, span: tuple[int, int], folder: Path) -> Future[Staged | StagedFile]:
    work = (str(part.file.path), *span, str(config_dir()), part.file.name, part.file.selection)
    if pool is not None:
        return pool.submit(stage_to_file, str(folder), *work)
    done: Future[Staged | StagedFile] = Future()
    done.set_result(stage_span(*work))
    return done


def _collected(part: Part, spans: list[Future[Staged | StagedFile]], on_span: OnSpan) -> tuple[Part, Staged]:
    found = []
    for (start, end), future in zip(part.spans, spans, strict=True):
        done = future.result()
        staged = done.take() if isinstance(done, StagedFile) else done
        found.append(staged)
        on_span(end - start, staged.tables["stage_fetch"].num_rows + staged.left_out)
    return part, Staged(merged(staged.tables for staged in found), sum(staged.left_out for staged in found))


def stage_to_file(
    folder: str, path: str, start: int, end: int, config: str, name: str, selection: Selection
) -> StagedFile:
    """The staged rows of one byte span as a file in `folder`. Runs in a worker, perhaps on another machine, and perhaps
    twice at once: each call writes a file of its own."""
    staged = stage_span(path, start, end, config, name, selection)
    Path(folder).mkdir(parents=True, exist_ok=True)
    file = Path(folder) / f"{uuid4().hex}.rows"
    write_tables(staged.tables, file)
    return StagedFile(file, staged.left_out)


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
