"""Charts keep gaps and intervals, mark periods that are not whole, and name every bar."""

from __future__ import annotations

from datetime import date

import pytest

from flows.trends.catalog import load
from flows.web.drilldown import row_link
from flows.web.periods import is_partial, last_day, range_of
from flows.web.revisions import changes, compare
from flows.web.sentences import expected_text
from flows.web.vega import Drawing, bar_spec, heat_spec, line_spec
from flows.web.wording import column_text, value_text

DAYS = [date(2026, 3, day) for day in range(1, 6)]


def drawing(counts: list[int | None], partial: date | None = None) -> Drawing:
    rows = [
        {"period": day, "topic": topic, "share": count, "share_low": count, "share_high": count}
        for topic in ("a", "b")
        for day, count in zip(DAYS, counts, strict=True)
    ]
    return Drawing(rows, "period", "share", "topic", "Shares.", lambda row: "/x", lambda row: row["period"] == partial)


def test_a_missing_value_is_null_and_breaks_the_line() -> None:
    spec = line_spec(drawing([1, None, 0, 2, 3]))
    assert [row["y"] for row in spec["data"]["values"]][:5] == [1, None, 0, 2, 3]
    marks = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] in ("line", "area")]
    assert {mark["invalid"] for mark in marks} == {"break-paths-show-path-domains"}


def test_the_interval_is_drawn_from_its_ends() -> None:
    area = line_spec(drawing([1, 1, 1, 1, 1]))["layer"][0]
    assert (area["encoding"]["y"]["field"], area["encoding"]["y2"]["field"]) == ("low", "high")


def test_the_end_of_a_line_that_is_not_whole_is_dashed_and_within_its_series() -> None:
    values = line_spec(drawing([1, 2, 3, 4, 5], DAYS[-1]))["data"]["values"]
    assert [row["end"] is not None for row in values[:5]] == [False, False, False, True, True]
    assert values[4]["end"] != values[9]["end"]
    assert "not whole" in values[4]["tip"]


def test_two_ends_are_two_stretches() -> None:
    spec = drawing([1, 2, 3, 4, 5])
    both = Drawing(
        spec.rows[:5], "period", "share", "topic", "", lambda row: None, lambda row: row["period"] in DAYS[::4]
    )
    ends = [row["end"] for row in line_spec(both)["data"]["values"]]
    assert ends[0] == ends[1]
    assert ends[2] is None
    assert ends[3] == ends[4] != ends[0]


def test_a_point_without_articles_behind_it_is_no_link() -> None:
    spec = bar_spec(Drawing([{"x": "a", "y": 1}], "x", "y", None, ""))
    assert "href" not in spec["data"]["values"][0]


def test_bars_of_one_name_are_told_apart() -> None:
    rows = [{"lead": "0 d", "provider": "k", "kind": kind, "error": 1.0} for kind in ("high", "low")]
    spec = bar_spec(Drawing(rows, "lead", "error", "provider", ""))
    assert [row["label"] for row in spec["data"]["values"]] == ["0 d · k · high", "0 d · k · low"]
    assert spec["layer"][0]["encoding"]["x"]["stack"] is None


def test_bars_that_nothing_tells_apart_are_numbered() -> None:
    spec = bar_spec(Drawing([{"x": "a", "y": 1}, {"x": "a", "y": 2}], "x", "y", None, ""))
    assert [row["label"] for row in spec["data"]["values"]] == ["1. a", "2. a"]


def test_a_cell_that_was_not_observed_is_left_out_of_a_grid() -> None:
    rows = [{"hour": hour, "weekday": "Mon", "articles": count} for hour, count in ((10, 3), (9, None), (2, 0))]
    spec = heat_spec(Drawing(rows, "hour", "articles", "weekday", ""))
    assert [row["x"] for row in spec["data"]["values"]] == [10, 2]
    assert spec["encoding"]["x"]["sort"] == [2, 10]


