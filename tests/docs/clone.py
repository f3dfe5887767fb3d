"""The command blocks of a page, and a copy of the repository in which they are followed to the letter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flows.clock import SystemClock
from flows.pipeline.demo_world import DemoWorld
from flows.pipeline.simulate import station_of
from flows.settings import DEMO_CONFIG, ROOT
from flows.sources import load_sources
from tests.month import free_port

SITE = "https://www.my-station.example/"
CONTACT = "you@your-domain.org"


def blocks_of(page: str, heading: str = "") -> list[tuple[str, str]]:
    """The fenced blocks of a page, or of one section of it: language and text."""
    text = (ROOT / page).read_text("utf-8")
    if heading:
        text = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@contextmanager
def station_on_air() -> Iterator[str]:
    """The home page of a simulated station on loopback, with a week of stories behind it."""
    home = f"http://127.0.0.1:{free_port()}/"
    source = load_sources(DEMO_CONFIG).by_name("demo_station").model_copy(update={"home": home})
    with station_of(source, SystemClock(), DemoWorld(datetime.now(UTC).date(), weeks=1)):
        yield home


def clone_at(folder: Path) -> Path:
    """A clone with an environment: the code, config and SQL of this one, and a `newsvane` command."""
    clone = folder / "clone"
    clone.mkdir()
    for name in ("flows", "sql", "config"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    command = clone / ".venv" / "bin" / "newsvane"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m flows "$@"\n', "utf-8")
    command.chmod(0o755)
    return clone


def follow(clone: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run one block as a person would paste it, in the clone; it stops at the first command that fails."""
    return run(clone, ["bash", "-euo", "pipefail", "-c", script])


def run(clone: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the clone, with its code and its `newsvane`; fails if the command does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "NEWSVANE_"))}
    search = f"{clone / '.venv' / 'bin'}:{os.environ['PATH']}"
    path = ":".join([str(clone), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        command,
        cwd=clone,
        env={**kept, "PATH": search, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=600,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout}{done.stderr}"
    return done


def set_up(clone: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Follow the block that sets newsvane up. The weather service is not asked, and stations on loopback need no
    pause between requests."""
    done = follow(clone, script.replace("newsvane init", "newsvane init --offline"))
    settings = clone / "config" / "newsvane.toml"
    settings.write_text(settings.read_text("utf-8").replace("default_delay_s = 5", "default_delay_s = 0"), "utf-8")
    return done


def at_station(script: str, home: str) -> str:
    """The block with the site's address replaced by that of a station on loopback, which has to be allowed; the weather
    service is not asked."""
    allowed = f"{home} --allow 127.0.0.1/32"
    return script.replace(f"sources new {SITE}", f"sources new {allowed} --offline").replace(SITE, allowed)
