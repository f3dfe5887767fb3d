"""Reads values from the query of an address strictly, and the page of a long list that it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flows.errors import ConfigError
from flows.web.drilldown import link
from flows.web.explorer import Explorer, Row

_MOST: Final = 50  # rows of a list on one page


def day_in(state: Mapping[str, str], name: str) -> date | None:
    """The day called `name`, None if not given; raises ConfigError for one that dim_date does not hold."""
    text = state.get(name)
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 1990 <= day.year <= 2060:
        raise ConfigError(f"parameter '{name}': '{text}' is not a date as YYYY-MM-DD from 1990 to 2060")
    return day


def integer_in(state: Mapping[str, str], name: str, largest: int) -> int | None:
    """The whole number called `name`, None if not given; raises ConfigError for any other text."""
    text = state.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(largest)) or int(text) > largest:
        raise ConfigError(f"parameter '{name}': '{text}' is not a whole number from 0 to {largest}")
    return int(text)


def one_of(state: Mapping[str, str], name: str, valid: tuple[str, ...]) -> str:
    """The value of a choice, the first by default; raises ConfigError for an unknown one."""
    text = state.get(name, valid[0])
    if text not in valid:
        raise ConfigError(f"parameter '{name}': '{text}' is not one of {', '.join(valid)}")
    return text


def listed(
    explorer: Explorer, name: str, state: Mapping[str, str], **values: object
) -> tuple[list[Row], dict[str, Any]]:
    """The rows of the list sql/web/<name>.sql on the `page` in the address, fifty of them, with their position, their
    total and the addresses of the pages beside it; raises ConfigError for a page after the last one."""
    number = page_in(state)
    rows = explorer.rows(name, **values, most=_MOST, skip=(number - 1) * _MOST)
    return rows, position(f"/{name}", state, number, _MOST, rows[0]["total"] if rows else 0)


def page_in(state: Mapping[str, str]) -> int:
    """The number of the page of a list, from 1, that is the first by default."""
    return max(1, integer_in(state, "page", 100_000) or 1)


def position(path: str, state: Mapping[str, str], number: int, most: int, total: int) -> dict[str, Any]:
    """Where page `number` of the list at `path` stands, `most` rows a page: `total`, `start` and `end` from 1, and
    `before` and `after`, the addresses of the pages beside it. Raises ConfigError for a page after the last one."""
    if number > 1 and (number - 1) * most >= total:
        raise ConfigError(f"parameter 'page': the list has no page {number}")
    rest = {key: value for key, value in state.items() if key != "page"}
    return {
        "total": total,
        "start": (number - 1) * most + 1,
        "end": min(number * most, total),
        "before": link(path, **rest, page=number - 1) if number > 1 else None,
        "after": link(path, **rest, page=number + 1) if number * most < total else None,
    }