@pytest.mark.parametrize(
    ("start", "by", "days", "today", "expected"),
    [
        (date(2026, 3, 2), "week", 7, date(2026, 3, 9), False),
        (date(2026, 3, 2), "week", 7, date(2026, 3, 8), True),
        (date(2026, 3, 2), "week", 5, date(2026, 4, 1), True),
        (date(2026, 2, 1), "month", 28, date(2026, 3, 1), False),
        (date(2026, 3, 1), "month", None, date(2026, 3, 30), True),
        (date(2026, 3, 1), "day", 1, date(2026, 3, 1), True),
    ],
)
def test_a_period_is_whole_when_all_its_days_are_over_and_counted(
    start: date, by: str, days: int | None, today: date, expected: bool
) -> None:
    assert is_partial(start, by, days, today) is expected


def test_the_last_day_of_a_period() -> None:
    assert last_day(date(2028, 2, 1), "month") == date(2028, 2, 29)
    assert last_day(date(2026, 12, 28), "week") == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("trend", "params", "expected"),
    [
        ("rising_topics", {"until": "2026-03-20"}, (date(2026, 3, 14), date(2026, 3, 20))),
        ("top_topics", {}, (date(2026, 3, 4), date(2026, 3, 31))),
        ("top_topics", {"since": "2026-03-30"}, (date(2026, 3, 30), date(2026, 3, 31))),
        ("topic_frequency", {"until": "not a day"}, (None, None)),
    ],
)
def test_the_range_that_a_trend_counts(trend: str, params: dict[str, str], expected: tuple[date | None, ...]) -> None:
    assert range_of(load(trend), params, date(2026, 3, 31)) == expected


@pytest.mark.parametrize(
    ("trend", "row", "expected"),
    [
        (
            "silent_edits",
            {"source": "k", "title": "T", "url": "http://k.test/1"},
            "/articles?url=http%3A%2F%2Fk.test%2F1",
        ),
        ("politeness", {"source": "k w", "requests": 3}, "/sources/k%20w"),
        ("forecast_error", {"provider": "k", "lead": "1 d"}, None),
        (
            "topic_pairs",
            {"topic": "Fire Safety", "other": "Ice"},
            "/articles?topic=fire+safety&other=ice&until=2026-03-31&leaf=1",
        ),
        (
            "topic_frequency",
            {"topic": "Ice", "period": date(2026, 3, 2)},
            "/articles?topic=ice&since=2026-03-02&until=2026-03-02",
        ),
    ],
)
def test_a_row_leads_to_what_stands_behind_it(trend: str, row: dict[str, object], expected: str | None) -> None:
    assert row_link(load(trend), row, {}, date(2026, 3, 31)) == expected


def test_words_that_came_and_went() -> None:
    assert compare("a b c", "a x c") == [("same", "a "), ("cut", "b"), ("add", "x"), ("same", " c")]
    assert compare("", "new") == [("add", "new")]
    assert compare("same", "same") == [("same", "same")]


def test_a_long_equal_stretch_is_shortened() -> None:
    words = " ".join(f"w{number}" for number in range(200))
    kinds = [kind for kind, _ in compare(f"old {words} end", f"new {words} stop")]
    assert kinds == ["cut", "add", "same", "skip", "same", "cut", "add"]


def test_revisions_newest_first_with_the_fields_that_changed() -> None:
    base = {
        "kind": "first",
        "silent": False,
        "from_at": None,
        "until_at": None,
        "summary": None,
        "tags": [],
        "body": "b",
    }
    found = changes([{**base, "revision": 1, "title": "A"}, {**base, "revision": 2, "title": "B", "kind": "headline"}])
    assert [(change.revision, list(change.fields)) for change in found] == [(2, ["title"]), (1, [])]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("min_temp_f", "min temp (°F)"),
        ("wait_ms", "wait (ms)"),
        ("p50_minutes", "minutes, median"),
        ("posted_at", "posted"),
    ],
)
def test_units_stand_in_headings_and_zones_in_values(name: str, expected: str) -> None:
    assert column_text(name) == expected


@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        (0.1234, "share", "12.3 %"),
        (12345, "articles", "12,345"),
        (None, "articles", "–"),
        (True, "observed", "yes"),
        ("a\u202eb\n", "title", "a?b?"),
        (float("nan"), "ratio", "nan"),
    ],
)
def test_values_in_words(value: object, column: str, expected: str) -> None:
    assert value_text(value, column) == expected


def test_the_expected_number_is_that_of_all_sources() -> None:
    row = {"articles": 48, "per_day": 4.0, "baseline_per_day": 1.0, "days": 6}  # two sources
    assert expected_text(row) == "12.0 expected"
