"""The command as a whole: help in groups with examples, version, completion, exit codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
import typer.main

from flows.cli.complete import complete_source, complete_topic, complete_trend
from flows.cli.main import COMMANDS, app
from flows.cli.options import console_width
from tests.cli.conftest import Command
from tests.cli.test_query import GIVEN
from tests.trends.conftest import Fill


def test_every_command_is_in_a_group_and_has_an_example_of_itself() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert set(commands) == {*(function.__name__ for function in COMMANDS), "sources", "weather"}
    for function, (_, examples) in COMMANDS.items():
        assert examples
        assert all(re.match(rf"newsvane {function.__name__}\b", line) for line in examples)


def test_examples_name_options_that_exist() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for function, (_, examples) in COMMANDS.items():
        known = {name for param in commands[function.__name__].params for name in param.opts}
        assert {word for line in examples for word in re.findall(r"--\w[\w-]*", line)} <= known


def test_help_shows_the_groups_and_examples(newsvane: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    done = newsvane("--help")
    assert done.status == 0
    at = [done.out.index(group) for group in ("Set up", "Fetch and load", "Read", "Maintain")]
    assert at == sorted(at)
    assert "newsvane trend rising_topics" in newsvane("trend", "--help").out
    assert "With options it asks nothing" in newsvane("init", "--help").out  # the docstring breaks the line there


def test_the_version_is_that_of_the_package(newsvane: Command) -> None:
    done = newsvane("--version")
    assert (done.status, done.out) == (0, f"newsvane {version('newsvane')}\n")


@pytest.mark.parametrize(
    ("complete", "start", "expected"),
    [(complete_source, "KQ", ["kqtv"]), (complete_trend, "rising", ["rising_topics"]), (complete_trend, "?", [])],
)
def test_names_are_completed(complete: Callable[[str], list[str]], start: str, expected: list[str]) -> None:
    assert complete(start) == expected


def test_topics_are_those_of_the_snapshot(fill: Fill, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = '[identity]\nuser_agent = "newsvane/0.1"\ncontact = "crawler@example.org"\n'
    (tmp_path / "newsvane.toml").write_text(f'data = "{fill(GIVEN).data}"\n{settings}', "utf-8")
    monkeypatch.setenv("NEWSVANE_CONFIG", str(tmp_path))
    assert complete_topic("f") == ["Fire"]
    (tmp_path / "newsvane.toml").write_text(f'data = "{tmp_path / "none"}"\n{settings}', "utf-8")
    assert complete_topic("f") == []


def test_tables_are_as_wide_as_they_need_unless_a_terminal_limits_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert console_width() >= 10_000
    monkeypatch.setenv("COLUMNS", "90")
    assert console_width() == 90
