"""Weather history on its way from files and services through the archive into the facts: once, and complete."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.archive.warc_reader import records, sealed
from flows.pipeline import weather_files
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.pipeline.rebuild import rebuild_from_archive
from flows.pipeline.weather_backfill import (
    Backfill,
    WeatherRun,
    archive_files,
    ask_services,
    describe_files,
    load_history,
)
from flows.pipeline.weather_files import FileRequest, content_of, file_url, matching_files, parts
from flows.pipeline.weather_services import WeatherServices, load_weather_services
from flows.sources import load_sources
from flows.warehouse.connection import open_writer
from tests.fetch.sites import LOOPBACK, Site, page, serve, settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAINT_JOSEPH, SAVANNAH = "saint-joseph-mo", "savannah-mo"
HEADER = "station,valid,tmpf,dwpf,sknt,p01i,metar\n"


def report(at: datetime, temp: float | str, rain: str = "0.00") -> str:
    return f"STJ,{at:%Y-%m-%d %H:%M},{temp},20.00,5.00,{rain},KSTJ {at:%d%H%M}Z 36005KT 10SM CLR\n"


def hours(first: datetime, count: int) -> str:
    return HEADER + "".join(report(first + timedelta(hours=n), 20 + n % 24) for n in range(count))


def job_at(layout: Layout, *keys: str, since: str = "2015-01-01", at: datetime = NOW) -> Backfill:
    known = load_sources().places
    places = {key: known[key] for key in keys or (SAINT_JOSEPH,)}
    return Backfill(
        layout, settings(max_attempts=1), SimulatedClock(at), lambda line: None, places, date.fromisoformat(since),
        at.date(),
    )  # fmt: skip


def load(layout: Layout) -> None:
    """Load what the archive has that is not loaded yet, without publishing it."""
    sync_config(layout, lambda line: None)
    load_batches(layout, unloaded(layout, sealed(layout), lambda line: None), lambda line: None)


def publish(layout: Layout) -> None:
    """Load it as the command does: checked and published."""
    load_history(layout, load_weather_services(), lambda line: None)


def rows(layout: Layout, sql: str) -> list[tuple[Any, ...]]:
    with open_writer(layout, print) as connection:
        return connection.execute(sql).fetchall()


def written(tmp_path: Path, text: str | bytes, name: str = "KSTJ.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def files_of(layout: Layout) -> int:
    return len(list(sealed(layout)))


def test_a_file_is_archived_as_it_is_and_loaded_once(tmp_path: Path, layout: Layout) -> None:
    text = hours(datetime(2020, 1, 17, 6, 53), 48)
    path = written(tmp_path, text)
    run = archive_files(job_at(layout), [path], None)
    [archived] = sealed(layout)
    [(exchange, kept)] = records(archived)
    assert kept is not None
    assert (kept.body, exchange.attempts, exchange.purpose) == (text.encode(), 0, "history")
    assert str(tmp_path) not in exchange.url
    publish(layout)
    expected = "select count(*), min(observed_at), min(temp_f), max(temp_f) from fact_weather_observation"
    assert rows(layout, expected) == [(48, datetime(2020, 1, 17, 6, 53, tzinfo=UTC), 20, 43)]
    again = archive_files(job_at(layout), [path], None)
    assert (again.urls, again.skipped, files_of(layout)) == ([], 1, 1)
    (tmp_path / "elsewhere").mkdir()
    moved = path.rename(tmp_path / "elsewhere" / path.name)
    assert archive_files(job_at(layout), [moved], None).skipped == 1
    assert describe_files(layout, run.urls) == ["KSTJ.csv: metar table: 48 rows, 48 records"]


def test_overlapping_files_and_a_longer_copy_give_every_report_once(tmp_path: Path, layout: Layout) -> None:
    start = datetime(2020, 1, 17, 6, 53)
    for count, name in ((30, "a.csv"), (48, "b.csv"), (48, "c.csv")):
        archive_files(job_at(layout), [written(tmp_path, hours(start, count), name)], None)
    load(layout)
    assert rows(layout, "select count(*), count(distinct observed_at) from fact_weather_observation") == [(48, 48)]
    archive_files(job_at(layout, SAVANNAH), [tmp_path / "b.csv"], None)
    load(layout)
    counts = "select place, count(*) from fact_weather_observation group by place order by place"
    assert rows(layout, counts) == [("Saint Joseph", 48), ("Savannah", 48)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_readings_of_one_report_the_fuller_counts_in_any_order(
    tmp_path: Path, layout: Layout, order: tuple[int, int]
) -> None:
    at = datetime(2020, 1, 17, 6, 53)
    texts = [HEADER + report(at, "M"), HEADER + report(at, 31.0)]
    for number in order:
        archive_files(job_at(layout), [written(tmp_path, texts[number], f"{number}.csv")], None)
        load(layout)
    assert rows(layout, "select temp_f, value_count from fact_weather_observation") == [(31.0, 5)]


def test_the_local_day_sums_routine_reports_only(tmp_path: Path, layout: Layout) -> None:
    # 05:53 UTC is 23:53 of the day before in Saint Joseph; the special repeats the rain so far.
    table = HEADER + "".join([
        report(datetime(2020, 1, 17, 5, 53), 10, "0.50"), report(datetime(2020, 1, 17, 6, 53), 30, "0.10"),
        report(datetime(2020, 1, 17, 7, 20), 31, "0.07"), report(datetime(2020, 1, 17, 7, 53), 32, "0.20"),
        report(datetime(2020, 1, 18, 5, 53), 8, "T"), report(datetime(2020, 1, 18, 6, 53), 50, "0.00"),
    ])  # fmt: skip
    archive_files(job_at(layout), [written(tmp_path, table)], None)
    load(layout)
    day = "select max_temp_f, min_temp_f, round(precip_in, 2), is_precip_trace, observations from agg_weather_day"
    assert rows(layout, f"{day} where date = '2020-01-17'") == [(32, 8, 0.3, True, 4)]


def test_an_unknown_file_is_named_and_the_others_are_loaded(tmp_path: Path, layout: Layout) -> None:
    bad = written(tmp_path, "what,is,this\n1,2,3\n", "bad.csv")
    good = written(tmp_path, hours(datetime(2020, 1, 1), 2), "good.csv")
    run = archive_files(job_at(layout), [bad, good], None)
    assert len(run.failures) == 1
    assert "bad.csv" in run.failures[0]
    assert "not known" in run.failures[0]
    assert files_of(layout) == 1


def test_what_could_not_be_read_is_kept_with_its_line(tmp_path: Path, layout: Layout) -> None:
    table = hours(datetime(2020, 1, 1), 2) + "STJ,2020-01-01 03:00\n" + report(datetime(2020, 1, 1, 4), "hot")
    run = archive_files(job_at(layout), [written(tmp_path, table)], None)
    publish(layout)
    problems = "select problem, rows, line from weather_file_problem order by line"
    assert rows(layout, problems) == [
        ("2 cells instead of 7", 1, 4), ("tmpf: not a number", 1, 5),
    ]  # fmt: skip
    assert describe_files(layout, run.urls) == [
        "KSTJ.csv: metar table: 3 rows, 3 records",
        "  1 x 2 cells instead of 7 (first: line 4: STJ,2020-01-01 03:00)",
        "  1 x tmpf: not a number (first: line 5: hot)",
    ]


def test_a_large_file_is_split_by_lines_with_its_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weather_files, "PART_BYTES", 1000)
    text = "#DEBUG: Time Zone     -> UTC\n" + hours(datetime(2020, 1, 1), 60)
    for name, body in (("a.csv", text.encode()), ("a.csv.gz", gzip.compress(text.encode()))):
        found = list(parts(written(tmp_path, body, name)))
        assert len(found) > 3
        head = b"".join(text.encode().splitlines(keepends=True)[:2])
        assert all(part.body.startswith(head) and part.body.endswith(b"\n") for part in found)
        assert found[0].body + b"".join(part.body.removeprefix(head) for part in found[1:]) == text.encode()
        lines = text.encode().splitlines()
        for part in found:
            assert lines[part.line + 1] == part.body.splitlines()[2], "the line number of the first row"


def test_a_quoted_line_break_is_not_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weather_files, "PART_BYTES", 120)
    body = (
        b"BEGIN_YEARMONTH,BEGIN_DAY,BEGIN_TIME,EVENT_ID,EVENT_TYPE,STATE,CZ_TIMEZONE,TEXT\n"
        + b'1,1,1,1,a,b,c,"x\ny"\n' * 20
    )
    found = list(parts(written(tmp_path, body)))
    assert len(found) > 3
    assert all(part.body.count(b'"') % 2 == 0 for part in found)


def test_parts_are_joined_again_and_an_interrupted_file_goes_on(
    tmp_path: Path, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weather_files, "PART_BYTES", 2000)
    path = written(tmp_path, hours(datetime(2020, 1, 1), 100))
    request = FileRequest((SAINT_JOSEPH,), date(2015, 1, 1), NOW.date())
    first = next(iter(parts(path)))
    url = file_url(path, request, content_of(path), first)
    monkeypatch.setattr("flows.pipeline.weather_backfill.parts", lambda path: [first])
    archive_files(job_at(layout), [path], None)
    monkeypatch.setattr("flows.pipeline.weather_backfill.parts", parts)
    run = archive_files(job_at(layout), [path], None)
    assert url not in run.urls
    assert len(run.urls) == len(list(parts(path))) - 1
    load(layout)
    assert rows(layout, "select count(*), count(distinct observed_at) from fact_weather_observation") == [(100, 100)]


def test_a_part_that_a_killed_run_left_open_is_recovered(tmp_path: Path, layout: Layout) -> None:
    path = written(tmp_path, hours(datetime(2020, 1, 1), 5))
    archive_files(job_at(layout), [path], None)
    [archived] = sealed(layout)
    archived.rename(archived.with_name(archived.name + ".open"))
    (layout.state / "weather-files.sqlite").unlink()
    assert archive_files(job_at(layout), [path], None).skipped == 1
    assert files_of(layout) == 1


@pytest.mark.long
def test_a_rebuild_gives_the_same_warehouse(tmp_path: Path, layout: Layout) -> None:
    for number, text in enumerate(
        (hours(datetime(2020, 1, 1), 30), daily_rows(2010, 2), hours(datetime(2020, 1, 2), 9))
    ):
        archive_files(job_at(layout), [written(tmp_path, text, f"{number}.csv")], None)
    publish(layout)
    done = rebuild_from_archive(layout, lambda line: None)
    assert rows(layout, "select count(*) from fact_source_day") == [(0,)]
    assert (done.compared, done.differing) == (True, {})


def daily_rows(first_year: int, years: int, station: str = "USW00013993") -> str:
    """Days of a station whose low is the same on every day of a year, one degree Celsius more each year."""
    text = []
    day = date(first_year, 1, 1)
    while day.year < first_year + years:
        low = 10 * (day.year - first_year)
        text += [f"{station},{day:%Y%m%d},TMIN,{low},,,W,", f"{station},{day:%Y%m%d},TMAX,{low + 100},,,W,"]
        day += timedelta(days=1)
    return "\n".join(text) + "\n"


@pytest.fixture(scope="module")
def twelve_years(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A warehouse with twelve years of days, a few hours of the town's own station, and a station of two years."""
    folder = tmp_path_factory.mktemp("years")
    layout = Layout.at(folder / "data")
    paths = [
        written(folder, daily_rows(2004, 12), "days.csv"),
        written(folder, daily_rows(2014, 2, "USC00238888"), "short.csv"),
        written(folder, hours(datetime(2015, 6, 1, 6), 30), "hours.csv"),
        written(
            folder,
            "USW00013993  39.7683  -94.9094  246.0 MO TOWN MEM AP                           \n"
            "USC00238888  39.9000  -94.9094  246.0 MO FARM                                  \n",
            "stations.txt",
        ),
    ]
    archive_files(job_at(layout, since="2000-01-01"), paths, None)
    load(layout)
    return layout


