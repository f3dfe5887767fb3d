"""Reads the place of an article's dateline: `ST. JOSEPH, Mo. --`, `(ST. JOSEPH, Mo.)`, `TUPELO, Miss. (WTVA) -`."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"^\(?([A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3}(?:, (?:[A-Z][a-z]{1,5}\.?|[A-Z]{2}|[A-Z]\.[A-Z]\.|[A-Z][a-z]+))?)\)?"
    r"(?:\s*\([A-Z][A-Za-z0-9 ./&-]{1,40}\))?\s*(?:--|—|–|-|:|\s)\s*"
)


def dateline(body: str | None) -> str | None:
    """The place as printed, None if the body starts with no dateline."""
    match = _DATELINE.match(body or "")
    if not match:
        return None
    printed, rest = match.group(1), match.group(0)[len(match.group(1)) :]
    bracketed = (body or "").startswith("(")
    return printed if bracketed or re.search(r"[-—–(:]", rest) else None
