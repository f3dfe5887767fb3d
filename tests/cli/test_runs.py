"""The commands that run flows: what they reject before Prefect is imported, and the demo from start to chart."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.settings import ROOT
from tests.cli.conftest import Command
from tests.month import config_in
from tests.server import environment


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ingest", "kqtv"], "source 'kqtv' is disabled: "),
        (["ingest", "kqtb"], "did you mean 'kqtv'?"),
        (["backfill", "nowhere.warc"], "file not found"),
    ],
)
def test_usage_errors_exit_with_2(newsvane: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    done = newsvane(*arguments, "--data", str(tmp_path / "data"))
    assert done.status == 2
    assert message in done.err
    assert not (tmp_path / "data").exists()


def test_ingest_without_an_enabled_source_says_how_to_add_one(
    newsvane: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    for path in (config / "sources").glob("demo_*.toml"):
        path.unlink()
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    done = newsvane("ingest", "--data", str(tmp_path / "data"))
    assert done.status == 2
    assert "no source is enabled" in done.err


@pytest.mark.long
@pytest.mark.prefect
def test_a_second_demo_adds_nothing(tmp_path: Path) -> None:
    """In processes of their own, each with a temporary Prefect server."""
    command = [sys.executable, "-m", "flows", "demo", "--weeks", "1", "--data", str(tmp_path / "data")]
    variables = environment(config_in(tmp_path))
    first, second = (
        subprocess.run(command, env=variables, capture_output=True, text=True, timeout=300) for _ in range(2)
    )
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "starting a temporary Prefect server" in first.stderr
    assert "0 files, 0 exchanges loaded" in second.stderr
    assert first.stdout == second.stdout
    assert "█" in first.stdout
