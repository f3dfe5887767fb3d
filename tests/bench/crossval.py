"""Scores the parser's tuned constants on publishers and suites they were not tuned on.

    python -m tests.bench.crossval path/to/articles

Each constant is set to several values. In ten folds by publisher, the value that is best on nine folds is scored on the
held-out one; then each suite is scored with the value that is best on the other suites. The gap between `chosen on all`
and `across` shows overfitting. The last table scores whole pages, with the metrics of score.py: as shipped, and each
page with all constants and the tag weights (see train_tags) chosen without its publisher, or without its suite. Titles
and authors have rules only, which were written with all suites in view: their figures stay as they are.

Bodies are compared by the F1 of their 4-grams, those of the suite wcxb by the F1 of their words.
"""

from __future__ import annotations

import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any

from flows.model import Page
from flows.parse.article import body, container, published, summary, tags
from flows.parse.article.scope import Scope
from flows.parse.article.title import read_title
from flows.parse.page import blocks
from flows.parse.page.document import Document
from tests.bench.predict import iso, predict
from tests.bench.train_tags import FOLDS, Row, fit, load_score, rows_of

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
    (body, "LINK_SHARE", [0.6, 0.7, 0.8, 0.9], "body", BODIES),
    (body, "MIN_RUNNING_SHARE", [0.0, 0.5, 0.66, 0.8], "body", BODIES),
    (container, "NAMED_WIDER", [1.0, 1.05, 1.1, 1.2, 9.0], "body", BODIES),
    (blocks, "MIN_RUNNING", [80, 100, 120, 160], "body", BODIES),
    (body, "MAX_LINKED", [0.15, 0.25, 0.4], "body", BODIES),
    (tags, "MIN_SCORE", [0.0, 0.1, 0.15, 0.25, 0.4], "tags", ("fundus", "trafilatura")),
    (tags, "SKIP_LINKS_SCORE", [0.7, 0.8, 0.85, 0.95], "tags", ("fundus", "trafilatura")),
    (summary, "MIN_LENGTH", [10, 30, 50, 60, 75], "summary", ("fundus",)),
    (summary, "MAX_LENGTH", [300, 500, 700, 1000], "summary", ("fundus",)),
    (published, "MAX_TIMES", [4, 12, 30], "published", ("fundus", "trafilatura", "htmldate")),
]


Case = dict[str, Any]
# Constant by its place in CONSTANTS -> value -> each page's score, for the pages that have the field.
Scores = dict[int, dict[float, list[float]]]
COLUMNS = {
    "title": "title_exact",
    "authors": "authors_macro_f1",
    "day": "published_day",
    "tags": "tags_macro_f1",
    "summary": "summary_f1",
    "body": "body_f1",
    "body, words": "body_bag_f1",
    "lost bodies": "body_under_0.2",
}


def measure(score: Any, field: str, case: Case, found: Any) -> float:
    """One page's score on one field."""
    expected = case["expected"]
    if field == "published":
        return float(score.when_match(expected["published"], expected["published_precision"], found)[2])
    if field == "tags":
        want, got = score.norm_set(expected["tags"]), score.norm_set(found)
        return float(score.prf(len(want & got), len(got - want), len(want - got))[2])
    size = 4 if field == "body" and case["suite"] != "wcxb" else 1
    texts = [text if size == 4 else score.norm(text) for text in (expected[field], found or "")]
    return float(score.prf(*score.overlap(*(score.counts(text, size) for text in texts)))[2])


def readers(case: Case) -> dict[str, Callable[[], Any]]:
    """The functions that read each field of one page, which is parsed once."""
    page = Page(case["url"], case["page"])
    document = Document(page)
    title = read_title(document)
    scope = Scope(document, title)
    lead = summary.read_summary(document, scope, title)
    return {
        "body": lambda: body.read_body(document, title, lead, scope.heading).text,
        "tags": lambda: [tag.label for tag in tags.read_tags(document, scope, title)],
        "summary": lambda: summary.read_summary(document, scope, title),
        "published": lambda: iso(published.read_dates(document, scope, None, None)[0]),
    }


@contextmanager
def setting(module: ModuleType, name: str, value: Any) -> Iterator[None]:
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


