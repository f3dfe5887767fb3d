"""The deployments of config/: one of ingest per enabled source, one of refresh, one of watch, each on its schedule."""

from __future__ import annotations

from typing import cast

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest
from flows.refresh import refresh
from flows.settings import Layout, Server
from flows.sources import SourceCatalog
from flows.watch import watch

_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(catalog: SourceCatalog, layout: Layout, server: Server) -> list[RunnerDeployment]:
    """One deployment of ingest per enabled source, on the source's cron and time zone; one of refresh, which never
    overlaps itself; one of watch."""
    per_source = [
        ingest.to_deployment(
            name=source.name,
            schedule=Cron(source.schedule, timezone=source.zone),
            parameters={"sources": [source.name], "data": str(layout.data)},
            tags=["ingest", source.kind],
            description=f"{source.title}: {source.home}",
            concurrency_limit=_ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for source in catalog.enabled
    ]
    loader = refresh.to_deployment(
        name="warehouse",
        schedule=Cron(server.refresh_schedule, timezone=server.zone),
        parameters={"data": str(layout.data)},
        tags=["refresh"],
        description="Archive to warehouse, checks, published snapshot; the only writer.",
        concurrency_limit=_ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    watcher = watch.to_deployment(
        name="ledger",
        schedule=Cron(server.watch_schedule, timezone=server.zone),
        parameters={"data": str(layout.data)},
        tags=["watch"],
        description="Silent sources, missing days and drift, from the published ledger.",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(list[RunnerDeployment], [*per_source, loader, watcher])


def run_deployments(ready: list[RunnerDeployment]) -> None:
    """Register the deployments at PREFECT_API_URL and execute their scheduled runs until interrupted."""
    serve(*ready, print_starting_message=False, pause_on_shutdown=False)