def test_a_normal_rests_on_ten_years_and_says_how_cold_a_day_is_for_its_season(twelve_years: Layout) -> None:
    [day] = rows(
        twelve_years,
        "select provider, method, low_f, normal_low_f, low_percentile, high_percentile, normal_years,"
        " round(station_miles, 1), is_whole from weather_by_day where date = '2015-01-20'",
    )
    # The lows are 0 to 11 °C in equal numbers; the last is in the middle of the highest twelfth.
    assert day == ("USW00013993", "ghcn", 51.8, 41.9, 95.8, 95.8, 12, 3.3, True)


@pytest.mark.parametrize(
    ("on", "days"), [("2023-12-30", 180), ("2023-01-02", 180), ("2023-02-28", 183), ("2024-02-29", 183)]
)
def test_the_window_of_a_normal_reaches_over_new_year_and_the_leap_day(
    twelve_years: Layout, on: str, days: int
) -> None:
    normal = "select len(lows), years from agg_weather_normal where (month, day) = (month(date '{0}'), day(date '{0}'))"
    assert rows(twelve_years, normal.format(on)) == [(days, 12)]


def test_a_station_of_few_years_has_no_normal_of_its_own(twelve_years: Layout) -> None:
    assert rows(twelve_years, "select distinct provider from agg_weather_normal") == [("USW00013993",)]


