"""Asks the index of a web archive which captures it has, and reads its answers (the CDX server API, JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from flows.errors import ShapeError
from flows.fetch.urls import absolute

MAX_CAPTURES: Final = 5000  # of one answer
_FIELDS: Final = ("timestamp", "original")


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture: the URL of the page and the instant (aware UTC)."""

    url: str
    at: datetime

    def address(self, replay: str) -> str:
        """Where the bytes as captured are; `replay` is the archive's address."""
        return f"{replay}{self.at:%Y%m%d%H%M%S}id_/{self.url}"


def query(cdx: str, url: str, since: date, until: date, match: str = "exact", resume: str | None = None) -> str:
    """The address of the captures of HTML pages from `since` to `until` (UTC days, both included); `match` is exact,
    host or domain."""
    values = {
        "url": url,
        "matchType": match,
        "from": f"{since:%Y%m%d}",
        "to": f"{until:%Y%m%d}",
        "output": "json",
        "fl": ",".join(_FIELDS),
        "filter": "statuscode:200",
        "limit": MAX_CAPTURES,
        "showResumeKey": "true",
        **({"resumeKey": resume} if resume else {}),
    }
    return f"{cdx}?{urlencode(values)}"


def read(body: bytes) -> tuple[list[Capture], str | None]:
    """The captures in an answer, and the key with which to ask for more. An empty answer has none. Raises ShapeError
    for anything else than an index in JSON."""
    try:
        rows = json.loads(body) if body.strip() else []
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"the answer of the web archive is not JSON: {str(error)[:120]}") from error
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ShapeError("the answer of the web archive is not a table of captures")
    if not rows:
        return [], None
    resume = None
    if len(rows) > 1 and rows[-2] == [] and len(rows[-1]) == 1:
        resume, rows = str(rows[-1][0]), rows[:-2]
    if not {*_FIELDS} <= {*rows[0]}:
        raise ShapeError(f"the answer of the web archive has no fields {', '.join(_FIELDS)}")
    at, url = (rows[0].index(name) for name in _FIELDS)
    return [capture for row in rows[1:] if (capture := _capture(row, at, url))], resume


def earliest(captures: Iterable[Capture]) -> dict[str, Capture]:
    """URL -> its first capture."""
    found: dict[str, Capture] = {}
    for capture in sorted(captures, key=lambda one: one.at):
        found.setdefault(capture.url, capture)
    return found


def _capture(row: list[Any], at: int, url: int) -> Capture | None:
    try:
        when = datetime.strptime(str(row[at]), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        address = absolute(str(row[url]), str(row[url]))
    except (IndexError, ValueError):
        return None
    return Capture(address, when) if address else None
