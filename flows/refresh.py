"""The refresh flow, the only writer: sealed archive files to parsed rows to a checked, published snapshot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import active_children
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import update_progress_artifact

from flows.artifacts import note_checks, note_refresh, progress
from flows.errors import ShapeError
from flows.fetch.archive import chunks, records, sealed
from flows.fetch.urls import canonical
from flows.model import Exchange, Page
from flows.parse import Context, load_context, parse, parse_closings, parse_nws
from flows.settings import Layout, config_dir, load_settings
from flows.sources import load_sources, load_topics
from flows.warehouse.connect import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import is_loaded, load_group, settle
from flows.warehouse.publish import Check, publish, run_checks
from flows.warehouse.stage import Batch, Tables, merged

PARSER_VERSION = "1"
_GROUP_BYTES = 64 * 1024 * 1024
_CUT_BYTES = 4 * 1024 * 1024
# What a server says is no page is none, whatever list named it as an article.
_NO_PAGE = re.compile(
    r"(image|audio|video|font)/|text/(xml|css|csv|calendar|javascript)"
    r"|application/(xml|json|pdf|zip|gzip|javascript|msword|vnd\.|(rss|atom|rdf)\+xml|[a-z.]+\+json)"
)
_NWS = ("points", "stations", "observations", "forecast", "alerts")


@dataclass(slots=True)
class Refreshed:
    """What one refresh did: files and exchanges loaded, the checks, and the snapshot's path."""

    files: int = 0
    exchanges: int = 0
    checks: list[Check] = field(default_factory=list)
    published: str | None = None


@task(name="load", task_run_name="load {names}", retries=0)
def load_files(data: str, files: list[str], names: str) -> int:
    """Parse and load the files that are not loaded yet, in one transaction; returns the exchanges that landed."""
    return load_batches(Layout.at(data), [Path(file) for file in files], print)


@task(name="publish")
def check_and_publish(data: str) -> tuple[list[Check], str]:
    """Run the checks and publish the snapshot; raises CheckFailed and keeps the last one when a check fails."""
    layout = Layout.at(data)
    with open_writer(layout, print) as connection:
        settle(connection)
        checks = run_checks(connection)
        note_checks(checks)
        return checks, str(publish(connection, layout, checks, load_settings().publish.keep))


@flow(name="refresh", flow_run_name="refresh the warehouse", log_prints=True)
def refresh(data: str, files: list[str] | None = None) -> Refreshed:
    """Load what the archive holds and the warehouse does not (or just `files`), check it, publish it."""
    layout = Layout.at(data)
    waiting = unloaded(layout, [Path(file) for file in files] if files else sealed(layout))
    done = Refreshed(files=len(waiting))
    synchronise(layout)
    shown = progress("refresh", f"of {len(waiting)} archive files")
    for start, part in groups(waiting):
        end = start + len(part)
        done.exchanges += load_files(data, [str(path) for path in part], f"{start + 1}-{end} of {len(waiting)}")
        update_progress_artifact(shown, 100 * end / len(waiting))
    update_progress_artifact(shown, 100.0)
    done.checks, done.published = check_and_publish(data)
    note_refresh(layout, done.files, done.exchanges)
    return done


def unloaded(layout: Layout, files: Iterable[Path]) -> list[Path]:
    """The files whose batch has not landed yet, in their order."""
    with open_writer(layout, print) as connection:
        return [path for path in files if not is_loaded(connection, batch_id(layout, path))]


def batch_id(layout: Layout, path: Path) -> str:
    """A file's name in the batch ledger: its path under the data folder, or the whole path of a foreign file."""
    path = path.resolve()
    return str(path.relative_to(layout.data)) if path.is_relative_to(layout.data) else str(path)


def synchronise(layout: Layout) -> None:
    """Bring the dimensions in line with config; what is loaded after it uses them."""
    with open_writer(layout, print) as connection:
        sync_dimensions(connection, load_sources(), load_topics())


