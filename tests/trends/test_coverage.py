"""Questions answer from known articles where nothing was observed, and their footnotes say so with the numbers."""

from __future__ import annotations

from datetime import date

import pytest

from flows.data_layout import Layout
from flows.trends.catalog import load, names
from flows.trends.coverage import Coverage, cover, footnotes
from flows.trends.run import run, values_of
from tests.trends.conftest import Fill

# Eight weeks of a station's articles from an archive: nothing was observed, weather panels stood on the pages.
BACKFILL = """
insert into dim_place (place_id, place_key, name, state, county, zone, lat, lon) values
(1, 'elm', 'Elm', 'MO', 'Oak', 'America/Chicago', 40, -94), (2, 'oak', 'Oak', 'MO', 'Oak', 'America/Chicago', 41, -94);
insert into dim_source (source_id, name, kind, title, zone, place_key, enabled) values
(1, 'alpha', 'station', 'Alpha', 'America/Chicago', 'elm', true),
(2, 'beta', 'station', 'Beta', 'America/Chicago', 'elm', true);
insert into source_era (source_id, since_date, owner, system) values
(1, date '2023-12-01', 'Old', 'a'), (1, date '2024-02-01', 'New', 'a');
insert into dim_tag (tag_id, folded, label) values (1, 'snow', 'Snow'), (2, 'fire', 'Fire'), (3, 'schools', 'Schools'),
(4, 'floods', 'Floods');
create temp table posted as
select number, number % 2 + 1 as source_id, date '2024-01-01' + (number // 4)::integer as date, number % 4 as slot
from range(224) as t(number);
insert into fact_article (
    article_id, source_id, article_key, url, title, authors, revisions, posted_date, posted_at, posted_local,
    posted_precision, first_seen_at, last_seen_at, first_seen_date, origin_kind
)
select
    number + 1, source_id, number::text, 'http://x.test/' || number, 'T', [], 1, date,
    timezone('America/Chicago', date + to_hours(6 + slot)), date + to_hours(6 + slot), 'minute',
    timestamptz '2024-06-01 00:00:00+00', timestamptz '2024-06-01 00:00:00+00', date '2024-06-01', 'own'
from posted;
insert into fact_article_tag
select number + 1, 1 + (number // 4) % 2, 'jsonld', 1, 'L', false from posted
union all
select number + 1, 3, 'jsonld', 2, 'Schools', false from posted where date >= date '2024-02-20'
union all
select number + 1, 4, 'jsonld', 3, 'Floods', false from posted where date < date '2024-01-15';
insert into fact_story select number + 1, number // 2 + 1, 'exact' from posted;
insert into fact_article_place select number + 1, 'Oak', 'dateline', 2 from posted where date < date '2024-01-20';
insert into fact_article_place select number + 1, 'Elm', 'dateline', 1 from posted;
insert into fact_banner (source_id, kind, text, from_at, until_at, page_count) values
(1, 'severe', 'Winter Storm Warning', '2024-02-10 12:00:00+00', '2024-02-10 18:00:00+00', 1);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select 1, date, 'alpha', 'panel', 4, 30, if(date_part('day', date) % 3 = 0, 10, 25), 30, 10, null, null, ['Cloudy']
from (select distinct date from posted);
"""
NOT_KNOWABLE = {
    "closings_and_weather": "closings lists",
    "closings_lead": "closings lists",
    "first_channel": "feeds, sitemaps or section pages",
    "forecast_error": "forecasts and readings",
    "forecast_skill": "forecasts and readings",
    "forecast_text_life": "two captures",
    "front_page_topics": "the home page",
    "panel_twins": "a weather panel with two towns",
    "politeness": "requests of newsvane itself",
    "posted_to_seen_delay": "observed days",
    "unreported_alerts": "days on which the source was observed",
    "silent_edits": "two captures of one article",
    "vanished_stories": "404 or 410",
}
PARAMS = {
    "faded_topics": {"support": "3", "show": "all"},
    "local_topics": {"support": "1", "show": "all"},
    "topic_pairs": {"show": "all"},
    "topics_after_alert": {"support": "1", "show": "all"},
    "phrase_frequency": {"phrase": "t"},
    "rising_topics": {"show": "all"},
    "topic_mix_change": {"show": "all"},
    "towns_after_owner_change": {"show": "all"},
    "weather_and_topics": {"support": "1", "show": "all"},
}


