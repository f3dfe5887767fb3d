"""Parses archive files in worker processes and returns their rows as Arrow tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Final

from flows.errors import Transient
from flows.fetch.archive.warc_reader import chunks, records
from flows.parse import Context, load_context
from flows.pipeline.route import add_exchange
from flows.settings import config_dir
from flows.warehouse.batch import Batch
from flows.warehouse.staged_tables import Tables, merged

_SPLIT_BYTES: Final = 4 * 1024 * 1024
_POOL_BYTES: Final = 4 * 1024 * 1024  # about 4 s of parsing; two workers take more than 2 s to start

_KILLED: Final = (
    "a parser process was killed, perhaps because memory ran out; its files were not loaded: lower `workers` under"
    " [run] in config/newsvane.toml, then run the command again"
)


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


def stage_files(
    files: list[Path], pool: ProcessPoolExecutor, on_bytes: Callable[[int], None] = lambda count: None
) -> dict[Path, Tables]:
    """The staged rows of each file; a large file is split into byte spans, so that all workers share it. Small files
    are parsed in this process: starting a worker would take longer. `on_bytes` receives the size of each span parsed.
    """
    spans = [(path, span) for path in files for span in _spans(path)]
    names, starts, ends = ([str(path) for path, _ in spans], [s for _, (s, _) in spans], [e for _, (_, e) in spans])
    is_small = sum(path.stat().st_size for path in files) < _POOL_BYTES
    mapped = map if is_small else pool.map
    staged = mapped(stage_span, names, starts, ends, [str(config_dir())] * len(spans))
    parts: dict[Path, list[Tables]] = {path: [] for path in files}
    for (path, (start, end)), tables in zip(spans, staged, strict=True):
        parts[path].append(tables)
        on_bytes(end - start)
    return {path: merged(tables) for path, tables in parts.items()}


def stage_span(path: str, start: int, end: int, config: str) -> Tables:
    """The staged rows of one byte span of an archive file. Runs in a worker process."""
    context = _context(config)
    sources = context.catalog.sources
    private = [name for name, source in sources.items() if not source.store_body]
    batch = Batch({name: source.zone for name, source in sources.items()}, private)
    for exchange, page in records(Path(path), start, end):
        add_exchange(batch, exchange, page, context)
    return batch.tables()


def _end_with_parent() -> None:
    """Watch the process that started this worker: after a kill -9 it cannot end its workers itself."""
    Thread(target=_exit_after_parent, daemon=True).start()


def _exit_after_parent() -> None:
    parent = parent_process()
    assert parent is not None  # this is a worker
    parent.join()
    os._exit(1)


def _spans(path: Path) -> list[tuple[int, int]]:
    size = path.stat().st_size
    return [(0, size)] if size <= _SPLIT_BYTES else chunks(path)


@cache
def _context(config: str) -> Context:
    return load_context(Path(config))
