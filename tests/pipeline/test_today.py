"""Today's page of the simulated month: what it shows, and that text and addresses from pages cannot break it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.pipeline.digest import changed_rows, row_counts
from flows.pipeline.health import SourceHealth
from flows.pipeline.today import health_table, link, today_page
from flows.settings import ROOT, load_settings
from flows.warehouse.connection import open_reader
from tests.month import Month
from tests.trends.conftest import Fill

LAST_DAY = datetime(2018, 12, 1, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def last_day(loaded_month: Month) -> str:
    """The page at the end of the month."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSVANE_CONFIG", str(loaded_month.config))
        return today_page(loaded_month.layout, LAST_DAY, load_settings(loaded_month.config))


def test_the_page_shows_what_came_and_leads_to_it(last_day: str, loaded_month: Month) -> None:
    base = load_settings(loaded_month.config).explorer.address
    assert f"In the explorer: [this day](<{base}/?day=2018-12-19>)" in last_day
    assert "articles came in a day" in last_day
    assert last_day.count('> "archived in raw/') == 10
    assert len(last_day.splitlines()) < 90  # three screens


def test_the_page_has_what_rises_the_weather_and_the_closings(last_day: str, loaded_month: Month) -> None:
    base = load_settings(loaded_month.config).explorer.address
    assert "No rise of a topic in seven days, against the 28 days before, is likely real." in last_day
    with open_reader(loaded_month.layout) as reader:
        ((closed,),) = reader.execute(
            "select count(distinct organisation_id) from fact_closing join dim_source using (source_id) "
            "where status = 'Closed Today' and effective_date = date '2018-12-19'"
        ).fetchall()
    assert f"{closed} organizations, Closed Today: " in last_day
    assert "| Saint Orrin, NE | " in last_day
    headings = [line for line in last_day.splitlines() if line.startswith("## ")]
    assert headings[1:] == [
        "## What rises", "## Most frequent topics", "## Sources with issues",
        f"## [Weather and alerts](<{base}/weather>)", "## Closings today and later",
    ]  # fmt: skip


def test_few_articles_are_not_called_unusual_before_the_day_is_over(last_day: str) -> None:
    assert "12 new articles at 2 of 2 sources" in last_day
    assert ", usually " not in last_day


def test_an_alert_in_force_is_named_with_its_end(fill: Fill) -> None:
    layout = fill("""
        insert into fact_alert (alert_id, zone, event, severity, sent_at, ends_at, ended_at, first_seen_at)
        select
            id, zone, event, 'Severe', timestamptz '2018-12-01 12:00:00Z', ends_at, ends_at,
            timestamptz '2018-12-01 12:05:00Z'
        from (values
            ('a', 'MOZ003', 'Winter Storm Warning', timestamptz '2018-12-02 06:00:00Z'),
            ('a', 'MOZ012', 'Winter Storm Warning', timestamptz '2018-12-02 06:00:00Z'),
            ('b', 'MOZ003', 'Flood Watch', timestamptz '2018-12-01 17:00:00Z')
        ) as given (id, zone, event, ends_at)
    """)
    page = today_page(layout, LAST_DAY, load_settings())
    assert "- **Winter Storm Warning** (Severe), until Sun 00:00: MOZ003, MOZ012" in page
    assert "Flood Watch" not in page


def test_before_the_first_snapshot_there_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        today_page(Layout.at(tmp_path), LAST_DAY, load_settings())
    assert row_counts(Layout.at(tmp_path)) == {}


@pytest.mark.parametrize(
    ("text", "url", "shown"),
    [
        ("Flood", "https://kq2.example/a?b=1&c=2", "[Flood](<https://kq2.example/a?b=1&c=2>)"),
        ("A [b](c) |", "https://kq2.example/a", "[A \\[b\\](c) \\|](<https://kq2.example/a>)"),
        ("a_b *c* `d`", "https://kq2.example/a", "[a&#95;b &#42;c&#42; &#96;d&#96;](<https://kq2.example/a>)"),
        ("Gap", "https://kq2.example/a b>c|d", "[Gap](<https://kq2.example/a%20b%3Ec%7Cd>)"),
        (
            "<b>$3.5 & more</b>",
            "https://kq2.example/a",
            "[&lt;b&gt;$3.5 &amp; more&lt;/b&gt;](<https://kq2.example/a>)",
        ),
        ("Bad", "javascript:alert(1)", "Bad"),
    ],
)
def test_links_are_safe(text: str, url: str, shown: str) -> None:
    assert link(text, url) == shown


def test_only_changed_tables_are_listed_the_largest_change_first() -> None:
    assert changed_rows({"a": 1, "b": 5, "c": 2}, {"a": 1, "b": 2, "c": 1002, "d": 0}) == [
        {"table": "c", "change": "+1,000", "rows": 1002},
        {"table": "b", "change": "-3", "rows": 2},
    ]


def test_the_health_table_is_safe_and_links_to_the_source() -> None:
    bad = SourceHealth("kq<2>", "silent", "a | b <script>", "newsvane `x`", "javascript:x", LAST_DAY, None)
    good = SourceHealth("kvane", "good", "", "", "http://127.0.0.1/", LAST_DAY, LAST_DAY)
    head, rule, first, second = health_table([bad, good], ZoneInfo("America/Chicago")).splitlines()
    assert head.count("|") == rule.count("|") == second.count("|")
    assert first == ("| kq&lt;2&gt; | **silent** | a \\| b &lt;script&gt; | newsvane \\`x\\` | Dec 1 12:00 | never |")
    assert second.startswith("| [kvane](<http://127.0.0.1/>) | good |")


def test_a_rise_that_is_likely_real_leads_to_its_articles(fill: Fill) -> None:
    cases = ROOT / "tests" / "sql" / "cases"
    given = cases / "rising_topics" / "against_its_own_baseline" / "given.sql"
    layout = fill((cases / "base.sql").read_text("utf-8") + given.read_text("utf-8"))
    page = today_page(layout, datetime(2024, 2, 4, 18, tzinfo=UTC), load_settings())
    assert re.search(r"- \[Fire\]\(<http://\S+/articles\?topic=fire\S*>\): 7 articles in 7 days, ", page)
