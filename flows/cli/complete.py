"""Completes names on the command line: sources, trends and topics. Errors complete to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flows.errors import NewsvaneError

Complete = Callable[[str], list[str]]


def _completing(names: Callable[[], Iterable[str]]) -> Complete:
    """A completion function over `names`; case does not count."""

    def complete(incomplete: str) -> list[str]:
        try:
            return [name for name in names() if name.casefold().startswith(incomplete.casefold())]
        except NewsvaneError:
            return []

    return complete


def _sources() -> Iterable[str]:
    from flows.sources import load_sources

    return sorted(load_sources().sources)


def _trends() -> Iterable[str]:
    from flows.trends.catalog import names

    return names()


def _topics() -> Iterable[str]:
    """The topics of the published snapshot, the most frequent first."""
    from flows.data_layout import Layout
    from flows.settings import load_settings
    from flows.trends.run import run

    table = run(Layout.at(load_settings().data), "top_topics", {"since": "1900-01-01", "top": "500"})
    return [str(topic) for topic in table.column("topic")]


complete_source = _completing(_sources)
complete_trend = _completing(_trends)
complete_topic = _completing(_topics)
