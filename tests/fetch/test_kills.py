"""SIGKILL during fetch, load, restore and rebuild: committed data stays, the result is that of an undisturbed run."""

from __future__ import annotations

import pytest

from tests.bench.kills import VICTIMS, run


@pytest.mark.parametrize("kills", [2, pytest.param(8, marks=pytest.mark.long)])
def test_killed_runs_have_the_result_of_an_undisturbed_one(tmp_path, monkeypatch: pytest.MonkeyPatch, kills: int):
    for name in ("NEWSVANE_CONFIG", "PYTHONWARNINGS"):
        monkeypatch.setenv(name, "set by the run")  # and restored after the test
    outcome = run(kills, tmp_path, stations=1)
    assert outcome.broken == []
    assert outcome.kills["fetch"] == outcome.kills["load"] == max(1, kills // len(VICTIMS))
    assert outcome.reads > 0
    assert all(outcome.rows.values())
