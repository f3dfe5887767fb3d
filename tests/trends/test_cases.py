"""Each folder under tests/sql/cases/<trend>/ holds rows, parameters and the expected result."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from flows.settings import ROOT
from flows.trends.catalog import names
from flows.trends.output import to_json
from flows.trends.run import run
from tests.trends.conftest import Fill

CASES = ROOT / "tests" / "sql" / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/given.sql"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_case(folder: Path, fill: Fill) -> None:
    base = (CASES / "base.sql").read_text("utf-8")
    layout = fill(base + (folder / "given.sql").read_text("utf-8"))
    given = tomllib.loads((folder / "params.toml").read_text("utf-8"))
    found = json.loads(to_json(run(layout, folder.parent.name, given)))
    assert found == json.loads((folder / "expected.json").read_text("utf-8"))


def test_every_trend_has_a_case() -> None:
    assert {folder.parent.name for folder in FOLDERS} == set(names())