def best_values(scores: Scores, of: Callable[[Case], Hashable], fold: Hashable, cases: list[Case]) -> dict[int, float]:
    """The best value of each constant on the pages outside of a fold; the shipped one where none is outside."""
    chosen = {}
    for place, (module, name, _, field, suites) in enumerate(CONSTANTS):
        outside = [of(case) != fold for case in cases if has(case, field, suites)]
        means = {
            value: fmean(kept)
            for value, pages in scores[place].items()
            if (kept := [score for score, is_outside in zip(pages, outside, strict=True) if is_outside])
        }
        chosen[place] = max(means, key=means.__getitem__) if means else getattr(module, name)
    return chosen


def has(case: Case, field: str, suites: tuple[str, ...]) -> bool:
    """Whether a page counts for a field."""
    return case["suite"] in suites and bool(case["expected"][field])


def score_values(score: Any, cases: list[Case]) -> Scores:
    """Every page's score with every value of every constant."""
    scores: Scores = defaultdict(lambda: defaultdict(list))
    for case in cases:
        fields = readers(case)
        for place, (module, name, values, field, suites) in enumerate(CONSTANTS):
            if has(case, field, suites):
                for value in dict.fromkeys([getattr(module, name), *values]):
                    with setting(module, name, value):
                        scores[place][value].append(measure(score, field, case, fields[field]()))
    return scores


def predict_held_out(
    cases: list[Case], scores: Scores, rows: dict[str, list[Row]], of: Callable[[Case], Hashable]
) -> Any:
    """Predictions by page id, each with constants and tag weights chosen on the pages of the other folds."""
    found = {}
    for fold in dict.fromkeys(map(of, cases)):
        seen = [row for case in cases if of(case) != fold for row in rows.get(case["id"], [])]
        with ExitStack() as settings:
            for place, value in best_values(scores, of, fold, cases).items():
                settings.enter_context(setting(*CONSTANTS[place][:2], value))
            if seen:
                settings.enter_context(setting(tags, "WEIGHTS", fit(seen)))
            found |= {case["id"]: predict(case["page"], case["url"]) for case in cases if of(case) == fold}
    return found


def publisher_fold(case: Case) -> int:
    """One of ten folds, the same for all pages of a publisher."""
    return zlib.crc32((case.get("group") or case["publisher"]).encode()) % FOLDS


def suite_of(case: Case) -> str:
    """The suite of a page, as a fold."""
    return str(case["suite"])


def main() -> None:
    score = load_score(Path(sys.argv[1]))
    cases: list[Case] = score.load_cases()
    scores = score_values(score, cases)
    print("constant                  shipped        at shipped  chosen on all  across publishers  across suites")
    for place, (module, name, _, field, suites) in enumerate(CONSTANTS):
        counted = [case for case in cases if has(case, field, suites)]
        means = {value: fmean(pages) for value, pages in scores[place].items()}
        best = max(means, key=means.__getitem__)
        label = f"{module.__name__.rpartition('.')[2]}.{name} ({field})"
        across = [held_out(scores[place], [of(case) for case in counted]) for of in (publisher_fold, suite_of)]
        shipped = getattr(module, name)
        chosen = f"{means[best]:.4f} at {best}"
        print(f"{label:34}{shipped:<9}{means[shipped]:<12.4f}{chosen:<17}{across[0]:<19.4f}{across[1]:.4f}")
    tagged = [case for case in cases if has(case, "tags", ("fundus", "trafilatura"))]
    rows = {case["id"]: rows_of(score, case) for case in tagged}
    found = {
        "as shipped": {case["id"]: predict(case["page"], case["url"]) for case in cases},
        "without the publisher": predict_held_out(cases, scores, rows, publisher_fold),
        "without the suite": predict_held_out(cases, scores, rows, suite_of),
    }
    print(f"\n| suite | constants chosen | {' | '.join(COLUMNS)} |\n|{'---|' * (len(COLUMNS) + 2)}")
    for suite in dict.fromkeys(map(suite_of, cases)):
        inside = [case for case in cases if case["suite"] == suite]
        for chosen, predictions in found.items():
            print(f"| {suite} ({len(inside)}) | {chosen} | {' | '.join(_cells(score.score(inside, predictions)))} |")


def _cells(figures: dict[str, Any]) -> Iterator[str]:
    for column in COLUMNS.values():
        value = figures.get(column) if column != "body_under_0.2" or figures["body_n"] else None
        yield "" if value is None else str(value) if column == "body_under_0.2" else f"{value:.3f}"


if __name__ == "__main__":
    main()
