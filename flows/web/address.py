"""Reads values from the query of an address strictly, and links the pages of a long list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.errors import ConfigError
from flows.web.drilldown import link


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


def page_links(path: str, state: Mapping[str, str], number: int, most: int, total: int) -> dict[str, Any]:
    """The position of page `number` of a list of `total` rows, and the addresses of the pages beside it."""
    rest = {name: value for name, value in state.items() if name != "page"}
    return {
        "start": (number - 1) * most + 1,
        "end": min(number * most, total),
        "before": link(path, **rest, page=number - 1) if number > 1 else None,
        "after": link(path, **rest, page=number + 1) if number * most < total else None,
    }
