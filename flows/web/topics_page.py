"""The page that compares topics, with each other or between sources, by day, week or month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from flows.counts import count_text
from flows.errors import ConfigError
from flows.topic_config import normalize_label
from flows.trends.catalog import Trend, load
from flows.trends.charts import cell
from flows.trends.run import CHOICES, values_of
from flows.warehouse.statement_query import QueryResult
from flows.web.address import day_in, one_of
from flows.web.downloads import download, download_links, result_of
from flows.web.drilldown import link, row_link
from flows.web.explorer import Explorer
from flows.web.figure import Figure, grid_from, grid_of, partial_row
from flows.web.sentences import lines_text
from flows.web.templating import explorer_of, page, state_of
from flows.web.topic_weather import WEATHER, period_weather, weather_figure, weather_spec
from flows.web.vega import Drawing, Spec, line_spec

router: Final = APIRouter()
MEASURES: Final = {
    "share": ("topic_share", "share", "share of all articles"),
    "articles": ("topic_frequency", "articles", "number of articles"),
    "stories": ("topic_frequency", "stories", "number of stories, copies counted once"),
}
_MOST_TOPICS: Final = 6
_PASSED: Final = ("since", "until", "clock")


@dataclass(frozen=True)
class Choice:
    """What the address asks for: topics, one source or all or each (`compare`), place, measure, period, range, and the
    column of the weather to show beside them."""

    topics: tuple[str, ...]
    source: str | None
    compare: str
    town: str | None
    measure: str
    by: str
    weather: str | None
    params: Mapping[str, str]

    @property
    def trend(self) -> Trend:
        """The trend that has the measure."""
        return load(MEASURES[self.measure][0])

    @property
    def series(self) -> str:
        """The column that tells the lines apart."""
        return "source" if self.compare == "sources" else "topic"


def choice_of(request: Request) -> Choice:
    """The choice in the address; raises ConfigError for an invalid value. Up to six topics: `topic` may be repeated,
    and one value may name several, separated by semicolons."""
    state = state_of(request)
    named = [label for text in request.query_params.getlist("topic") for label in text.split(";")]
    topics = tuple(dict.fromkeys(normalize_label(label) for label in named if normalize_label(label)))
    if len(topics) > _MOST_TOPICS:
        raise ConfigError(f"parameter 'topic': {len(topics)} topics; at most {_MOST_TOPICS} can be compared")
    for name in ("since", "until"):
        day_in(state, name)
    return Choice(
        topics,
        state.get("source"),
        one_of(state, "compare", ("topics", "sources")),
        state.get("town"),
        one_of(state, "measure", tuple(MEASURES)),
        one_of(state, "by", ("week", "day", "month")),
        one_of(state, "weather", tuple(WEATHER)) if "weather" in state else None,
        {name: state[name] for name in _PASSED if name in state},
    )


@router.get("/topics")
def topics(request: Request) -> Response:
    """The comparison as chart and table, and the towns that the articles name."""
    explorer, state = explorer_of(request), state_of(request)
    figure, weather, towns, problem, choice = None, None, None, None, None
    try:
        choice = choice_of(request)
        figure, weather = _figures(explorer, request, choice)
        towns = _towns(explorer, choice)
    except ConfigError as error:
        problem = str(error)
    return page(
        request,
        "topics.html",
        status=400 if problem else 200,
        state=state,
        choice=choice,
        named="; ".join(request.query_params.getlist("topic")),
        figure=figure,
        weather=weather,
        weathers=WEATHER,
        towns=towns,
        problem=problem,
        measures=MEASURES,
        clocks=CHOICES["clock"],
        sources=explorer.rows("source_names"),
        labels=explorer.rows("topic_names"),
        town_names=explorer.rows("town_names"),
    )


@router.get("/topics/chart.json")
def topics_chart(request: Request) -> Response:
    """The comparison as a Vega-Lite specification."""
    explorer = explorer_of(request)
    return JSONResponse(_spec(explorer, choice_of(request)))


@router.get("/topics/data.{form}")
def topics_data(request: Request, form: str) -> Response:
    """The comparison's rows as a file."""
    result, _ = compared(explorer_of(request), choice_of(request))
    return download(result, form, "topics")


def compared(explorer: Explorer, choice: Choice) -> tuple[QueryResult, list[str]]:
    """The rows of the trend for every topic (the most frequent ones if none is named), or of one topic for every
    source, one below the other; and the notes on them."""
    if choice.town:
        return _at_town(explorer, choice)
    params = {**choice.params, "by": choice.by}
    if choice.compare == "sources":
        names = [row["name"] for row in explorer.rows("source_names")]
        runs = [{**params, "topic": choice.topics[0], "source": name} for name in names] if choice.topics else []
    else:
        wanted: list[dict[str, str]] = [{"topic": topic} for topic in choice.topics] or [{}]
        source = {"source": choice.source} if choice.source else {}
        runs = [{**params, **source, **topic} for topic in wanted]
    tables = [(explorer.trend(choice.trend.name, each), each) for each in runs]
    if not tables:
        raise ConfigError("compare sources: name one topic")
    columns, rows = tables[0][0].columns, [row for table, _ in tables for row in table.rows]
    if choice.compare == "sources":
        columns = (*columns, "source")
        rows = [(*row, each["source"]) for table, each in tables for row in table.rows]
    notes = dict.fromkeys(note for table, _ in tables for note in (*table.notes, *table.footnotes))
    return QueryResult(columns, tuple(rows)), list(notes)


