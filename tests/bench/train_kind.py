"""Learns flows/parse/article/kind_weights.py by logistic regression over pages labeled by kind.

    python -m tests.bench.train_kind path/to/kinds path/to/articles     # prints held-out shares, writes the weights

Each folder holds cases.jsonl and html/; a page in both counts once, and pages without a type are articles. One model
of three classes is learned: the odds of a list and of another page against an article; together they give the
probability of an article. Publishers only split the pages: each page is judged by weights learned without its
publisher's pages, in ten folds and then in halves, each the mean of eight ways to divide the publishers.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.model import Page
from flows.parse.article import kind_weights
from flows.parse.article.body import read_body
from flows.parse.article.generic_reader import read_article
from flows.parse.article.kind import MIN_ARTICLE, may_be_article
from flows.parse.article.kind_features import kind_features
from flows.parse.article.scope import Scope
from flows.parse.page.addresses import host_of
from flows.parse.page.document import Document

FOLDS = 10
# Ways to divide the publishers among the folds, of which the mean is reported.
SPLITS = 8
# The penalty on a squared weight, of a feature scaled to a deviation of one.
PENALTY = 40.0
# A list taken for an article is counted, tagged and clustered as one.
LIST_IMPORTANCE = 4.0
STEPS = 10
LISTS = ("listing", "collection")
THRESHOLDS = (0.05, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.3)
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
            parsed = read_article(document, page, None)
            body = read_body(document, parsed.title, parsed.summary, Scope(document, parsed.title).heading)
            features = kind_features(document, parsed, body)
            found.append((case.get("type", "article"), ".".join(host_of(case["url"]).split(".")[-2:]), features))
    names = list(found[0][2])
    rows = np.array([[features[name] for name in names] for _, _, features in found])
    possible = np.array([may_be_article(features) for _, _, features in found])
    return Pages(names, rows, np.array([kind for kind, _, _ in found]), possible, [owner for _, owner, _ in found])


def fit(rows: Array, classes: Mask) -> Array:
    """The weights of each class against the rows of no class, by a logistic regression over all classes on features of
    one deviation, solved by Newton's method. `classes` has a column for each class; the first feature is the bias,
    which is not penalized."""
    size, count = rows.shape[1], classes.shape[1]
    is_bias = np.arange(size) == 0
    mean, deviation = np.where(is_bias, 0.0, rows.mean(axis=0)), rows.std(axis=0)
    deviation[deviation == 0] = 1.0
    scaled = (rows - mean) / deviation
    penalty = np.tile(np.where(is_bias, 1e-6, PENALTY), count)
    weights = np.zeros(count * size)
    for _ in range(STEPS):
        odds = np.exp(scaled @ weights.reshape(count, size).T)
        chances = odds / (1 + odds.sum(axis=1, keepdims=True))
        slope = ((chances - classes).T @ scaled).ravel() + penalty * weights
        curve = np.diag(penalty)
        for one, other in product(range(count), repeat=2):
            spread = chances[:, one] * ((one == other) - chances[:, other])
            place = np.ix_(*(np.arange(size) + size * number for number in (one, other)))
            curve[place] += (scaled.T * spread) @ scaled
        weights -= np.linalg.solve(curve, slope)
    found = weights.reshape(count, size) / deviation
    found[:, 0] -= found[:, 1:] @ mean[1:]
    return found


def learn(pages: Pages, seen: Mask) -> Array:
    """The weights of lists and of other pages, each against articles."""
    classes = np.stack([pages.are_lists, ~pages.are_lists & ~pages.are_articles], axis=1)
    weights = fit(pages.rows[seen], classes[seen])
    weights[0, 0] += np.log(LIST_IMPORTANCE)
    return weights


def held_out(pages: Pages, folds: int, seed: int) -> Array:
    """The probability of an article of each page, by weights learned without its publisher's fold; 0 for pages that
    cannot be one."""
    fold_of = np.array([zlib.crc32(f"{seed} {publisher}".encode()) % folds for publisher in pages.publishers])
    chance = np.zeros(len(pages.rows))
    for fold in range(folds):
        inside = fold_of == fold
        chance[inside] = 1 / (1 + np.exp(pages.rows[inside] @ learn(pages, ~inside).T).sum(axis=1))
    return np.where(pages.possible, chance, 0.0)


def report(pages: Pages, chances: Array, least: float) -> str:
    """The shares of articles, lists and other pages that are called articles, each with its standard error; `chances`
    has a row for each split."""
    shares = []
    for mask in (pages.are_articles, pages.are_lists, ~pages.are_articles & ~pages.are_lists):
        share = float((chances[:, mask] >= least).mean())
        shares.append(f"{share:.3f} (±{(share * (1 - share) / mask.sum()) ** 0.5:.3f})")
    return "articles kept {}; lists called articles {}; other pages called articles {}".format(*shares)


def main() -> None:
    pages = read_folders([Path(folder) for folder in sys.argv[1:]])
    for folds in (FOLDS, 2):
        chances = np.stack([held_out(pages, folds, seed) for seed in range(SPLITS)])
        for least in sorted({MIN_ARTICLE, *THRESHOLDS}):
            print(f"{folds} folds, from {least}: {report(pages, chances, least)}")
    target = Path(kind_weights.__file__)
    text = target.read_text(encoding="utf-8").partition("LIST_WEIGHTS")[0]
    tables = zip(("LIST_WEIGHTS", "OTHER_WEIGHTS"), learn(pages, np.ones(len(pages.rows), dtype=bool)), strict=True)
    for table, weights in tables:
        lines = "".join(f'    "{name}": {value:.3f},\n' for name, value in zip(pages.names, weights, strict=True))
        text += f"{table}: dict[str, float] = {{\n{lines}}}\n"
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
