"""Reads the statement files of sql/: one by name, or the numbered files of a folder in order; each file once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flows.errors import WarehouseError
from flows.settings import ROOT

SQL = ROOT / "sql"


@cache
def statement(name: str) -> str:
    """The text of sql/<name>.sql; raises WarehouseError if the installation lacks it."""
    return _text(SQL / f"{name}.sql")


@cache
def sequence(folder: str) -> tuple[str, ...]:
    """The texts of all numbered files (NN_name.sql) below sql/<folder>, in order of their paths.

    Folders and numbers are the order of execution; a file without a number is run by name only. Raises WarehouseError
    if the installation lacks the folder.
    """
    files = numbered(folder)
    if not files:
        raise WarehouseError(f"{SQL / folder}: has no numbered statement files; install newsvane again")
    return tuple(_text(path) for path in files)


def numbered(folder: str) -> list[Path]:
    """The numbered statement files below one folder of sql/, in order of execution."""
    return sorted((SQL / folder).rglob("[0-9][0-9]_*.sql"))


def header(text: str, key: str) -> str | None:
    """The value of `-- key: value` in a statement's opening comment."""
    match = re.search(rf"^--\s*{key}:\s*(.+)$", text, re.MULTILINE)
    return match.group(1).strip() if match else None


@cache
def needs(text: str) -> frozenset[str]:
    """The names in `-- needs: name, ...`: a load runs the statement only if it has one of them. Empty for a statement
    that every load runs.

    A name is that of a staged table, or `stale_article`: a load has it if the table has rows; or `<purpose> exchanges`:
    a load has it if an exchange of that purpose is staged.
    """
    value = header(text, "needs")
    return frozenset(value.split(", ")) if value else frozenset()


def named(folder: str) -> list[Path]:
    """The statement files in one folder of sql/, in order of name."""
    return sorted((SQL / folder).glob("*.sql"))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be read ({error.strerror}); install newsvane again") from error
