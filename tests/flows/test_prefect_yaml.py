"""prefect.yaml has the deployments that `newsvane up` registers, with every field that both can say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from prefect.cli.deploy._config import _load_deploy_configs_and_actions
from prefect.deployments.runner import RunnerDeployment
from rich.console import Console

from flows.prefect_yaml import DATA, to_yaml
from flows.serve import deployments
from flows.settings import DEMO_CONFIG, ROOT, SHIPPED_CONFIG, load_settings
from flows.sources import load_sources


def entries(text: str, folder: Path) -> dict[str, dict[str, Any]]:
    """The deployments of a prefect.yaml, as Prefect reads them, by name."""
    path = folder / "prefect.yaml"
    path.write_text(text, "utf-8")
    found, _ = _load_deploy_configs_and_actions(path, console=Console())
    return {entry["name"]: entry for entry in found}


def fields(deployment: RunnerDeployment) -> dict[str, Any]:
    """What both ways say about a deployment."""
    (schedule,) = deployment.schedules or []
    options = deployment.concurrency_options
    assert options
    return {
        "entrypoint": deployment.entrypoint,
        "description": deployment.description,
        "tags": deployment.tags,
        "parameters": deployment.parameters,
        "schedule": (schedule.schedule.cron, schedule.schedule.timezone),
        "limit": (deployment.concurrency_limit, options.collision_strategy.value),
        "triggers": [(trigger.name, sorted(trigger.expect)) for trigger in deployment.triggers],
    }


def entry_fields(entry: dict[str, Any]) -> dict[str, Any]:
    (schedule,) = entry["schedules"]
    same = {name: entry[name] for name in ("entrypoint", "description", "tags", "parameters")}
    return same | {
        "schedule": (schedule["cron"], schedule["timezone"]),
        "limit": (entry["concurrency_limit"]["limit"], entry["concurrency_limit"]["collision_strategy"]),
        "triggers": [(trigger["name"], trigger["expect"]) for trigger in entry["triggers"] or []],
    }


@pytest.mark.parametrize("config", [SHIPPED_CONFIG, DEMO_CONFIG], ids=["shipped", "demo"])
def test_both_ways_define_the_same_deployments(config: Path, tmp_path: Path) -> None:
    ready = deployments(load_sources(config), DATA, load_settings(config))
    found = entries(to_yaml(ready, None), tmp_path)
    assert {name: entry_fields(entry) for name, entry in found.items()} == {
        deployment.name: fields(deployment) for deployment in ready
    }
    assert {entry["work_pool"]["name"] for entry in found.values()} == {"newsvane"}


def test_the_shipped_file_is_of_the_shipped_config() -> None:
    ready = deployments(load_sources(SHIPPED_CONFIG), DATA, load_settings(SHIPPED_CONFIG))
    written = (ROOT / "prefect.yaml").read_text("utf-8")
    assert written == to_yaml(ready, None), "run: newsvane up --prefect-yaml prefect.yaml"
