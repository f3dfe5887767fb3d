"""SIGKILL during fetching and loading: committed data stays, and the result equals that of an undisturbed run."""

from __future__ import annotations

import pytest

from tests.bench.kills import run


def test_killed_runs_have_the_result_of_an_undisturbed_one(tmp_path, monkeypatch: pytest.MonkeyPatch):
    for name in ("NEWSVANE_CONFIG", "PYTHONWARNINGS"):
        monkeypatch.setenv(name, "set by the run")  # and restored after the test
    outcome = run(2, tmp_path, stations=1)
    assert outcome.broken == []
    assert outcome.kills == {"fetch": 1, "load": 1}
    assert outcome.reads > 0
    assert all(outcome.rows.values())
