"""Synchronizes dimensions with config: sources and their history, towns, spellings, and what config says of topics."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from flows.sources import SourceCatalog
from flows.topic_config import Topics, normalize_label
from flows.warehouse.datelines import spellings
from flows.warehouse.statements import sequence, statement
from flows.warehouse.transaction import transaction


def sync_dimensions(connection: duckdb.DuckDBPyConnection, catalog: SourceCatalog, topics: Topics) -> None:
    """Write the current config to the dimensions, in one transaction. Existing keys stay; a source that left config is
    kept with enabled = false.

    Where a tag alias is new, changed or gone, the tag rollups of the days that have its label are recomputed. Body text
    of sources with store_body = false is removed; publishing then overwrites the space it took.
    """
    tables = {
        "config_source": pa.Table.from_pylist(_sources(catalog), _SOURCE),
        "config_era": pa.Table.from_pylist(_eras(catalog), _ERA),
        "config_place": pa.Table.from_pylist(_places(catalog), _PLACE),
        "config_spelling": pa.Table.from_pylist(_spellings(catalog), _SPELLING),
        "config_zone": pa.Table.from_pylist(_zones(catalog), _ZONE),
        "config_alias": pa.Table.from_pylist(_aliases(topics), _ALIAS),
        "config_rule": pa.Table.from_pylist(_rules(topics), _RULE),
        "config_parent": pa.Table.from_pylist(_parents(topics), _PARENT),
        "config_facet": pa.Table.from_pylist(
            [{"folded": normalize_label(tag), "facet": facet} for tag, facet in topics.facets.items()], _FACET
        ),
    }
    for name, table in tables.items():
        connection.register(name, table)
    try:
        with transaction(connection):
            for text in sequence("dimensions"):
                connection.execute(text)
            if connection.execute("select 1 from changed_alias limit 1").fetchone():
                for text in (statement("dimensions/touched_day"), *sequence("rollups/10_day/20_tag")):
                    connection.execute(text)
    finally:
        for name in tables:
            connection.unregister(name)


def _text(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.string()) for name in names]


_SOURCE = pa.schema(
    [
        *_text("name", "kind", "title", "home", "zone", "call_sign", "owner", "place_key"),
        ("enabled", pa.bool_()),
        ("store_body", pa.bool_()),
        ("reviewed_date", pa.date32()),
    ]
)
_ERA = pa.schema([*_text("name", "owner", "system", "domain"), ("since_date", pa.date32())])
_PLACE = pa.schema(
    [*_text("place_key", "name", "state", "county", "zone", "station"), ("lat", pa.float64()), ("lon", pa.float64())]
)
_SPELLING = pa.schema(_text("place_key", "folded"))
_ZONE = pa.schema(_text("place_key", "zone"))
_ALIAS = pa.schema([*_text("alias_folded", "means_folded", "means", "reason"), ("since_date", pa.date32())])
_RULE = pa.schema([*_text("topic", "folded", "kind", "text", "reason"), ("since_date", pa.date32())])
_PARENT = pa.schema(_text("tag_folded", "parent_folded"))
_FACET = pa.schema(_text("folded", "facet"))


def _sources(catalog: SourceCatalog) -> list[dict[str, object]]:
    fields = ("name", "kind", "title", "home", "zone", "call_sign", "owner", "enabled", "store_body")
    return [
        {
            **{field: getattr(source, field) for field in fields},
            "place_key": source.place,
            "reviewed_date": source.reviewed,
        }
        for source in catalog.sources.values()
    ]


def _eras(catalog: SourceCatalog) -> list[dict[str, object]]:
    return [
        {"name": source.name, "since_date": era.since, "owner": era.owner, "system": era.system, "domain": era.domain}
        for source in catalog.sources.values()
        for era in source.history
    ]


def _places(catalog: SourceCatalog) -> list[dict[str, object]]:
    fields = ("name", "state", "county", "zone", "station", "lat", "lon")
    return [{"place_key": key, **{f: getattr(place, f) for f in fields}} for key, place in catalog.places.items()]


def _spellings(catalog: SourceCatalog) -> list[dict[str, object]]:
    return [
        {"place_key": key, "folded": folded}
        for key, place in catalog.places.items()
        for folded in sorted(set(spellings(place)))
    ]


def _zones(catalog: SourceCatalog) -> list[dict[str, object]]:
    return [
        {"place_key": key, "zone": zone}
        for key, place in catalog.places.items()
        for zone in (place.nws_zone, place.county_zone)
        if zone
    ]


def _aliases(topics: Topics) -> list[dict[str, object]]:
    return [
        {
            "alias_folded": normalize_label(alias.label),
            "means_folded": normalize_label(alias.means),
            "means": alias.means,
            "since_date": alias.since,
            "reason": alias.reason,
        }
        for alias in topics.aliases
    ]


def _rules(topics: Topics) -> list[dict[str, object]]:
    return [
        {
            "topic": rule.topic,
            "folded": normalize_label(rule.topic),
            "kind": kind,
            "text": text,
            "reason": rule.reason,
            "since_date": rule.since,
        }
        for rule in topics.rules
        for kind, texts in (("phrase", rule.phrases), ("pattern", rule.patterns))
        for text in texts
    ]


def _parents(topics: Topics) -> list[dict[str, object]]:
    return [
        {"tag_folded": normalize_label(tag), "parent_folded": normalize_label(parent)}
        for tag, parents in topics.parents.items()
        for parent in dict.fromkeys(parents)
    ]
