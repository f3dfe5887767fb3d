"""Asks the person at the terminal; without a terminal nothing is asked, and what is missing is an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import typer

from flows.cli.options import notify
from flows.errors import ConfigError, NewsvaneError

Answer = TypeVar("Answer")


def is_interactive() -> bool:
    """Whether a person can be asked: both what is asked and what is typed go through a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str, *, default: bool = False) -> bool:
    """The person's yes or no."""
    return typer.confirm(question, default=default, err=True)


def ask(question: str, default: str, read: Callable[[str], Answer]) -> Answer:
    """What the person types, as `read` understands it; asked again with the reason while `read` raises an error."""
    while True:
        typed: str = typer.prompt(question, default=default, show_default=bool(default), err=True)
        try:
            return read(typed.strip())
        except NewsvaneError as error:
            notify(f"  {error}")


def choose(question: str, options: Sequence[str]) -> int:
    """The index of the option that the person names by its number, from 1."""
    for number, option in enumerate(options, 1):
        notify(f"  {number}  {option}")

    def read(text: str) -> int:
        if text not in map(str, range(1, len(options) + 1)):
            raise ConfigError(f"type a number from 1 to {len(options)}")
        return int(text) - 1

    return ask(question, "1", read)
