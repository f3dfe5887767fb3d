"""Asks one question: turns the user's words into typed values and runs the trend's statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from flows.errors import ConfigError
from flows.settings import ROOT, Layout
from flows.sources import normalize_label
from flows.trends.catalog import POSTPROCESS_PARAMS, Kind, Param, Trend, load
from flows.warehouse.statement_query import QueryResult, run_query, run_query_arrays

CHOICES: Final = {"by": ("day", "week", "month"), "clock": ("posted", "first_seen")}
EXPECTED: Final = {
    "date": "a date as YYYY-MM-DD",
    "integer": "a whole number from 0 to 1000000",
    "number": "a number",
    "by": "day, week or month",
    "clock": "posted or first_seen",
}
LARGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a trend: rows of plain values (dates local to the source, times aware UTC, None is missing), and
    what a person should know beside it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    trend: Trend
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> list[object]:
        """All values of one column, in row order; raises KeyError for a column there is not."""
        if name not in self.columns:
            raise KeyError(name)
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


def run(layout: Layout, name: str, params: Mapping[str, str | None] | None = None) -> Table:
    """The answer to the trend `name` on the published snapshot; `params` are the user's words, None is left out.

    Raises ConfigError naming the trend or parameter and the valid ones, WarehouseError from the warehouse.
    """
    trend = load(name)
    values = values_of(trend, {key: word for key, word in (params or {}).items() if word is not None})
    found = _found(layout, trend, values)
    return Table(found.columns, found.rows, trend, _notes(layout, values))


def values_of(trend: Trend, words: Mapping[str, str]) -> dict[str, object]:
    """Every parameter of the trend with its typed value: the user's word, else the default."""
    known = [param.name for param in trend.params]
    for word in words:
        if word not in known:
            near = get_close_matches(word, known, n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise ConfigError(
                f"trend '{trend.name}' has no parameter '{word}': {hint}it has: {', '.join(known) or 'none'}"
            )
    values = {param.name: _value(param, words.get(param.name, param.default)) for param in trend.params}
    since, until = values.get("since"), values.get("until")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        raise ConfigError(f"parameter 'since' ({since}) is after 'until' ({until})")
    return values


def _notes(layout: Layout, values: Mapping[str, object]) -> tuple[str, ...]:
    """What to say of the topic asked for; raises ConfigError for a source that the warehouse does not know."""
    topic, source = values.get("topic"), values.get("source")
    if topic is None and source is None:
        return ()
    asked, folder = {"topic": topic, "source": source}, ROOT / "sql" / "topics"
    if run_query(layout, folder / "known.sql", asked).rows == ((True,),):
        return ()
    notes = []
    for what, said, since in run_query(layout, folder / "asked.sql", asked).rows:
        if what == "source":
            raise ConfigError(f"parameter 'source': there is no source '{source}' in the warehouse; it has: {said}")
        if what == "alias":
            notes.append(f"'{topic}' counts as '{said}'{f' since {since}' if since else ''} (config/topics.toml)")
        else:
            notes.append(f"no article bears '{topic}'{f'; near it: {said}' if said else ''}")
    return tuple(notes)


def _found(layout: Layout, trend: Trend, values: Mapping[str, object]) -> QueryResult:
    """What the statement says, as the trend's judge folds it; numpy and ruptures are loaded where they are needed."""
    own = POSTPROCESS_PARAMS.get(trend.postprocess, ())
    asked = {name: value for name, value in values.items() if name not in own}
    if trend.postprocess == "weather_lift":
        from flows.trends.weather_effect import weather_lift

        return weather_lift(run_query_arrays(layout, trend.path, asked), values)
    if trend.postprocess == "change_point":
        from flows.trends.change_points import change_point

        return change_point(run_query(layout, trend.path, asked))
    return run_query(layout, trend.path, asked)


def _value(param: Param, word: str | None) -> object:
    if word is None:
        return None
    try:
        return _READ[param.kind](word)
    except ValueError as error:
        wanted = EXPECTED.get(param.kind, "text")
        raise ConfigError(f"parameter '{param.name}': '{word}' is not {wanted}") from error


def _integer(word: str) -> int:
    value = int(word)
    if not 0 <= value <= LARGEST:
        raise ValueError(word)
    return value


def _number(word: str) -> float:
    value = float(word)
    if not abs(value) <= LARGEST:
        raise ValueError(word)
    return value


def _choice(kind: Kind) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in CHOICES[kind]:
            raise ValueError(word)
        return word

    return read


def _topic(word: str) -> str:
    folded = normalize_label(word)
    if not folded:
        raise ValueError(word)
    return folded


_READ: Final[dict[Kind, Callable[[str], object]]] = {
    "date": date.fromisoformat,
    "by": _choice("by"),
    "clock": _choice("clock"),
    "text": str,
    "topic": _topic,
    "integer": _integer,
    "number": _number,
}
