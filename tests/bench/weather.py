"""Measures a weather backfill: ten years of hours of five stations, archived, loaded, checked and published, then given
again. Usage: python -m tests.bench.weather [--years N] [--stations N]; CPU seconds include the parser processes.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from flows.clock import SystemClock
from flows.data_layout import Layout
from flows.pipeline.weather_backfill import Backfill, archive_files, load_history
from flows.pipeline.weather_services import load_weather_services
from flows.settings import load_settings
from flows.sources import load_sources
from flows.warehouse.connection import open_writer

HEADER = (
    "station,valid,tmpf,dwpf,relh,drct,sknt,p01i,alti,mslp,vsby,gust,skyc1,skyc2,skyc3,skyc4,skyl1,skyl2,skyl3,skyl4,"
    "wxcodes,ice_accretion_1hr,ice_accretion_3hr,ice_accretion_6hr,peak_wind_gust,peak_wind_drct,peak_wind_time,feel,"
    "metar,snowdepth\n"
)
STATIONS = ("STJ", "EVU", "MCI", "CDJ", "FNB", "OJC", "MKC", "TOP")
FIRST = datetime(2015, 1, 1, 0, 53)
PLACE = "saint-joseph-mo"


def write_hours(path: Path, stations: int, years: int) -> int:
    """A table of hourly reports like those of the service; returns its rows."""
    rng, rows = Random(1), 0
    last = FIRST.replace(year=FIRST.year + years)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number, station in enumerate(STATIONS[:stations]):
            at = FIRST + timedelta(minutes=number)
            while at < last:
                file.write(row(station, at, rng))
                at += timedelta(hours=1)
                rows += 1
    return rows


def row(station: str, at: datetime, rng: Random) -> str:
    """One report: the season, the hour of the day and some chance."""
    season = 52 - 27 * math.cos(2 * math.pi * (at.timetuple().tm_yday - 15) / 365)
    temp = round(season - 9 * math.cos(2 * math.pi * (at.hour - 9) / 24) + rng.gauss(0, 6), 1)
    wind, rain = rng.randint(0, 22), rng.choice(("0.00",) * 12 + ("T", "0.03", "0.21"))
    gust = f"{wind + 11}.00" if wind > 15 else "M"
    code = "M" if rain == "0.00" else "-SN BR" if temp < 32 else "-RA"
    metar = (
        f"K{station} {at:%d%H%M}Z 300{wind:02}KT 10SM CLR {abs(int(temp - 32)):02}/M08 A3003 RMK AO2 SLP168 T00281083"
    )
    return (
        f"{station},{at:%Y-%m-%d %H:%M},{temp},{temp - 8:.1f},{rng.randint(30, 99)}.50,300.00,{wind}.00,{rain},30.03,"
        f"1016.80,10.00,{gust},CLR,M,M,M,M,M,M,M,{code},M,M,M,M,M,M,M,{metar},M\n"
    )


def cpu_s() -> float:
    """CPU seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--stations", type=int, default=5)
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path, layout = Path(folder) / "hours.csv", Layout.at(Path(folder) / "data")
        rows = write_hours(path, asked.stations, asked.years)
        sys.stdout.write(f"{rows} rows, {path.stat().st_size / 1e6:.0f} MB\n")
        job = Backfill(
            layout, load_settings(), SystemClock(), lambda line: None, {PLACE: load_sources().places[PLACE]},
            date(2000, 1, 1), datetime.now(UTC).date(),
        )  # fmt: skip
        for name in ("first time", "given again"):
            started, wall = cpu_s(), datetime.now(UTC)
            archive_files(job, [path], None)
            archived = cpu_s()
            load_history(layout, load_weather_services(), lambda line: None)
            ended = cpu_s()
            wall_s = (datetime.now(UTC) - wall).total_seconds()
            sys.stdout.write(
                f"{name}: archive {archived - started:.1f} s, load, check and publish {ended - archived:.1f} s CPU;"
                f" wall {wall_s:.1f} s\n"
            )
        with open_writer(layout, print) as connection:
            counts = connection.execute(
                "select count(*), count(distinct (provider, observed_at)) from fact_weather_observation"
            ).fetchone()
            days = connection.execute("select count(*), max(normal_years) from weather_by_day").fetchone()
    sys.stdout.write(f"observations, distinct: {counts}; days, years of the normal: {days}\n")
    return 0 if counts == (rows, rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
