"""Each format of weather history on small tables of our own: missing, trace, flagged, repeated and broken values."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime

import pytest

from flows.errors import ShapeError
from flows.model import Page
from flows.parse.weather_history.history import header_lines, parse_history
from flows.weather_model import StationDay, StationReport, WeatherHistory

METARS = """\
#DEBUG: Format Typ    -> onlycomma
#DEBUG: Time Zone     -> {zone}
station,valid,tmpf,dwpf,relh,drct,sknt,p01i,alti,vsby,gust,skyc1,wxcodes,feel,metar,snowdepth
"""


def read(text: str, name: str = "table.csv", **options: str) -> WeatherHistory:
    query = "&".join(f"{key}={value}" for key, value in options.items())
    return parse_history(Page(f"file:///{name}?{query}", text.encode()))


def metar(valid: str, head: str, rest: str = "M,M,M,M,M,M,M,M,M,M,M,M") -> str:
    return f"XYZ,{valid},{rest},KXYZ {head}Z 36007KT 10SM CLR 03/M08 A3003,M\n"


def problems(found: WeatherHistory) -> dict[str, int]:
    return {problem.problem: problem.rows for problem in found.problems}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_a_report_is_converted_once_and_its_marks_are_kept_apart() -> None:
    table = METARS.format(zone="UTC") + (
        "XYZ,2020-01-05 10:53,-2.00,-9.90,70.00,310.00,18.00,T,30.00,10.00,29.00,BKN,-SN BR,M,"
        "KXYZ 051053Z 31018G29KT 10SM -SN BR BKN030 M19/M23 A3000,3.00\n"
    )
    [report] = read(table).reports
    assert report == StationReport(
        "KXYZ", utc(2020, 1, 5, 10, 53), "routine", temp_f=-2.0, feels_like_f=-24.9, dewpoint_f=-9.9, wind_mph=20.71,
        gust_mph=33.37, wind_deg=310.0, humidity_pct=70.0, pressure_hpa=1015.9, visibility_mi=10.0, precip_in=0.0,
        is_precip_trace=True, snow_in=None, snow_depth_in=3.0, condition="Light Snow, Mist",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wind", "expected"),
    [("M,5.00", (5.75, None)), ("0.00,0.00", (0.0, None)), ("360.00,10.00", (11.51, 360.0)), ("M,M", (None, None))],
)
def test_variable_wind_and_calm_have_no_direction_and_north_is_360(wind: str, expected: tuple) -> None:
    table = METARS.format(zone="UTC") + metar("2020-01-05 10:53", "051053", f"M,M,M,{wind},M,M,M,M,M,M,M")
    [report] = read(table).reports
    assert (report.wind_mph, report.wind_deg) == expected


def test_both_hours_of_the_night_when_clocks_are_set_back_are_told_apart() -> None:
    table = METARS.format(zone="America/Chicago") + "".join(
        [
            metar("2020-11-01 01:54", "010654"),
            metar("2020-11-01 01:54", "010754"),
            "XYZ,2020-11-01 01:54,M,M,M,M,M,M,M,M,M,M,M,M,M,M\n",
            "XYZ,2020-03-08 02:30,M,M,M,M,M,M,M,M,M,M,M,M,M,M\n",
            metar("2020-07-01 12:54", "011754"),
        ]
    )
    found = read(table)
    assert [r.observed_at for r in found.reports] == [
        utc(2020, 11, 1, 6, 54), utc(2020, 11, 1, 7, 54), utc(2020, 7, 1, 17, 54),
    ]  # fmt: skip
    assert problems(found) == {
        "valid: in the repeated hour, and no METAR says in which": 1,
        "valid: this hour was skipped when clocks were set forward": 1,
    }


def test_without_a_zone_the_metar_gives_the_instant_and_without_both_there_is_none() -> None:
    header = METARS.partition("station")[1] + METARS.partition("station")[2]
    table = header + metar("2020-01-31 19:53", "010153") + "XYZ,2020-01-31 20:53,M,M,M,M,M,M,M,M,M,M,M,M,M,M\n"
    found = read(table)
    assert [r.observed_at for r in found.reports] == [utc(2020, 2, 1, 1, 53)]
    assert problems(found) == {"no time zone is known: give --zone": 1}
    assert len(read(table, tz="America/Chicago").reports) == 2


def test_broken_lines_are_counted_with_their_first_line() -> None:
    table = METARS.format(zone="UTC") + "".join(
        [
            metar("2020-01-05 10:53", "051053", "abc,M,M,M,M,M,M,M,M,M,M,M"),
            metar("2020-01-05 11:53", "051153", "999.00,M,M,M,M,M,M,M,M,M,M,M"),
            metar("2020-01-05 12:53", "051253", "nan,M,M,M,M,M,M,M,M,M,M,M"),
            metar("2020-01-05 13:53", "051353", "999.00,M,M,M,M,M,M,M,M,M,M,M"),
            "XYZ,2020-01-05\n",
            "XYZ,soon,M,M,M,M,M,M,M,M,M,M,M,M,M,M\n",
        ]
    )
    found = read(table, line="101")
    assert problems(found) == {
        "tmpf: out of range": 2, "tmpf: not a number": 1, "2 cells instead of 16": 1, "valid: not a time": 1,
    }  # fmt: skip
    [first] = [problem for problem in found.problems if problem.problem == "tmpf: out of range"]
    assert (first.line, first.sample) == (105, "999.00")
    assert [r.temp_f for r in found.reports] == [None] * 4


def test_specials_are_told_from_the_hourly_reports_by_their_minute() -> None:
    table = METARS.format(zone="UTC") + "".join(
        metar(f"2020-01-05 {at[:2]}:{at[2:]}", f"05{at}") for at in ("1053", "1120", "1153", "1241", "1253")
    )
    assert [r.kind for r in read(table).reports] == ["routine", "special", "routine", "special", "routine"]


def test_values_come_from_the_metar_only_where_the_table_has_no_columns_for_them() -> None:
    text = (
        "station\tvalid\tmetar\n"
        "XYZ\t2024-03-01 17:07\tKXYZ 011707Z 18006G17KT 1 1/2SM -PLRA OVC070 04/M03 A3025 RMK AO2 P0003 T00441028\n"
        "XYZ\t2024-03-01 17:53\tKXYZ 011753Z 00000KT 10SM +TSRA 20/18 A2990 RMK AO2 P0000\n"
    )
    one, two = read(text).reports
    assert (one.temp_f, one.dewpoint_f, one.gust_mph, one.visibility_mi, one.precip_in) == (
        39.92,
        26.96,
        19.56,
        1.5,
        0.03,
    )
    assert (one.condition, two.condition) == ("Light Ice Pellets and Rain", "Heavy Thunderstorm and Rain")
    assert (two.temp_f, two.is_precip_trace, one.is_precip_trace) == (68.0, True, False)


DLY = "US1MOBC0001202402TMAX" + "".join(
    f"{value:>5}{flags}" for value, flags in [(-17, "  7"), (50, " I7"), (-9999, "   "), (111, "  7")]
) + "-9999   " * 27  # fmt: skip


def test_fixed_width_days_leave_out_what_is_missing_or_failed_a_check() -> None:
    found = read(f"{DLY}\n{DLY.replace('TMAX', 'SNWD')}\nnonsense\n", "x.dly")
    assert [(d.date.day, d.max_temp_f, d.snow_depth_in) for d in found.days] == [(1, 28.94, None), (4, 51.98, 4.3701)]
    assert problems(found) == {
        "failed quality check I: TMAX": 1, "failed quality check I: SNWD": 1, "SNWD: out of range": 1,
        "not a line of a .dly file": 1,
    }  # fmt: skip


ROWS = """\
USW00099999,20140106,TMAX,-243,,,W,2400
USW00099999,20140106,PRCP,0,T,,W,2400
USW00099999,20140106,SNWD,150,,,W,
USW00099999,20140106,SNWD,160,,,W,
USW00099999,20140106,WSF5,304,,,W,
USW00099999,20140106,WSFG,300,,,W,
USW00099999,20140106,WT01,1,,,X,
USW00099999,20140106,WT09,1,,,X,
USW00099999,20140106,TSUN,55,,,X,
USW00099999,20140231,TMAX,1,,,W,
"""
EXPECTED = StationDay(
    "USW00099999", date(2014, 1, 6), max_temp_f=-11.74, precip_in=0.0, snow_depth_in=5.9055, max_gust_mph=68.0,
    conditions=("Fog", "Blowing Snow"), traces=("precip_in",), ends_local="2400",
)  # fmt: skip


def test_rows_of_one_day_become_one_day() -> None:
    found = read(ROWS)
    assert found.days == [EXPECTED]
    assert problems(found) == {
        "SNWD: a second value for its day, left out": 1, "not stored: TSUN": 1, "not a date": 1,
    }  # fmt: skip


def test_rows_without_an_id_take_it_from_the_name_of_the_file() -> None:
    text = "date,attr,value,a,b,c,d\n" + ROWS.replace("USW00099999,", "")
    assert read(text, "USW00099999.csv").days == [EXPECTED]
    with pytest.raises(ShapeError, match="no station id"):
        read(text, "minneapolis.csv")


ACCESS = """"STATION","DATE","LATITUDE","LONGITUDE","ELEVATION","NAME","PRCP","PRCP_ATTRIBUTES","SNOW","SNOW_ATTRIBUTES"
"USW00099999","2001-01-01","39.5","-94.5","100.0","OLD FIELD, US","  191",",,Z,null","  152",",,Z"
"USW00099999","2001-01-02","39.5","-94.5","100.0","OLD FIELD, US","    0","T,,Z,0700","   13",",I,Z"
"USW00099999","2002-01-01","39.9","-94.9","-999.9","NEW FIELD, US",,,"    0",",,Z"
"""


def test_an_access_table_gives_days_and_the_positions_of_a_station_that_moved() -> None:
    found = read(ACCESS)
    assert [(d.precip_in, d.snow_in, d.traces, d.ends_local) for d in found.days] == [
        (0.752, 5.9843, (), None), (0.0, None, ("precip_in",), "0700"), (None, 0.0, (), None),
    ]  # fmt: skip
    assert [(p.from_date, p.lat, p.elevation_ft, p.name) for p in found.positions] == [
        (date(2001, 1, 1), 39.5, 328.1, "OLD FIELD, US"), (date(2002, 1, 1), 39.9, None, "NEW FIELD, US"),
    ]  # fmt: skip
    assert problems(found) == {"failed quality check I: SNOW": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ACCESS.replace("2001-01-01", "2001-01"), "monthly summary"),
        (ACCESS.replace("_ATTRIBUTES", "_FLAGS"), "units are not known"),
        ("a,b,c\n1,2,3\n", "format is not known"),
        ('{"answer": 1}', "format is not known"),
        ("{broken", "not JSON"),
        ("# only a comment\n\n", "empty"),
        ("station,valid,tmpf\n" + '"' + "x" * 200_000, "not CSV"),
    ],
)
def test_what_is_not_read_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        read(text)


STORMS = """\
BEGIN_YEARMONTH,BEGIN_DAY,BEGIN_TIME,END_YEARMONTH,END_DAY,END_TIME,EVENT_ID,STATE,EVENT_TYPE,CZ_TYPE,CZ_FIPS,CZ_NAME,\
BEGIN_DATE_TIME,CZ_TIMEZONE,DEATHS_DIRECT,DEATHS_INDIRECT,DAMAGE_PROPERTY,MAGNITUDE,MAGNITUDE_TYPE,EVENT_NARRATIVE
195004,28,1445,195004,28,1445,1,MISSOURI,Tornado,C,21,BUCHANAN,28-APR-50 14:45:00,CST,1,2,2.5M,0,,"Two lines
of text, one event"
202107,10,30,202107,10,45,2,MISSOURI,Thunderstorm Wind,C,21,BUCHANAN,10-JUL-21 00:30:00,CST-6,,,.05K,61,EG,
202107,10,30,202107,10,45,3,MISSOURI,Hail,Z,20,SOMEWHERE,10-JUL-21 00:30:00,CSC,0,0,much,1.75,,
202107,45,30,202107,10,45,4,MISSOURI,Hail,Z,20,SOMEWHERE,10-JUL-21 00:30:00,CST,0,0,,1.75,,
"""


def test_storm_events_have_their_century_unit_and_standard_time() -> None:
    found = read(STORMS)
    tornado, wind, hail = found.storms
    assert (tornado.begin_at, tornado.zone, tornado.deaths, tornado.damage_usd) == (
        utc(1950, 4, 28, 20, 45), "MOC021", 3, 2_500_000,
    )  # fmt: skip
    assert tornado.narrative == "Two lines of text, one event"
    assert (wind.begin_at, wind.magnitude, wind.magnitude_unit, wind.damage_usd, wind.deaths) == (
        utc(2021, 7, 10, 6, 30), 70.2, "mph", 50, None,
    )  # fmt: skip
    assert (hail.begin_at, hail.begin_date, hail.magnitude, hail.damage_usd) == (None, date(2021, 7, 10), 1.75, None)
    assert problems(found) == {
        "time zone 'CSC' is not known: times left out": 1, "DAMAGE_PROPERTY: not an amount": 1,
        "an event without id, day or time": 1,
    }  # fmt: skip


VTEC = """\
issue,expire,wfo,eventid,status,updated,ugc,phenomena,significance,hvtec_nwsli,init_expire,product_issue
2024-01-13 00:00:00-06,2024-01-16 11:04:00-06,EAX,1,CAN,x,MOZ020,WC,W,,2024-01-16 12:00:00-06,2024-01-12 03:24:00-06
2024-01-13 00:00:00-06,2024-01-16 12:00:00-06,EAX,1,EXP,x,MOZ021,WC,W,,2024-01-16 12:00:00-06,2024-01-12 03:24:00-06
2024-01-13 00:00:00-06,2024-01-16 12:00:00-06,EAX,1,EXP,x,MOZ021,WC,W,,2024-01-16 12:00:00-06,2024-01-12 03:24:00-06
2024-01-13 00:00:00-06,2024-01-16 12:00:00-06,EAX,2,NEW,x,MOZ021,QQ,W,,,
soon,,EAX,3,NEW,x,MOZ021,WC,W,,,
"""


def test_an_alert_ends_when_it_was_cancelled_zone_by_zone() -> None:
    found = read(VTEC)
    assert [(a.id, a.zones, a.ends_at, a.ended_at) for a in found.alerts] == [
        ("vtec:2024.EAX.WC.W.0001", ("MOZ020",), utc(2024, 1, 16, 18), utc(2024, 1, 16, 17, 4)),
        ("vtec:2024.EAX.WC.W.0001", ("MOZ021",), utc(2024, 1, 16, 18), None),
        ("vtec:2024.EAX.QQ.W.0002", ("MOZ021",), utc(2024, 1, 16, 18), None),
    ]
    assert (found.alerts[0].event, found.alerts[0].sent_at) == ("Wind Chill Warning", utc(2024, 1, 12, 9, 24))
    assert set(problems(found)) == {
        "the same event and zone again: the last row counts", "unknown VTEC code QQ.W: kept under its code",
        "an event without issue time, number or zone",
    }  # fmt: skip


def test_the_list_of_events_of_one_zone_is_read_too() -> None:
    text = (
        "vtec_year,iso_issued,issued,iso_expired,expired,eventid,phenomena,significance,hvtec_nwsli,wfo,ugc,name\n"
        "2024,2024-05-19T22:10:00Z,2024-05-19 22:10,2024-05-19T22:45:00Z,2024-05-19 22:45,7,TO,W,,EAX,MOC021,Tornado\n"
    )
    [alert] = read(text).alerts
    assert (alert.id, alert.event, alert.onset_at) == (
        "vtec:2024.EAX.TO.W.0007", "Tornado Warning", utc(2024, 5, 19, 22, 10)
    )  # fmt: skip


def model(block: str, units: dict[str, str], values: dict[str, list], **more: object) -> str:
    return json.dumps({
        "latitude": 39.77, "longitude": -94.85, "generationtime_ms": 1, "timezone": "America/Chicago",
        "utc_offset_seconds": -18000, f"{block}_units": units, block: values, **more,
    })  # fmt: skip


def test_units_of_a_model_come_from_the_response_and_an_unknown_one_gives_no_value() -> None:
    units = {"time": "iso8601", "temperature_2m": "°C", "wind_speed_10m": "km/h", "snowfall": "furlong"}
    values = {"time": ["2022-01-26T00:00"], "temperature_2m": [-22.0], "wind_speed_10m": [None], "snowfall": [1.0]}
    found = read(model("hourly", units, values), "archive_hours.json")
    [report] = found.reports
    assert (report.observed_at, report.temp_f, report.wind_mph, report.snow_in, report.kind) == (
        utc(2022, 1, 26, 5), -7.6, None, None, "model",
    )  # fmt: skip
    assert problems(found) == {"hourly.snowfall: no conversion from unit 'furlong'": 1}


def test_earlier_runs_become_a_high_and_low_per_whole_local_day_and_lead() -> None:
    start = int(utc(2024, 3, 10, 6).timestamp())  # midnight in Chicago, the day of 23 hours
    hours = [start + 3600 * hour for hour in range(23 + 5)]
    names = {f"temperature_2m_previous_day{lead}": [float(10 * lead + at) for at in range(28)] for lead in (1, 3)}
    units = {"time": "unixtime", **dict.fromkeys(names, "°F")}
    found = read(model("hourly", units, {"time": hours, **names}))
    assert [(f.lead_days, f.issued_at, f.valid_date, f.hi_f, f.lo_f) for f in found.forecasts] == [
        (1, utc(2024, 3, 9, 6), date(2024, 3, 10), 32.0, 10.0), (3, utc(2024, 3, 7, 6), date(2024, 3, 10), 52.0, 30.0),
    ]  # fmt: skip
    assert problems(found) == {"a day with fewer than 23 hours forecast: no high and low": 2}


def test_a_forecast_without_its_time_of_issue_is_counted_and_not_kept() -> None:
    values = {"time": ["2022-01-26"], "temperature_2m_max": [1.0]}
    found = read(model("daily", {"temperature_2m_max": "°C"}, values), "forecast.json")
    assert (found.kept, sum(problems(found).values())) == (0, 1)


CF6 = """\
CF6XYZ
                                          MONTH:     FEBRUARY
                                          YEAR:      2020

 8  29  13  21  -4  44   0    T    T    4  8.5 16 310   M    M   7 1      20 310
