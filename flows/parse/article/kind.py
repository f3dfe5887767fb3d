"""Decides what kind of page it is: an article, a list of other pages, an error page, or anything else."""

from __future__ import annotations

import re
from itertools import combinations
from math import exp, log

from selectolax.lexbor import LexborNode

from flows.model import PageKind, Parsed
from flows.parse.article.kind_weights import ARTICLE_WEIGHTS, INDEX_WEIGHTS
from flows.parse.page import jsonld
from flows.parse.page.addresses import path_of
from flows.parse.page.blocks import weight_of
from flows.parse.page.document import Document
from flows.parse.page.outline import Outline
from flows.parse.page.text_keys import key
from flows.parse.page.vocabulary import words

# A page is an article from this probability on; chosen so that hardly an article is lost.
MIN_ARTICLE = 0.15
MIN_INDEX = 0.5
# Each two of these also count together: a date among cards says less than one above a long text.
_PAIRED = (
    "date", "authors", "cards", "share of text", "weight", "og article", "ld story", "one h1", "title printed",
    "path words", "links per text", "many long paragraphs", "articles", "path has day", "long paragraphs", "meta date",
    "cards per text", "long title",
)  # fmt: skip
_PAIRS = {(left, right): f"{left} * {right}" for left, right in combinations(_PAIRED, 2)}
_STORY_TYPES = words("article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle")
_LIST_TYPES = words("collectionpage searchresultspage itemlist profilepage offercatalog")
_GOODS_TYPES = words("product service localbusiness softwareapplication offer productgroup course")
_THREAD_TYPES = words("discussionforumposting qapage question")
# Programs that make forums name themselves in the metadata.
_FORUM = re.compile(r"\s*(?:discourse|phpbb|vbulletin|xenforo|flarum|mybb|nodebb|simple machines)\b", re.IGNORECASE)
_MISSING = re.compile(
    r"^\W*(?:(?:error|fehler)?\s*40[34]\b|(?:page|seite|página|article|story|content)\s+"
    r"(?:not found|nicht gefunden|no encontrada)|"
    r"not found|access denied|page (?:cannot|could not) be found|just a moment)",
    re.IGNORECASE,
)
_PATHS = {
    "path is root": r"^/?(?:index\.\w+)?$|^/[a-z]{2}(?:-[a-z]{2})?/?$",
    "path lists": r"/(?:tags?|topics?|categor(?:y|ies)|section|authors?|search|page/\d+|collections?|archives?|browse|"
    r"list|shop|all)(?:/|$)",
    "path of goods": r"/(?:products?|shop|store|p|item|dp|services?|pricing|solutions|features|plans)(?:/|$)",
    "path of documents": r"/(?:docs?|documentation|reference|api|guide|manual|wiki|help|support|kb)(?:/|$)",
    "path of threads": r"/(?:forums?|threads?|t|topic|questions?|community|discussions?|comments|r)(?:/|$)|"
    r"viewtopic|showthread",
    "path of stories": r"/(?:news|story|stories|article|articles|blog|post|posts|opinion|sport|sports)(?:/|$)",
    "path has day": r"/(?:19|20)\d\d[/-]?\d\d?(?:[/-]|$)",
    "path has number": r"\d{5,}",
}
_CARD_HEADINGS = "h2,h3,h4"
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATHS.items()}


def read_kind(document: Document, parsed: Parsed) -> tuple[PageKind, dict[str, float]]:
    """The kind of the page, and the evidence: each feature that is not zero, and the probability of an article."""
    titles = [parsed.title or "", *document.signals.titles[:1]]
    count = (parsed.body or "").count(" ") + 1
    if count < 120 and any(_MISSING.match(title.strip()) for title in titles):
        return "missing", {"words": float(count)}
    features = kind_features(document, parsed)
    evidence = {name: round(value, 3) for name, value in features.items() if value and name != "bias"}
    features = with_pairs(features)
    probability = _probability(ARTICLE_WEIGHTS, features)
    evidence["article"] = round(probability, 3)
    if probability >= MIN_ARTICLE and _may_be_article(features):
        return "article", evidence
    if features["path is root"] or features["path lists"] or _is_wall(features):
        return "index", evidence
    has_list = features["cards"] or features["articles"] or features["many links"] > 0.05 or features["ld list"]
    is_index = has_list and _probability(INDEX_WEIGHTS, features) >= MIN_INDEX
    return ("index" if is_index else "other"), evidence


def _may_be_article(features: dict[str, float]) -> bool:
    """Whether the page can be an article at all: a site's front page cannot, nor a forum's, nor a wall of headlines,
    nor a page of a few words that states neither a date nor an article."""
    is_stated = features["date"] or features["ld story"] or features["og article"]
    is_bare = features["under 400"] and not is_stated
    return not (features["path is root"] or features["forum"] or is_bare or _is_wall(features))


