"""A batch loads in one transaction: every row once, in any order of loading and however often it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.errors import CheckFailed, ConfigError, NewsvaneError, WarehouseError
from flows.model import Banner, Exchange, Find, Moment, PanelReading, Parsed, Tag
from flows.settings import Query
from flows.sources import Place, Source, SourceCatalog
from flows.topic_config import TagAlias, Topics
from flows.warehouse.analyst_query import run_analyst_query
from flows.warehouse.batch import Batch
from flows.warehouse.connection import open_reader, open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import load
from flows.warehouse.publish import Check, publish, run_checks
from flows.warehouse.snapshots import snapshots
from flows.warehouse.staged_tables import Tables, merged
from tests.conftest import EmptyAt

T0 = datetime(2025, 1, 6, 18, 0, tzinfo=UTC)
ZONE = "America/Chicago"
SOURCE = Source(name="demo", kind="station", title="Demo", home="https://demo.example/", zone=ZONE, place="elm-mo")
PLACE = Place(name="Saint Elm", state="MO", zone=ZONE, lat=40, lon=-94, aliases=("St. Elm",))
TOPICS = Topics(aliases=(TagAlias(label="Snowfall", means="Snow", reason="renamed"),), parents={"Snow": ("Weather",)})


def exchange(minutes: float, outcome: str = "new", url: str = "https://demo.example/a", **more: object) -> Exchange:
    at = T0 + timedelta(minutes=minutes)
    return Exchange("demo", url, at, more.pop("purpose", "article"), outcome, status=200, **more)  # type: ignore[arg-type]


def page(
    title: str = "Snow closes roads",
    body: str = "Roads closed.",
    tags: tuple[str, ...] = ("Snow", "Weather"),
    **more: object,
) -> Parsed:
    posted = Moment(datetime(2025, 1, 6, 17, 30, tzinfo=UTC), "11:30 AM", "source_zone", "minute")
    parsed = Parsed("https://demo.example/a", native_id="123456789", title=title, body=body, published=posted)
    parsed.tags = [Tag(label, "tag_box", at) for at, label in enumerate(tags, 1)]
    parsed.content_hash, parsed.template = title + body, "heartland-2017"
    for key, value in more.items():
        setattr(parsed, key, value)
    return parsed


def tables(*rows: tuple[Exchange, Parsed | None]) -> Tables:
    batch = Batch({"demo": ZONE})
    for made, parsed in rows:
        batch.add(made, parsed)
    return batch.tables()


@pytest.fixture
def connection(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_writer(layout, print) as opened:
        sync_dimensions(opened, SourceCatalog({"demo": SOURCE}, {"elm-mo": PLACE}), TOPICS)
        yield opened


def dump(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    asked = {
        "revisions": "select revision, from_at, until_at, kind, silent from fact_article_revision order by 1",
        "article": "select title, revisions, first_seen_at, last_seen_at, posted_date, gone_at from fact_article",
        "tags": "select tag, is_parent from article_tags order by 1",
        "weather": "select place, observed_at, until_at, temp_f, page_count from fact_weather_observation order by all",
        "forecast": "select place, issued_at, valid_date, hi_f, lo_f from fact_weather_forecast order by 1, 2",
        "banner": "select kind, text, from_at, until_at, page_count from fact_banner order by 3, 2",
        "appearance": "select url, channel, from_at, until_at, sightings, best_rank from fact_appearance order by 1, 3",
        "day": "select date, channel_reads, new_articles, changed_articles, observed from fact_source_day order by 1",
        "tag_day": "select posted_date, articles from agg_tag_day order by all",
    }
    return {name: connection.execute(sql).fetchall() for name, sql in asked.items()}


def story() -> list[tuple[Exchange, Parsed | None]]:
    reading = PanelReading("St. Elm", "Overcast", 12, 16, 8, -4, 1)
    warmer = PanelReading("St. Elm", "Overcast", 14, 16, 8, -4, 1)
    banners = [Banner("severe", "Wind Chill Advisory")]
    find = Find("https://demo.example/a", "feed", "https://demo.example/feed", 3)
    return [
        (exchange(0, purpose="feed", url="https://demo.example/feed", finds=(find,)), None),
        (exchange(1), page(weather=[reading], banners=banners)),
        (exchange(60, "unchanged"), None),
        (exchange(120, "changed"), page(title="Snow closes more roads", weather=[warmer])),
        (
            exchange(180, "changed"),
            page(title="Snow closes more roads", body="All roads.", weather=[reading], banners=banners),
        ),
        (exchange(240, "gone"), None),
    ]


def test_revisions_intervals_and_days(connection: duckdb.DuckDBPyConnection) -> None:
    load(connection, "one", tables(*story()), "1")
    found = dump(connection)
    at = {minutes: T0 + timedelta(minutes=minutes) for minutes in (0, 1, 60, 120, 180, 240)}
    assert found["revisions"] == [
        (1, at[1], at[60], "first", False),
        (2, at[120], at[120], "headline", False),
        (3, at[180], at[180], "silent", True),
    ]
    assert found["article"] == [("Snow closes more roads", 3, at[1], at[180], datetime(2025, 1, 6).date(), at[240])]
    assert found["tags"] == [("Snow", False), ("Weather", True)]
    assert found["weather"] == [
        ("St. Elm", at[1], at[1], 12, 1), ("St. Elm", at[120], at[120], 14, 1), ("St. Elm", at[180], at[180], 12, 1),
    ]  # fmt: skip
    assert found["forecast"] == [("St. Elm", at[1], datetime(2025, 1, 6).date(), 16, 8)]
    assert [row[2:] for row in found["banner"]] == [(at[1], at[1], 1), (at[180], at[180], 1)]
    assert found["appearance"] == [("https://demo.example/a", "feed", at[0], at[0], 1, 3)]
    assert found["day"] == [(datetime(2025, 1, 6).date(), 1, 1, 2, True)]
    place = connection.execute("select distinct place_id is not null from fact_weather_observation").fetchall()
    assert place == [(True,)]


def test_what_a_page_states_around_the_article_is_kept_with_its_latest_reading(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    names = ("publisher", "alternative_headline", "image_url", "video_url", "is_free")
    first = ("Daily Post", "Snow", "https://demo.example/1.jpg", None, False)
    second = ("Daily Post", None, "https://demo.example/2.jpg", "https://demo.example/v.mp4", True)
    for minutes, stated in ((0, first), (60, second)):
        batch = tables((exchange(minutes), page(**dict(zip(names, stated, strict=True)))))
        load(connection, f"batch {minutes}", batch, "1")
        rows = connection.execute(f"select {', '.join(names)} from articles").fetchall()
        assert rows == [stated]


def test_any_order_any_number_of_times(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, empty_at: EmptyAt
) -> None:
    load(connection, "all", tables(*story()), "1")
    expected = dump(connection)
    assert load(connection, "all", tables(*story()), "1") is False
    assert load(connection, "again under another name", tables(*story()), "1") is True
    assert dump(connection) == expected
    reversed_order = Layout.at(tmp_path / "reversed")
    empty_at(reversed_order.warehouse)
    with open_writer(reversed_order, print) as other:
        sync_dimensions(other, SourceCatalog({"demo": SOURCE}, {"elm-mo": PLACE}), TOPICS)
        for number, row in enumerate(reversed(story())):
            load(other, str(number), tables(row), "1")
        assert dump(other) == expected


def test_merged_parts_load_as_one_batch(connection: duckdb.DuckDBPyConnection) -> None:
    rows = story()
    load(connection, "parts", merged([tables(*rows[:3]), tables(*rows[3:])]), "1")
    assert len(dump(connection)["revisions"]) == 3


def test_a_failing_batch_changes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    broken = tables(*story())
    broken["stage_tag"] = broken["stage_tag"].drop_columns(["label"])
    with pytest.raises(duckdb.Error):
        load(connection, "broken", broken, "1")
    assert connection.execute("select count(*) from fact_fetch").fetchone() == (0,)
    assert load(connection, "broken", tables(*story()), "1") is True


def test_an_alias_is_applied_by_the_view_and_not_stored(connection: duckdb.DuckDBPyConnection) -> None:
    load(
        connection,
        "one",
        tables(
            (exchange(1), page(tags=("Snow",))),
            (exchange(2, url="https://demo.example/b"), page(tags=("Snowfall",), native_id="2")),
        ),
        "1",
    )
    assert connection.execute("select tag, count(*) from article_tags group by 1").fetchall() == [("Snow", 2)]
    assert connection.execute("select count(*) from dim_tag").fetchone() == (2,)


def test_publish_keeps_the_last_good_snapshot(layout: Layout, connection: duckdb.DuckDBPyConnection) -> None:
    load(connection, "one", tables(*story()), "1")
    publish(connection, layout, run_checks(connection))
    with open_reader(layout) as reader:
        load(connection, "two", tables((exchange(500, url="https://demo.example/b"), page(native_id="2"))), "1")
        with pytest.raises(CheckFailed, match="stays"):
            publish(connection, layout, [Check("made_up", "fail", 1, ("name",), (("row",),))])
        assert reader.execute("select count(*) from fact_article").fetchone() == (1,)
        publish(connection, layout, run_checks(connection))
        assert reader.execute("select count(*) from fact_article").fetchone() == (1,)
    with open_reader(layout) as reader:
        assert reader.execute("select count(*) from fact_article").fetchone() == (2,)
    assert [snapshot.number for snapshot in snapshots(layout)] == [2, 1]


def test_checks_find_faults(connection: duckdb.DuckDBPyConnection) -> None:
    load(connection, "one", tables(*story()), "1")
    assert not [check for check in run_checks(connection) if check.faults]
    connection.execute("insert into fact_article_tag select * from fact_article_tag")
    connection.execute("delete from fact_check")  # a check that passed runs on new rows only
    assert [check.name for check in run_checks(connection) if check.faults] == ["duplicate_tag"]


def test_a_newer_warehouse_is_refused(layout: Layout) -> None:
    with open_writer(layout, print) as opened:
        opened.execute("insert into schema_migration values ('99_future', 'x', now())")
    with pytest.raises(WarehouseError, match="newer newsvane"), open_writer(layout, print):
        pass


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> Layout:
    """A published warehouse without rows. Read-only."""
    layout = Layout.at(tmp_path_factory.mktemp("empty"))
    empty_at(layout.published)
    return layout


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/hosts')", "select * from read_csv('/etc/hosts')", "from '/etc/hosts'",
        "select * from glob('/*')", "copy (select 1) to 'x.csv'", "attach 'x.db'", "install httpfs", "load httpfs",
        "set threads = 9", "export database 'x'", "create table x (a integer)", "select 1; select 2", "selec 1",
        "delete from fact_article", "pragma enable_profiling", "",
    ],
)  # fmt: skip
def test_sql_is_locked_down(empty: Layout, sql: str) -> None:
    with pytest.raises(ConfigError):
        run_analyst_query(empty, sql, Query())


def test_sql_answers_and_stops_in_time(empty: Layout) -> None:
    assert run_analyst_query(empty, "select 1 as one", Query()).rows == ((1,),)
    with pytest.raises(NewsvaneError, match="stopped after"):
        run_analyst_query(empty, "select count(*) from range(1000000000000)", Query(seconds=0.2))
