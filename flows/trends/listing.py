"""Lists the questions and their parameters for people."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from flows.trends.catalog import Trend


def listed(trends: Sequence[Trend], width: int) -> str:
    """Every question with the name to ask it by, and how to go on."""
    wide = max(len(trend.name) for trend in trends)
    lines = [_hanging(f"{trend.name:<{wide}}  ", trend.question, width) for trend in trends]
    return (
        f"{len(trends)} questions:\n\n" + "".join(lines) + "\nask one:           newsvane trend topic_frequency\n"
        "its parameters:    newsvane trends topic_frequency\n"
    )


def described(trend: Trend, width: int) -> str:
    """One question: grain, parameters with kind, default and meaning, and how to give them."""
    wide = max((len(param.name) for param in trend.params), default=0)
    options = {"since", "until", "by", "topic", "source"}
    lines = [
        _hanging(
            f"  {'--' + param.name if param.name in options else '--param ' + param.name + '=...':<{wide + 12}} ",
            f"{param.meaning} [{param.kind}; {f'default {param.default}' if param.default else 'no default'}]",
            width,
        )
        for param in trend.params
    ]
    return (
        f"{_hanging(f'{trend.title}: ', trend.question, width)}\n{_hanging('a row is ', trend.grain, width)}\n"
        f"newsvane trend {trend.name} ...\n{''.join(lines)}"
    )


def _hanging(head: str, text: str, width: int) -> str:
    lines = textwrap.wrap(text, max(20, width - len(head)))
    return head + f"\n{' ' * len(head)}".join(lines) + "\n"
