"""The demo flow behind `make run`: weeks at the simulated stations, loaded, checked and published."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow

from flows.ingest import simulate_source
from flows.pipeline.demo_world import WEEKS, DemoWorld
from flows.pipeline.warehouse_refresh import Refreshed
from flows.refresh import refresh
from flows.settings import Layout
from flows.sources import load_sources


@flow(name="demo", flow_run_name="demo", log_prints=True)
def demo(data: str, weeks: int = WEEKS) -> Refreshed:
    """Visit every simulated source from the first day of the demo's world until now, then refresh. The first run makes
    a world of `weeks` weeks; a later one adds what has happened since."""
    now = datetime.now(UTC)
    world = DemoWorld.read_or_create(Layout.at(data), now.date(), weeks)
    for source in load_sources().enabled:
        if source.kind == "simulated":
            simulate_source(source.name, data, world.first_run(source), now)
    return refresh(data)
