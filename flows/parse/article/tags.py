"""Chooses the article's tags: scores every candidate list by learned weights and cleans the best one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.model import Tag
from flows.parse.article.scope import Scope
from flows.parse.article.tag_lists import TagList, linked_lists, stated_lists
from flows.parse.article.tag_weights import WEIGHTS
from flows.parse.page import jsonld
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key

MAX_TAGS = 200
# Below this estimated F1 a list is more likely a menu than tags.
MIN_SCORE = 0.15
_CODE = re.compile(r"^[A-Z0-9_:.\-]{3,}$|[:=_]|^[0-9a-f-]{20,}$|\d{5,}")
_TRACKING = re.compile(
    r"^(?:https?://|www\.)|^[0-9a-f]{8}-[0-9a-f-]{20,}$|^\w+[:=]\S|^(?:nlp |type|category|author|section)\b.*:", re.I
)


MIN_GENERAL = 3
GENERAL_SHARE = 0.7
# Words that describe a site rather than a story, by `key`.
GENERIC = frozenset(
    key(label)
    for label in (
        "news", "local news", "breaking news", "latest news", "top stories", "headlines", "weather", "sports", "sport",
        "traffic", "video", "videos", "photos", "live", "radio", "tv", "television", "newspaper", "online", "magazine",
        "blog", "media", "entertainment", "business", "politics", "opinion", "lifestyle", "world", "national",
        "nachrichten", "aktuell", "aktuelle nachrichten", "wetter", "zeitung", "politik", "wirtschaft", "kultur",
        "noticias", "últimas noticias", "deportes", "periódico", "actualité", "actualités", "actu", "infos", "météo",
        "journal", "notizie", "ultime notizie", "cronaca", "nieuws", "nyheter", "nyheder", "uutiset", "wiadomości",
        "zprávy", "новости", "haberler", "haber", "berita", "tin tức", "ニュース", "新聞", "新闻",
        "뉴스", "أخبار", "اخبار",
    )
)  # fmt: skip
# From this estimated F1 on, a list in the metadata is good enough to skip the links.
SKIP_LINKS_SCORE = 0.85


@dataclass(frozen=True, slots=True)
class PageTerms:
    """What the labels are compared with: keys of site and section names and of the words in the site's name, the
    lower-case title and lead."""

    sites: set[str]
    site_words: set[str]
    sections: set[str]
    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class ScoredList:
    """One list, the keys of its labels, its features, and its score without the other lists."""

    found: TagList
    keys: set[str]
    features: dict[str, float]
    score: float


def read_tags(document: Document, scope: Scope, title: str | None) -> list[Tag]:
    """The tags as printed, in the order of their list, with the way they were found."""
    terms = page_terms(document, title or "")
    lists = [score_list(candidate, terms) for candidate in stated_lists(document)]
    best, score = choose(lists)
    if score < SKIP_LINKS_SCORE:
        lists += [score_list(candidate, terms) for candidate in linked_lists(document, scope)]
        best, score = choose(lists)
    if best is None:
        return []
    labels = cleaned(best.labels, terms) if score > MIN_SCORE else []
    return [Tag(label, best.method, position) for position, label in enumerate(labels[:MAX_TAGS], start=1)]


def page_terms(document: Document, title: str) -> PageTerms:
    """The terms of one page."""
    node = document.article_node
    sections = {key(name) for name in jsonld.texts(node.get("articleSection"), limit=20)}
    sections |= {key(name) for name in document.meta.get("article:section", ())}
    lead = " ".join(document.meta_first(name) or "" for name in ("og:description", "description"))
    site_words = {key(word) for name in document.meta.get("og:site_name", ()) for word in name.split()}
    return PageTerms(document.sites, site_words, sections, title.casefold(), lead.casefold())


def choose(lists: list[ScoredList]) -> tuple[TagList | None, float]:
    """The list most like an article's tags, and its score: an estimate of its F1; (None, 0) where there is none."""
    scores = {
        rank: scored.score + _score(agreement(rank, lists))
        for rank, scored in enumerate(lists)
        if is_own(scored, lists)
    }
    if not scores:
        return None, 0.0
    best = max(scores, key=scores.__getitem__)
    return lists[best].found, scores[best]


def is_own(scored: ScoredList, lists: list[ScoredList]) -> bool:
    """Whether a list can be the article's. One of general words and the site's own describes the site; one in a part
    that all pages share counts only if it shares a label with metadata, the section or the title."""
    if len(scored.keys) >= MIN_GENERAL and scored.features["generic"] >= GENERAL_SHARE:
        return False
    if not scored.found.is_chrome or scored.features["section"] + scored.features["in_title"] > 0:
        return True
    return any(scored.keys & other.keys for other in lists if "linked" not in other.found.marks)


def _score(features: dict[str, float]) -> float:
    return sum([WEIGHTS.get(name, 0.0) * value for name, value in features.items()])


def score_list(found: TagList, terms: PageTerms) -> ScoredList:
    """One list scored by itself: how it was found, how long it is, and how many of its labels look like tags of this
    article. Each feature is from 0 to 1."""
    labels = found.labels
    count = len(labels)
    share = 1.0 / count
    keys = set(map(key, labels))
    lower = [label.casefold() for label in labels]
    size = (
        "one" if count == 1 else "few" if count <= 3 else "some" if count <= 12 else "many" if count <= 25 else "crowd"
    )
    features = {
        "bias": 1.0,
        **found.marks,
        f"size_{size}": 1.0,
        "in_title": sum([label in terms.title for label in lower]) * share,
        "in_lead": sum([label in terms.lead for label in lower]) * share,
        "site": len(keys & terms.sites) * share,
        "section": len(keys & terms.sections) * share,
        "long": sum([label.count(" ") > 3 for label in lower]) * share,
        "code": sum([_CODE.search(label) is not None for label in labels]) * share,
        "generic": sum([_is_generic(label, terms) for label in labels]) * share,
        "lower": sum([label.islower() for label in labels]) * share,
    }
    return ScoredList(found, keys, features, _score(features))


def _is_generic(label: str, terms: PageTerms) -> bool:
    """Whether a label is a general word, the site's name, or made of both (`Fernbrook news`)."""
    if key(label) in GENERIC:
        return True
    parts = [key(word) for word in label.split()]
    return len(parts) > 1 and all(part in GENERIC or part in terms.site_words for part in parts)


def agreement(rank: int, lists: list[ScoredList]) -> dict[str, float]:
    """How far the lists found in other ways agree with one, from 0 to 1: the most similar list, and all together."""
    own, marks = lists[rank].keys, lists[rank].found.marks
    others = [other.keys for other in lists if other.found.marks != marks]
    overlaps = [len(own & other) / len(own | other) for other in others]
    known = set().union(*others)
    return {"agree": max(overlaps, default=0.0), "known": len(own & known) / len(lists[rank].found.labels)}


def cleaned(labels: list[str], terms: PageTerms) -> list[str]:
    """The labels without the site's own name and tracking codes."""
    return [label for label in labels if key(label) not in terms.sites and not _TRACKING.search(label)]
