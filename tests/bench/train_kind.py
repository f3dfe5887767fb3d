"""Learns flows/parse/article/kind_weights.py by logistic regression over pages labeled by kind.

    python -m tests.bench.train_kind path/to/kinds [path/to/articles]   # prints cross-validated shares, writes weights

Each folder holds cases.jsonl and html/; the pages of the second are all articles. Hosts only split the folds.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.model import Page
from flows.parse.article import kind_weights
from flows.parse.article.generic_reader import read_article
from flows.parse.article.kind import MIN_ARTICLE, kind_features, with_pairs
from flows.parse.page.addresses import host_of
from flows.parse.page.document import Document

FOLDS = 10
PENALTY = 2.0
# A list taken for an article is counted, tagged and clustered as one.
LIST_IMPORTANCE = 2.0
STEPS = 30
LISTS = ("listing", "collection")
Array = NDArray[np.float64]


def read_folder(folder: Path) -> list[tuple[str, str, dict[str, float]]]:
    """(type, host, features) of every page; pages without a type are articles."""
    found = []
    for line in (folder / "cases.jsonl").read_text("utf-8").split("\n"):
        if not line:
            continue
        case = json.loads(line)
        page = Page(case["url"], gzip.decompress((folder / case["html"]).read_bytes()))
        document = Document(page)
        features = with_pairs(kind_features(document, read_article(document, page, None)))
        found.append((case.get("type", "article"), host_of(case["url"]), features))
    return found


def fit(rows: Array, truth: Array, importance: Array) -> Array:
    """Weights of a logistic regression with an L2 penalty, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (importance * (chance - truth)) + PENALTY * weights
        curve = (rows.T * (importance * chance * (1 - chance))) @ rows + PENALTY * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def cross_validated(rows: Array, truth: Array, importance: Array, hosts: list[str]) -> Array:
    """The probability of each page, learned without the pages of its host."""
    folds = np.array([zlib.crc32(host.encode()) % FOLDS for host in hosts])
    chance = np.zeros(len(rows))
    for fold in range(FOLDS):
        seen = folds != fold
        weights = fit(rows[seen], truth[seen], importance[seen])
        chance[~seen] = 1 / (1 + np.exp(-rows[~seen] @ weights))
    return chance


def report(kinds: NDArray[np.str_], chance: Array, least: float) -> str:
    """The shares of articles, lists and other pages that are called articles."""
    lists, articles = np.isin(kinds, LISTS), kinds == "article"
    shares = [float((chance[mask] >= least).mean()) for mask in (articles, lists, ~articles & ~lists)]
    return "articles kept {:.3f}; lists called articles {:.3f}; other pages called articles {:.3f}".format(*shares)


def main() -> None:
    pages = [page for folder in sys.argv[1:] for page in read_folder(Path(folder))]
    names = sorted({name for page in pages for name in page[2]})
    kinds, hosts = np.array([page[0] for page in pages]), [page[1] for page in pages]
    rows = np.array([[page[2].get(name, 0.0) for name in names] for page in pages])
    articles = (kinds == "article").astype(float)
    importance = np.where(np.isin(kinds, LISTS), LIST_IMPORTANCE, 1.0)
    chance = cross_validated(rows, articles, importance, hosts)
    for least in sorted({MIN_ARTICLE, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5}):
        print(f"from {least}: {report(kinds, chance, least)}")
    others = articles == 0
    tables = {
        "ARTICLE_WEIGHTS": fit(rows, articles, importance),
        "INDEX_WEIGHTS": fit(rows[others], np.isin(kinds[others], LISTS).astype(float), importance[others]),
    }
    target = Path(kind_weights.__file__)
    text = target.read_text(encoding="utf-8").partition("ARTICLE_WEIGHTS")[0]
    for table, weights in tables.items():
        lines = "".join(f'    "{name}": {value:.3f},\n' for name, value in zip(names, weights, strict=True))
        text += f"{table}: dict[str, float] = {{\n{lines}}}\n"
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
