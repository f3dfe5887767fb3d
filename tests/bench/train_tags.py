"""Learns flows/parse/article/tag_weights.py by ridge regression of a list's F1 on its features.

    python -m tests.bench.train_tags path/to/articles        # prints cross-validated macro F1, writes the table

`path/to/articles` holds cases.jsonl and score.py. Publishers only split the folds; they are never a feature.
"""

from __future__ import annotations

import importlib.util
import sys
import zlib
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.model import Page
from flows.parse.article import tag_weights
from flows.parse.article.scope import Scope
from flows.parse.article.tag_lists import linked_lists, stated_lists
from flows.parse.article.tags import MIN_SCORE, agreement, cleaned, is_own, page_terms, score_list
from flows.parse.article.title import read_title
from flows.parse.page.document import Document

FOLDS = 10
PENALTY = 3.0
Row = tuple[dict[str, float], float, bool]
Case = tuple[str, str, list[Row]]


def load_score(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(score: Any, case: dict[str, Any]) -> list[Row]:
    """Each candidate list of one page: its features, the F1 it would give, and whether it may be chosen."""
    document = Document(Page(case["url"], case["page"]))
    title = read_title(document) or ""
    lists = stated_lists(document) + linked_lists(document, Scope(document, title))
    terms = page_terms(document, title)
    scored = [score_list(candidate, terms) for candidate in lists]
    want = score.norm_set(case["expected"]["tags"])
    rows: list[Row] = []
    for rank, candidate in enumerate(lists):
        got = score.norm_set(cleaned(candidate.labels, terms))
        f1 = score.prf(len(want & got), len(got - want), len(want - got))[2]
        rows.append((scored[rank].features | agreement(rank, scored), f1, is_own(scored[rank], scored)))
    return rows


def fit(rows: list[Row]) -> dict[str, float]:
    """Weights that minimize squared error plus PENALTY times their squares."""
    names = sorted({name for values, _, _ in rows for name in values})
    place = {name: index for index, name in enumerate(names)}
    size = len(names)
    matrix = [[PENALTY * (i == j) for j in range(size)] + [0.0] for i in range(size)]
    for values, target, _ in rows:
        present = [(place[name], value) for name, value in values.items() if value]
        for i, left in present:
            matrix[i][size] += left * target
            for j, right in present:
                matrix[i][j] += left * right
    for i in range(size):
        for below in range(i + 1, size):
            factor = matrix[below][i] / matrix[i][i]
            for column in range(i, size + 1):
                matrix[below][column] -= factor * matrix[i][column]
    weights = [0.0] * size
    for i in reversed(range(size)):
        rest = sum(matrix[i][j] * weights[j] for j in range(i + 1, size))
        weights[i] = (matrix[i][size] - rest) / matrix[i][i]
    return dict(zip(names, weights, strict=True))


def chosen_f1(weights: dict[str, float], rows: list[Row]) -> float:
    scores = [
        (sum(weights.get(name, 0.0) * value for name, value in values.items()), f1)
        for values, f1, may_be_chosen in rows
        if may_be_chosen
    ]
    score, f1 = max(scores, key=lambda item: item[0], default=(0.0, 0.0))
    return f1 if score > MIN_SCORE else 0.0


def cross_validated(cases: list[Case]) -> dict[str, float]:
    """Suite -> macro F1, each page scored with weights learned without its publisher."""
    found: dict[str, list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        seen = [case for case in cases if zlib.crc32(case[1].encode()) % FOLDS != fold]
        weights = fit([row for _, _, rows in seen for row in rows])
        for suite, group, rows in cases:
            if zlib.crc32(group.encode()) % FOLDS == fold:
                found[suite].append(chosen_f1(weights, rows))
    return {suite: sum(values) / len(values) for suite, values in found.items()}


def main() -> None:
    score = load_score(Path(sys.argv[1]))
    cases: list[Case] = []
    for case in score.load_cases(("fundus", "trafilatura")):
        if case["expected"]["tags"]:
            cases.append((case["suite"], case["group"], rows_of(score, case)))
    for suite, f1 in cross_validated(cases).items():
        print(f"{suite}: cross-validated macro F1 {f1:.3f}")
    weights = fit([row for _, _, rows in cases for row in rows])
    target = Path(tag_weights.__file__)
    head = target.read_text(encoding="utf-8").partition("WEIGHTS")[0]
    lines = "".join(f'    "{name}": {value:.3f},\n' for name, value in sorted(weights.items()))
    target.write_text(f"{head}WEIGHTS: dict[str, float] = {{\n{lines}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
