"""The SQL page: one SELECT on the snapshot, locked down like `newsvane sql`, its result as table, chart and files."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from flows.errors import ConfigError, NewsvaneError
from flows.warehouse.statement_query import QueryResult
from flows.web.address import one_of
from flows.web.downloads import MEDIA, download
from flows.web.drilldown import link
from flows.web.figure import grid_of
from flows.web.security import is_cross_site
from flows.web.templating import explorer_of, page, state_of
from flows.web.vega import Drawing, Spec, bar_spec, line_spec
from flows.web.wording import is_number

router: Final = APIRouter()
_MOST: Final = 200
_DRAWN: Final = 5000
_MARKS: Final = ("none", "line", "bar")
EXAMPLES: Final = {
    "Articles by source and day": "select source, posted_date, count(*) as articles\nfrom articles\n"
    "where posted_date is not null\ngroup by all\norder by posted_date, source",
    "Topics of wire copy": "select tag as topic, count(*) as articles\nfrom article_tags\n"
    "where origin_kind = 'wire'\ngroup by tag\norder by articles desc, topic\nlimit 30",
    "Days without an observation": "select source.name as source, day.date\nfrom fact_source_day as day\n"
    "join dim_source as source on source.source_id = day.source_id\nwhere not day.observed\norder by day.date, source",
    "Coldest readings": "select place, provider, observed_at, temp_f, feels_like_f\nfrom observations\n"
    "order by feels_like_f nulls last\nlimit 30",
    "Where an article's bytes are": "select title, url, warc_file, warc_offset\nfrom articles\n"
    "order by first_seen_at desc nulls last\nlimit 20",
}


@router.get("/sql")
def sql(request: Request) -> Response:
    """The statement in the address with its result; a link from another site only fills the form."""
    explorer, state = explorer_of(request), state_of(request)
    statement = state.get("statement", "")
    grid, problem, drawn, is_cut = None, None, None, False
    columns: tuple[str, ...] = ()
    is_held = bool(statement) and is_cross_site(request)
    if statement and not is_held:
        try:
            mark = one_of(state, "mark", _MARKS)
            result, is_cut = explorer.analyst.query(explorer.layout, statement, explorer.settings.query)
            grid, columns = grid_of(result.columns, result.rows, most=_MOST), result.columns
            _check_drawing(result, state, mark)
            drawn = link("/sql/chart.json", **state) if mark != "none" and result.rows else None
        except NewsvaneError as error:
            problem = str(error)
    return page(
        request,
        "sql.html",
        status=400 if problem else 200,
        state=state,
        statement=statement,
        grid=grid,
        is_cut=is_cut,
        columns=columns,
        problem=problem,
        is_held=is_held,
        chart=drawn,
        marks=_MARKS,
        downloads={form: link(f"/sql/data.{form}", statement=statement) for form in MEDIA},
        limits=explorer.settings.query,
        examples={name: (text, link("/sql", statement=text)) for name, text in EXAMPLES.items()},
    )


@router.get("/sql/chart.json")
def sql_chart(request: Request) -> Response:
    """The chart of a statement's result as a Vega-Lite specification."""
    state = state_of(request)
    mark = one_of(state, "mark", _MARKS[1:])
    return JSONResponse(_spec(_run(request), state, mark))


@router.get("/sql/data.{form}")
def sql_data(request: Request, form: str) -> Response:
    """A statement's result as a file, at most 50,000 rows."""
    return download(_run(request), form, "result")


def _run(request: Request) -> QueryResult:
    """The result of the statement in the address; raises ConfigError for a link from another site."""
    explorer, statement = explorer_of(request), state_of(request).get("statement")
    if not statement:
        raise ConfigError("parameter 'statement' is missing: give one SELECT")
    if is_cross_site(request):
        raise ConfigError("this link came from another site, so its statement did not run: paste it into the SQL page")
    return explorer.analyst.query(explorer.layout, statement, explorer.settings.query)[0]


def _check_drawing(result: QueryResult, state: dict[str, str], mark: str) -> None:
    """Raise ConfigError unless the columns to draw are in the result and y holds numbers."""
    if mark == "none":
        return
    for name in ("x", "y", "series"):
        if (name != "series" or state.get(name)) and state.get(name) not in result.columns:
            raise ConfigError(f"parameter '{name}': choose one of the columns {', '.join(result.columns)}")
    y = result.columns.index(state["y"])
    if not any(is_number(row[y]) for row in result.rows) or not all(
        row[y] is None or is_number(row[y]) for row in result.rows
    ):
        raise ConfigError(f"parameter 'y': column '{state['y']}' does not hold numbers")


def _spec(result: QueryResult, state: dict[str, str], mark: str) -> Spec:
    _check_drawing(result, state, mark)
    rows: list[dict[str, Any]] = [dict(zip(result.columns, row, strict=True)) for row in result.rows[:_DRAWN]]
    series = state.get("series")
    if mark == "line":
        rows.sort(key=lambda row: (str(row[series]) if series else "", row[state["x"]] is None, str(row[state["x"]])))
    drawing = Drawing(rows, state["x"], state["y"], series, "Result of the statement.")
    return bar_spec(drawing) if mark == "bar" else line_spec(drawing)
