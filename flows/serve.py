"""The deployments of config/: ingest for each group of sources with one schedule, refresh, which the event of an ingest
starts, and watch."""

from __future__ import annotations

import asyncio
import re
import signal
from itertools import islice
from typing import Any, Final, cast

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ARCHIVED, ingest
from flows.refresh import refresh
from flows.settings import Layout, Server
from flows.sources import Source, SourceCatalog
from flows.watch import watch

_ONE_AT_A_TIME: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
_MOST_TAGS: Final = 20
_SOURCES_NAMED: Final = 10


def deployments(catalog: SourceCatalog, layout: Layout, server: Server) -> list[RunnerDeployment]:
    """One deployment of ingest per schedule and time zone, for all enabled sources that have it; one of refresh, on its
    schedule and when an ingest has archived something; one of watch. No deployment overlaps itself."""
    groups = [
        ingest.to_deployment(
            name=group_name(sources),
            schedule=Cron(cron, timezone=zone),
            parameters={"sources": [source.name for source in sources], "data": str(layout.data)},
            tags=["newsvane", "ingest", *islice(_tags(sources), _MOST_TAGS)],
            description=_description(sources),
            concurrency_limit=_ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for (cron, zone), sources in by_schedule(catalog).items()
    ]
    loader = refresh.to_deployment(
        name="warehouse",
        schedule=Cron(server.refresh_schedule, timezone=server.zone),
        triggers=[_after_ingest(layout)] if server.refresh_after_ingest else [],
        parameters={"data": str(layout.data)},
        tags=["newsvane", "refresh"],
        description="Archive to warehouse, checks, published snapshot; the only writer.",
        concurrency_limit=_ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    watcher = watch.to_deployment(
        name="health",
        schedule=Cron(server.watch_schedule, timezone=server.zone),
        parameters={"data": str(layout.data)},
        tags=["newsvane", "watch"],
        description="Silent sources, missing days and drift, from the published ledger.",
        concurrency_limit=_ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(list[RunnerDeployment], [*groups, loader, watcher])


def _after_ingest(layout: Layout) -> DeploymentEventTrigger:
    """Starts the deployment when an ingest of this data folder has archived something."""
    return DeploymentEventTrigger(
        name=f"newsvane: refresh after an ingest ({layout.data})",
        expect={ARCHIVED},
        match=cast(Any, {"newsvane.data": str(layout.data)}),
        threshold=1,
    )


def by_schedule(catalog: SourceCatalog) -> dict[tuple[str, str], list[Source]]:
    """(cron, time zone) -> the enabled sources that have it."""
    groups: dict[tuple[str, str], list[Source]] = {}
    for source in catalog.enabled:
        groups.setdefault((source.schedule, source.zone), []).append(source)
    return groups


def group_name(sources: list[Source]) -> str:
    """The name of a group's deployment, from the schedule and zone that its sources share, so that it stays the same
    when a source joins; without the characters that Prefect refuses."""
    cron, zone = sources[0].schedule, sources[0].zone
    every = re.fullmatch(r"\*/(\d+) \* \* \* \*", cron)
    return (f"every {every[1]} minutes, {zone}" if every else f"cron {cron}, {zone}").replace("/", "-")


def _description(sources: list[Source]) -> str:
    lines = [f"- {source.title}: {source.home}" for source in sources[:_SOURCES_NAMED]]
    more = len(sources) - len(lines)
    return "\n".join([f"{len(sources)} sources:", "", *lines, *([f"- and {more} more"] if more else [])])


def _tags(sources: list[Source]) -> list[str]:
    """The owners, towns and kinds of the sources, each once."""
    tags = [tag for source in sources for tag in (source.kind, source.owner, source.place) if tag]
    return list(dict.fromkeys(tags))


class _Runner(Runner):
    """A runner that takes SIGTERM for Ctrl-C, so that both stop it in the same way, without warnings."""

    def handle_sigterm(self, *_: object) -> None:
        signal.raise_signal(signal.SIGINT)


def run_deployments(ready: list[RunnerDeployment]) -> None:
    """Execute the scheduled runs of the deployments at PREFECT_API_URL until interrupted; raises KeyboardInterrupt
    then."""
    runner = _Runner(pause_on_shutdown=False)
    for deployment in ready:
        runner.add_deployment(deployment)
    asyncio.run(runner.start())
