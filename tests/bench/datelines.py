"""Measures how often the place of a dateline is resolved to the right town.

Usage: python -m tests.bench.datelines [--states MO MI TX]

The config of a source has all towns of its state in the bundled gazetteer. Datelines name them with their state, or, on
the source's own articles, without; wire stories name towns of other states, half of them with a namesake in the state,
and cities that need no state. A town that is not in the config must stay unresolved.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from flows.data_layout import Layout
from flows.model import Exchange, Origin, OriginKind, Parsed, PlaceMention
from flows.pipeline.gazetteer import Town, place_key, towns
from flows.sources import Source, SourceCatalog
from flows.topic_config import Topics
from flows.warehouse.batch import Batch
from flows.warehouse.connection import open_writer
from flows.warehouse.datelines import STATES_IN_DATELINES
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import load

START: Final = datetime(2026, 3, 2, 15, tzinfo=UTC)
# City -> its state; None: abroad.
CITIES: Final = {
    "Washington": "DC", "Cleveland": "OH", "Houston": "TX", "Dallas": "TX", "Miami": "FL", "Paris": None,
    "London": None, "Milan": None, "Rome": None, "Athens": None,
}  # fmt: skip
FOUND: Final = """
select article.native_id::integer, town.place_key
from fact_article as article
join fact_article_place as mention using (article_id)
left join dim_place as town on town.place_id = mention.place_id
"""


class Dateline(NamedTuple):
    """What is printed on an article of this origin, and the key of the town, if it is in the config."""

    kind: str
    printed: str
    origin: OriginKind
    key: str | None


def datelines(state: str, chance: Random) -> list[Dateline]:
    own = [town for town in towns() if town.state == state]
    names = {town.name for town in own}
    namesakes = [town for town in towns() if town.state != state and town.name in names]
    far = [town for town in towns() if town.state != state and town.name not in names]
    made = [Dateline("own town with state", with_state(town), "wire", town.key) for town in chance.choices(own, k=200)]
    made += [Dateline("own town alone", town.name.upper(), "own", town.key) for town in chance.choices(own, k=200)]
    made += [Dateline("namesake", with_state(town), "wire", None) for town in chance.choices(namesakes, k=200)]
    made += [Dateline("other town", with_state(town), "wire", None) for town in chance.choices(far, k=200)]
    for city, where in CITIES.items():
        key = place_key(city, state) if where == state else None
        made += [Dateline("city alone", city.upper(), "wire", key)] * 10
    return made


def with_state(town: Town) -> str:
    return f"{town.name.upper().replace('SAINT ', 'ST. ')}, {STATES_IN_DATELINES.get(town.state, town.state)}"


def resolved(state: str, made: list[Dateline]) -> dict[int, str | None]:
    """The key of the town that the warehouse gives to each dateline, by its number."""
    places = {town.key: town.place() for town in towns() if town.state == state}
    home = next(iter(places))
    fields = {"name": "kxyz", "kind": "station", "title": "K", "home": "https://kxyz.test/", "zone": "UTC"}
    source = Source.model_validate({**fields, "place": home})
    batch = Batch({"kxyz": "UTC"})
    for number, dateline in enumerate(made):
        url = f"https://kxyz.test/{number}"
        places_of = [PlaceMention(dateline.printed, "dateline")]
        page = Parsed(url=url, native_id=str(number), title="T", origin=Origin(dateline.origin), places=places_of)
        at = START + timedelta(minutes=number)
        batch.add(Exchange(source="kxyz", url=url, requested_at=at, purpose="article", outcome="new", status=200), page)
    with tempfile.TemporaryDirectory() as folder, open_writer(Layout(Path(folder)), print) as connection:
        sync_dimensions(connection, SourceCatalog({"kxyz": source}, places), Topics())
        load(connection, "one", batch.tables(), "1")
        return dict(connection.execute(FOUND).fetchall())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--states", nargs="+", default=["MO", "MI", "TX"])
    chance, given, right, all_of, hits, known = Random(5), Counter[str](), Counter[str](), Counter[str](), 0, 0
    for state in parser.parse_args().states:
        made = datelines(state, chance)
        found = resolved(state, made)
        for number, dateline in enumerate(made):
            all_of[dateline.kind] += 1
            given[dateline.kind] += found[number] is not None
            right[dateline.kind] += found[number] == dateline.key
            known += dateline.key is not None
            hits += dateline.key is not None and found[number] == dateline.key
    for kind, number in all_of.items():
        print(f"{kind:<22}{number:>6} datelines{given[kind]:>6} resolved{right[kind] / number:>8.3f} right")
    print(f"precision {hits / given.total():.3f}, recall {hits / known:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