def groups(files: Iterable[Path]) -> Iterator[tuple[int, list[Path]]]:
    """The files in their order, in groups that fit one transaction, each with the number of its first file. A file
    larger than a group is a group of its own."""
    first, part, size = 0, list[Path](), 0
    for number, path in enumerate(files):
        weight = path.stat().st_size
        if part and size + weight > _GROUP_BYTES:
            yield first, part
            first, part, size = number, [], 0
        part.append(path)
        size += weight
    if part:
        yield first, part


def load_batches(layout: Layout, files: Iterable[Path], tell: Callable[[str], None]) -> int:
    """Parse the files in many processes and load them, a group in a transaction, each file a batch of its own; returns
    the exchanges read."""
    exchanges = 0
    with open_writer(layout, tell) as connection, _workers() as pool:
        for _, part in groups(files):
            staged = _staged(part, pool)
            exchanges += sum(tables["stage_fetch"].num_rows for tables in staged.values())
            load_group(connection, {batch_id(layout, path): staged[path] for path in part}, PARSER_VERSION)
    return exchanges


@contextmanager
def _workers() -> Iterator[ProcessPoolExecutor]:
    """Two processes that parse. They go at once when the run is stopped: left to themselves they would parse on, with
    nobody to take what they read, and hold up the end of this process."""
    others = set(active_children())
    with ProcessPoolExecutor(2) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(active_children()) - others:
                worker.terminate()
            raise


def _staged(files: list[Path], pool: ProcessPoolExecutor) -> dict[Path, Tables]:
    """The rows of each file; a large file is cut, so that the processes share it."""
    spans = [(path, span) for path in files for span in _spans(path)]
    names, starts, ends = ([str(path) for path, _ in spans], [s for _, (s, _) in spans], [e for _, (_, e) in spans])
    parts: dict[Path, list[Tables]] = {path: [] for path in files}
    done = pool.map(stage_chunk, names, starts, ends, [str(config_dir())] * len(spans))
    for (path, _), tables in zip(spans, done, strict=True):
        parts[path].append(tables)
    return {path: merged(tables) for path, tables in parts.items()}


def _spans(path: Path) -> list[tuple[int, int]]:
    size = path.stat().st_size
    return [(0, size)] if size <= _CUT_BYTES else chunks(path)


def stage_chunk(path: str, start: int, end: int, config: str) -> Tables:
    """One part of an archive file as Arrow tables. Runs in a worker process."""
    context = _context(config)
    batch = Batch({name: source.zone for name, source in context.catalogue.sources.items()})
    for exchange, page in records(Path(path), start, end):
        _add(batch, exchange, page, context)
    return batch.tables()


@cache
def _context(config: str) -> Context:
    return load_context(Path(config))


def _add(batch: Batch, exchange: Exchange, page: Page | None, context: Context) -> None:
    """Send a page to the parser of its purpose; what is not of the shape we read is a fetch and no more."""
    exchange, page = _named(exchange, page, context)
    if page is None:
        batch.add(exchange)
    elif exchange.purpose == "closings":
        batch.add_closings(exchange, parse_closings(page, context))
    elif exchange.purpose in _NWS:
        try:
            asked_for = [find.slot for find in exchange.finds if find.channel == "place"]
            batch.add_nws(exchange, parse_nws(page, exchange.purpose), asked_for)
        except ShapeError:
            batch.add(exchange)
    elif exchange.purpose in ("article", "section") and not _NO_PAGE.match(page.media_type):
        parsed = parse(page, context)
        key = parsed.native_id or canonical(page.url, parsed.canonical_url)
        batch.add(exchange, parsed, key)
    else:
        batch.add(exchange)


def _named(exchange: Exchange, page: Page | None, context: Context) -> tuple[Exchange, Page | None]:
    """A foreign file names only hosts: give its pages to the configured source of that host, if there is one."""
    if exchange.source in context.catalogue.sources:
        return exchange, page
    source = context.catalogue.of_url(exchange.url)
    if source is None:
        return exchange, page
    return replace(exchange, source=source.name), replace(page, source=source.name) if page else None