def test_hours_of_an_incomplete_day_give_way_to_a_whole_day(twelve_years: Layout) -> None:
    days = (
        "select date, provider, method from weather_by_day where date between '2015-06-01' and '2015-06-02' order by 1"
    )
    assert rows(twelve_years, days) == [
        (date(2015, 6, 1), "USW00013993", "ghcn"), (date(2015, 6, 2), "USW00013993", "ghcn"),
    ]  # fmt: skip


def test_every_place_knows_its_stations_by_distance_and_period(twelve_years: Layout) -> None:
    found = rows(
        twelve_years,
        "select station, miles, first_date, last_date, days, methods from place_stations"
        " where place = 'Saint Joseph' order by miles nulls last",
    )
    assert found == [
        ("USW00013993", 3.3, date(2004, 1, 1), date(2015, 12, 31), 4383, ["ghcn"]),
        ("USC00238888", 9.7, date(2014, 1, 1), date(2015, 12, 31), 730, ["ghcn"]),
        ("KSTJ", None, date(2015, 6, 1), date(2015, 6, 2), 2, ["metar"]),
    ]


def test_alerts_are_mapped_to_towns_and_end_when_cancelled(tmp_path: Path, layout: Layout) -> None:
    table = (
        "issue,expire,wfo,eventid,status,ugc,phenomena,significance,hvtec_nwsli,init_expire,product_issue\n"
        "2024-01-13 00:00:00-06,2024-01-16 11:04:00-06,EAX,1,CAN,MOZ020,WC,W,,2024-01-16 12:00:00-06,\n"
        "2024-01-13 00:00:00-06,2024-01-16 12:00:00-06,EAX,1,EXP,MOZ012,WC,W,,2024-01-16 12:00:00-06,\n"
        "2024-05-19 17:10:00-05,2024-05-19 17:45:00-05,EAX,7,EXP,MOC021,TO,W,,2024-05-19 17:45:00-05,\n"
    )
    archive_files(job_at(layout), [written(tmp_path, table)], None)
    load(layout)
    assert rows(layout, "select place, event, until_at, is_ended_early from town_alerts order by until_at, place") == [
        ("Saint Joseph", "Wind Chill Warning", datetime(2024, 1, 16, 17, 4, tzinfo=UTC), True),
        ("Savannah", "Wind Chill Warning", datetime(2024, 1, 16, 18, tzinfo=UTC), False),
        ("Saint Joseph", "Tornado Warning", datetime(2024, 5, 19, 22, 45, tzinfo=UTC), False),
    ]


