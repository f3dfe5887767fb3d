"""Finds labels that want a look, and says what to write into config/topics.toml about them."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from flows.settings import ROOT, Layout
from flows.trends.charts import grid
from flows.warehouse.statement_query import QueryResult, run_query

FINDINGS: Final = ("spelling", "case", "renamed", "loose", "unused")
_SAID: Final = {
    "spelling": "Near spellings: one topic under two labels? Then make the rarer one an alias:",
    "case": "Printed in several ways: matched without case, marks of width and double spaces, nothing to do:",
    "renamed": "One name ends where a kindred one begins: renamed? Then an alias with the day as `since`:",
    "loose": "Frequent, and in no facet, parent or alias: a facet helps, a parent keeps it out of top lists:",
    "unused": "In config/topics.toml, but no article bears it: a slip in the label?",
}
_PAIR: Final = ("label", "articles", "other", "other_articles", "note")
_SHOWN: Final = {
    "spelling": _PAIR,
    "case": _PAIR[:4],
    "renamed": _PAIR,
    "loose": ("label", "articles"),
    "unused": ("label", "note"),
}
_HOW: Final = """
An alias in config/topics.toml:
  [[aliases]]
  label = "the label as printed"
  means = "the label it is to count as"
  since = 2024-01-03            # leave out: always
  reason = "why"
`newsvane refresh` then counts it, from that day on; facts stay as printed.
"""


def review(layout: Layout, finding: str | None, support: int, top: int) -> QueryResult:
    """Up to `top` rows of each finding (of FINDINGS, all if None); loose and renamed labels need `support` articles.

    Raises ConfigError where nothing is published, WarehouseError from the warehouse.
    """
    path = ROOT / "sql" / "topics" / "review.sql"
    return run_query(layout, path, {"finding": finding, "support": support, "top": top})


def told(found: QueryResult, width: int) -> str:
    """The findings as one small table each, with what to do about them."""
    if not found.rows:
        return "no label wants a look\n"
    parts = []
    for finding, rows in groupby(found.rows, key=lambda row: str(row[0])):
        columns = _SHOWN[finding]
        kept = [[row[found.columns.index(name)] for name in columns] for row in rows]
        parts.append(f"{_SAID[finding]}\n{grid(columns, kept, width)}")
    return "\n".join(parts) + _HOW
