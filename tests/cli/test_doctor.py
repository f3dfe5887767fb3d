"""The doctor command: what it finds, and the fix it names for each finding."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

from flows.cli.doctor import examine, pins
from flows.cli.findings import Finding
from flows.cli.prefect_env import server_file
from flows.data_layout import Layout
from flows.settings import ROOT
from tests.cli.conftest import Command
from tests.trends.conftest import Fill


def found(layout: Layout) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(layout)}


def test_pins_are_those_of_pyproject() -> None:
    assert pins()["duckdb"] == duckdb.__version__
    assert pins()["prefect"] == version("prefect")
    assert pins()["sqlalchemy"]  # pinned with an extra
    assert "pytest" not in pins()


def test_a_new_folder_needs_a_first_run_and_nothing_is_wrong(tmp_path: Path) -> None:
    findings = found(Layout.at(tmp_path / "data"))
    assert [finding for finding in findings.values() if finding.ok is False] == []
    assert findings["packages"].ok
    assert findings["data folder"] == Finding(
        "data folder", None, f"{tmp_path / 'data'} does not exist yet", "newsvane demo, or newsvane ingest"
    )
    assert findings["Prefect server"].fix == "newsvane up"


def test_a_published_snapshot_is_opened(fill: Fill) -> None:
    layout = fill("")
    assert found(layout)["snapshot"] == Finding("snapshot", True, "empty")
    layout.published.write_bytes(b"not a database")
    assert found(layout)["snapshot"].ok is False


def test_unsealed_archive_files_and_a_stopped_server_are_reported(tmp_path: Path) -> None:
    layout = Layout.at(tmp_path)
    day = layout.raw / "town" / "2026-01-05"
    day.mkdir(parents=True)
    (day / "one.open").touch()
    layout.prefect.mkdir()
    server_file(layout).write_text(json.dumps({"api": "http://127.0.0.1:1/api"}), "utf-8")
    findings = found(layout)
    assert findings["archive"].detail.startswith("1 unsealed file ")
    assert findings["Prefect server"].detail == "not running"


def test_faulty_config_exits_with_1_and_names_the_file(
    newsvane: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    (config / "topics.toml").write_text("facet = 3\n", "utf-8")
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    done = newsvane("doctor", "--data", str(tmp_path))
    assert done.status == 1
    assert "topics.toml" in done.out.replace("\n", "")
    assert "fix: edit that file" in done.out