def test_a_pattern_without_a_file_is_a_usage_error(tmp_path: Path) -> None:
    written(tmp_path, "x", "a.csv")
    assert matching_files([f"{tmp_path}/*.csv", f"{tmp_path}/a.*"]) == [(tmp_path / "a.csv").resolve()]
    with pytest.raises(ConfigError, match="no file matches"):
        matching_files([f"{tmp_path}/*.dly"])


def test_damaged_gzip_files_are_named_and_the_others_are_archived(tmp_path: Path, layout: Layout) -> None:
    long, short = (gzip.compress(hours(datetime(2020, 1, 1), count).encode()) for count in (20_000, 20))
    damaged = {
        "long.gz": long[:-100],
        "short.gz": short[:-30],
        "flipped.gz": short[:60] + b"\xff" * 30 + short[90:],
        "sum.gz": short[:-8] + b"\x00" * 8,
    }
    paths = [written(tmp_path, body, name) for name, body in [*damaged.items(), ("good.gz", short)]]
    run = archive_files(job_at(layout), paths, None)
    assert [failure.count("damaged gzip") for failure in run.failures] == [1] * len(damaged)
    assert all(failure.count(name) == 1 for failure, name in zip(run.failures, damaged, strict=True))
    assert [Path(urlsplit(url).path).name for url in run.urls] == ["good.gz"]


