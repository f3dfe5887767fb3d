"""The ingest flow: one polite run at one source. Writes archive files and fetch state only, never the warehouse."""

from __future__ import annotations

from datetime import datetime, timedelta

from prefect import flow, task
from prefect.artifacts import update_progress_artifact
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from flows.artifacts import create_progress, note_visit
from flows.errors import ConfigError, Transient
from flows.fetch.run import SourceRun, run_source
from flows.pipeline.simulate import simulate
from flows.settings import Layout, load_settings
from flows.sources import load_sources

_UPDATE_EVERY = 50  # exchanges
_MESSAGES_SHOWN = 50


async def is_transient(task: Task[..., object], run: TaskRun, state: State[object]) -> bool:
    """Whether to retry: only Transient errors; robots, guard and config errors would fail the same way again."""
    return isinstance(await state.aresult(raise_on_failure=False), Transient)


@task(
    name="visit",
    task_run_name="visit {source}",
    retries=2,
    retry_delay_seconds=[30, 300],
    retry_condition_fn=is_transient,
)
def visit_source(source: str, data: str) -> SourceRun:
    """Discover, fetch and archive one source; the progress artifact is updated every fifty exchanges."""
    catalog, settings = load_sources(), load_settings()
    artifact = create_progress(source, f"exchanges at {source}")

    def progress(so_far: SourceRun) -> None:
        if so_far.fetched % _UPDATE_EVERY == 0:
            share = 100 * so_far.fetched / max(so_far.fetched + so_far.due, 1)
            update_progress_artifact(artifact, min(share, 99.0))

    done = run_source(catalog.by_name(source), settings, Layout.at(data), catalog.places, progress=progress)
    update_progress_artifact(artifact, 100.0)
    return done


@flow(name="simulate", flow_run_name="ingest {source} {since:%Y-%m-%d} to {until:%Y-%m-%d}", log_prints=True)
def simulate_source(source: str, data: str, since: datetime, until: datetime) -> SourceRun:
    """All scheduled runs at a simulated source between two instants (aware), on a simulated clock."""
    catalog, settings = load_sources(), load_settings()
    artifact = create_progress(source, f"simulated days at {source}")
    shown = since

    def progress(so_far: SourceRun) -> None:
        nonlocal shown
        if so_far.ended - shown >= timedelta(days=1):
            shown = so_far.ended
            share = (so_far.ended - since) / (until - since)
            print(f"{source}: {so_far.ended:%Y-%m-%d}, {so_far.new} articles")  # noqa: T201 - goes to the run's log
            update_progress_artifact(artifact, min(100.0 * share, 99.0))

    done = simulate(catalog.by_name(source), settings, Layout.at(data), catalog.places, since, until, progress=progress)
    update_progress_artifact(artifact, 100.0)
    note_visit(done)
    return done


@flow(name="ingest", flow_run_name="ingest {source}", log_prints=True)
def ingest(source: str, data: str) -> SourceRun:
    """One run at one source. Raises ConfigError for a source that is not in config or is disabled (with the reason)."""
    chosen = load_sources().by_name(source)
    if not chosen.enabled:
        raise ConfigError(f"source '{source}' is disabled: {chosen.disabled_reason}")
    done = visit_source(source, data)
    for message in done.messages[:_MESSAGES_SHOWN]:
        print(message)  # noqa: T201 - goes to the run's log
    note_visit(done)
    return done
