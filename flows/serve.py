"""The deployments of config/: ingest for each group of sources with one schedule, refresh, which the event of an ingest
starts, watch and maintain."""

from __future__ import annotations

import asyncio
import signal
from itertools import islice
from typing import Any, Final, cast

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.artifacts import key_link, visit_key
from flows.counts import count_text
from flows.demo import demo_days
from flows.events import ARCHIVED, DATA_LABEL
from flows.ingest import ingest
from flows.maintain import maintain
from flows.pipeline.schedule import Group, groups
from flows.pipeline.today import link
from flows.refresh import refresh
from flows.settings import Settings
from flows.sources import Source, SourceCatalog
from flows.watch import watch

_ONE_AT_A_TIME: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
_MOST_TAGS: Final = 20
_SOURCES_NAMED: Final = 10
_CHECKS: Final = key_link("checks", "checks")
_REFRESH: Final = f"""Archive to warehouse, checks, published snapshot; the only writer.

Last: {key_link("today's page", "today")}, {key_link("rows changed", "warehouse-changes")}, {_CHECKS}."""
_WATCH: Final = f"""Silent, refused, drifting and late sources, and missing days, from the published ledger.

Last: {key_link("health", "source-health")}, {key_link("missing days", "days-missing")}."""
_MAINTAIN: Final = f"""Removes old snapshots, checkpoints the warehouse, runs the checks.

Last: {_CHECKS}."""


def deployments(catalog: SourceCatalog, data: str, settings: Settings) -> list[RunnerDeployment]:
    """One deployment of ingest per group of sources, one of refresh, on its schedule and when an ingest has archived
    something, one each of watch and maintain. `data` is the path of the data folder. No deployment overlaps itself."""
    server = settings.server
    triggers = [_after_ingest(data)] if server.refresh_after_ingest else []
    return [
        *(_ingest(group, data) for group in groups(catalog)),
        _deployment(refresh, "warehouse", server.refresh_schedule, server.zone, data, _REFRESH, triggers=triggers),
        _deployment(watch, "health", server.watch_schedule, server.zone, data, _WATCH),
        _deployment(maintain, "maintenance", server.maintenance_schedule, server.zone, data, _MAINTAIN),
    ]


def demo_deployments(data: str, settings: Settings, days: int) -> list[RunnerDeployment]:
    """The deployments of the demo at speed: each minute the next `days` days of its world, then a refresh by the event
    of that run; the health of its sources every third minute."""
    server = settings.server
    return [
        _deployment(
            demo_days,
            "next days",
            "* * * * *",
            server.zone,
            data,
            f"The next {count_text(days, 'day')} at the simulated stations, every minute.",
            parameters={"days": days},
        ),
        _deployment(
            refresh, "warehouse", server.refresh_schedule, server.zone, data, _REFRESH, triggers=[_after_ingest(data)]
        ),
        _deployment(watch, "health", "*/3 * * * *", server.zone, data, _WATCH),
        _deployment(maintain, "maintenance", server.maintenance_schedule, server.zone, data, _MAINTAIN),
    ]


def _deployment(
    flow: Flow[..., Any], name: str, cron: str, zone: str, data: str, description: str, **options: Any
) -> RunnerDeployment:
    made = flow.to_deployment(
        name=name,
        schedule=Cron(cron, timezone=zone),
        parameters={"data": data, **options.pop("parameters", {})},
        tags=["newsvane", flow.name.replace(" ", "-"), *options.pop("tags", [])],
        description=description,
        concurrency_limit=_ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
        **options,
    )
    return cast(RunnerDeployment, made)


def _ingest(group: Group, data: str) -> RunnerDeployment:
    names = [source.name for source in group.sources]
    return _deployment(
        ingest,
        group.name,
        group.cron,
        group.zone,
        data,
        _description(group.sources),
        parameters={"sources": names},
        tags=list(islice(_tags(group.sources), _MOST_TAGS)),
    )


def _after_ingest(data: str) -> DeploymentEventTrigger:
    """Starts the deployment when an ingest of this data folder has archived something."""
    return DeploymentEventTrigger(
        name=f"newsvane: refresh after an ingest ({data})",
        expect={ARCHIVED},
        match=cast(Any, {DATA_LABEL: data}),
        threshold=1,
    )


def _description(sources: tuple[Source, ...]) -> str:
    lines = [
        f"- {link(source.title, source.home)}, {key_link('last run', visit_key(source.name))}"
        for source in sources[:_SOURCES_NAMED]
    ]
    more = len(sources) - len(lines)
    head = "One source:" if len(sources) == 1 else f"{len(sources)} sources:"
    return "\n".join([head, "", *lines, *([f"- and {more} more"] if more else [])])


def _tags(sources: tuple[Source, ...]) -> list[str]:
    """The kinds, owners and towns of the sources, each once."""
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
