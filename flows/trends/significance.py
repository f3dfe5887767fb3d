"""Says of tested differences which are likely real, and folds away the rows that could be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flows.counts import count_text
from flows.warehouse.statement_query import QueryResult

LIKELY: Final = "likely real"
UNCLEAR: Final = "could be chance"
_Q: Final = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows to show, best first, how many are not shown because they could be chance, and what is said of both."""

    result: QueryResult
    folded: int = 0
    notes: tuple[str, ...] = ()


def q_values(p_values: Sequence[float], tested: int | None = None) -> list[float]:
    """Benjamini-Hochberg q-values (1995) over everything that was tested, shown or not; `tested` is how many that is
    where p-values of 1 are left out."""
    from scipy.stats import false_discovery_control  # only a test needs scipy, which takes long to import

    if not len(p_values):
        return []
    more = 1.0 if tested is None else tested / len(p_values)
    return [min(1.0, more * float(value)) for value in false_discovery_control(p_values)]


def in_words(q_value: float) -> str:
    """`likely real` where at most 5 % of what is called so is expected to be chance."""
    return LIKELY if q_value <= _Q else UNCLEAR


def answer_of(
    columns: tuple[str, ...], rows: Sequence[tuple[object, ...]], show: object, tested: int, top: object = None
) -> Answer:
    """Of `rows`, in order, those that are likely real or, with `show` 'all', every one; of these, the first `top` where
    it is given. `tested` is how many differences were tested."""
    at = columns.index("verdict")
    likely = [row for row in rows if row[at] == LIKELY]
    shown = rows if show == "all" else likely
    notes = [f"{tested:,} tested, {len(likely):,} likely real: q-value at most {_Q:g}."] if tested else []
    if folded := len(rows) - len(shown):
        hidden = count_text(folded, "row that could be chance is", "rows that could be chance are")
        notes.append(f"{hidden} folded away; --param show=all shows all.")
    last = None if top is None else int(str(top))
    return Answer(QueryResult(columns, tuple(shown[:last])), folded, tuple(notes))
