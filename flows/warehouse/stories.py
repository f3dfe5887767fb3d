"""Clusters copies of one story: a story starts with its first copy and takes in copies of the next three days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Final

import duckdb
import pyarrow as pa

from flows.warehouse.statements import statement

_SPAN: Final = timedelta(days=3)
_FIRST: Final = pa.schema([("node", pa.int64()), ("first", pa.int64())])
Node = tuple[int, date, str]


def cluster_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Recompute the stories around the texts that this load changed, inside its transaction.

    It starts with those texts and reads on only where a story gained or lost members, so that its cost does not grow
    with the length of a chain of copies. The order of loading has no effect on the result.
    """
    connection.execute(statement("story/start"))
    while _has_new_members(connection):
        connection.execute(statement("story/edge"))
        nodes = connection.execute(statement("story/linked_node")).fetchall()
        edges = connection.execute("select a, b from story_edge").fetchall()
        first = first_copies(nodes, edges)
        table = pa.table({"node": list(first), "first": list(first.values())}, schema=_FIRST)
        connection.register("story_first", table)
        try:
            connection.execute(statement("story/story_now"))
        finally:
            connection.unregister("story_first")
    connection.execute(statement("story/fact_story"))


def _has_new_members(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the seeds bring new members; always true at the first call with a seed."""
    connection.execute(statement("story/near"))
    row = connection.execute(statement("story/member")).fetchone()
    return row is not None and row[0] > 0


def first_copies(nodes: Iterable[Node], edges: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """For each node (key, day, name; sorted by day and name) the key of the first node of its story.

    Copies of one day belong together. They join the earliest story that has a copy among the days before and began at
    most three days ago; without one they begin a story.
    """
    neighbors: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        neighbors[a].append(b)
        neighbors[b].append(a)
    facts: dict[int, Node] = {}
    first: dict[int, int] = {}
    for day, group in groupby(nodes, key=lambda node: node[1]):
        today = {node[0]: node for node in group}
        facts |= today
        for key in today:
            if key not in first:
                together = _reachable(key, neighbors, today)
                stories = {first[other] for one in together for other in neighbors[one] if other in first}
                open_stories = [facts[story] for story in stories if day - facts[story][1] <= _SPAN]
                start = min(open_stories, key=lambda node: node[1:])[0] if open_stories else key
                first |= dict.fromkeys(together, start)
    return first


def _reachable(start: int, neighbors: Mapping[int, list[int]], among: Mapping[int, Node]) -> set[int]:
    found, left = {start}, [start]
    while left:
        for key in neighbors.get(left.pop(), ()):
            if key in among and key not in found:
                found.add(key)
                left.append(key)
    return found
