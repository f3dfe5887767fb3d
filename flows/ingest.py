"""The ingest flow: one polite run at each source of a group. Writes archive files and fetch state only, never the
warehouse."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from prefect import allow_failure, flow, task
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from flows.artifacts import RunProgress, note_visit
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import Transient
from flows.events import emit_ingested
from flows.fetch.run import SourceRun
from flows.host_limits import host_slot
from flows.killed_runs import run_again
from flows.pipeline.demo_world import DemoWorld
from flows.pipeline.progress import Progress, report
from flows.pipeline.simulate import simulate
from flows.pipeline.source_runs import (
    MAX_HOSTS,
    Ingested,
    by_host,
    chosen_sources,
    describe_outcome,
    progress_of,
    run_checked_source,
)
from flows.run_log import fails_with_cause, log, log_problem, name_result, run_name
from flows.settings import Settings, load_settings
from flows.sources import Place, Source, SourceCatalog, load_sources

_SHOWN_FROM = 50  # exchanges


async def is_transient(task: Task[..., object], run: TaskRun, state: State[object]) -> bool:
    """Whether to retry: only Transient errors; robots, guard and config errors would fail the same way again."""
    return isinstance(await state.aresult(raise_on_failure=False), Transient)


@task(
    name="visit",
    task_run_name="visit {source.name}",
    retries=2,
    retry_delay_seconds=[30, 300],
    retry_condition_fn=is_transient,
)
def visit_source(source: Source, data: str, settings: Settings, places: dict[str, Place]) -> SourceRun:
    """Discover, fetch and archive one source; logs what it will read, and the counts and reasons. A progress artifact
    is made for a run of more than fifty exchanges."""
    shown_share = RunProgress(source.name, f"exchanges at {source.name}")
    log(_plan(source))

    def progress(so_far: SourceRun) -> None:
        if so_far.fetched >= _SHOWN_FROM:
            shown_share.show(so_far.fetched / max(so_far.fetched + so_far.due, 1))
        report(progress_of(source, so_far, settings))

    with host_slot(source, settings):
        done = run_checked_source(source, settings, Layout.at(data), places, progress)
    shown_share.close()
    first, *rest = describe_outcome(source, done)
    log(first)
    for line in rest:
        log_problem(line)
    note_visit(done)
    return done


def _plan(source: Source) -> str:
    """What a run at the source reads, as one line."""
    lists = {
        "feed": len(source.feeds),
        "sitemap": len(source.sitemaps),
        "section page": len(source.sections),
        "closings list": 1 if source.closings else 0,
        "place": len(source.places),
    }
    return f"{source.title}: reading " + (
        ", ".join(count_text(count, name) for name, count in lists.items() if count) or "robots.txt and what it names"
    )


def subject_of(names: list[str], catalog: SourceCatalog) -> tuple[str, str]:
    """What a run at these sources is named after, and the time zone of its name."""
    return names[0] if len(names) == 1 else count_text(len(names), "source"), catalog.by_name(names[0]).zone


def _run_name() -> str:
    return run_name(*subject_of(flow_run.parameters["sources"], load_sources()))


@flow(
    name="ingest",
    flow_run_name=_run_name,
    task_runner=cast(Any, ThreadPoolTaskRunner)(max_workers=MAX_HOSTS),
    on_crashed=[run_again],
)
@fails_with_cause
def ingest(sources: list[str], data: str) -> Ingested:
    """One run at each of the sources, hosts side by side. Raises ConfigError for a source that is not in config or is
    disabled, SourcesFailed at the end if some could not be read; one source never stops the others."""
    catalog, settings = load_sources(), load_settings()
    futures = _submit(chosen_sources(catalog, sources), data, settings, catalog.places)
    ingested = Ingested()
    for name, future in futures.items():
        outcome = future.result(raise_on_failure=False)
        ingested.add(name, outcome)
        if name in ingested.failures:
            log_problem(f"{name} failed: {ingested.failures[name]}")
    emit_ingested(ingested, data)
    name_result(ingested.describe())
    log("next: the refresh flow loads what was archived; by hand: newsvane refresh")
    return ingested.checked()


def _submit(
    sources: list[Source], data: str, settings: Settings, places: dict[str, Place]
) -> dict[str, PrefectFuture[SourceRun]]:
    """Source -> its task run; the sources of one host wait for one another."""
    futures = {}
    for waiting in by_host(sources):
        before: list[object] = []
        for source in waiting:
            tags = [tag for tag in (source.owner, source.place) if tag]
            run = visit_source.with_options(tags=tags)
            future = run.submit(source, data, settings, places, return_state=False, wait_for=before)
            futures[source.name], before = future, [allow_failure(future)]
    return futures


@flow(name="simulate", flow_run_name="{source} until {until:%b %-d}")
@fails_with_cause
def simulate_source(source: str, data: str, since: datetime, until: datetime) -> SourceRun:
    """All scheduled runs at a simulated source between two instants (aware), on a simulated clock."""
    catalog, settings = load_sources(), load_settings()
    shown_share = RunProgress(source, f"simulated days at {source}")
    shown_share.show(0)
    demo, shown = DemoWorld.read(Layout.at(data)), since

    def progress(so_far: SourceRun) -> None:
        nonlocal shown
        report(
            Progress(
                source, (so_far.ended - since).days, (until - since).days, "days", count_text(so_far.new, "article")
            )
        )
        if so_far.ended - shown >= timedelta(days=1):
            shown = so_far.ended
            log(f"{source}: {so_far.ended:%Y-%m-%d}, {count_text(so_far.new, 'article')}")
            shown_share.show((so_far.ended - since) / (until - since))

    chosen, layout = catalog.by_name(source), Layout.at(data)
    done = simulate(chosen, settings, layout, catalog.places, since, until, progress=progress, demo=demo)
    shown_share.close()
    for line in describe_outcome(chosen, done):
        log(line)
    note_visit(done)
    name_result(f"{done.new:,} new")
    return done
