"""Runs one trend: converts the user's parameters to typed values, runs the statement, applies the postprocessing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pkgutil import resolve_name
from typing import Final

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import ROOT
from flows.topic_config import normalize_label
from flows.trends.catalog import Kind, Param, Trend, load, used
from flows.trends.coverage import cover, footnotes
from flows.trends.significance import Answer
from flows.trends.tag_coverage import method_notes, tag_notes
from flows.warehouse.statement_query import QueryResult, run_query, run_query_arrays

CHOICES: Final = {
    "by": ("day", "week", "month"),
    "clock": ("posted", "first_seen"),
    "count": ("articles", "stories"),
    "show": ("likely", "all"),
    "tags": ("publisher", "story", "rules", "all"),
}
EXPECTED: Final = {
    "date": "a date as YYYY-MM-DD",
    "integer": "a whole number from 0 to 1000000",
    "number": "a number",
    "by": "day, week or month",
    "clock": "posted or first_seen",
    "count": "articles or stories",
    "show": "likely or all",
    "tags": "publisher, story, rules or all",
}
LARGEST: Final = 1_000_000
SIMILAR: Final = 5  # names suggested for an unknown one
_POSTPROCESSES: Final = {
    "weather_lift": "flows.trends.weather_effect:weather_lift",
    "rising": "flows.trends.rising:rising",
    "mix_change": "flows.trends.mix_change:mix_change",
    "after_alert": "flows.trends.alert_effect:after_alert",
    "pairs": "flows.trends.topic_pairs:pairs",
    "local_share": "flows.trends.local_share:local_share",
    "fading": "flows.trends.fading:fading",
    "skill": "flows.trends.forecast_skill:skill",
}


@dataclass(frozen=True, slots=True)
class Table:
    """The result of a trend: rows of plain values (dates local to the source, times aware UTC, None is missing), notes
    for the reader about the parameters, and footnotes about what was not observed. `unknown` says which named topic the
    warehouse does not have, with similar ones; such a table has no counts. `folded` is how many rows are not shown
    because they could be chance."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    trend: Trend
    notes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    unknown: str | None = None
    folded: int = 0

    def column(self, name: str) -> list[object]:
        """All values of one column, in row order; raises KeyError for an unknown column."""
        if name not in self.columns:
            raise KeyError(name)
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


def run(layout: Layout, name: str, params: Mapping[str, str | None] | None = None) -> Table:
    """The result of the trend `name` on the published snapshot; `params` are the user's texts, None means not given.

    Raises ConfigError for an unknown trend or an invalid parameter, WarehouseError from the warehouse.
    """
    trend = load(name)
    values = values_of(trend, {key: text for key, text in (params or {}).items() if text is not None})
    notes, unknown = _notes(layout, values)
    coverage = cover(layout, trend, values)
    if coverage:
        values |= {"since": coverage.since, "until": coverage.until, "with_known": coverage.with_known(trend)}
    found = _found(layout, trend, values)
    rows = found.result.rows
    below = (*footnotes(trend, coverage, answered=bool(rows or found.folded)), *found.notes)
    if trend.counts_tags and (rows or found.folded):
        below = (*below, *method_notes(layout, values), *tag_notes(layout, values))
    return Table(found.result.columns, rows, trend, notes, below, unknown, found.folded)


def values_of(trend: Trend, given: Mapping[str, str]) -> dict[str, object]:
    """Every parameter of the trend with its typed value, given by the user or by default."""
    known = [param.name for param in trend.params]
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise ConfigError(
                f"trend '{trend.name}' has no parameter '{name}': {hint}it has: {', '.join(known) or 'none'}"
            )
    values = {param.name: _value(param, given.get(param.name, param.default)) for param in trend.params}
    since, until = values.get("since"), values.get("until")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        raise ConfigError(f"parameter 'since' ({since}) is after 'until' ({until})")
    return values


def _notes(layout: Layout, values: Mapping[str, object]) -> tuple[tuple[str, ...], str | None]:
    """Notes on the topic named in `values`, and that it is unknown; raises ConfigError for a source that is not in the
    warehouse."""
    topic, source = values.get("topic"), values.get("source")
    if topic is None and source is None:
        return (), None
    wanted, folder = {"topic": topic, "source": source}, ROOT / "sql" / "topics"
    if run_query(layout, folder / "names_known.sql", wanted).rows == ((True,),):
        return (), None
    notes, unknown = [], None
    for kind, names, since in run_query(layout, folder / "name_notes.sql", wanted).rows:
        if kind == "source":
            raise ConfigError(f"parameter 'source': {_unknown_source(str(source), str(names or ''))}")
        if kind == "alias":
            notes.append(f"'{topic}' counts as '{names}'{f' since {since}' if since else ''} (config/topics.toml)")
        else:
            unknown = f"no article has the topic '{topic}'{f'; similar topics: {names}' if names else ''}"
    return tuple(notes), unknown


def _unknown_source(source: str, names: str) -> str:
    """What to say of a source that is not in the warehouse: the most similar names, never all of many."""
    known = names.split(", ") if names else []
    near = get_close_matches(source, known, n=SIMILAR, cutoff=0.5) or [name for name in known if source in name]
    if not near and len(known) <= SIMILAR:
        near = known
    if not known:
        return f"source '{source}' is not in the warehouse, which has none yet: run `newsvane ingest`"
    similar = f"similar sources: {', '.join(near[:SIMILAR])}; " if near else ""
    return f"source '{source}' is not in the warehouse; {similar}`newsvane trend source_health` lists all {len(known)}"


def _found(layout: Layout, trend: Trend, values: Mapping[str, object]) -> Answer:
    """The rows of the statement after postprocessing; numpy, scipy and ruptures are imported only when needed."""
    sql_values = {name: values[name] for name in used(trend)}
    if trend.postprocess == "none":
        return Answer(run_query(layout, trend.path, sql_values))
    postprocess: Callable[[QueryResult, Mapping[str, object]], Answer] = resolve_name(_POSTPROCESSES[trend.postprocess])
    return postprocess(run_query_arrays(layout, trend.path, sql_values), values)


def _value(param: Param, text: str | None) -> object:
    if text is None:
        return None
    try:
        return _PARSERS[param.kind](text)
    except ValueError as error:
        wanted = EXPECTED.get(param.kind, "text")
        raise ConfigError(f"parameter '{param.name}': '{text}' is not {wanted}") from error


def _integer(text: str) -> int:
    value = int(text)
    if not 0 <= value <= LARGEST:
        raise ValueError(text)
    return value


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) <= LARGEST:
        raise ValueError(text)
    return value


def _choice(kind: Kind) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in CHOICES[kind]:
            raise ValueError(text)
        return text

    return read


def _topic(text: str) -> str:
    folded = normalize_label(text)
    if not folded:
        raise ValueError(text)
    return folded


_PARSERS: Final[dict[Kind, Callable[[str], object]]] = {
    "date": date.fromisoformat,
    "by": _choice("by"),
    "clock": _choice("clock"),
    "count": _choice("count"),
    "show": _choice("show"),
    "tags": _choice("tags"),
    "text": str,
    "topic": _topic,
    "integer": _integer,
    "number": _number,
}
