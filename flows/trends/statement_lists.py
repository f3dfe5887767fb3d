"""Reads the lists of numbers that a statement hands on to a test."""

from __future__ import annotations

from typing import Any

import numpy as np

from flows.trends.statistics import Integers
from flows.warehouse.statement_query import QueryResult


def lists_of(found: QueryResult, kind: str) -> dict[str, tuple[Integers, Integers]]:
    """The two lists of each row of one kind, by name, in the statement's order; a null is an empty list."""
    return {
        str(name): (numbers(first), numbers(second)) for row_kind, name, first, second in found.rows if row_kind == kind
    }


def numbers(cell: object) -> Integers:
    """One list of whole numbers; a null is an empty one."""
    return np.array([] if cell is None else cell, dtype=np.int64)


def labels(cell: Any) -> list[str]:
    """One list of names; a null is an empty one."""
    return [] if cell is None else [str(label) for label in cell]
