"""Finds the statements of sql/: whole files, read once."""

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
    path = SQL / f"{name}.sql"
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be read: {error.strerror}; the installation is incomplete") from error


def header(text: str, key: str) -> str | None:
    """The value of `-- key: value` in a statement's opening comment."""
    match = re.search(rf"^--\s*{key}:\s*(.+)$", text, re.MULTILINE)
    return match.group(1).strip() if match else None


def named(folder: str) -> list[Path]:
    """The statement files of one folder of sql/, in order of name."""
    return sorted((SQL / folder).glob("*.sql"))
