"""Today's page of the simulated month: what it shows, and that text and addresses from pages cannot break it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.errors import ConfigError
from flows.pipeline.digest import changed_rows, row_counts
from flows.pipeline.health import SourceHealth
from flows.pipeline.today import health_table, link, today_page
from flows.settings import Layout
from tests.month import Month

LAST_DAY = datetime(2018, 12, 1, 18, tzinfo=UTC)


def test_the_page_shows_arrivals_topics_and_issues(loaded_month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSVANE_CONFIG", str(loaded_month.config))
    page = today_page(loaded_month.layout, LAST_DAY, "America/Chicago")
    assert "articles came in a day" in page
    assert page.count("](<http://127.0.0.1:") == 15
    assert page.count('> "archived in raw/') == 15
    assert "## Most frequent topics" in page
    assert "## Sources with issues" in page
    assert len(page.splitlines()) < 90  # three screens


def test_before_the_first_snapshot_there_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        today_page(Layout.at(tmp_path), LAST_DAY, "UTC")
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