# -- services --------------------------------------------------------------------------------------------------------


def services_at(site: Site) -> WeatherServices:
    """The shipped services, on loopback."""
    shipped = load_weather_services().model_dump()
    for service in shipped.values():
        for key, value in service.items():
            if isinstance(value, str) and value.startswith("https://"):
                service[key] = f"{site.url}/" + value.partition("://")[2].partition("/")[2]
        service.update(delay_s=0, allow_addresses=LOOPBACK)
    return WeatherServices(**shipped)


def answers(site: Site, year_reports: dict[int, str]) -> None:
    """What the services answer: a network, reports by year, alerts, days and their stations, storms."""
    station = {"id": "STJ", "network": "MO_ASOS", "latitude": 39.77, "longitude": -94.9}
    network = {"schema": {}, "data": [{**station, "archive_begin": "1973-01-01T00:00:00Z"}]}

    def respond(path: str) -> object:
        if "asos.py" in path:
            year = int(path.partition("year1=")[2][:4])
            return page(year_reports[year], "text/plain") if year in year_reports else page("busy", status=500)
        if "vtec_events" in path:
            return page(
                "vtec_year,iso_issued,iso_expired,eventid,phenomena,significance,hvtec_nwsli,wfo,ugc\n", "text/csv"
            )
        if "by_station/USW00013993" in path:
            return page(gzip.compress(daily_rows(2024, 2).encode()), "application/gzip")
        return page("nothing", status=404)

    class Pages(dict):
        def get(self, path: str, default: object = None) -> object:
            return super().get(path) or respond(path)

    site.pages = Pages(site.pages)
    site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
    site.pages["/api/1/network/MO_ASOS.json"] = page(json.dumps(network), "application/json")
    site.pages["/pub/data/ghcn/daily/ghcnd-stations.txt"] = page(
        "USC00238888  39.7700  -94.8500  246.0 MO CLOSER                                \n"
        "USW00013993  39.7683  -94.9094  246.0 MO TOWN MEM AP                           \n", "text/plain",
    )  # fmt: skip


def year_of_reports() -> dict[int, str]:
    return {year: hours(datetime(year, 1, 1, 0, 53), 24) for year in (2024, 2025, 2026)}


def asked(site: Site, part: str) -> list[str]:
    return [path for path, _ in site.log if part in path]


def ask(site: Site, layout: Layout, *datasets: str, at: datetime = NOW) -> WeatherRun:
    return ask_services(job_at(layout, since="2024-01-01", at=at), services_at(site), datasets)


def test_services_are_asked_by_year_and_a_past_year_only_once(layout: Layout) -> None:
    with serve() as site:
        answers(site, year_of_reports())
        run = ask(site, layout, "reports", "days", "alerts")
        assert run.failures == []
        assert asked(site, "robots.txt")
        assert len(asked(site, "asos.py")) == 3
        assert all("station=STJ&" in path and "tz=Etc%2FUTC" in path for path in asked(site, "asos.py"))
        assert len(asked(site, "vtec_events")) == 6  # two zones, three years
        again = ask(site, layout, "reports", at=NOW + timedelta(hours=1))
        assert len(asked(site, "asos.py")) == 4
        assert "year1=2026" in asked(site, "asos.py")[-1]
        assert (len(asked(site, "network")), again.skipped) == (1, 2)
    load(layout)
    assert rows(layout, "select count(*), count(distinct observed_at) from fact_weather_observation") == [(72, 72)]
    assert rows(layout, "select count(*) from fact_station_day") == [(731,)]
    assert rows(layout, "select outcome from fact_fetch where url like '%MO_ASOS%'") == [("new",)]


