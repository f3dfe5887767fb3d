"""Headers are read strictly, words are typed strictly, and every trend in the repository passes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.settings import Layout
from flows.sources import normalize_label
from flows.trends.catalog import load, names, parse
from flows.trends.run import run, values_of

HEAD = """-- title: T
-- question: Q?
-- grain: one day
-- param: since date = 2024-01-01 - first day
-- param: top integer = none - how many
-- chart: line
-- x: date
-- y: articles
-- series: none
"""
BODY = "select $since::date, $top::integer -- not $this\n"


def test_a_header_is_read_whole() -> None:
    trend = parse(HEAD + BODY, Path("a/tiny.sql"))
    assert (trend.name, trend.chart, trend.series) == ("tiny", "line", None)
    assert [(param.name, param.kind, param.default) for param in trend.params] == [
        ("since", "date", "2024-01-01"),
        ("top", "integer", None),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace("chart: line", "chart: pie") + BODY, "line 6: unknown chart 'pie'"),
        (HEAD + "-- postprocess: jury\n" + BODY, "line 10: unknown postprocess 'jury'"),
        (HEAD.replace("top integer", "since integer") + BODY, "line 5: parameter 'since' is declared twice"),
        (HEAD.replace("grain: one day", "grain:") + BODY, "line 3: key 'grain' has no value"),
        (HEAD.replace("grain:", "grian:") + BODY, "did you mean 'grain'"),
        (HEAD.replace("-- y: articles\n", "") + BODY, "lacks y"),
        (HEAD + "-- x: date\n" + BODY, "line 10: key 'x' stands twice"),
        (HEAD.replace("since date", "since day") + BODY, "line 4: unknown kind 'day'"),
        (HEAD.replace(" - how many", "") + BODY, "line 5"),
        (HEAD + "-- loose words\n" + BODY, "line 10"),
        (HEAD + "select $since", "line 5: parameter 'top' is declared and not used"),
        (HEAD + BODY + "-- \n, $until", "line 12: parameter 'until' is used and not declared"),
    ],
)
def test_a_faulty_header_names_file_and_fault(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words.replace("$", r"\$")) as caught:
        parse(text, Path("a/tiny.sql"))
    assert "tiny.sql" in str(caught.value)


@pytest.mark.parametrize("name", names())
def test_every_trend_has_a_whole_header_and_lower_case_sql(name: str) -> None:
    trend = load(name)
    statement = "\n".join(line for line in trend.path.read_text("utf-8").splitlines() if not line.startswith("--"))
    words = re.sub(r"'[^']*'", "", statement)
    assert words == words.lower()
    values_of(trend, {})


def test_an_unknown_trend_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'topic_frequency'"):
        load("topic_freqency")
    with pytest.raises(ConfigError, match="there is no trend"):
        load("../schema/01_dimensions")


@pytest.mark.parametrize(
    ("words", "message"),
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
def test_wrong_words_name_the_parameter(words: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        values_of(load("topic_frequency"), words)


def test_words_become_typed_values() -> None:
    values = values_of(load("topic_frequency"), {"since": "2024-02-29", "topic": "  Straße　ABC "})
    assert values["since"] == date(2024, 2, 29)
    assert values["topic"] == "strasse abc" == normalize_label("STRASSE ABC")
    assert values["until"] is None
    assert values["top"] == 5


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="newsvane refresh"):
        run(Layout.at(tmp_path), "topic_frequency")
