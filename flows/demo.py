"""The demo flows: `demo`, behind `make run`, visits the simulated stations over weeks; `demo days`, behind
`up --demo --speed`, goes on day by day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prefect import flow

from flows.data_layout import Layout
from flows.events import emit_archived
from flows.ingest import ingest, simulate_source
from flows.pipeline.demo_world import WEEKS, DemoWorld
from flows.pipeline.simulate import is_served, last_visit
from flows.pipeline.warehouse_refresh import Refreshed
from flows.refresh import refresh
from flows.run_log import fails_with_cause, log, name_result
from flows.sources import Source, load_sources


@flow(name="demo", flow_run_name="demo", log_prints=True)
@fails_with_cause
def demo(data: str, weeks: int = WEEKS, beside_up: bool = False) -> Refreshed:
    """Visit every simulated source from the first day of the demo's world until now, then refresh. The first run makes
    a world of `weeks` weeks; a later one adds what has happened since.

    Beside a running `newsvane up --demo` of this data folder (`beside_up`), whose stations are on air, it visits those
    once: they have the same world."""
    now = datetime.now(UTC)
    world = DemoWorld.read_or_create(Layout.at(data), now.date(), weeks)
    new = 0
    for source in _stations():
        if beside_up and is_served(source):
            new += ingest([source.name], data).new
        else:
            new += simulate_source(source.name, data, world.first_run(source), now).new
    name_result(f"until {now:%b %-d}, {new:,} new")
    return refresh(data)


@flow(name="demo days", flow_run_name="demo days")
@fails_with_cause
def demo_days(data: str, days: int = 1) -> None:
    """Visit every simulated source over the next `days` days of the demo's world; what is missing until now comes
    first. Its event starts a refresh."""
    layout, now = Layout.at(data), datetime.now(UTC)
    world = DemoWorld.read_or_create(layout, now.date())
    last = max((at for source in _stations() if (at := last_visit(layout, source))), default=None)
    until = max(now, last + timedelta(days=days)) if last else now
    runs = [simulate_source(source.name, data, world.first_run(source), until) for source in _stations()]
    files, new = sum(len(run.files) for run in runs), sum(run.new for run in runs)
    if files:
        emit_archived(files, new, data)
    log(f"the demo's world is now at {until:%Y-%m-%d %H:%M} UTC")
    name_result(f"until {until:%b %-d}, {new} new")


def _stations() -> list[Source]:
    return [source for source in load_sources().enabled if source.kind == "simulated"]
