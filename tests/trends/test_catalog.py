"""Headers are read strictly, and the header of every trend in the repository is valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.trends.catalog import Range, load, names, parse
from flows.trends.run import values_of

HEAD = """-- title: T
-- question: Q?
-- grain: one day
-- param: since date = 2024-01-01 - first day
-- param: top integer = none - how many
-- chart: line
-- x: date
-- y: articles
-- series: none
-- needs: articles
-- heading: articles = all articles
"""
BODY = "select $since::date, $top::integer -- not $this\n"


def test_header_is_parsed() -> None:
    trend = parse(HEAD + BODY, Path("a/tiny.sql"))
    assert (trend.name, trend.chart, trend.series) == ("tiny", "line", None)
    assert (trend.range, trend.known, trend.headings) == (None, None, {"articles": "all articles"})
    assert [(param.name, param.kind, param.default) for param in trend.params] == [
        ("since", "date", "2024-01-01"),
        ("top", "integer", None),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD.replace("chart: line", "chart: pie") + BODY, "line 6: unknown chart 'pie'"),
        (HEAD + "-- postprocess: jury\n" + BODY, "line 12: unknown postprocess 'jury'"),
        (HEAD.replace("top integer", "since integer") + BODY, "line 5: parameter 'since' is declared twice"),
        (HEAD.replace("grain: one day", "grain:") + BODY, "line 3: key 'grain' has no value"),
        (HEAD.replace("grain:", "grian:") + BODY, "did you mean 'grain'"),
        (HEAD.replace("-- y: articles\n", "") + BODY, "is missing y"),
        (HEAD + "-- x: date\n" + BODY, "line 12: duplicate key 'x'"),
        (HEAD.replace("since date", "since day") + BODY, "line 4: unknown kind 'day'"),
        (HEAD.replace(" - how many", "") + BODY, "line 5"),
        (HEAD + "-- not a key\n" + BODY, "line 12"),
        (HEAD + "-- heading: articles = twice\n" + BODY, "line 12: heading 'articles = twice' is declared twice"),
        (HEAD + "-- heading: articles\n" + BODY, "line 12: heading 'articles'"),
        (HEAD + "-- range: a week\n" + BODY, "line 12: unknown range 'a week'"),
        (HEAD + "-- range: 28 days\n" + BODY, "needs both `range` and `known`"),
        (HEAD + "-- known: perhaps\n" + BODY, "line 12: unknown known 'perhaps'"),
        (HEAD + "select $since", "line 5: parameter 'top' is declared but not used"),
        (HEAD + BODY + "-- \n, $until", "line 14: parameter 'until' is used but not declared"),
    ],
)
def test_invalid_header_names_file_and_error(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message.replace("$", r"\$")) as caught:
        parse(text, Path("a/tiny.sql"))
    assert "tiny.sql" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("28 days", Range(28)),
        ("days", Range(0, by_param=True)),
        ("days + 28", Range(28, by_param=True)),
        ("history", Range(None, is_history=True)),
        ("365 days, all of one source", Range(365, whole_source=True)),
    ],
)
def test_a_range_sets_since_and_until(text: str, span: Range) -> None:
    trend = parse(
        f"{HEAD}-- range: {text}\n-- known: counted\n{BODY.replace('$top', '$until, $top')}", Path("a/tiny.sql")
    )
    assert trend.range == span


@pytest.mark.parametrize("name", names())
def test_every_trend_has_a_valid_header_and_lower_case_sql(name: str) -> None:
    trend = load(name)
    statement = "\n".join(
        line for line in trend.path.read_text("utf-8").splitlines() if not line.lstrip().startswith("--")
    )
    keywords = re.sub(r"'[^']*'", "", statement)
    assert keywords == keywords.lower()
    values_of(trend, {})


def test_unknown_trend_suggests_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match="did you mean 'topic_frequency'"):
        load("topic_freqency")
    with pytest.raises(ConfigError, match="unknown trend"):
        load("../schema/01_dimensions")
