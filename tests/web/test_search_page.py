"""The search page: it finds what SQL finds, marks it, escapes everything; a point of its curve leads to a search."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from flows.data_layout import Layout
from tests.month import Month
from tests.trends.conftest import Fill
from tests.web.conftest import Open, rows

HAVING = (
    "select count(*) from fact_article where regexp_matches(lower(concat_ws(' . ', title, summary)), '\\bcouncil\\b')"
)


def count_in(text: str) -> int:
    found = re.search(r"<strong>([\d,]+) articles?</strong>", text)
    assert found
    return int(found[1].replace(",", ""))


def test_the_number_is_that_of_sql_and_the_words_are_marked(month: TestClient, loaded_month: Month) -> None:
    text = month.get("/search?words=council&fields=headline").text
    assert count_in(text) == rows(loaded_month.layout, HAVING)[0][0] > 1
    assert re.search(r"<mark>[Cc]ouncil</mark>", text)


def test_filters_pages_and_an_empty_form(month: TestClient) -> None:
    assert "<strong>" not in month.get("/search").text
    whole = count_in(month.get("/search?words=the").text)
    assert whole > 20
    one = count_in(month.get("/search?words=the&source=demo_station").text)
    other = count_in(month.get("/search?words=the&source=demo_sister").text)
    assert one + other == whole
    second = month.get("/search?words=the&page=2").text
    assert 'start="21"' in second
    assert 'rel="prev"' in second
    assert count_in(month.get("/search?words=the+-council").text) < whole


@pytest.mark.parametrize(
    "query",
    ["words=%21%21", "words=a&since=soon", "words=a&source=nobody", "words=a&order=worst", "words=the&page=9999"],
)
def test_an_invalid_query_is_explained(month: TestClient, query: str) -> None:
    answer = month.get(f"/search?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_point_of_a_phrase_leads_to_its_articles(month: TestClient) -> None:
    address = "/trends/phrase_frequency?phrase=city+council&by=week"
    values = month.get(address.replace("?", "/chart.json?")).json()["data"]["values"]
    row = next(row for row in values if row["y"])
    assert count_in(month.get(row["href"]).text) == row["y"]
    table = month.get(address).text
    assert f'href="{row["href"]}"' in unescape(table)


def test_hostile_text_is_escaped(fill: Fill, browse: Open) -> None:
    layout: Layout = fill(
        "insert into dim_source (source_id, name, kind, title, enabled) values (1, 'kxyz', 'station', 'K', true);"
        "insert into fact_article (article_id, source_id, article_key, url, authors, revisions, title, summary)"
        " values (1, 1, 'a', 'https://kxyz.test/a', [], 1, '<script>alert(1)</script> snow', 'Snow &amp; <b>ice</b>')"
    )
    text = browse(layout).get("/search?words=nowhere+%3Cimg+src%3Dx%3E").text
    assert "<img src=x" not in text
    assert "&lt;img src=x&gt;" in text
    text = browse(layout).get("/search?words=snow+script").text
    assert "&lt;<mark>script</mark>&gt;alert(1)" in text
    assert "<mark>Snow</mark> &amp;amp; &lt;b&gt;ice" in text
