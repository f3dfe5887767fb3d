"""Scores the parser's tuned constants on publishers they were not tuned on.

    python -m tests.bench.crossval path/to/articles

Each constant is set to several values; in ten folds by publisher, the value that is best on nine folds is scored on the
held-out one; then each suite is scored with the value that is best on the other suites. The gap between `chosen on all`
and `cross-validated` shows overfitting. The tag weights are learned anew in every fold (see train_tags).

Bodies are compared by the F1 of their 4-grams, those of the suite wcxb as well, which score.py compares by words.
"""

from __future__ import annotations

import sys
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any

from flows.parse.article import body, container, published, summary, tags
from tests.bench.predict import predict
from tests.bench.train_tags import FOLDS, cross_validated, load_score, rows_of

BODIES = ("fundus", "zyte", "wcxb")
# (module, name, values to try, field scored, suites that have the field); the shipped value is tried as well.
CONSTANTS: list[tuple[ModuleType, str, list[float], str, tuple[str, ...]]] = [
    (container, "WIDER", [1.1, 1.2, 1.3, 1.4, 1.6, 2.0], "body", BODIES),
    (container, "MIN_ARTICLE_SHARE", [0.1, 0.25, 0.5], "body", BODIES),
    (container, "MIN_PARAGRAPH", [20, 30, 40, 60, 80], "body", BODIES),
    (container, "SHORT_BODY", [100, 200, 400, 800], "body", BODIES),
    (container, "OUTSIDE_SHARE", [0.05, 0.1, 0.2, 0.4], "body", BODIES),
    (container, "FADING", [0.6, 0.75, 0.85], "body", BODIES),
    (body, "MIN_SHARE", [0.8, 0.9, 0.95], "body", BODIES),
    (body, "LENIENT_GAIN", [1.05, 1.15, 1.3], "body", BODIES),
    (body, "WIDER_GAIN", [1.5, 2.0, 3.0], "body", BODIES),
    (body, "MAX_LINKED", [0.15, 0.25, 0.4], "body", BODIES),
    (tags, "MIN_SCORE", [0.0, 0.1, 0.15, 0.25, 0.4], "tags", ("fundus", "trafilatura")),
    (tags, "SKIP_LINKS_SCORE", [0.7, 0.8, 0.85, 0.95], "tags", ("fundus", "trafilatura")),
    (summary, "MIN_LENGTH", [10, 30, 50, 60, 75], "summary", ("fundus",)),
    (summary, "MAX_LENGTH", [300, 500, 700, 1000], "summary", ("fundus",)),
    (published, "MAX_TIMES", [4, 12, 30], "published", ("fundus", "trafilatura", "htmldate")),
]


def measure(score: Any, field: str, expected: dict[str, Any], found: dict[str, Any]) -> float:
    """One page's score on one field, computed as in score.py (the body by F1 of its 4-grams)."""
    if field == "published":
        precision = expected["published_precision"]
        return float(score.when_match(expected["published"], precision, found["published"])[2])
    if field == "tags":
        want, got = score.norm_set(expected["tags"]), score.norm_set(found["tags"])
        return float(score.prf(len(want & got), len(got - want), len(want - got))[2])
    size = 4 if field == "body" else 1
    texts = [text if field == "body" else score.norm(text) for text in (expected[field], found[field] or "")]
    return float(score.prf(*score.overlap(*(score.counts(text, size) for text in texts)))[2])


@contextmanager
def setting(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """Sets the module's constant to this value, and back on leaving."""
    shipped = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, shipped)


def held_out(scores: dict[float, list[float]], folds: Sequence[Hashable]) -> float:
    """Mean score of the pages where each fold is scored with the value that is best on the other folds; `folds` names
    each page's. With one fold only, the best score on it."""
    scored: list[float] = []
    for fold in dict.fromkeys(folds):
        inside = [place for place, of in enumerate(folds) if of == fold]
        outside = [place for place, of in enumerate(folds) if of != fold]
        if inside and outside:
            best = max(scores, key=lambda value: fmean(scores[value][place] for place in outside))
            scored += [scores[best][place] for place in inside]
    return fmean(scored) if scored else max(map(fmean, scores.values()))


def main() -> None:
    score = load_score(Path(sys.argv[1]))
    print("constant                  shipped        at shipped  chosen on all  across publishers  across suites")
    for module, name, values, field, suites in CONSTANTS:
        shipped = getattr(module, name)
        cases = [case for case in score.load_cases(suites) if case["expected"][field]]
        folds = [zlib.crc32(case["group"].encode()) % FOLDS for case in cases]
        scores: dict[float, list[float]] = defaultdict(list)
        for value in dict.fromkeys([shipped, *values]):
            with setting(module, name, value):
                for case in cases:
                    found = predict(case["page"], case["url"])
                    scores[value].append(measure(score, field, case["expected"], found))
        means = {value: fmean(pages) for value, pages in scores.items()}
        label = f"{module.__name__.rpartition('.')[2]}.{name} ({field})"
        best = max(means.values())
        across = held_out(scores, folds), held_out(scores, [case["suite"] for case in cases])
        print(f"{label:26}{shipped:<15}{means[shipped]:<12.4f}{best:<15.4f}{across[0]:<19.4f}{across[1]:.4f}")
    tagged = [case for case in score.load_cases(("fundus", "trafilatura")) if case["expected"]["tags"]]
    found = cross_validated([(case["suite"], case["group"], rows_of(score, case)) for case in tagged])
    print("tag weights, learned without the publisher:", ", ".join(f"{suite} {f1:.3f}" for suite, f1 in found.items()))


if __name__ == "__main__":
    main()
