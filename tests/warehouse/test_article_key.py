"""Article keys of warehouses made before 11_article_key: named anew, and duplicates merged with all their readings."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.migrate import apply_migrations
from flows.warehouse.publish import run_checks
from tests.warehouse.conftest import SHIPPED, STATION, Load, exchange, feed, schema_of, story

BEFORE = [path.stem for path in SHIPPED].index("11_article_key")
ARTICLE = """
insert into fact_article (
    article_id, source_id, article_key, native_id, url, title, template, authors, posted_date, posted_local, revisions,
    word_count, content_hash, fetch_id, first_seen_at, last_seen_at, first_seen_date
)
select
    $id, 1, coalesce($native, $url), $native, $url, 'Title ' || $id::text, $template, [],
    date '2026-03-01' + $id::integer, timestamp '2026-03-01 09:00:00' + to_days($id),
    1, 90, 'text', $id, seen_at, seen_at, seen_at::date
from (select timestamptz '2026-03-02 15:00:00+00' + to_hours($id) as seen_at)
"""
# What else a load writes for an article with one reading.
REST = [
    "insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts,"
    " bytes, batch_id) select fetch_id, 1, url, last_seen_at, 'article', 'new', 0, 0, 1, 9, 'a' from fact_article",
    "insert into batch select 'a', now(), '1', count(*) from fact_fetch",
    "insert into article_reading select article_id, last_seen_at, 'state ' || article_id, fetch_id, false"
    " from fact_article",
    "insert into article_state (article_id, state_hash, title, body, authors, tags, content_hash, word_count)"
    " select article_id, 'state ' || article_id, title, 'Body ' || article_id, [], [], content_hash, 90"
    " from fact_article",
    "insert into fact_article_revision select article_id, 1, last_seen_at, last_seen_at, 'state ' || article_id,"
    " 'first', false, false, false, false, fetch_id from fact_article",
    "insert into article_url select 1, url, article_id, md5_number_lower('1 ' || url) from fact_article",
    "insert into article_text select article_id, posted_date, md5_number_lower('text'), null from fact_article",
    "insert into fact_story select article_id, 1, 'exact' from fact_article",
    "insert into waiting_look values (90, 1, 'https://kxyz.test/two', timestamptz '2026-03-09 15:00:00+00', true)",
    "insert into fact_appearance select 1, url, article_id, 'feed', '/feed', last_seen_at, last_seen_at, 1, 1"
    " from fact_article",
    "insert into agg_article_day select 1, posted_date, 'unknown', 1, 1 from fact_article",
]
ARTICLES = [
    (1, None, "http://www.kxyz.test/one", "generic"),
    (2, None, "https://kxyz.test/one", "generic"),
    (3, None, "http://kxyz.test/two", "generic"),
    (4, "55", "https://www.blog.test/?p=55", "wordpress"),
    (5, "498547261", "http://kxyz.test/x-498547261.html", "heartland-2017"),
    (6, "ab-12", "http://kxyz.test/article_ab-12.html", "blox-2021"),
]


@pytest.fixture
def old(layout: Layout, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A warehouse of the version before, open for more rows; close it before it is migrated."""
    layout.warehouse.unlink()
    connection = duckdb.connect(str(layout.warehouse))
    connection.execute("set timezone = 'UTC'")
    apply_migrations(connection, schema_of(tmp_path / "schema", BEFORE))
    connection.execute(STATION)
    for number, native, url, template in ARTICLES:
        connection.execute(ARTICLE, {"id": number, "native": native, "url": url, "template": template})
    for statement in REST:
        connection.execute(statement)
    return connection


def test_keys_are_named_anew_and_duplicates_are_merged(layout: Layout, old: duckdb.DuckDBPyConnection) -> None:
    old.close()
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
        keys = connection.execute("select article_id, article_key from fact_article order by 1").fetchall()
        assert keys == [
            (2, "kxyz.test/one"),
            (3, "kxyz.test/two"),
            (4, "wordpress:blog.test:55"),
            (5, "heartland:498547261"),
            (6, "blox:ab-12"),
        ]
        counts = {
            table: connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for table in ("article_reading", "article_state", "fact_article_revision", "article_url", "fact_story")
        }
        assert counts == {
            "article_reading": 7,  # 6, and the look that waited under another spelling of the URL
            "article_state": 6,
            "fact_article_revision": 6,
            "article_url": 5,
            "fact_story": 5,
        }
        merged = connection.execute(
            "select title, revisions, first_seen_at = timestamptz '2026-03-02 16:00:00+00' from fact_article"
            " where article_id = 2"
        ).fetchall()
        assert merged == [("Title 2", 2, True)]
        gone = connection.execute("select article_id from fact_article where gone_at is not null").fetchall()
        assert gone == [(3,)]
        assert connection.execute("select count(*) from fact_appearance where article_id = 2").fetchall() == [(2,)]
        assert connection.execute("select min(posted_date)::text from agg_article_day").fetchall() == [("2026-03-03",)]
        checks = {check.name: check.faults for check in run_checks(connection) if check.faults}
        assert "rollup_differs" not in checks
        assert "orphan_key" not in checks
        assert "mixed_article" not in checks


def test_an_article_of_two_sites_is_reported_with_the_next_command(
    layout: Layout, old: duckdb.DuckDBPyConnection
) -> None:
    old.execute(
        "insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms,"
        " attempts, bytes, batch_id)"
        " values (50, 1, 'https://other.test/?p=55', now(), 'article', 'new', 0, 0, 1, 9, 'a')"
    )
    old.execute("insert into article_reading values (4, timestamptz '2026-03-01 15:00:00+00', 'state 50', 50, false)")
    old.close()
    with open_writer(layout, print) as connection:
        found = next(check for check in run_checks(connection) if check.name == "mixed_article")
    assert (found.level, found.faults) == ("warn", 1)
    assert found.rows[0][2:] == (["blog.test", "other.test"], "run `newsvane rebuild`")


def test_urls_that_differ_in_scheme_and_www_lead_to_one_article(writer: duckdb.DuckDBPyConnection, put: Load) -> None:
    put("gone", exchange("http://www.kxyz.test/content/news/1.html", 9, outcome="gone", status=404))
    put("page", (exchange("https://kxyz.test/content/news/1.html", 0), story(1)))
    put("feed", feed(3, "https://www.kxyz.test/content/news/1.html"))
    put("again", exchange("http://kxyz.test/content/news/1.html", 5, outcome="unchanged", status=304))
    readings = writer.execute("select count(*), count(*) filter (is_gone) from article_reading").fetchall()
    assert readings == [(3, 1)]
    assert writer.execute("select article_id from fact_appearance").fetchall() == [(1,)]
    assert writer.execute("select url, count(*) from article_url group by all").fetchall() == [
        ("kxyz.test/content/news/1.html", 1)
    ]
