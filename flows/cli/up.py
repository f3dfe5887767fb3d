"""What `newsvane up` does: server, stations of the demo, deployments, notices, and the execution of runs."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.interrupt import end_now
from flows.cli.options import notify
from flows.cli.prefect_env import check_access, configure_prefect, external_api, is_healthy, local_api, running_api
from flows.cli.prefect_server import only_up, prefect_server
from flows.cli.serve import explorer_beside
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.pipeline.simulate import on_air
from flows.settings import Settings, config_dir, load_settings
from flows.sources import SourceCatalog, load_sources

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment


def start(layout: Layout, speed: int | None = None) -> None:
    """Start the Prefect server, or use the one at PREFECT_API_URL, and run the schedules of config until Ctrl-C or
    SIGTERM. With a work pool in config, its workers execute the runs, else this process does.

    With `speed`, the demo's world goes on by so many days a minute, instead of in real time.
    """
    settings, catalog = load_settings(), load_sources()
    external = external_api()
    configure_prefect(layout)
    os.environ.setdefault("PREFECT_API_URL", local_api(settings.server))
    server = nullcontext(external) if external else prefect_server(layout, settings.server, notify)
    try:
        stations = [] if speed else catalog.enabled
        with (
            only_up(layout),
            on_air(stations, layout, notify),
            server as api,
            explorer_beside(layout, settings.explorer) as explorer,
        ):
            _run(layout, settings, catalog, str(api), speed, explorer)
    except KeyboardInterrupt:
        notify("stopped; what was fetched and loaded is kept, the next `newsvane up` goes on from there")
        end_now(0)


def _run(
    layout: Layout, settings: Settings, catalog: SourceCatalog, api: str, speed: int | None, explorer: str | None
) -> None:
    from flows.notices import apply_notices
    from flows.planned import names_for_planned_runs, subject
    from flows.serve import demo_deployments, deployments
    from flows.startup import register

    check_access(api)
    pool = settings.prefect.work_pool
    data = str(layout.data)
    ready = demo_deployments(data, settings, speed) if speed else deployments(catalog, data, settings)
    registered = register(
        ready, layout, run_first=settings.server.run_at_start, work_pool=pool, sources=catalog.enabled
    )
    if registered.crashed:
        notify(
            f"{count_text(registered.crashed, 'run')} of an earlier `newsvane up` had not ended: marked Crashed, "
            "the next run goes on"
        )
    if kinds := apply_notices(layout, settings.notices, registered.deployments):
        notify(f"notices on: {', '.join(kinds)}")
    if explorer:
        notify(f"explorer: {explorer}/")
    notify(f"{count_text(len(ready), 'deployment')} on schedule; UI at {api.removesuffix('/api')} (Ctrl-C stops)")
    subjects = [subject(deployment, catalog, settings.server.zone) for deployment in ready]
    with names_for_planned_runs(dict(zip(registered.deployments, subjects, strict=True))):
        _execute(layout, ready, pool, api)


def _execute(layout: Layout, ready: list[RunnerDeployment], pool: str | None, api: str) -> None:
    """Execute the runs of the deployments, or wait while the workers of the pool do, until Ctrl-C or SIGTERM. What runs
    then is marked as stopped at the server, unless that has ended."""
    from flows.run_log import STARTED_BY
    from flows.serve import run_deployments
    from flows.startup import end_runs

    if pool:
        notify(f"workers of the pool '{pool}' execute the runs: start one with `newsvane up --worker`")
        signal.pause()
        return
    os.environ[STARTED_BY] = f"{os.getpid()}:{layout.up_lock}"
    try:
        run_deployments(ready)
    finally:
        if is_healthy(api):
            end_runs(layout)


def execute_pool(layout: Layout) -> None:
    """Become a worker of the pool in config: executes the runs that the server plans, on this machine. Raises
    ConfigError without a pool or a server, NewsvaneError if that refuses access."""
    pool = load_settings().prefect.work_pool
    where = config_dir() / "newsvane.toml"
    if not pool:
        raise ConfigError(f"{where}: set prefect.work_pool, the name of the pool, here and on the server's machine")
    address = external_api() or running_api(layout)
    if not address:
        raise ConfigError(
            "no Prefect server is known: start `newsvane up`; on another machine set PREFECT_API_URL to its address, "
            "such as http://HOST:4200/api"
        )
    configure_prefect(layout)
    check_access(address)
    notify(f"executing the runs of the pool '{pool}' at {address} (Ctrl-C stops)")
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool, "--type", "process"]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter; the pool's name has letters and digits only


def write_prefect_yaml(layout: Layout, path: Path) -> None:
    """Write the deployments of config as a prefect.yaml."""
    configure_prefect(layout)
    from flows.prefect_yaml import DATA, to_yaml
    from flows.serve import deployments

    settings = load_settings()
    text = to_yaml(deployments(load_sources(), DATA, settings), settings.prefect.work_pool)
    if str(path) == "-":
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"--prefect-yaml {path}: cannot be written: {error.strerror}") from error
    notify(f"wrote {path}; next: NEWSVANE_DATA={layout.data} prefect deploy --all")
