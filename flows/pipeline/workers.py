"""Parses archive files in worker processes and returns their rows as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import active_children
from pathlib import Path
from typing import Final

from flows.fetch.archive.warc_reader import chunks, records
from flows.parse import Context, load_context
from flows.pipeline.route import add_exchange
from flows.settings import config_dir
from flows.warehouse.batch import Batch
from flows.warehouse.staged_tables import Tables, merged

_SPLIT_BYTES: Final = 4 * 1024 * 1024


@contextmanager
def worker_pool() -> Iterator[ProcessPoolExecutor]:
    """A pool of two parser processes. When the block raises, the workers are terminated at once: otherwise they would
    finish their queue although nothing reads the results, and delay the end of this process."""
    others = set(active_children())
    with ProcessPoolExecutor(2) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(active_children()) - others:
                worker.terminate()
            raise


def stage_files(files: list[Path], pool: ProcessPoolExecutor) -> dict[Path, Tables]:
    """The staged rows of each file; a large file is split into byte spans, so that all workers share it."""
    spans = [(path, span) for path in files for span in _spans(path)]
    names, starts, ends = ([str(path) for path, _ in spans], [s for _, (s, _) in spans], [e for _, (_, e) in spans])
    parts: dict[Path, list[Tables]] = {path: [] for path in files}
    staged = pool.map(stage_span, names, starts, ends, [str(config_dir())] * len(spans))
    for (path, _), tables in zip(spans, staged, strict=True):
        parts[path].append(tables)
    return {path: merged(tables) for path, tables in parts.items()}


def stage_span(path: str, start: int, end: int, config: str) -> Tables:
    """The staged rows of one byte span of an archive file. Runs in a worker process."""
    context = _context(config)
    batch = Batch({name: source.zone for name, source in context.catalog.sources.items()})
    for exchange, page in records(Path(path), start, end):
        add_exchange(batch, exchange, page, context)
    return batch.tables()


def _spans(path: Path) -> list[tuple[int, int]]:
    size = path.stat().st_size
    return [(0, size)] if size <= _SPLIT_BYTES else chunks(path)


@cache
def _context(config: str) -> Context:
    return load_context(Path(config))
