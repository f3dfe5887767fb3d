"""Decides what kind of page it is: an article, a list of other pages, an error page, or anything else."""

from __future__ import annotations

import re
from math import exp

from flows.model import PageKind, Parsed
from flows.parse.article.body import Body
from flows.parse.article.kind_features import kind_features
from flows.parse.article.kind_weights import LIST_WEIGHTS, OTHER_WEIGHTS
from flows.parse.page.document import Document

# A page is an article from this probability on; chosen so that hardly an article is lost.
MIN_ARTICLE = 0.175
_MISSING = re.compile(
    r"^\W*(?:(?:error|fehler)?\s*40[34]\b|(?:page|seite|página|article|story|content)\s+"
    r"(?:not found|nicht gefunden|no encontrada)|"
    r"not found|access denied|page (?:cannot|could not) be found|just a moment)",
    re.IGNORECASE,
)


def read_kind(document: Document, parsed: Parsed, body: Body) -> tuple[PageKind, dict[str, float]]:
    """The kind of the page, and the evidence: each feature that is not zero, and the probability of an article."""
    titles = [parsed.title or "", *document.signals.titles[:1]]
    count = (parsed.body or "").count(" ") + 1
    if count < 120 and any(_MISSING.match(title.strip()) for title in titles):
        return "missing", {"words": float(count)}
    features = kind_features(document, parsed, body)
    list_odds, other_odds = (odds(weights, features) for weights in (LIST_WEIGHTS, OTHER_WEIGHTS))
    probability = 1 / (1 + list_odds + other_odds)
    evidence = {name: round(value, 3) for name, value in features.items() if value and name != "bias"}
    evidence["article"] = round(probability, 3)
    if probability >= MIN_ARTICLE and may_be_article(features):
        return "article", evidence
    return ("index" if _is_list(features, list_odds >= other_odds) else "other"), evidence


def odds(weights: dict[str, float], features: dict[str, float]) -> float:
    """How many times more probable than an article the kind is that `weights` tell."""
    score = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return exp(max(-30.0, min(30.0, score)))


def may_be_article(features: dict[str, float]) -> bool:
    """Whether the page can be an article at all: a site's front page cannot, nor a forum's, nor a wall of headlines,
    nor a page of a few words that states neither a date nor an article."""
    is_stated = features["date"] or features["ld story"] or features["og article"]
    is_bare = features["under 400"] and not is_stated
    return not (features["path is root"] or features["forum"] or is_bare or _is_wall(features))


def _is_list(features: dict[str, float], is_likely: bool) -> bool:
    """Whether a page that is no article is a list: a front page and a wall of headlines are, and a page that is more
    likely a list than anything else and shows links or says that it is one."""
    if features["path is root"] or features["path lists"] or _is_wall(features):
        return True
    return is_likely and any(features[name] for name in ("cards", "headlines per text", "linked text", "ld list"))


def _is_wall(features: dict[str, float]) -> bool:
    """Whether most of the page's text stands beside headings that are links to other pages."""
    return features["cards"] >= 0.3 and features["text of teasers"] >= 0.7
