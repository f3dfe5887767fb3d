"""Parameters are converted strictly, and errors name the parameter or the next command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.topic_config import normalize_label
from flows.trends.catalog import load
from flows.trends.run import run, values_of


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"since": "yesterday"}, "parameter 'since': 'yesterday' is not a date"),
        ({"since": "2024-02-30"}, "parameter 'since'"),
        ({"by": "year"}, "'by': 'year' is not day, week or month"),
        ({"clock": "updated"}, "posted or first_seen"),
        ({"top": "-1"}, "'top': '-1' is not a whole number"),
        ({"sorce": "alpha"}, "did you mean 'source'"),
        ({"topic": "   "}, "parameter 'topic'"),
        ({"since": "2024-02-02", "until": "2024-02-01"}, "'since' .* is after 'until'"),
    ],
)
def test_invalid_value_names_the_parameter(given: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        values_of(load("topic_frequency"), given)


def test_values_are_typed() -> None:
    values = values_of(load("topic_frequency"), {"since": "2024-02-29", "topic": "  Straße　ABC "})
    assert values["since"] == date(2024, 2, 29)
    assert values["topic"] == "strasse abc" == normalize_label("STRASSE ABC")
    assert values["until"] is None
    assert values["top"] == 5


def test_nothing_published_names_the_next_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="newsvane refresh"):
        run(Layout.at(tmp_path), "topic_frequency")
