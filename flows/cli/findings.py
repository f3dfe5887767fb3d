"""The result of one check of `newsvane doctor`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: `ok` is None for a state that is not wrong but may need an action; `fix` is the command
    or edit to make when `ok` is not True."""

    subject: str
    ok: bool | None
    detail: str
    fix: str | None = None
