"""SIGKILL during fetch, load, restore and rebuild: committed data stays, the result is that of an undisturbed run."""

from __future__ import annotations

import pytest

from tests.bench.kills import run


@pytest.mark.parametrize("kills", [2, pytest.param(8, marks=pytest.mark.long)])
def test_killed_runs_have_the_result_of_an_undisturbed_one(tmp_path, monkeypatch: pytest.MonkeyPatch, kills: int):
    for name in ("NEWSVANE_CONFIG", "PYTHONWARNINGS"):
        monkeypatch.setenv(name, "set by the run")  # and restored after the test
    outcome = run(kills, tmp_path, stations=1)
    assert outcome.broken == []
    assert 0 < outcome.kills.total() <= kills  # a step that ended by itself before its time was not killed
    assert outcome.reads > 0
    assert all(outcome.rows.values())
