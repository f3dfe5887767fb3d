"""The demo flow behind `make run`: a simulated station and its sister over some weeks, all the way to a chart."""

from __future__ import annotations

from datetime import datetime, timedelta

from prefect import flow

from flows.ingest import simulate_source
from flows.refresh import Refreshed, refresh
from flows.simulator.world import DEFAULT_START
from flows.sources import load_sources

WEEKS = 4


@flow(name="demo", flow_run_name="demo {weeks} weeks", log_prints=True)
def demo(data: str, weeks: int = WEEKS) -> Refreshed:
    """Visit every enabled simulated source through `weeks` simulated weeks, then refresh. A second run finds the
    visits in the archive and adds nothing."""
    for source in load_sources().enabled:
        if source.kind != "simulated":
            continue
        since = datetime.combine(DEFAULT_START, datetime.min.time(), source.tzinfo) + timedelta(hours=6)
        simulate_source(source.name, data, since, since + timedelta(weeks=weeks))
    return refresh(data)