@pytest.fixture
def backfilled(fill: Fill) -> Layout:
    return fill(BACKFILL)


def test_every_question_answers_from_a_backfill_or_says_what_it_needs(backfilled: Layout) -> None:
    for name in names():
        table = run(backfilled, name, PARAMS.get(name, {}))
        if name in NOT_KNOWABLE:
            assert not table.rows, name
            assert NOT_KNOWABLE[name] in table.footnotes[-1], name
            assert table.footnotes[-1].startswith("No answer"), name
        else:
            assert table.rows, name
            trend = load(name)
            assert bool(table.footnotes) == (trend.known is not None or trend.postprocess != "none"), name


@pytest.mark.parametrize(
    ("name", "note"),
    [
        (
            "top_topics",
            "112 articles known from backfill or feeds on 28 days from 2024-01-29 to 2024-02-25 without an observation "
            "of the source; counted as known: there may have been more.",
        ),
        (
            "rising_topics",
            "140 articles known from backfill or feeds on 35 days from 2024-01-22 to 2024-02-25 without an observation "
            "of the source; compared as if observed, because most days were not: there may have been more.",
        ),
        (
            "posted_to_seen_delay",
            "224 articles known from backfill or feeds on 56 days from 2023-11-28 to 2024-02-25 without an observation "
            "of the source; left out: it needs observed days: a capture shows when a page was archived, not when it "
            "could first be seen.",
        ),
    ],
)
def test_the_footnote_has_the_numbers(backfilled: Layout, name: str, note: str) -> None:
    assert run(backfilled, name).footnotes[0] == note


def test_known_days_are_left_out_where_most_days_were_observed(fill: Fill) -> None:
    layout = fill(
        BACKFILL + "insert into fact_source_day select source_id, date, 3, 3, 2, 0, 0, 0, true from"
        " (select distinct source_id, date from posted where date <> date '2024-02-24');"
    )
    table = run(layout, "rising_topics", {"show": "all"})
    assert table.footnotes[:1] == (
        "4 articles known from backfill or feeds on 1 day from 2024-01-22 to 2024-02-25 without an observation of the "
        "source; left out: it compares observed days, and most days were observed.",
    )
    assert set(table.column("days")) == {6}


def test_zero_needs_an_observation_and_missing_stays_missing(fill: Fill) -> None:
    layout = fill(
        BACKFILL + "delete from fact_article where posted_date = date '2024-02-22';"
        "insert into fact_source_day values (1, date '2024-02-23', 3, 3, 0, 0, 0, 0, true);"
    )
    days = {"since": "2024-02-21", "until": "2024-02-24"}
    table = run(layout, "topic_frequency", {"topic": "Snow", **days})
    assert table.column("articles") == [None, None, 0, 4]
    assert table.column("observed") == [False, False, True, False]
    assert run(layout, "topic_share", {"topic": "Snow", "by": "day", **days}).column("share") == [0, None, 0, 1]


def test_articles_after_the_last_observed_day_are_mentioned(fill: Fill) -> None:
    layout = fill(BACKFILL + "insert into fact_source_day values (1, date '2024-02-01', 3, 3, 2, 0, 0, 0, true);")
    trend = load("top_topics")
    coverage = cover(layout, trend, values_of(trend, {}))
    assert coverage is not None
    assert (coverage.since, coverage.until) == (date(2024, 1, 5), date(2024, 2, 1))
    assert coverage.later_articles == 24 * 4
    assert footnotes(trend, coverage, answered=True)[-1] == (
        "96 articles posted after 2024-02-01, the last observed day, left out; --until takes a later day."
    )


@pytest.mark.parametrize("params", [{"until": "0001-01-01"}, {"days": "1000000"}])
def test_a_range_begins_with_the_calendar_at_the_earliest(backfilled: Layout, params: dict[str, str]) -> None:
    trend = load("rising_topics")
    coverage = cover(backfilled, trend, values_of(trend, params))
    assert coverage is not None
    assert coverage.since == date.min


def test_an_observed_warehouse_has_no_footnote() -> None:
    observed = Coverage(date(2024, 1, 1), date(2024, 1, 28), observed_days=28)
    assert footnotes(load("top_topics"), observed, answered=True) == ()


def test_an_empty_warehouse_says_what_is_needed(fill: Fill) -> None:
    table = run(fill("select 1"), "topic_frequency")
    assert table.footnotes == ("No answer: it needs articles with tags and a day of posting.",)
