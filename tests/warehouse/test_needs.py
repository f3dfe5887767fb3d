"""A load that leaves out the statements that have nothing to do gives the same warehouse as one that runs all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.data_layout import Layout
from flows.errors import ShapeError
from flows.model import (
    Alert,
    Banner,
    Closing,
    ClosingsList,
    Exchange,
    Forecast,
    NwsAnswer,
    Observation,
)
from flows.sources import Place, Source, SourceCatalog
from flows.topic_config import TagAlias, Topics
from flows.warehouse import load as load_room
from flows.warehouse.batch import Batch
from flows.warehouse.connection import open_writer
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.fingerprint import fingerprint
from flows.warehouse.load import load_group, refresh_rollups
from flows.warehouse.staged_tables import Tables
from flows.warehouse.statements import needs, numbered
from flows.weather_model import PastForecast, ReadProblem, StationDay, StationPosition, StationReport, StormEvent
from flows.weather_model import WeatherHistory as History
from tests.conftest import EmptyAt
from tests.warehouse.conftest import ZONES, at, exchange, feed, reading, story

URL = "https://kxyz.test/content/news/{}.html"
PLACE = Place(name="Rivertown", state="MO", zone="America/Chicago", lat=39, lon=-94)
SOURCE = Source(
    name="kxyz", kind="station", title="KXYZ", home="https://kxyz.test/", zone="America/Chicago", place="rivertown-mo"
)
# Tables with the time at which a row was written, and the calendar, which no load writes.
LEFT_OUT = {"batch", "dim_source_version", "dim_date"}
STALE = "insert into stale_article select article_id, source_id, posted_date from fact_article"

Contents = dict[str, list[tuple[object, ...]]]


def filled(add: Callable[[Batch], None]) -> Tables:
    collected = Batch(ZONES)
    add(collected)
    return collected.tables()


def page(number: int, minutes: float, **fields: object) -> Tables:
    return filled(lambda batch: batch.add(exchange(URL.format(number), minutes), story(number, **fields)))


def asked(minutes: float, purpose: str, outcome: str = "new") -> Exchange:
    return exchange(f"https://kxyz.test/{purpose}", minutes, purpose=purpose, outcome=outcome)


def closings(minutes: float, *organisations: str) -> Tables:
    found = ClosingsList(
        "populated", at(minutes), [Closing(name, "Closed", date(2026, 3, 2)) for name in organisations]
    )
    return filled(lambda batch: batch.add_closings(asked(minutes, "closings"), found))


def nws(minutes: float, purpose: str, answer: NwsAnswer) -> Tables:
    return filled(lambda batch: batch.add_nws(asked(minutes, purpose), answer, ["rivertown-mo"]))


def history(minutes: float, found: History | ShapeError) -> Tables:
    asked_of = replace(asked(minutes, "history"), source="weather-files")
    return filled(lambda batch: batch.add_history(asked_of, found, ["rivertown-mo"]))


def mixed() -> Iterator[tuple[str, Tables]]:
    """Batches of which each fills few staged tables, with later ones on which the earlier ones bear."""
    banner, text = [Banner("severe", "Wind Chill Warning")], {"forecast_text": "Snow tonight."}
    alert = Alert("a", "Flood Warning", "Alert", "Actual", sent_at=at(0), zones=("MOC021",))
    cancel = Alert("b", "Flood Warning", "Cancel", "Actual", sent_at=at(50), zones=("MOC021",), references=("a",))
    report = StationReport("KXYZ", at(0), temp_f=30.0, precip_in=0.1, condition="Snow")
    day = StationDay("USW00000001", date(2026, 3, 2), 40.0, 20.0)
    storm = StormEvent(1, "Hail", "MO", "MOC021", "Clay", date(2026, 3, 2))
    yield "feed", filled(lambda batch: batch.add(feed(0, URL.format(1), URL.format(2))))
    yield "panel", page(1, 1, weather=[reading(1, 30)], banners=banner, **text)
    yield "plain page", page(2, 2, template="other")
    yield "unchanged", filled(lambda batch: batch.add(exchange(URL.format(1), 3, outcome="unchanged", status=304)))
    yield "no banner", page(1, 4, weather=[reading(1, 31)])
    yield "no panel", page(3, 5, banners=banner)
    yield "banner again", page(1, 6, weather=[reading(1, 30)], banners=banner, **text)
    yield "gone", filled(lambda batch: batch.add(exchange(URL.format(2), 7, outcome="gone", status=404)))
    yield "waiting", filled(lambda batch: batch.add(exchange(URL.format(4), 8, outcome="unchanged", status=304)))
    yield "waited for", page(4, 9)
    yield "closings", closings(10, "Elm School", "Oak School")
    yield "closings unchanged", filled(lambda batch: batch.add(asked(20, "closings", "unchanged")))
    yield "closings empty", closings(30)
    yield "closings failed", filled(lambda batch: batch.add(asked(40, "closings", "failed")))
    yield "observations", nws(11, "observations", NwsAnswer([Observation("KXYZ", at(0), 31.0, precip_in=0.1)]))
    yield "observations unchanged", filled(lambda batch: batch.add(asked(71, "observations", "unchanged")))
    yield "forecast", nws(12, "forecast", NwsAnswer(forecasts=[Forecast(at(0), date(2026, 3, 3), "day", 40.0, 20.0)]))
    yield "alerts", nws(13, "alerts", NwsAnswer(alerts=[alert]))
    yield "no alerts", nws(51, "alerts", NwsAnswer())
    yield "alert cancelled", nws(52, "alerts", NwsAnswer(alerts=[cancel]))
    yield "reports", history(14, History("table", "Mesonet", "metar", 1, reports=[report]))
    yield "days", history(15, History("rows", "NCEI", "ghcn", 1, days=[day]))
    yield (
        "stations",
        history(
            16, History("list", "NCEI", "station list", 1, positions=[StationPosition("KXYZ", "ghcn", 39.1, -94.1)])
        ),
    )
    yield "storms", history(17, History("storms", "NCEI", "storm events", 1, storms=[storm]))
    yield (
        "past forecasts",
        history(
            18,
            History(
                "json",
                "Open-Meteo",
                "previous run",
                1,
                forecasts=[PastForecast(at(0), date(2026, 3, 3), 1, 40.0, 20.0)],
            ),
        ),
    )
    yield "past alerts", history(19, History("vtec", "Mesonet", "vtec", 1, alerts=[alert]))
    yield (
        "problems",
        history(21, History("table", "Mesonet", "metar", 1, problems=[ReadProblem("not a time", 1, 2, "x")])),
    )
    yield "unreadable", history(22, ShapeError("the format is not known"))
    yield (
        "history without a body",
        filled(lambda batch: batch.add(replace(asked(23, "history"), source="weather-files"))),
    )
    yield "nothing", filled(lambda batch: None)


def contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """The fingerprints, and all rows of the other tables too."""
    refresh_rollups(connection)
    names = connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    found: Contents = {"fingerprints": sorted(fingerprint(connection).items())}
    for table in sorted({str(name) for (name,) in names} - LEFT_OUT):
        found[table] = connection.execute(f"select * from {table} order by all").fetchall()
    return found


def loaded(folder: Path, empty_at: EmptyAt, groups: int) -> Contents:
    """The contents after loading the mixed batches in so many groups, with changes of config between them. Batches that
    bear on each other are in different groups."""
    layout, batches = Layout.at(folder), list(mixed())
    empty_at(layout.warehouse)
    with open_writer(layout, print) as connection:
        sync_dimensions(connection, SourceCatalog({"kxyz": SOURCE}, {}), Topics())
        for number in range(groups):
            load_group(connection, dict(batches[number::groups]), "1")
            if number == 1:
                aliases = (TagAlias(label="City Council", means="Council", reason="shorter"),)
                places = {"rivertown-mo": PLACE.model_copy(update={"county_zone": "MOC021"})}
                sync_dimensions(connection, SourceCatalog({"kxyz": SOURCE}, places), Topics(aliases=aliases))
                connection.execute(STALE)
        return contents(connection)


@pytest.mark.parametrize("groups", [6, pytest.param(30, marks=pytest.mark.long)])
def test_statements_that_are_left_out_have_nothing_to_do(
    tmp_path: Path, empty_at: EmptyAt, monkeypatch: pytest.MonkeyPatch, groups: int
) -> None:
    found = loaded(tmp_path / "needed", empty_at, groups)
    assert len(found["agg_weather_day"]) > 1
    assert found["fact_source_day"]
    monkeypatch.setattr(load_room, "needs", lambda text: frozenset())
    every = loaded(tmp_path / "every", empty_at, groups)
    assert {name for name in every if found[name] != every[name]} == set()


def test_the_mixed_batches_bring_all_that_a_statement_needs_and_few_at_once() -> None:
    needed = {
        name for path in (*numbered("load"), *numbered("rollups/10_day")) for name in needs(path.read_text("utf-8"))
    }
    batches = [tables for _, tables in mixed()]
    for name in needed - {"stale_article"}:
        assert 0 < sum(name in brought(tables) for tables in batches) < len(batches) / 2, name


def brought(tables: Tables) -> set[str]:
    purposes = tables["stage_fetch"].column("purpose").to_pylist()
    return {name for name, table in tables.items() if table.num_rows} | {f"{purpose} exchanges" for purpose in purposes}
