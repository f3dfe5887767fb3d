"""Writes the deployments as a prefect.yaml, for `prefect deploy` to a work pool."""

from __future__ import annotations

from io import StringIO
from typing import Any, Final

from prefect.deployments.runner import RunnerDeployment
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

DATA: Final = "{{ $NEWSVANE_DATA }}"  # filled in by `prefect deploy`
DEFAULT_POOL: Final = "newsvane"
_HEAD: Final = """\
# The deployments that `newsvane up` registers, for `prefect deploy --all`. NEWSVANE_DATA is the path of the data folder
# on the machine of the worker. Write it again after a change in config/: newsvane up --prefect-yaml prefect.yaml
"""


def to_yaml(ready: list[RunnerDeployment], work_pool: str | None) -> str:
    """The text of a prefect.yaml with these deployments in `work_pool` (default: `newsvane`)."""
    content = {
        "name": "newsvane",
        "build": None,
        "push": None,
        "pull": None,
        "deployments": [_entry(deployment, work_pool or DEFAULT_POOL) for deployment in ready],
    }
    yaml, text = YAML(), StringIO()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, text)
    return _HEAD + text.getvalue()


def _entry(deployment: RunnerDeployment, work_pool: str) -> dict[str, Any]:
    options = deployment.concurrency_options
    return {
        "name": deployment.name,
        "entrypoint": deployment.entrypoint,
        "description": LiteralScalarString(deployment.description or ""),
        "tags": list(deployment.tags),
        "parameters": dict(deployment.parameters or {}),
        "schedules": [_schedule(one.schedule) for one in deployment.schedules or []],
        "triggers": [trigger.model_dump(mode="json", exclude_defaults=True) for trigger in deployment.triggers],
        "concurrency_limit": {
            "limit": deployment.concurrency_limit,
            "collision_strategy": options.collision_strategy.value if options else None,
        },
        "work_pool": {"name": work_pool},
        "pull": [],
    }


def _schedule(schedule: Any) -> dict[str, Any]:
    return {"cron": schedule.cron, "timezone": schedule.timezone}
