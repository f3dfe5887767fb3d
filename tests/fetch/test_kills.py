"""SIGKILL in mid-visit and mid-load, in small: nothing committed is lost, and the end is that of a quiet run."""

from __future__ import annotations

import pytest

from tests.bench.kills import run


def test_killed_runs_end_like_a_quiet_one(tmp_path, monkeypatch: pytest.MonkeyPatch):
    for name in ("NEWSVANE_CONFIG", "PYTHONWARNINGS"):
        monkeypatch.setenv(name, "set by the run")  # and put back behind it
    outcome = run(3, tmp_path, stations=1)
    assert outcome.broken == []
    assert outcome.kills == {"visit": 2, "load": 1}
    assert outcome.reads > 0
    assert all(outcome.rows.values())
