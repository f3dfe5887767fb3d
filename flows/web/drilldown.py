"""Links a row of a result to the articles, the story or the source behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from flows.topic_config import normalize_label
from flows.trends.catalog import Trend
from flows.web.periods import PERIOD_COLUMNS, last_day, length_of, range_of

# Column of a result -> filter of the articles page.
_FILTERS: Final = {
    "topic": "topic",
    "other": "other",
    "source": "source",
    "town": "town",
    "origin": "origin",
    "weekday": "weekday",
    "hour": "hour",
    "url": "url",
}
_NEEDED: Final = {"topic", "town", "origin", "weekday", "url"}
# Results whose rows are not about articles of the source named.
_NOT_ARTICLES: Final = {"panel_twins", "uncovered_towns", "closings_lead", "forecast_error", "forecast_text_life"}
# Shares are of observed days only.
_OBSERVED: Final = {
    "topic_share", "rising_topics", "top_topics", "local_topics", "origin_share", "posting_rhythm", "coverage_by_place",
    "stories_folded",
}  # fmt: skip
# Topics of these results are counted without the articles on which they are the parent of another tag.
_LEAVES: Final = {
    "rising_topics", "top_topics", "local_topics", "new_topics", "faded_topics", "topic_mix_change",
    "weather_and_topics", "topics_after_alert", "topic_pairs", "front_page_topics",
}  # fmt: skip


def link(path: str, /, **state: object) -> str:
    """A path with its state as a query string; empty values are left out."""
    kept = {name: str(value) for name, value in state.items() if value not in (None, "", (), [])}
    return f"{path}?{urlencode(kept)}" if kept else path


def row_link(
    trend: Trend, row: Mapping[str, Any], params: Mapping[str, str | None], last: date | None = None
) -> str | None:
    """Where a row of a trend leads; None where nothing stands behind it. `last` is the last observed day."""
    if row.get("article_id") is not None:
        return f"/articles/{row['article_id']}"
    if trend.name in _NOT_ARTICLES or not (_NEEDED | set(PERIOD_COLUMNS)) & set(row):
        return f"/sources/{quote(str(row['source']), safe='')}" if row.get("source") else None
    state = {"source": params.get("source"), "clock": params.get("clock"), **_filters(row)}
    if "url" in state:
        return link("/articles", url=state["url"])
    since, until = range_of(trend, params, last)
    for column in PERIOD_COLUMNS:
        if isinstance(start := row.get(column), date):
            end = last_day(start, length_of(trend, params))
            since, until = max(start, since or start), min(end, until or end)
    if trend.name == "phrase_frequency":
        return _search_link(str(row["phrase"]), params, since, until)
    if trend.name == "local_topics":
        state["origin"] = "own"
    observed = "1" if trend.name in _OBSERVED else None
    leaf = "1" if trend.name in _LEAVES and "topic" in state else None
    return link("/articles", **state, since=since, until=until, observed=observed, leaf=leaf)


def _search_link(phrase: str, params: Mapping[str, str | None], since: date | None, until: date | None) -> str | None:
    """The search for the articles of one phrase; None for a line of several, and for days first seen, which the search
    does not offer."""
    if params.get("any_phrase") or params.get("clock") == "first_seen":
        return None
    left_out = [one.strip() for one in (params.get("not_phrase") or "").split(";") if one.strip()]
    words = " ".join([f'"{phrase}"', *(f'-"{one}"' for one in left_out)])
    return link("/search", words=words, fields="headline", source=params.get("source"), since=since, until=until)


def _filters(row: Mapping[str, Any]) -> dict[str, object]:
    found = {name: row[column] for column, name in _FILTERS.items() if row.get(column) is not None}
    for name in ("topic", "other"):
        if name in found:
            found[name] = normalize_label(str(found[name]))
    return found