def _at_town(explorer: Explorer, choice: Choice) -> tuple[QueryResult, list[str]]:
    """The same measures over the articles of observed days that name a town, and a note on the articles of other days.
    Raises ConfigError for a town that no article names, and for a source that is not in the warehouse."""
    if choice.compare == "sources" or choice.measure == "stories":
        raise ConfigError("with a town, topics are compared by share or articles, in one source or all")
    params = {**choice.params, "by": choice.by, "source": choice.source}
    values = values_of(choice.trend, {name: text for name, text in params.items() if text is not None})
    for name, known, value in (
        ("town", {row["town"] for row in explorer.rows("town_names")}, choice.town),
        ("source", {row["name"] for row in explorer.rows("source_names")}, choice.source),
    ):
        if value is not None and value not in known:
            raise ConfigError(f"parameter '{name}': no article is known of '{value}': choose one of the list")
    days = explorer.coverage(choice.trend, values)
    rows = explorer.rows(
        "topic_at_town",
        town=choice.town,
        topics=list(choice.topics),
        source=choice.source,
        by=choice.by,
        since=days.since if days else None,
        until=days.until if days else None,
        clock=choice.params.get("clock", "posted"),
    )
    left_out = days.known_articles if days else 0
    note = f"{count_text(left_out, 'known article')} of days without an observation of the source left out."
    return result_of(rows), [note] if left_out else []


def _spec(explorer: Explorer, choice: Choice) -> Spec:
    result, _ = compared(explorer, choice)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    spec = line_spec(
        Drawing(
            rows,
            "period",
            MEASURES[choice.measure][1],
            choice.series,
            f"{MEASURES[choice.measure][2]} by {choice.by}".capitalize(),
            _links(explorer, choice),
            lambda row: partial_row(choice.trend, row, {"by": choice.by}, explorer.today()),
        )
    )
    if choice.weather is None:
        return spec
    return weather_spec(spec, period_weather(explorer, rows, choice.by, choice.source), choice.weather)


def _figures(explorer: Explorer, request: Request, choice: Choice) -> tuple[Figure, Figure | None]:
    """The comparison, and the weather beside it where the address asks for it."""
    result, notes = compared(explorer, choice)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    measure, query = MEASURES[choice.measure], request.url.query
    suffix = f"?{query}" if query else ""
    beside = None
    if choice.weather:
        weather = period_weather(explorer, rows, choice.by, choice.source)
        beside = weather_figure(explorer, weather, choice.weather, choice.by)
    comparison = Figure(
        key="comparison",
        title=f"{measure[2]}, by {choice.by}".capitalize(),
        question="",
        sentences=lines_text(
            rows,
            "period",
            measure[1],
            choice.series,
            lambda row: partial_row(choice.trend, row, {"by": choice.by}, explorer.today()),
        ),
        grid=grid_of(result.columns, result.rows, _links(explorer, choice), most=400),
        chart=f"/topics/chart.json{suffix}" if rows else None,
        page=f"/topics{suffix}",
        downloads={form: address + suffix for form, address in download_links("/topics").items()},
        notes=tuple(notes),
        grain=choice.trend.grain,
        statement=explorer.statement("topic_at_town") if choice.town else choice.trend.path.read_text("utf-8"),
    )
    return comparison, beside


def _links(explorer: Explorer, choice: Choice) -> Callable[[Mapping[str, Any]], str | None]:
    """Where a row of the comparison leads."""
    params, last = {**choice.params, "by": choice.by, "source": choice.source}, explorer.last_day()

    def link_of(row: Mapping[str, Any]) -> str | None:
        address = row_link(choice.trend, row, params, last)
        return f"{address}&{link('', town=choice.town)[1:]}" if address and choice.town else address

    return link_of


def _towns(explorer: Explorer, choice: Choice) -> Figure | None:
    """The towns that articles with the topics name, in the same range."""
    if not choice.topics:
        return None
    since, until = choice.params.get("since"), choice.params.get("until")
    rows = explorer.rows("topic_towns", topics=list(choice.topics), source=choice.source, since=since, until=until)

    def link_of(row: Mapping[str, Any]) -> str:
        topic = normalize_label(cell(row["topic"]))
        return link("/articles", topic=topic, town=row["town"], source=choice.source, since=since, until=until)

    return Figure(
        key="towns",
        title="Where: towns that these articles name",
        question="Articles by town, posted in the range; one article may name several.",
        sentences=(),
        grid=grid_from(rows, link_of),
        chart=None,
        page="/trends/coverage_by_place",
        downloads={},
        statement=explorer.statement("topic_towns"),
    )
