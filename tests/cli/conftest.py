"""Runs the `newsvane` command inside the test process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from flows.cli import add_source, dialog, init
from flows.cli.main import main
from tests.trends.conftest import fill  # noqa: F401 - a fixture


@dataclass(frozen=True)
class Done:
    """The exit code of a command, and what it wrote."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def newsvane(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command with these arguments."""

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["newsvane", *arguments])
        with pytest.raises(SystemExit) as exited:
            main()
        captured = capsys.readouterr()
        assert isinstance(exited.value.code, int | None)
        return Done(exited.value.code or 0, captured.out, captured.err)

    return run


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Answer what is asked at a terminal with these lines."""
    typed = iter(lines)
    for module in (dialog, init, add_source):
        monkeypatch.setattr(module, "is_interactive", lambda: True)
    monkeypatch.setattr("typer._click.termui.visible_prompt_func", lambda _: next(typed))
