"""The pages of the trends: their catalog, and each with its parameters, chart, table, SQL and downloads."""

from __future__ import annotations

import shlex
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from flows.errors import ConfigError
from flows.trends.catalog import Trend, load, names
from flows.trends.listing import option_of
from flows.trends.run import CHOICES
from flows.warehouse.statement_query import QueryResult
from flows.web.downloads import download
from flows.web.figure import trend_figure, trend_spec
from flows.web.templating import explorer_of, page, state_of

router: Final = APIRouter()


@router.get("/trends")
def trends(request: Request) -> Response:
    """The catalog of trends."""
    return page(request, "trends.html", trends=[load(name) for name in names()])


@router.get("/trends/{name}")
def trend(request: Request, name: str) -> Response:
    """One trend; an invalid parameter is reported beside the form."""
    explorer, state, found = explorer_of(request), state_of(request), load(name)
    figure, problem = None, None
    try:
        figure = trend_figure(explorer, name, state)
    except ConfigError as error:
        problem = str(error)
    return page(
        request,
        "trend.html",
        status=400 if problem else 200,
        trend=found,
        figure=figure,
        problem=problem,
        fields=[_field(param.name, param.kind, param.default, param.meaning, state) for param in found.params],
        statement=found.path.read_text("utf-8"),
        command=_command(found, state),
        sources=explorer.rows("source_names"),
    )


@router.get("/trends/{name}/chart.json")
def trend_chart(request: Request, name: str) -> Response:
    """The Vega-Lite specification of a trend's chart, with its data."""
    explorer, state = explorer_of(request), state_of(request)
    return JSONResponse(trend_spec(explorer, explorer.trend(name, state), state))


@router.get("/trends/{name}/data.{form}")
def trend_data(request: Request, name: str, form: str) -> Response:
    """A trend's rows as a file: csv, json or parquet."""
    table = explorer_of(request).trend(name, state_of(request))
    return download(QueryResult(table.columns, table.rows), form, name)


def _field(name: str, kind: str, default: str | None, meaning: str, state: dict[str, str]) -> dict[str, Any]:
    """One control of the form."""
    return {
        "name": name,
        "kind": kind,
        "value": state.get(name, ""),
        "default": default,
        "meaning": meaning,
        "choices": CHOICES.get(kind, ()),
    }


def _command(found: Trend, state: dict[str, str]) -> str:
    """The same question as a command; its values come from the address, so a shell must not read them."""
    declared = {param.name for param in found.params}
    parts = [f"{option_of(key)}{shlex.quote(text)}" for key, text in state.items() if key in declared]
    return " ".join(["newsvane trend", found.name, *parts])
