"""The processes of a cluster on loopback, which a test may kill: a Dask scheduler with its workers, and the loader."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Client

from flows.settings import DEMO_CONFIG, ROOT
from tests.month import free_port
from tests.server import wait_for

_KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "word", "AWS_DEFAULT_REGION": "us-east-1"}
_TIMEOUT_S = 300


@dataclass
class Dask:
    """A scheduler, its workers, and the folder of their logs."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, count: int) -> None:
        """Start the scheduler and so many workers, and wait until it has them."""
        self.scheduler = _start(self.folder, "dask_scheduler", "--host", self.address, "--no-dashboard", "--no-jupyter")
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        self.workers = [_start(self.folder, "dask_worker", self.address, *options) for _ in range(count)]
        with Client(self.address, timeout=_TIMEOUT_S, set_as_default=False) as client:
            wait_for(lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == count, _TIMEOUT_S)

    def kill_worker(self) -> None:
        """End one worker with SIGKILL."""
        kill(self.workers.pop())

    def kill(self) -> None:
        """End the scheduler and all workers with SIGKILL."""
        for process in (self.scheduler, *self.workers):
            if process:
                kill(process)


def kill(process: subprocess.Popen[Any]) -> None:
    """End a process with SIGKILL, and wait for its end."""
    process.kill()
    process.wait(_TIMEOUT_S)


@contextmanager
def dask(folder: Path, workers: int) -> Iterator[Dask]:
    """A scheduler with so many workers, each a process; they are ended with the block."""
    folder.mkdir()
    cluster = Dask(f"tcp://127.0.0.1:{free_port()}", folder)
    try:
        cluster.start(workers)
        yield cluster
    finally:
        cluster.kill()


def _start(folder: Path, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, env=_environment(), cwd=folder)


def _environment(config: Path | None = None) -> dict[str, str]:
    paths = {"PYTHONPATH": str(ROOT)} | ({"NEWSVANE_CONFIG": str(config)} if config else {})
    return {**os.environ, **_KEYS, **paths}


def config_in(folder: Path, endpoint: str, lake: str | None = None, scheduler: str | None = None) -> Path:
    """The demo's config, with an S3 server and, if given, a lake in it and the scheduler of a cluster."""
    config = Path(shutil.copytree(DEMO_CONFIG, folder))
    tables = [f'[remote]\ns3_endpoint = "{endpoint}"']
    tables += [f'[warehouse]\nlake = "{lake}"\nlake_data = "s3://lake/news/"'] if lake else []
    tables += [f'[run]\nrunner = "dask"\nscheduler = "{scheduler}"'] if scheduler else []
    with (config / "newsvane.toml").open("a") as file:
        file.write("\n" + "\n".join(tables) + "\n")
    return config


class Loader:
    """A `newsvane` command in a process of its own, which stops at some steps."""

    def __init__(self, config: Path, data: Path, *arguments: str, stop: str = "") -> None:
        command = [sys.executable, "-m", "tests.cluster.stepwise", stop, *arguments, "--data", str(data)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=_environment(config), cwd=ROOT,
        )  # fmt: skip
        self.lines: list[str] = []

    def reach(self, step: str) -> None:
        """Wait until the command stops at the step."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if line == f"at {step}\n":
                return
        raise AssertionError(f"{step} is not reached:\n{''.join(self.lines)}")

    def go_on(self) -> None:
        """Let the command go on from the step at which it stops."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def ends(self) -> None:
        """Let the command go on to its end, without an error."""
        self._ends(0)

    def fails(self, named: str) -> None:
        """Let the command go on to its end, with an error that has this text in it and the next step."""
        said = self._ends(1)
        assert named in said, said
        assert "run the command again to go on" in said, said

    def _ends(self, code: int) -> str:
        out, _ = self.process.communicate(timeout=_TIMEOUT_S)  # at the end of stdin, the steps do not wait
        said = "".join([*self.lines, out])
        assert self.process.returncode == code, said
        return said
