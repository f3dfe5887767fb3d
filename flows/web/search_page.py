"""The search page: articles by words and phrases, with what was looked for marked, and their number over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from flows.errors import ConfigError
from flows.warehouse.search import Found, Query, parse_words, search
from flows.warehouse.statement_query import time_limit
from flows.web.address import day_in, integer_in, one_of
from flows.web.drilldown import link
from flows.web.explorer import Explorer
from flows.web.figure import Figure, trend_figure
from flows.web.templating import explorer_of, page, state_of

router: Final = APIRouter()
_MOST: Final = 20
_LAST_PAGE: Final = 500
_LINES: Final = 5  # phrases over time
_WEEKS: Final = {"by": "week"}


@router.get("/search")
def search_articles(request: Request) -> Response:
    """The articles that match the words in the address, best first, twenty at a time."""
    explorer, state = explorer_of(request), state_of(request)
    found, curve, problem, number = None, None, None, 1
    if "words" in state:
        try:
            query, number = query_of(state), max(1, integer_in(state, "page", _LAST_PAGE) or 1)
            found = _found(explorer, query, number)
            curve = _curve(explorer, query)
        except ConfigError as error:
            problem = str(error)
    return page(
        request,
        "search.html",
        status=400 if problem else 200,
        state=state,
        found=found,
        curve=curve,
        problem=problem,
        sources=explorer.rows("source_names"),
        **_position(state, number, found.total if found else 0),
    )


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


def _found(explorer: Explorer, query: Query, number: int) -> Found:
    with time_limit(explorer.settings.query.seconds):
        return search(explorer.layout, query, _MOST, (number - 1) * _MOST)


def _curve(explorer: Explorer, query: Query) -> Figure:
    """The number of articles with each phrase in headline or summary, by week."""
    params = {
        "phrase": "; ".join(phrase.replace(";", " ") for phrase in query.phrases[:_LINES]),
        "not_phrase": "; ".join(phrase.replace(";", " ") for phrase in query.without) or None,
        "source": query.source,
        "since": str(query.since) if query.since else None,
        "until": str(query.until) if query.until else None,
        **_WEEKS,
    }
    return trend_figure(explorer, "phrase_frequency", params)


def _position(state: Mapping[str, str], number: int, total: int) -> dict[str, Any]:
    """The position of the page in the list, and the addresses of those beside it."""
    rest = {name: value for name, value in state.items() if name != "page"}
    more = number * _MOST < total and number < _LAST_PAGE
    return {
        "total": total,
        "start": (number - 1) * _MOST + 1,
        "end": min(number * _MOST, total),
        "before": link("/search", **rest, page=number - 1) if number > 1 else None,
        "after": link("/search", **rest, page=number + 1) if more else None,
    }
