"""The SQL page is locked down like `newsvane sql`; its result is a table, a chart and files."""

from __future__ import annotations

import io
from html import unescape
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from flows.data_layout import Layout
from flows.settings import Query
from flows.web.analyst import ROWS
from flows.web.sql_page import EXAMPLES
from tests.month import Month
from tests.web.conftest import Open, rows


def test_the_result_is_a_table_a_chart_and_files(month: TestClient, loaded_month: Month) -> None:
    statement = "select source, posted_date, count(*) as articles from articles group by all order by all"
    expected = rows(loaded_month.layout, statement)
    state = {"statement": statement, "mark": "line", "x": "posted_date", "y": "articles", "series": "source"}
    answer = month.get("/sql", params=state)
    assert answer.status_code == 200
    assert f"<strong>{len(expected)} rows</strong>" in answer.text
    values = month.get("/sql/chart.json", params=state).json()["data"]["values"]
    assert [(point["series"], point["y"]) for point in values] == [(source, count) for source, _, count in expected]
    assert len(month.get("/sql/data.csv", params=state).text.splitlines()) == len(expected) + 1
    assert month.get("/sql/data.parquet", params=state).content.startswith(b"PAR1")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_run(month: TestClient, name: str) -> None:
    assert month.get("/sql", params={"statement": EXAMPLES[name]}).status_code == 200


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("drop table fact_article", "read-only"),
        ("select 1; select 2", "one SELECT"),
        ("select * from read_csv('/etc/passwd')", "disabled by configuration"),
        ("copy (select 1) to '{folder}/out'", "read-only"),
        ("select * from nowhere", "nowhere"),
        ("selec", "not valid SQL"),
        ("select <script>", "not valid SQL"),
    ],
)
def test_what_is_not_allowed_is_said(month: TestClient, tmp_path: Path, statement: str, reason: str) -> None:
    answer = month.get("/sql", params={"statement": statement.replace("{folder}", str(tmp_path))})
    assert answer.status_code == 400
    assert list(tmp_path.iterdir()) == []
    assert reason in unescape(answer.text)
    assert "<script>" not in answer.text.replace("&lt;script&gt;", "")


@pytest.mark.parametrize(
    ("limits", "statement", "reason"),
    [
        (
            Query(seconds=0.5),
            "select count(*) from range(1000000000000) as t (n) where n % 7 = 8",
            "stopped after 0.5 s",
        ),
        (Query(memory="20MB"), "select list(n) from range(100000000) as t (n)", "needs more than 20MB"),
    ],
)
def test_the_limits_hold(browse: Open, empty: Layout, limits: Query, statement: str, reason: str) -> None:
    client = browse(empty, limits=limits)
    answer = client.get("/sql", params={"statement": statement})
    assert answer.status_code == 400
    assert reason in answer.text
    assert client.get("/sql", params={"statement": "select 1"}).status_code == 200


def test_a_statement_does_not_lock_the_pages(month: TestClient) -> None:
    assert month.get("/sql", params={"statement": "select 1"}).status_code == 200
    assert month.get("/trends/topic_frequency").status_code == 200


def test_a_link_from_another_site_only_fills_the_form(month: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    answer = month.get("/sql", params={"statement": "select 413 * 1000 + 7 as answer"}, headers=headers)
    assert answer.status_code == 200
    assert "select 413 * 1000 + 7 as answer" in answer.text
    assert "did not run" in answer.text
    assert "413007" not in answer.text
    for path in ("/sql/data.csv", "/sql/chart.json"):
        answer = month.get(path, params={"statement": "select 413 * 1000 + 7 as answer"}, headers=headers)
        assert answer.status_code == 400
        assert "did not run" in answer.text


def test_a_long_result_is_cut_and_says_so(month: TestClient) -> None:
    whole, longer = (month.get("/sql", params={"statement": f"from range({n})"}).text for n in (ROWS, ROWS + 1))
    assert "<strong>50,000 rows</strong>" in whole
    assert "The result has more" not in whole
    assert "<strong>50,000 rows</strong>. The result has more" in longer


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"mark": "pie"}, "not one of none, line, bar"),
        ({"mark": "line", "x": "a", "y": "nothing"}, "choose one of the columns a, b"),
        ({"mark": "bar", "x": "a", "y": "b"}, "does not hold numbers"),
    ],
)
def test_an_impossible_chart_is_said(month: TestClient, state: dict[str, str], reason: str) -> None:
    answer = month.get("/sql", params={"statement": "select 1 as a, 'x' as b", **state})
    assert answer.status_code == 400
    assert reason in unescape(answer.text)


def test_values_of_any_type_are_shown_and_saved(month: TestClient) -> None:
    statement = "select [1, 2] as list, {'a': 1} as struct, 'x'::blob as bytes, interval 1 day as span, null as none"
    assert month.get("/sql", params={"statement": statement}).status_code == 200
    for form in ("csv", "json", "parquet"):
        assert month.get(f"/sql/data.{form}", params={"statement": statement}).status_code == 200


@pytest.mark.parametrize(
    "value", ["interval 1 day", "map {}", "1267650600228229401496703205376::hugeint", "time '10:00'"]
)
def test_a_column_without_a_parquet_type_leaves_the_others_theirs(month: TestClient, value: str) -> None:
    answer = month.get("/sql/data.parquet", params={"statement": f"select {value} as odd, 7 as n"})
    table = pq.read_table(io.BytesIO(answer.content))
    assert table.column("n").to_pylist() == [7]
