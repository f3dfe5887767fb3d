"""The demo flow behind `make run`: weeks at the simulated stations, loaded, checked and published."""

from __future__ import annotations

from prefect import flow

from flows.ingest import simulate_source
from flows.pipeline.simulate import first_weeks
from flows.pipeline.warehouse_refresh import Refreshed
from flows.refresh import refresh
from flows.sources import load_sources

WEEKS = 4


@flow(name="demo", flow_run_name="demo {weeks} weeks", log_prints=True)
def demo(data: str, weeks: int = WEEKS) -> Refreshed:
    """Visit every enabled simulated source through `weeks` simulated weeks, then refresh. A second run finds the
    visits in the archive and adds nothing."""
    for source in load_sources().enabled:
        if source.kind == "simulated":
            since, until = first_weeks(source, weeks)
            simulate_source(source.name, data, since, until)
    return refresh(data)
