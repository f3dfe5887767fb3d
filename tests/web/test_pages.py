"""Every page over the simulated month: it opens, its links lead somewhere, and its numbers are those of SQL."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from flows.data_layout import Layout
from flows.settings import Query
from flows.trends.catalog import load, names
from flows.web.drilldown import row_link
from flows.web.explorer import SQL
from tests.month import Month
from tests.web.conftest import Open, rows

PAGES = (
    "/search", "/search?words=council",
    "/", "/topics", "/topics?topic=traffic;weather&by=day&measure=articles", "/topics?topic=traffic&compare=sources",
    "/topics?town=Elmsworth", "/topics?weather=precip_in",
    "/trends", "/stories", "/stories?sources=2", "/articles", "/articles?topic=traffic",
    "/weather", "/sources", "/sources/demo_station", "/sql", "/catalog", "/catalog?words=wind",
)  # fmt: skip


def links_of(text: str) -> list[str]:
    """The addresses within the explorer that a page names."""
    return [unescape(found) for found in re.findall(r'(?:href|data-chart|src)="(/[^"]*)"', text)]


def total_of(client: TestClient, address: str) -> int:
    """The number of articles that the list at this address counts."""
    found = re.search(r"<strong>([\d,]+) articles?</strong>", client.get(address).text)
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_and_its_charts_and_downloads_answer(month: TestClient, address: str) -> None:
    answer = month.get(address)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    for link in dict.fromkeys(links_of(answer.text)):
        # Those of trends are tested with each trend.
        if re.search(r"^/(?!trends/).*(chart\.json|data\.csv)", link):
            assert month.get(link).status_code == 200, link


def test_the_downloads_hold_the_same_rows(month: TestClient) -> None:
    lines = month.get("/trends/top_topics/data.csv").text.splitlines()
    assert len(month.get("/trends/top_topics/data.json").json()) == len(lines) - 1 > 5
    assert month.get("/trends/top_topics/data.parquet").content.startswith(b"PAR1")


@pytest.mark.parametrize("name", names())
def test_every_trend_has_a_page_a_chart_and_downloads(month: TestClient, name: str) -> None:
    answer = month.get(f"/trends/{name}")
    assert answer.status_code == 200
    assert load(name).question in unescape(answer.text)
    for param in load(name).params:
        assert f'for="f-{param.name}"' in answer.text
    for form in ("csv", "json", "parquet"):
        assert f"/trends/{name}/data.{form}" in answer.text
    if "/chart.json" in answer.text:
        assert month.get(f"/trends/{name}/chart.json").json()["data"]["values"]


def test_each_kind_of_link_leads_to_a_page(month: TestClient) -> None:
    """Two links of each kind of page: two articles, two stories."""
    kinds: dict[str, set[str]] = {}
    for page in ("/", "/stories", "/sources"):
        for link in links_of(month.get(page).text):
            kinds.setdefault(re.sub(r"[^/]+$", "", urlsplit(link).path), set()).add(link)
    found = [link for group in kinds.values() for link in sorted(group)[:2]]
    assert len(found) > 8
    assert [link for link in found if month.get(link).status_code != 200] == []


def test_today_counts_what_came(month: TestClient, loaded_month: Month) -> None:
    ((day, new, sources),) = rows(
        loaded_month.layout,
        "select date, sum(new_articles), count(*) from fact_source_day where observed group by date "
        "order by date desc limit 1",
    )
    posted = rows(loaded_month.layout, "select count(*) from fact_article where posted_date = ?", day)[0][0]
    text = month.get("/").text
    assert f"{new} new articles at {sources} of 2 sources; {posted} known articles were posted" in text
    by_day = month.get("/today/data.json").json()
    assert by_day[-1]["period"] == str(day)
    assert by_day[-1]["new_articles"] == new
    by_source = month.get("/today/arrivals/data.json").json()
    assert sum(row["new_articles"] or 0 for row in by_source) == new
    assert len(month.get("/today/readings/data.csv").text.splitlines()) > 1
    assert month.get("/today/other/data.csv").status_code == 400


# Their topics have all their articles; without parents are only the topics chosen by default.
WITH_PARENTS = {"topic_frequency", "topic_share"}


@pytest.mark.parametrize("trend", sorted(set(names()) - WITH_PARENTS))
def test_rows_of_trends_that_count_without_parents_lead_to_such_articles(trend: str) -> None:
    text = load(trend).path.read_text("utf-8")
    counts_leaves = "leaf_articles" in text or "is_parent" in text
    link = row_link(load(trend), {"topic": "Snow", "phrase": "snow"}, {})
    assert link is None or ("leaf=1" in link) == counts_leaves


@pytest.mark.parametrize("trend", ["top_topics", "new_topics", "rising_topics"])
def test_a_link_leaves_out_articles_on_which_the_topic_is_a_parent(
    month: TestClient, loaded_month: Month, trend: str
) -> None:
    per_topic = rows(
        loaded_month.layout,
        "select folded, count(*), count(*) filter (where not is_parent) from article_tags group by folded "
        "having bool_or(is_parent) order by 2 desc limit 1",
    )
    ((topic, total, leaves),) = per_topic
    assert total > leaves
    link = row_link(load(trend), {"topic": topic}, {})
    assert "leaf=1" in str(link)
    assert total_of(month, f"/articles?topic={topic}&leaf=1") == leaves
    assert total_of(month, f"/articles?other={topic}&leaf=1") == leaves
    assert total_of(month, f"/articles?topic={topic}") == total


def test_a_rising_topic_leads_to_as_many_articles_as_it_counts(month: TestClient) -> None:
    links = re.findall(r'href="(/articles\?topic=[^"]+)"', month.get("/trends/rising_topics?show=all").text)
    rows = month.get("/trends/rising_topics/data.json?show=all").json()
    assert len(links) == len(rows) > 0
    for address, row in zip(links, rows, strict=True):
        assert total_of(month, unescape(address)) == row["articles"]


@pytest.mark.parametrize(
    "address",
    [
        "/topics/chart.json?measure=articles&by=week",
        "/topics/chart.json?measure=articles&by=day&source=demo_sister&topic=traffic",
        "/topics/chart.json?measure=articles&by=week&compare=sources&topic=traffic",
        "/topics/chart.json?measure=articles&by=month&town=Elmsworth",
        "/trends/topic_frequency/chart.json?by=day&clock=first_seen&topic=traffic",
        "/trends/posting_rhythm/chart.json",
        "/trends/coverage_by_place/chart.json",
        "/trends/local_topics/chart.json?show=all",
        "/trends/top_topics/chart.json",
    ],
)
def test_a_point_leads_to_as_many_articles_as_it_shows(month: TestClient, address: str) -> None:
    points = [point for point in month.get(address).json()["data"]["values"] if point["y"]]
    assert points
    for point in points[:: max(1, len(points) // 8)]:
        assert total_of(month, point["href"]) == point["y"], point


def test_the_share_of_a_topic_is_that_of_sql(month: TestClient, loaded_month: Month) -> None:
    row = month.get("/topics/data.json?topic=traffic&measure=share&by=week").json()[1]
    week = date.fromisoformat(row["period"])
    ((with_topic, articles),) = rows(
        loaded_month.layout,
        "select count(*) filter (where article_id in (select article_id from article_tags where folded = 'traffic')), "
        "count(*) from fact_article join fact_source_day as day on day.source_id = fact_article.source_id "
        "and day.date = posted_date and day.observed where date_trunc('week', posted_date) = ?",
        week,
    )
    assert row["share"] == pytest.approx(with_topic / articles, abs=1e-4)
    assert row["share_low"] < row["share"] < row["share_high"]


def test_a_town_narrows_the_topics(month: TestClient, loaded_month: Month) -> None:
    ((topic, town, expected),) = rows(
        loaded_month.layout,
        "select folded, dim_place.name, count(distinct article_tags.article_id) as articles from article_tags "
        "join fact_article_place using (article_id) join dim_place using (place_id) "
        "join fact_source_day as day on day.source_id = article_tags.source_id and day.date = posted_date "
        "where day.observed and facet is distinct from 'place' group by all "
        "order by articles desc, folded, dim_place.name limit 1",
    )
    found = month.get("/topics/data.json", params={"topic": topic, "town": town, "by": "month"}).json()
    assert sum(row["articles"] for row in found) == expected > 0


def test_an_article_shows_its_revisions_and_its_record(month: TestClient, loaded_month: Month) -> None:
    ((article_id, file, offset),) = rows(
        loaded_month.layout,
        "select article_id, warc_file, warc_offset from articles where article_id in (select article_id from "
        "fact_article_revision where body_changed and revision > 1) order by article_id limit 1",
    )
    text = month.get(f"/articles/{article_id}").text
    assert f"<code>{file}</code> at byte {offset}" in text
    assert "<ins>" in text or "<del>" in text
    capture = re.search(r'<iframe src="(/captures/\d+)" sandbox=""', text)
    assert capture
    assert "<html" in month.get(capture[1]).text.lower()


def test_a_story_names_the_first_source_and_the_minutes_of_the_others(month: TestClient, loaded_month: Month) -> None:
    ((story_id, first, minutes),) = rows(
        loaded_month.layout,
        "select story_id, arg_min(source, posted_at), round(epoch(max(posted_at) - min(posted_at)) / 60) "
        "from fact_story join articles using (article_id) group by story_id "
        "having count(distinct source) = 2 and count(*) = 2 and min(posted_at) < max(posted_at) order by 1 limit 1",
    )
    text = month.get(f"/stories/{story_id}").text
    assert f"First: {first}." in unescape(text)
    assert f"followed {minutes:.0f} min later" in unescape(text)


def test_the_weather_of_a_town_is_that_of_sql(month: TestClient, loaded_month: Month) -> None:
    ((key, day, low),) = rows(
        loaded_month.layout,
        "select place_key, date, min_temp_f from agg_weather_day join dim_place using (place_id) "
        "order by min_temp_f, date, place_key limit 1",
    )
    text = unescape(month.get(f"/weather?town={key}").text)
    assert f"Lowest {low:.3g} °F ({day}" in text


def test_closings_stand_beside_the_cold(month: TestClient, loaded_month: Month) -> None:
    found = month.get("/weather/closings/data.json").json()
    expected = dict(
        rows(
            loaded_month.layout,
            "select effective_date, count(distinct organisation_id) from fact_closing group by effective_date",
        )
    )
    assert {
        date.fromisoformat(row["period"]): row["organizations"] for row in found if row["organizations"]
    } == expected


def test_the_catalog_has_every_table_with_its_comment(month: TestClient, loaded_month: Month) -> None:
    text = unescape(month.get("/catalog").text)
    found = rows(loaded_month.layout, "select table_name, comment from duckdb_tables() where not internal")
    assert len(found) > 30
    assert [name for name, comment in found if f'id="t-{name}"' not in text or comment not in text] == []


def test_the_address_holds_the_whole_state(month: TestClient) -> None:
    text = month.get("/topics?topic=traffic&measure=articles&by=month&source=demo_sister&since=2018-12-05").text
    for value in ('"traffic"', '"2018-12-05"', '"month" selected', '"demo_sister" selected'):
        assert f"value={value}" in text
    (chart,) = (link for link in links_of(text) if "chart.json" in link)
    assert parse_qs(urlsplit(chart).query)["since"] == ["2018-12-05"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/trends/topic_frequency?since=yesterday", "is not a date"),
        ("/trends/topic_frequency?by=year", "is not day, week or month"),
        ("/topics?measure=mood", "is not one of share, articles, stories"),
        ("/topics?topic=a;b;c;d;e;f;g", "at most 6"),
        ("/topics?source=nobody", "is not in the warehouse"),
        ("/topics?since=2026-13-01", "is not a date"),
        ("/articles?hour=25", "is not a whole number from 0 to 23"),
        ("/articles?page=²", "is not a whole number"),
        ("/articles?since=0001-01-01", "is not a date"),
        ("/?day=tomorrow", "is not a date"),
        ("/weather?town=atlantis", "has no observed weather"),
        ("/stories?copies=x", "is not a whole number"),
        ("/trends/topic_frequency/data.xlsx", "valid formats are csv, json, parquet"),
        ("/articles?page=900", "the list has no page 900"),
        ("/stories?page=900", "the list has no page 900"),
        ("/topics?town=atlantis&topic=traffic", "no article is known of 'atlantis'"),
        ("/topics?town=Elmsworth&source=nobody", "no article is known of 'nobody'"),
        ("/sql/chart.json?statement=select 1 as a&mark=none", "is not one of line, bar"),
    ],
)
def test_an_invalid_value_is_named(month: TestClient, address: str, reason: str) -> None:
    answer = month.get(address)
    assert answer.status_code == 400
    assert reason in unescape(answer.text)


@pytest.mark.parametrize(
    "address",
    [
        "/articles?path=x", "/stories?path=x", "/sql?statement=select 1 as a&mark=bar&x=a&y=a&path=x",
        "/trends/top_topics?until=0001-01-01", "/trends/rising_topics?days=1000000",
    ],
)  # fmt: skip
def test_a_strange_value_is_answered(month: TestClient, address: str) -> None:
    assert month.get(address).status_code == 200


def test_a_command_to_copy_runs_nothing_of_the_address(month: TestClient) -> None:
    text = unescape(month.get("/trends/topic_frequency", params={"topic": "$(touch x) it's"}).text)
    assert """newsvane trend topic_frequency --topic '$(touch x) it'"'"'s'""" in text


def test_a_long_query_of_a_page_is_stopped(
    browse: Open, empty: Layout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copy(SQL / "snapshot.sql", tmp_path)
    (tmp_path / "catalog.sql").write_text("select count(*) from range(1000000000000) as t (n) where n % 7 = 8")
    monkeypatch.setattr("flows.web.explorer.SQL", tmp_path)
    answer = browse(empty, limits=Query(seconds=0.3)).get("/catalog")
    assert answer.status_code == 503
    assert "stopped after 0.3 s" in answer.text


@pytest.mark.parametrize(
    "address",
    ["/articles/999999999", "/articles/abc", "/stories/-1", "/sources/nobody", "/captures/99999999", "/nowhere"],
)
def test_what_does_not_exist_is_not_found(month: TestClient, address: str) -> None:
    assert month.get(address).status_code == 404


def test_an_unknown_trend_names_the_nearest(month: TestClient) -> None:
    answer = month.get("/trends/topic_frequenzy")
    assert answer.status_code == 400
    assert "topic_frequency" in answer.text


def test_times_are_shown_with_their_zone(month: TestClient, last_moment: datetime) -> None:
    assert re.search(r"published \w{3} \d{4}-\d\d-\d\d \d\d:\d\d C[SD]T", month.get("/").text)


def test_the_weather_stands_below_the_topics_on_the_same_days(month: TestClient, loaded_month: Month) -> None:
    address = "by=day&weather=min_temp_f&source=demo_station"
    spec = month.get(f"/topics/chart.json?{address}").json()
    topics, weather = spec["vconcat"]
    days = {row["x"] for row in topics["data"]["values"]}
    lows = {row["x"]: row["y"] for row in weather["data"]["values"]}
    assert set(lows) >= days
    expected = dict(
        rows(
            loaded_month.layout,
            """select date::text, round(avg(min_temp_f), 1) from agg_weather_day
            join dim_source as source on source.name = 'demo_station'
            join dim_place as town on town.place_id = agg_weather_day.place_id and town.place_key = source.place_key
            where method = 'nws' or provider = 'demo_station' group by date""",
        )
    )
    assert {day: low for day, low in lows.items() if low is not None} == {
        day: expected[day] for day in expected if day in lows
    }
    page = month.get(f"/topics?{address}").text
    assert "min temp (°F): from" in page
    assert month.get("/topics?weather=wind").status_code == 400
