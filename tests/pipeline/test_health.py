"""The state of a source follows from its own rhythm: how often it is read, and how often it brings something new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.data_layout import Layout
from flows.pipeline.health import describe_issues, read_health, state_of
from flows.settings import Publish
from flows.warehouse.connection import open_writer
from flows.warehouse.publish import publish
from tests.month import Month

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SOURCE = (
    "insert into dim_source (source_id, name, kind, title, zone, enabled) values (?, ?, 'simulated', '', 'UTC', true)"
)
READ = """
    insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts,
        bytes, batch_id)
    values (?, ?, 'http://127.0.0.1/', ?, 'feed', 'changed', 0, 0, 1, 9, 'one')
"""


def row(read_h: float | None = 0.5, news_h: float | None = 1, **changes: Any) -> dict[str, Any]:
    """A source that is read every half hour and was never without something new for more than ten hours."""
    usual = {"source": "kvane", "home": "https://kvane.example/", "usual_read_gap": 0.5, "longest_news_gap": 10.0}
    at = {
        "reference_at": NOW,
        "read_at": None if read_h is None else NOW - timedelta(hours=read_h),
        "news_at": None if news_h is None else NOW - timedelta(hours=news_h),
    }
    return {**usual, **at, "refused": 0, "failed": 0, "reason": None, **changes}


@pytest.mark.parametrize(
    ("found", "drift", "state", "word"),
    [
        (row(), "", "good", ""),
        (row(1.2), "", "good", ""),
        (row(1.5), "", "late", "usually every 0.5 h; no run since then"),
        (row(3.0, failed=4, reason="no answer from kvane.example"), "", "late", "4 failed, the last: no answer from"),
        (row(3.5, failed=7, reason="no answer from kvane.example"), "", "silent", "not read since Nov 27 08:30 UTC"),
        (row(None, None, failed=3, reason="no answer"), "", "silent", "never read in the last 28 days; 0 refused, 3"),
        (row(None, None), "", "silent", "nothing was requested"),
        (
            row(2.0, refused=3, reason="robots.txt"),
            "",
            "refused",
            "refused since Nov 27 10:00 UTC: 3 refused, 0 failed",
        ),
        (row(None, None, refused=1, reason="403"), "", "refused", "28 days or more"),
        (row(0.5, refused=1, reason="403"), "", "good", ""),
        (row(news_h=14.9), "", "good", ""),
        (row(news_h=15.1), "", "silent", "nothing new since Nov 26 20:54 UTC; longest gap before: 10 h"),
        (row(news_h=11.9, longest_news_gap=1.0), "", "good", ""),
        (row(news_h=900.0, longest_news_gap=None), "", "good", ""),
        (row(), "title filled on 3 % of pages", "drifting", "title filled on 3 %"),
        (row(30.0, usual_read_gap=None), "", "good", ""),
        (row(50.0, usual_read_gap=None), "", "late", "usually every 24 h"),
    ],
)
def test_the_state_of_a_source(found: dict[str, Any], drift: str, state: str, word: str) -> None:
    judged, why = state_of(found, drift)
    assert judged == state
    assert word in why
    assert bool(why) == (state != "good")


def test_the_simulated_month_is_silent_once_its_rhythm_is_over(
    loaded_month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSVANE_CONFIG", str(loaded_month.config))
    newest = read_health(loaded_month.layout)
    assert {one.source: one.state for one in newest.sources if one.state in ("silent", "late", "refused")} == {}
    last = max(one.read_at for one in newest.sources if one.read_at)
    later = {one.source: one for one in read_health(loaded_month.layout, last + timedelta(days=2)).sources}
    assert {one.state for one in later.values()} == {"silent"}
    station = later["demo_station"]
    assert "longest gap before: 12 h" in station.why
    assert station.action == f"newsvane sources check {station.home}"


def test_a_demo_ahead_of_the_time_is_judged_at_what_all_its_sources_have_reached(tmp_path: Path) -> None:
    layout, ahead, far_ahead = Layout.at(tmp_path), NOW + timedelta(days=2), NOW + timedelta(days=4)
    with open_writer(layout, print) as connection:
        for source, name in enumerate(("kgale", "kvane")):
            connection.execute(SOURCE, [source, name])
        for number, (source, at) in enumerate(((0, ahead), (1, ahead), (0, far_ahead))):
            connection.execute(READ, [number, source, at])
        publish(connection, layout, [], Publish())
    during = read_health(layout, NOW)
    assert during.at == ahead
    assert {one.source: one.read_at for one in during.sources} == {"kgale": ahead, "kvane": ahead}
    assert "silent" not in {one.state for one in during.sources}
    assert read_health(layout).at == far_ahead
    assert read_health(layout, far_ahead + timedelta(days=1)).at == far_ahead + timedelta(days=1)


def test_issues_are_listed_with_the_next_command() -> None:
    assert describe_issues({}) == ["no source has issues"]
    first, second = describe_issues({"kvane": "silent: not read"})
    assert first == "sources with issues: 1; details: newsvane trend source_health"
    assert second == "  kvane: silent: not read"
