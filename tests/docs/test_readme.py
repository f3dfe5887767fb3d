"""README's "Add a source" and "Add a trend", followed to the letter in a copy of the repository, end in a chart."""

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

import pytest

from flows.clock import SystemClock
from flows.pipeline.demo_world import DemoWorld
from flows.pipeline.simulate import station_of
from flows.settings import DEMO_CONFIG, ROOT
from flows.sources import load_sources
from tests.month import free_port

SITE = "https://www.my-station.example/"
CONTACT = "you@your-domain.org"


def commands_of(heading: str) -> list[str]:
    """The fenced blocks of one section of README, each a shell script."""
    section = (ROOT / "README.md").read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


@contextmanager
def station_on_air() -> Iterator[str]:
    """The home page of a simulated station on loopback, with a week of stories behind it."""
    home = f"http://127.0.0.1:{free_port()}/"
    source = load_sources(DEMO_CONFIG).by_name("demo_station").model_copy(update={"home": home})
    with station_of(source, SystemClock(), DemoWorld(datetime.now(UTC).date(), weeks=1)):
        yield home


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with an environment: the code, config and SQL of this one, and a `newsvane` command."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("flows", "sql", "config"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    command = tmp_path / "bin" / "newsvane"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m flows "$@"\n', "utf-8")
    command.chmod(0o755)
    return folder


def follow(clone: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run one block as a person would paste it, in the clone; it stops at the first command that fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "NEWSVANE_"))}
    search = f"{clone.parent / 'bin'}:{os.environ['PATH']}"
    path = ":".join([str(clone), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=clone,
        env={**kept, "PATH": search, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=240,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done


def test_readme_followed_to_the_letter_ends_in_a_chart(clone: Path) -> None:
    """Only the address differs: the site's is replaced by that of a station on loopback, which has to be allowed and
    needs no pace; and the weather service is not asked."""
    set_up, source = commands_of("Add a source")
    (trend,) = commands_of("Add a trend")
    assert source.count(SITE) == set_up.count(CONTACT) == 1
    first = follow(clone, set_up.replace("newsvane init", "newsvane init --offline"))
    assert f'identity.contact = "{CONTACT}"' in first.stderr
    settings = clone / "config" / "newsvane.toml"
    settings.write_text(settings.read_text("utf-8").replace("default_delay_s = 5", "default_delay_s = 0"), "utf-8")
    with station_on_air() as home:
        charted = follow(clone, source.replace(SITE, f"{home} --allow 127.0.0.1/32 --offline"))
        tested, _, chart = charted.stdout.partition("Topic frequency\n")
        assert "robots.txt  allows the home page" in tested
        assert re.search(r"[▁▂▃▄▅▆▇█]", chart)
        added = follow(clone, trend)
    assert added.stdout.startswith("Articles by weekday\n")
    assert re.search(r"^[1-7] +█+ \d+$", added.stdout, re.MULTILINE)
