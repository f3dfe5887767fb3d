"""The fault benchmark in small: hostile stations, real runs and a real load, with every guarantee kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.simulator.faults import KINDS
from flows.simulator.site import RequestLogEntry
from tests.bench.faults import SHORT, run
from tests.bench.faults_score import Score, violations

NOON = datetime(2018, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEWSVANE_CONFIG", "set by the run")  # and restored after the test
        return run(SHORT, Path(tmp_path_factory.mktemp("faults")))


def test_every_kind_of_fault_occurred(score: Score) -> None:
    assert set(score.faults) == set(KINDS)
    assert all(sum(score.kinds[kind].values()) == count for kind, count in score.faults.items())
    assert not any(outcomes["unknown"] for outcomes in score.kinds.values())


def test_nothing_is_lost_or_duplicated_or_invented(score: Score) -> None:
    assert score.articles > 300
    assert (score.lost, score.duplicates, score.invented, score.duplicate_rows) == ([], [], [], 0)


def test_robots_are_obeyed_according_to_the_logs_of_the_sites(score: Score) -> None:
    assert score.robots_refusals > 0
    assert score.robots_violations == []


def test_only_the_sites_are_connected_to_with_one_connection_per_host(score: Score) -> None:
    assert score.unsafe_connections == []
    assert score.max_connections == 1


def test_memory_is_bounded(score: Score) -> None:
    assert score.peak_bytes < 500_000_000
    assert score.holds


def entry(path: str, hours: float, status: int = 200, fault: str | None = None) -> RequestLogEntry:
    return RequestLogEntry(NOON + timedelta(hours=hours), path, "newsvane", status, 1, fault)


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ([entry("/news", 0)], ["/news"]),
        ([entry("/robots.txt", 0, 500, "error_500"), entry("/news", 0)], ["/news"]),
        ([entry("/robots.txt", 0), entry("/news", 1), entry("/admin/x", 1)], ["/admin/x"]),
        ([entry("/robots.txt", 0, 200, "robots_changes"), entry("/content/video/a", 1)], ["/content/video/a"]),
        ([entry("/robots.txt", 0, 200, "robots_changes"), entry("/robots.txt", 25), entry("/content/video/a", 26)], []),
        ([entry("/robots.txt", 0), entry("/news", 24 * 8)], ["/news"]),
    ],
)
def test_violations_are_detected(log: list[RequestLogEntry], found: list[str]) -> None:
    assert violations(log) == found
