"""Says how many articles have tags, and which sources stopped tagging: a topic without tags is missing, not gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flows.settings import ROOT, Layout
from flows.warehouse.statement_query import run_query

_STATEMENT: Final = ROOT / "sql" / "coverage" / "tags.sql"
_NAMED: Final = 3  # sources


def tag_notes(layout: Layout, values: Mapping[str, object]) -> tuple[str, ...]:
    """The share of articles with tags from `since` to `until` at `source`, where not all have any, and the sources
    whose tags had collapsed; raises as `run_query` does."""
    wanted = {name: values.get(name) for name in ("source", "since", "until")}
    rows: list[Any] = list(run_query(layout, _STATEMENT, wanted).rows)
    (_, articles, tagged, first, last), *collapsed = rows
    if not articles or tagged == articles:
        return ()
    notes = [f"Tag coverage: {tagged / articles:.0%} of {articles:,} articles from {first} to {last} have tags."]
    if collapsed:
        more = len(collapsed) - _NAMED
        named = ", ".join(map(_stretch, collapsed[:_NAMED])) + (f" and {more:,} more sources" if more > 0 else "")
        notes.append(f"Tags collapsed at {named}: missing, not zero. `newsvane trend tag_coverage` shows when.")
    return tuple(notes)


def _stretch(row: Any) -> str:
    source, days, _, first, last = row
    return f"{source} ({days:,} days from {first} to {last})" if days > 1 else f"{source} ({first})"