def test_a_request_that_fails_is_named_and_asked_again_by_the_next_run(layout: Layout) -> None:
    with serve() as site:
        reports = year_of_reports()
        missing = reports.pop(2025)
        answers(site, reports)
        run = ask(site, layout, "reports")
        assert [failure for failure in run.failures if "2025" in failure and "500" in failure] == run.failures
        reports[2025] = missing
        site.log.clear()
        assert ask(site, layout, "reports", at=NOW + timedelta(hours=3)).failures == []
        assert [path for path in asked(site, "asos.py") if "year1=2025" in path]
        assert not [path for path in asked(site, "asos.py") if "year1=2024" in path]


def test_what_robots_txt_forbids_is_not_requested(layout: Layout) -> None:
    with serve() as site:
        answers(site, year_of_reports())
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /cgi-bin\n", "text/plain")
        run = ask(site, layout, "reports")
        assert asked(site, "asos.py") == []
        assert len(run.failures) == 3
        assert all("robots.txt" in failure for failure in run.failures)


def test_the_storm_file_made_last_is_taken_for_each_year(layout: Layout) -> None:
    header = "BEGIN_YEARMONTH,BEGIN_DAY,BEGIN_TIME,EVENT_ID,EVENT_TYPE,STATE,CZ_TYPE,CZ_FIPS,CZ_NAME,CZ_TIMEZONE\n"
    table = header + "202405,19,1710,1,Hail,MISSOURI,C,21,BUCHANAN,CST-6\n202405,19,1710,2,Hail,KANSAS,C,21,X,CST-6\n"
    folder = "/pub/data/swdi/stormevents/csvfiles/"
    name = "StormEvents_details-ftp_v1.0_d{}_c{}.csv.gz"
    with serve() as site:
        answers(site, {})
        links = "".join(f"<a href='{name.format(2024, made)}'>x</a>" for made in (20240801, 20250401, 20240901))
        site.pages[folder] = page(f"<html>{links}<a href='{name.format(1990, 20250101)}'>x</a></html>")
        site.pages[folder + name.format(2024, 20250401)] = page(gzip.compress(table.encode()), "application/gzip")
        run = ask(site, layout, "storms")
        assert run.failures == []
        assert [path.rpartition("_")[2] for path in asked(site, "details")] == ["c20250401.csv.gz"]
        assert ask(site, layout, "storms", at=NOW + timedelta(days=9)).skipped == 1
    load(layout)
    assert rows(layout, "select place, event from town_storms") == [("Saint Joseph", "Hail")]
    assert rows(layout, "select problem, rows from weather_file_problem") == [
        ("an event of another state than the places", 1)
    ]


def test_earlier_forecasts_are_loaded_beside_the_others(layout: Layout) -> None:
    start = int(datetime(2025, 1, 10, 6, tzinfo=UTC).timestamp())
    answer = json.dumps({
        "latitude": 39.77, "longitude": -94.85, "generationtime_ms": 1, "timezone": "America/Chicago",
        "hourly_units": {"time": "unixtime", "temperature_2m_previous_day2": "°F"},
        "hourly": {"time": [start + 3600 * n for n in range(24)],
                   "temperature_2m_previous_day2": [float(n) for n in range(24)]},
    })  # fmt: skip
    with serve() as site:
        answers(site, {})

        class Always(dict):
            def get(self, path: str, default: object = None) -> object:
                return page(answer, "application/json") if "v1/forecast" in path else page("", "text/plain")

        site.pages = Always()
        assert ask(site, layout, "forecasts").failures == []
    load(layout)
    found = rows(layout, "select place, provider, method, issued_at, valid_date, hi_f, lo_f from fact_weather_forecast")
    assert found == [
        (
            "Saint Joseph",
            "Open-Meteo",
            "previous run",
            datetime(2025, 1, 8, 6, tzinfo=UTC),
            date(2025, 1, 10),
            23.0,
            0.0,
        )
    ]


