"""The options of `newsvane up` that start no server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.settings import ROOT, SHIPPED_CONFIG
from tests.cli.conftest import Command


def test_prefect_yaml_is_written_from_config(newsvane: Command, tmp_path: Path) -> None:
    path = tmp_path / "prefect.yaml"
    done = newsvane("up", "--prefect-yaml", str(path), "--data", str(tmp_path / "data"))
    assert done.status == 0
    assert path.read_text("utf-8") == (ROOT / "prefect.yaml").read_text("utf-8")
    assert f"next: NEWSVANE_DATA={tmp_path / 'data'} prefect deploy --all" in done.err


def test_a_prefect_yaml_that_cannot_be_written_is_a_usage_error(newsvane: Command, tmp_path: Path) -> None:
    done = newsvane("up", "--prefect-yaml", str(tmp_path), "--data", str(tmp_path / "data"))
    assert done.status == 2
    assert f"--prefect-yaml {tmp_path}: cannot be written" in done.err


def test_speed_is_for_the_demo(newsvane: Command, tmp_path: Path) -> None:
    done = newsvane("up", "--speed", "2", "--data", str(tmp_path))
    assert done.status == 2
    assert "newsvane up --demo --speed 1" in done.err


def test_a_worker_needs_a_pool_and_a_server(newsvane: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    config = Path(shutil.copytree(SHIPPED_CONFIG, tmp_path / "config"))
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    without_pool = newsvane("up", "--worker", "--data", str(tmp_path / "data"))
    assert without_pool.status == 2
    assert f"{config / 'newsvane.toml'}: set prefect.work_pool" in without_pool.err
    path = config / "newsvane.toml"
    path.write_text(path.read_text("utf-8").replace('# work_pool = "newsvane"', 'work_pool = "newsvane"'), "utf-8")
    without_server = newsvane("up", "--worker", "--data", str(tmp_path / "data"))
    assert without_server.status == 2
    assert "set PREFECT_API_URL to its address" in without_server.err