31   2   1   1  -4  44   0 0.10  1.0    4  8.5 16 310   M    M   7        20 310
"""
RTP = """\
RTPXYZ
1048 AM CDT Wed Sep 22 2021

.BR XYZ 0922 C DH00/TAIRZX/DH06/TAIRZP/PPDRZZ/SFDRZZ/SDIRZZ
STJ  :  Town               :  77 /  41 /   T   /      /   M
ABC  :  Short              :  77 /  41
.END

.BR XYZ 0922 C DH06/TAIRZX/TAIRZN/PPDRZZ/SFDRZZ/SDIRZZ
MYVM7:Other town           :DH0700/  MM /  45 /  0.10  /      /
.END
"""


def test_climate_reports_keep_the_day_that_each_value_is_of() -> None:
    [day] = read(CF6, "cf6.txt").days
    assert (day.station, day.date, day.min_temp_f, day.max_gust_mph) == ("KXYZ", date(2020, 2, 8), 13.0, 20.0)
    assert day.traces == ("precip_in", "snow_in")
    found = read(RTP, "rtp.txt")
    assert [(d.station, d.date.day, d.max_temp_f, d.min_temp_f, d.precip_in, d.traces) for d in found.days] == [
        ("KSTJ", 21, 77.0, None, None, ()), ("KSTJ", 22, None, 41.0, 0.0, ("precip_in",)),
        ("MYVM7", 22, None, 45.0, 0.1, ()),
    ]  # fmt: skip
    assert problems(found) == {"2 values instead of 5": 1}


CLI = "station,product,valid,high,high_normal,low,highest_gust_speed,snowdepth\nKXYZ,x,2024-01-09,32,30,19,43,M"
SUMMARY = "iemid,max_tmpf,min_tmpf,day,max_gust,pday\n37,32,19,2024-01-09,65.2,0.0001"
COOP = "station,day,high,low,precip,snow,sday,snowd,temp_hour\nXYZ,2024-01-09,32,19,0.0001,0,0109,0,7"


@pytest.mark.parametrize(
    ("table", "method", "gust"), [(CLI, "cli", 43.0), (SUMMARY, "summary", 75.03), (COOP, "coop", None)]
)
def test_climate_tables_are_told_by_their_columns(table: str, method: str, gust: float | None) -> None:
    found = read(table)
    [day] = found.days
    assert (found.method, day.max_temp_f, day.min_temp_f, day.max_gust_mph) == (method, 32.0, 19.0, gust)
    assert day.ends_local == ("0700" if method == "coop" else None)


def test_station_lists_give_positions_and_periods() -> None:
    ghcn = "USW00099999  39.7683  -94.9094  246.0 MO TOWN MEM AP                           \nbroken\n"
    network = {"schema": {}, "data": [{
        "id": "STJ", "network": "MO_ASOS", "latitude": 39.7, "longitude": -94.9, "elevation": 250.0, "name": "Town",
        "archive_begin": "1973-01-01T00:00:00Z", "archive_end": None,
    }, {"id": None}]}  # fmt: skip
    meteostat = json.dumps({
        "id": "72449", "name": {"en": "Town"}, "identifiers": {"icao": "KSTJ", "ghcn": "USW00099999"},
        "location": {"latitude": 39.7, "longitude": -94.1},
    })  # fmt: skip
    one = read(ghcn)
    assert [(p.station, p.lon, p.elevation_ft, p.state) for p in one.positions] == [
        ("USW00099999", -94.9094, 807.1, "MO")
    ]
    assert problems(one) == {"not a line with a station and its position": 1}
    [listed] = read(json.dumps(network)).positions
    assert (listed.station, listed.from_date, listed.until_date) == ("KSTJ", date(1973, 1, 1), None)
    assert [(p.station, p.ghcn_id) for p in read(meteostat).positions] == [
        ("KSTJ", "USW00099999"), ("USW00099999", "USW00099999"),
    ]  # fmt: skip


def test_days_outside_those_asked_for_are_counted() -> None:
    found = read(ACCESS, since="2001-01-02", until="2001-12-31")
    assert [d.date for d in found.days] == [date(2001, 1, 2)]
    assert problems(found)["outside the days asked for (2001-01-02 to 2001-12-31)"] == 2


def test_gzip_is_unpacked_and_a_damaged_file_is_named() -> None:
    packed = gzip.compress(ROWS.encode())
    assert len(parse_history(Page("file:///a.csv.gz", packed)).days) == 1
    with pytest.raises(ShapeError, match="damaged gzip"):
        parse_history(Page("file:///a.csv.gz", packed[:40]))


@pytest.mark.parametrize(
    ("text", "lines"),
    [(METARS, 3), (ACCESS, 1), (ROWS, 0), (DLY, 0), (STORMS, 1), (VTEC, 1), (CF6, None), ("{}", None)],
)
def test_the_lines_that_each_part_of_a_file_needs(text: str, lines: int | None) -> None:
    assert header_lines(text) == lines