def test_an_answer_of_an_unknown_format_stays_in_the_archive_and_is_named(layout: Layout) -> None:
    with serve() as site:
        answers(site, dict.fromkeys((2024, 2025, 2026), "ERROR: the service is closed today"))
        run = ask(site, layout, "reports")
    publish(layout)
    assert rows(layout, "select count(*) from weather_file where format is null") == [(3,)]
    assert all("the format is not read" in line for line in describe_files(layout, run.urls) if line.startswith("  "))


def test_places_with_one_station_share_its_requests(layout: Layout) -> None:
    with serve() as site:
        answers(site, year_of_reports())
        job = replace(job_at(layout, SAINT_JOSEPH, SAVANNAH, since="2024-01-01"))
        ask_services(job, services_at(site), ["reports"])
        assert len(asked(site, "asos.py")) == 3
    load(layout)
    counts = "select place, count(*) from fact_weather_observation group by place order by place"
    assert rows(layout, counts) == [("Saint Joseph", 72), ("Savannah", 72)]


def test_a_place_that_comes_later_gets_what_was_archived_for_another(layout: Layout) -> None:
    with serve() as site:
        answers(site, year_of_reports())
        later = NOW + timedelta(hours=1)
        for keys, at in (((SAINT_JOSEPH,), NOW), ((SAVANNAH,), NOW), ((SAVANNAH, SAINT_JOSEPH), later)):
            job = replace(job_at(layout, *keys, since="2024-01-01", at=at))
            run = ask_services(job, services_at(site), ["reports", "days"])
            assert run.failures == []
        assert run.urls == []
        assert len([path for path in asked(site, "asos.py") if "year1=2026" not in path]) == 2
        assert len(asked(site, "by_station/USW00013993")) == 1
        (layout.state / "weather-mesonet.sqlite").unlink()
        assert ask_services(job, services_at(site), ["reports"]).urls == [], "the state is rebuilt from the archive"
    load(layout)
    for counts in (
        "select place, count(*) from fact_weather_observation group by place order by place",
        "select town.name, least(count(*), 72) from agg_weather_day join dim_place as town using (place_id)"
        " where method = 'ghcn' group by town.name order by town.name",
    ):
        assert rows(layout, counts) == [("Saint Joseph", 72), ("Savannah", 72)]


def test_an_answer_that_is_found_unchanged_after_its_year_is_not_asked_again(layout: Layout) -> None:
    with serve() as site:
        answers(site, year_of_reports())
        for days in (0, 3, 4):
            job = replace(job_at(layout, since="2026-01-01", at=NOW + timedelta(days=days)), until=NOW.date())
            run = ask_services(job, services_at(site), ["reports"])
        assert (len(asked(site, "asos.py")), run.skipped) == (2, 1)


@pytest.mark.parametrize(("status", "failures"), [(404, 0), (500, 1)])
def test_a_station_without_a_file_is_no_failure_if_another_has_one(layout: Layout, status: int, failures: int) -> None:
    with serve() as site:
        answers(site, {})
        site.pages["/pub/data/ghcn/daily/ghcnd-stations.txt"] = page(
            "USC00238888  39.7700  -94.8500  246.0 MO CLOSER                                \n"
            "USC00237777  39.7683  -94.9094  246.0 MO FARTHER                               \n", "text/plain",
        )  # fmt: skip
        folder = "/pub/data/ghcn/daily/by_station/"
        site.pages[f"{folder}USC00238888.csv.gz"] = page("none", status=status)
        days = gzip.compress(daily_rows(2024, 1, "USC00237777").encode())
        site.pages[f"{folder}USC00237777.csv.gz"] = page(days, "application/gzip")
        run = ask(site, layout, "days")
    assert len(run.failures) == failures
    assert run.urls[-1].endswith("USC00237777.csv.gz")
