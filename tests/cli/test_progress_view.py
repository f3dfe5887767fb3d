"""Progress on stderr: bars on a terminal, few lines elsewhere, and lines of the command above the bars."""

from __future__ import annotations

import sys

import pytest

from flows.cli import progress_view
from flows.cli.options import notify
from flows.cli.progress_view import LineView, RichView, shown_progress
from flows.pipeline.progress import LoadMeter, Progress, report


class Clock:
    """A clock that moves when it is told to."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress_view, "time", made)
    return made


def test_a_line_every_ten_seconds_at_most_with_rate_and_time_left(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    view = LineView()
    for second in range(0, 25):
        clock.now = 100.0 + second
        view.show(Progress("town", 2 * second, 1000, "requests", "town.example: one request every 5 s"))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "town: 20/1,000 requests, 2 requests/s, about 8 min left, town.example: one request every 5 s",
        "town: 40/1,000 requests, 2 requests/s, about 8 min left, town.example: one request every 5 s",
    ]
    assert (view.done, view.last.done if view.last else None) == (48, 48)


def test_the_total_may_be_unknown(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    view = LineView()
    view.show(Progress("export", 0, None, "rows"))
    clock.now += 60
    view.show(Progress("export", 30, None, "rows"))
    assert capsys.readouterr().err == "export: 30/? rows, 30 rows/min\n"


def test_flows_in_this_process_report_to_the_view() -> None:
    report(Progress("nobody listens", 1, 2, "pages"))
    with shown_progress() as view:
        report(Progress("load", 1, 2, "pages"))
        assert isinstance(view, LineView)
        assert view.last == Progress("load", 1, 2, "pages")
    report(Progress("nobody listens", 1, 2, "pages"))
    assert view.done == 1


def test_on_a_terminal_bars_are_drawn_and_lines_go_above_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown_progress() as view:
        assert isinstance(view, RichView)
        view.show(Progress("first", 2, 2, "pages"))
        view.show(Progress("town", 5, 20, "pages", "waiting for town.example"))
        notify("a line of the command [not markup]")
    drawn = capsys.readouterr().err
    assert "5/20 pages" in drawn
    assert "waiting for town.example" in drawn
    assert "a line of the command [not markup]\n" in drawn
    notify("plain again")
    assert capsys.readouterr().err == "plain again\n"


def test_the_load_meter_counts_files_and_the_size_of_groups() -> None:
    seen: list[Progress] = []
    meter = LoadMeter("load", seen.append)
    meter.expect(3000)
    meter.add(1500, 0, "parsing")
    meter.group_loaded(2, 2000, 0)
    meter.group_loaded(3, 1000, meter.counted)
    assert [(one.done, one.total, one.unit, one.kept) for one in seen] == [
        (1, 3, "kB", 0), (2, 3, "kB", 2), (3, 3, "kB", 3),
    ]  # fmt: skip
