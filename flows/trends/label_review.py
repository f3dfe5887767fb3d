"""Lists tag labels to review, with the changes to config/topics.toml that they suggest."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from flows.data_layout import Layout
from flows.settings import ROOT
from flows.trends.charts import grid
from flows.warehouse.statement_query import QueryResult, run_query

FINDINGS: Final = ("spelling", "case", "renamed", "loose", "unused")
_ADVICE: Final = {
    "spelling": "Similar spellings. If two labels mean one topic, make the rarer one an alias:",
    "case": "Variants in case, width or spacing. They count as one label; nothing to do:",
    "renamed": "One label ends where a similar one begins. If it was renamed, add an alias with that day as `since`:",
    "loose": "Frequent labels without facet, parent or alias. A facet groups them; parents are left out of top lists:",
    "unused": "In config/topics.toml, but on no article. Check the spelling:",
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
  label = "the label as published"
  means = "the label it counts as"
  since = 2024-01-03            # optional
  reason = "why"
`newsvane refresh` then counts it from that day on; the facts keep the published label.
"""


def review(layout: Layout, finding: str | None, support: int, top: int) -> QueryResult:
    """Up to `top` rows of each finding (of FINDINGS, all if None); loose and renamed labels need `support` articles.

    Raises ConfigError where nothing is published, WarehouseError from the warehouse.
    """
    path = ROOT / "sql" / "topics" / "review.sql"
    return run_query(layout, path, {"finding": finding, "support": support, "top": top})


def show_findings(found: QueryResult, width: int) -> str:
    """The findings as one table each, with what to do about them."""
    if not found.rows:
        return "no labels to review\n"
    parts = []
    for finding, rows in groupby(found.rows, key=lambda row: str(row[0])):
        columns = _SHOWN[finding]
        kept = [[row[found.columns.index(name)] for name in columns] for row in rows]
        parts.append(f"{_ADVICE[finding]}\n{grid(columns, kept, width)}")
    return "\n".join(parts) + _HOW
