"""Learns flows/parse/article/kind_weights.py by logistic regression over pages labeled by kind.

    python -m tests.bench.train_kind path/to/kinds path/to/articles     # prints held-out shares, writes the weights

Each folder holds cases.jsonl and html/; a page in both counts once, and pages without a type are articles. Two models
are learned, lists against articles and other pages against articles; their odds together give the probability of an
article. Publishers only split the pages: each page is judged by weights learned without its publisher's pages, first in
ten folds, then in halves.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.model import Page
from flows.parse.article import kind_weights
from flows.parse.article.generic_reader import read_article
from flows.parse.article.kind import MIN_ARTICLE, may_be_article
from flows.parse.article.kind_features import kind_features
from flows.parse.page.addresses import host_of
from flows.parse.page.document import Document

FOLDS = 10
# The penalty on a squared weight, of a feature scaled to a deviation of one.
PENALTY = 40.0
# A list taken for an article is counted, tagged and clustered as one.
LIST_IMPORTANCE = 6.0
STEPS = 15
LISTS = ("listing", "collection")
THRESHOLDS = (0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4)
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Pages:
    """Labeled pages: by row, the features of a page, its kind, whether it can be an article, and its publisher."""

    names: list[str]
    rows: Array
    kinds: NDArray[np.str_]
    possible: Mask
    publishers: list[str]

    @property
    def are_articles(self) -> Mask:
        """Which pages are articles."""
        return np.asarray(self.kinds == "article")

    @property
    def are_lists(self) -> Mask:
        """Which pages are lists of other pages."""
        return np.isin(self.kinds, LISTS)


def read_folders(folders: list[Path]) -> Pages:
    """The pages of all folders, each URL once."""
    known: set[str] = set()
    found: list[tuple[str, str, dict[str, float]]] = []
    for folder in folders:
        for case in map(json.loads, filter(None, (folder / "cases.jsonl").read_text("utf-8").split("\n"))):
            if case["url"] in known:
                continue
            known.add(case["url"])
            page = Page(case["url"], gzip.decompress((folder / case["html"]).read_bytes()))
            document = Document(page)
            features = kind_features(document, read_article(document, page, None))
            found.append((case.get("type", "article"), ".".join(host_of(case["url"]).split(".")[-2:]), features))
    names = list(found[0][2])
    rows = np.array([[features[name] for name in names] for _, _, features in found])
    possible = np.array([may_be_article(features) for _, _, features in found])
    return Pages(names, rows, np.array([kind for kind, _, _ in found]), possible, [owner for _, owner, _ in found])


def fit(rows: Array, truth: Array) -> Array:
    """Weights of a logistic regression on features of one deviation, by Newton's method; the first feature is the bias,
    which is not penalized."""
    deviation = rows.std(axis=0)
    deviation[deviation == 0] = 1.0
    scaled = (rows - np.where(np.arange(rows.shape[1]) == 0, 0.0, rows.mean(axis=0))) / deviation
    penalty = np.where(np.arange(rows.shape[1]) == 0, 1e-6, PENALTY)
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - truth) + penalty * weights
        curve = (scaled.T * (chance * (1 - chance))) @ scaled + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    weights /= deviation
    weights[0] -= rows.mean(axis=0)[1:] @ weights[1:]
    return weights


def learn(pages: Pages, seen: Mask) -> tuple[Array, Array]:
    """The weights of lists and of other pages, each against articles."""
    lists = seen & (pages.are_articles | pages.are_lists)
    others = seen & ~pages.are_lists
    list_weights = fit(pages.rows[lists], pages.are_lists[lists].astype(float))
    list_weights[0] += np.log(LIST_IMPORTANCE)
    return list_weights, fit(pages.rows[others], 1.0 - pages.are_articles[others])


def held_out(pages: Pages, folds: int, seed: int = 0) -> Array:
    """The probability of an article of each page, by weights learned without its publisher's fold; 0 for pages that
    cannot be one."""
    fold_of = np.array([zlib.crc32(f"{seed} {publisher}".encode()) % folds for publisher in pages.publishers])
    chance = np.zeros(len(pages.rows))
    for fold in range(folds):
        inside = fold_of == fold
        odds = [np.exp(pages.rows[inside] @ weights) for weights in learn(pages, ~inside)]
        chance[inside] = 1 / (1 + odds[0] + odds[1])
    return np.where(pages.possible, chance, 0.0)


def report(pages: Pages, chance: Array, least: float) -> str:
    """The shares of articles, lists and other pages that are called articles, each with its standard error."""
    shares = []
    for mask in (pages.are_articles, pages.are_lists, ~pages.are_articles & ~pages.are_lists):
        share = float((chance[mask] >= least).mean())
        shares.append(f"{share:.3f} (±{(share * (1 - share) / mask.sum()) ** 0.5:.3f})")
    return "articles kept {}; lists called articles {}; other pages called articles {}".format(*shares)


def main() -> None:
    pages = read_folders([Path(folder) for folder in sys.argv[1:]])
    for folds in (FOLDS, 2):
        chance = held_out(pages, folds)
        for least in sorted({MIN_ARTICLE, *THRESHOLDS}):
            print(f"{folds} folds, from {least}: {report(pages, chance, least)}")
    target = Path(kind_weights.__file__)
    text = target.read_text(encoding="utf-8").partition("LIST_WEIGHTS")[0]
    tables = zip(("LIST_WEIGHTS", "OTHER_WEIGHTS"), learn(pages, np.ones(len(pages.rows), dtype=bool)), strict=True)
    for table, weights in tables:
        lines = "".join(f'    "{name}": {value:.3f},\n' for name, value in zip(pages.names, weights, strict=True))
        text += f"{table}: dict[str, float] = {{\n{lines}}}\n"
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
