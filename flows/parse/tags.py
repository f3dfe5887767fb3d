"""Chooses the article's tags: scores every candidate list by a learned table of weights and cleans the best."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.model import Tag
from flows.parse import jsonld
from flows.parse.document import Document
from flows.parse.keys import key
from flows.parse.taglists import TagList, linked_lists, stated_lists
from flows.parse.tagweights import WEIGHTS

MAX_TAGS = 200
# Below this estimated F1 a list is more likely a menu than tags.
MIN_WORTH = 0.15
_CODE = re.compile(r"^[A-Z0-9_:.\-]{3,}$|[:=_]|^[0-9a-f-]{20,}$|\d{5,}")
_TRACKING = re.compile(
    r"^(?:https?://|www\.)|^[0-9a-f]{8}-[0-9a-f-]{20,}$|^\w+[:=]\S|^(?:nlp |type|category|author|section)\b.*:", re.I
)


# Above it the lists that the page states are so good that its links need not be looked at.
SURE = 0.85


@dataclass(frozen=True, slots=True)
class Scene:
    """What the lists are judged against: keys of site and section names, the lower-case title and lead."""

    sites: set[str]
    sections: set[str]
    title: str
    lead: str


def read_tags(document: Document, title: str | None) -> list[Tag]:
    """The tags as printed, in their list's order, with the way they were found."""
    scene = scene_of(document, title or "")
    lists = stated_lists(document)
    best, worth = choose(lists, scene) if lists else (None, 0.0)
    if worth < SURE:
        lists += linked_lists(document)
        best, worth = choose(lists, scene) if lists else (None, 0.0)
    if best is None:
        return []
    labels = cleaned(best.labels, scene) if worth > MIN_WORTH else []
    return [Tag(label, best.method, position) for position, label in enumerate(labels[:MAX_TAGS], start=1)]


def scene_of(document: Document, title: str) -> Scene:
    """The scene of one page."""
    node = document.article_node
    sections = {key(name) for name in jsonld.texts(node.get("articleSection"), limit=20)}
    sections |= {key(name) for name in document.meta.get("article:section", ())}
    lead = " ".join(document.meta_first(name) or "" for name in ("og:description", "description"))
    return Scene(document.sites, sections, title.casefold(), lead.casefold())


def choose(lists: list[TagList], scene: Scene) -> tuple[TagList, float]:
    """The list most like an article's tags and its worth, an estimate of its F1."""
    keys = keys_of(lists)
    worths = [
        sum(WEIGHTS.get(name, 0.0) * value for name, value in features(rank, lists, keys, scene).items())
        for rank in range(len(lists))
    ]
    best = max(range(len(lists)), key=worths.__getitem__)
    return lists[best], worths[best]


def keys_of(lists: list[TagList]) -> list[set[str]]:
    """What makes the labels of each list the same as those of another."""
    return [{key(label) for label in candidate.labels} for candidate in lists]


def features(rank: int, lists: list[TagList], keys: list[set[str]], scene: Scene) -> dict[str, float]:
    """What speaks for or against one list, each from 0 to 1: how it was found, how long it is, how far other lists
    agree with it, and how much its labels look like tags of this very article."""
    candidate, own = lists[rank], keys[rank]
    count = len(candidate.labels)
    others = [other for place, other in enumerate(keys) if place != rank and lists[place].marks != candidate.marks]
    overlaps = [len(own & other) / len(own | other) for other in others if other]
    known = set().union(*others) if others else set()
    share = 1.0 / count
    lower = [label.casefold() for label in candidate.labels]
    size = (
        "one" if count == 1 else "few" if count <= 3 else "some" if count <= 12 else "many" if count <= 25 else "crowd"
    )
    return {
        "bias": 1.0,
        **candidate.marks,
        f"size_{size}": 1.0,
        "agree": max(overlaps, default=0.0),
        "known": len(own & known) * share,
        "in_title": sum(label in scene.title for label in lower) * share,
        "in_lead": sum(label in scene.lead for label in lower) * share,
        "site": len(own & scene.sites) * share,
        "section": len(own & scene.sections) * share,
        "long": sum(label.count(" ") > 3 for label in lower) * share,
        "code": sum(bool(_CODE.search(label)) for label in candidate.labels) * share,
        "lower": sum(label.islower() for label in candidate.labels) * share,
    }


def cleaned(labels: list[str], scene: Scene) -> list[str]:
    """Labels without the site's own name and tracking codes."""
    return [label for label in labels if key(label) not in scene.sites and not _TRACKING.search(label)]
