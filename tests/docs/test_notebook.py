"""The notebook runs on a loaded month, and its answers agree with the facts."""

from __future__ import annotations

import importlib.util

import duckdb
import pytest

from flows.settings import ROOT
from tests.month import Month


def test_the_three_questions_have_answers(loaded_month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSVANE_SNAPSHOT", str(loaded_month.layout.published))
    spec = importlib.util.spec_from_file_location("newsroom", ROOT / "docs" / "notebooks" / "newsroom.py")
    assert spec is not None
    assert spec.loader is not None
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, found = notebook.app.run()
    cold, own, first = (found[name].to_pylist() for name in ("cold_days", "own_work", "first_with_story"))
    assert sum(row["days_with_closings"] for row in cold) > 0
    assert all(0 <= row["days_with_closings"] <= row["days"] for row in cold)
    assert sum(row["own"] for row in own) > 0
    assert all(row["own"] + row["wire_or_network"] + row["unknown"] <= row["articles"] for row in own)
    with duckdb.connect(str(loaded_month.layout.published), read_only=True) as warehouse:
        shared = "select count(*) from (select story_id from fact_story group by story_id having count(*) > 1)"
        assert warehouse.execute(shared).fetchone() >= (sum(row["stories"] for row in first),)
    assert {row["first_source"] for row in first} == {"demo_station", "demo_sister"}
