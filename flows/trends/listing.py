"""Formats the list of trends and the description of one trend for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from flows.trends.catalog import Trend

# Parameter -> the option of `newsvane trend`; the others go by --param.
_OPTIONS: Final = {
    **{name: f"--{name} " for name in ("since", "until", "by", "topic", "source", "tags", "phrase")},
    "any_phrase": "--any ",
    "not_phrase": "--not ",
}


def option_of(name: str) -> str:
    """How `newsvane trend` takes a parameter, up to its value."""
    return _OPTIONS.get(name, f"--param {name}=")


def list_trends(trends: Sequence[Trend], width: int) -> str:
    """Every trend with its name and question, and the commands to use next."""
    wide = max(len(trend.name) for trend in trends)
    lines = [_hanging(f"{trend.name:<{wide}}  ", trend.question, width) for trend in trends]
    return (
        f"{len(trends)} trends:\n\n" + "".join(lines) + "\nrun one:           newsvane trend topic_frequency\n"
        "its parameters:    newsvane trends topic_frequency\n"
    )


def describe_trend(trend: Trend, width: int) -> str:
    """One trend: question, grain, and its options with meaning, kind and default."""
    wide = max((len(param.name) for param in trend.params), default=0)
    lines = [
        _hanging(
            f"  {option_of(param.name) + ('' if param.name in _OPTIONS else '...'):<{wide + 12}} ",
            f"{param.meaning} [{param.kind}; {f'default {param.default}' if param.default else 'no default'}]",
            width,
        )
        for param in trend.params
    ]
    return (
        f"{_hanging(f'{trend.title}: ', trend.question, width)}\n{_hanging('one row: ', trend.grain, width)}\n"
        f"newsvane trend {trend.name} ...\n{''.join(lines)}"
    )


def _hanging(head: str, text: str, width: int) -> str:
    lines = textwrap.wrap(text, max(20, width - len(head)))
    return head + f"\n{' ' * len(head)}".join(lines) + "\n"
