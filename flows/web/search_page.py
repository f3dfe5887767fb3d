"""The search page: articles by words and phrases, with what was looked for marked, and their number over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from flows.errors import ConfigError
from flows.warehouse.search import Query, parse_words, search
from flows.warehouse.statement_query import time_limit
from flows.web.address import day_in, one_of, page_in, position
from flows.web.explorer import Explorer
from flows.web.figure import Figure, trend_figure
from flows.web.templating import explorer_of, page, state_of

router: Final = APIRouter()
_MOST: Final = 20
_LINES: Final = 5  # phrases over time


@router.get("/search")
def search_articles(request: Request) -> Response:
    """The articles that match the words in the address, best first, twenty at a time."""
    explorer, state = explorer_of(request), state_of(request)
    shown: dict[str, Any] = {}
    problem = None
    if "words" in state:
        try:
            shown = _answer(explorer, state)
        except ConfigError as error:
            problem = str(error)
    return page(
        request,
        "search.html",
        status=400 if problem else 200,
        state=state,
        problem=problem,
        sources=explorer.rows("source_names"),
        **shown,
    )


def _answer(explorer: Explorer, state: Mapping[str, str]) -> dict[str, Any]:
    """The page of hits that the address names, where it stands in their list, and the curve of their number."""
    query, number = query_of(state), page_in(state)
    with time_limit(explorer.settings.query.seconds):
        found = search(explorer.layout, query, _MOST, (number - 1) * _MOST)
    where = position("/search", state, number, _MOST, found.total)
    return {"hits": found.hits, "curve": _curve(explorer, query), **where}


def query_of(state: Mapping[str, str]) -> Query:
    """The query of an address; raises ConfigError for an invalid value."""
    phrases, without = parse_words(state["words"])
    return Query(
        phrases,
        without,
        state.get("source"),
        day_in(state, "since"),
        day_in(state, "until"),
        state.get("topic"),
        state.get("origin"),
        one_of(state, "order", ("best", "newest")) == "newest",
        one_of(state, "fields", ("all", "headline")) == "all",
    )


def _curve(explorer: Explorer, query: Query) -> Figure:
    """The number of articles with each phrase in headline or summary, by week."""
    params = {
        "phrase": "; ".join(phrase.replace(";", " ") for phrase in query.phrases[:_LINES]),
        "not_phrase": "; ".join(phrase.replace(";", " ") for phrase in query.without) or None,
        "source": query.source,
        "since": str(query.since) if query.since else None,
        "until": str(query.until) if query.until else None,
        "by": "week",
    }
    return trend_figure(explorer, "phrase_frequency", params)