def _is_wall(features: dict[str, float]) -> bool:
    """Whether the page shows many linked headlines, little running text and no date."""
    return features["cards"] >= 0.8 and features["many long paragraphs"] < 0.3 and not features["date"]


def _probability(weights: dict[str, float], features: dict[str, float]) -> float:
    score = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def kind_features(document: Document, parsed: Parsed) -> dict[str, float]:
    """What tells an article from other pages, most of it between 0 and 1."""
    return {"bias": 1.0, **_stated(document, parsed), **_printed(document, parsed), **_address(document)}


def with_pairs(features: dict[str, float]) -> dict[str, float]:
    """The features, and the products that are not zero of the pairs that count together."""
    present = [name for name in _PAIRED if features[name]]
    return features | {_PAIRS[pair]: features[pair[0]] * features[pair[1]] for pair in combinations(present, 2)}


def _stated(document: Document, parsed: Parsed) -> dict[str, float]:
    types = {name for node in document.jsonld for name in jsonld.types_of(node)}
    kind = (document.meta_first("og:type") or "").strip().lower()
    return {
        "ld story": float(bool(types & _STORY_TYPES)),
        "ld list": float(bool(types & _LIST_TYPES)),
        "ld goods": float(bool(types & _GOODS_TYPES)),
        "ld thread": float(bool(types & _THREAD_TYPES)),
        "forum": float(bool(_FORUM.match(document.meta_first("generator") or ""))),
        "og article": float(kind == "article"),
        "og website": float(kind == "website"),
        "og product": float("product" in kind),
        "meta date": float(bool(document.meta_first("article:published_time", "datepublished", "date"))),
        "date": float(parsed.published is not None),
        "instant": float(parsed.published is not None and parsed.published.precision != "day"),
        "authors": float(bool(parsed.authors)),
        "tags": float(bool(parsed.tags)),
        "section": float(bool(parsed.section)),
        "summary": float(bool(parsed.summary)),
    }


def _printed(document: Document, parsed: Parsed) -> dict[str, float]:
    body, outline = parsed.body or "", document.outline
    weight = weight_of(body)
    paragraphs = [weight_of(text) for text in body.split("\n\n")] if body else []
    page = len(document.body_text)
    headlines, cards = _linked_headings(outline)
    articles = len(outline.select("article"))
    links = len(outline.select("a")) + headlines
    long_text = sum(length for length in paragraphs if length >= 120)
    headings = [key(node.text()) for node in document.signals.headings[:6]]
    return {
        "weight": min(log(weight + 1) / 10, 1.0),
        "under 400": float(weight < 400),
        "under 600": float(weight < 600),
        "under 1500": float(weight < 1500),
        "over 4000": float(weight > 4000),
        "share of text": min(1.0, weight / (page + 1)),
        "long paragraphs": long_text / (weight + 1),
        "many long paragraphs": min(1.0, sum(length >= 120 for length in paragraphs) / 10),
        "mean paragraph": min(1.0, weight / (len(paragraphs) or 1) / 300),
        "links per text": min(1.0, 20 * links / (weight + 200)),
        "many links": min(1.0, links / 300),
        "cards": min(1.0, cards / 12),
        "cards per text": min(1.0, 150 * cards / (weight + 200)),
        "articles": min(1.0, articles / 8),
        "one article": float(articles == 1),
        "code": min(1.0, len(outline.select("pre")) / 5),
        "one h1": float(len(headings) == 1),
        "no h1": float(not headings),
        "title printed": float(bool(parsed.title) and key(parsed.title or "") in headings),
        "long title": min(1.0, len(parsed.title or "") / 80),
        "short title": float(len(parsed.title or "") < 25),
        "question": float((parsed.title or "").rstrip().endswith("?")),
    }


def _linked_headings(outline: Outline) -> tuple[int, int]:
    """How many links are in second and third headings, and how many cards there are: links in headings of level two to
    four, and such headings in links."""
    headings = outline.select(_CARD_HEADINGS)
    found = {tag: 0 for tag in _CARD_HEADINGS.split(",")}
    for node in headings:
        found[node.tag or ""] += len(node.css("a"))
    return found["h2"] + found["h3"], sum(found.values()) + sum(map(_is_in_link, headings))


def _is_in_link(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag != "a":
        above = above.parent
    return above is not None


def _address(document: Document) -> dict[str, float]:
    path = path_of(document.url)
    parts = [part for part in path.split("/") if part]
    found = {name: float(bool(pattern.search(path))) for name, pattern in _PATTERNS.items()}
    hyphens = parts[-1].count("-") if parts else 0
    found["path words"] = min(1.0, hyphens / 6)
    found["path depth"] = min(1.0, len(parts) / 5)
    found["path one part"] = float(len(parts) == 1)
    found["query"] = float("?" in document.url)
    return found
