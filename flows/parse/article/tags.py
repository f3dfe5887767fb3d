"""Chooses the article's tags: scores every candidate list by a learned table of weights and cleans the best."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.model import Tag
from flows.parse.article.tag_lists import TagList, linked_lists, stated_lists
from flows.parse.article.tag_weights import WEIGHTS
from flows.parse.page import jsonld
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key

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


@dataclass(frozen=True, slots=True)
class Look:
    """One list, what makes its labels the same as those of another, what speaks for or against it, and its worth so
    far."""

    found: TagList
    keys: set[str]
    features: dict[str, float]
    worth: float


def read_tags(document: Document, title: str | None) -> list[Tag]:
    """The tags as printed, in their list's order, with the way they were found."""
    scene = scene_of(document, title or "")
    looks = [look_at(candidate, scene) for candidate in stated_lists(document)]
    best, worth = choose(looks) if looks else (None, 0.0)
    if worth < SURE:
        looks += [look_at(candidate, scene) for candidate in linked_lists(document)]
        best, worth = choose(looks) if looks else (None, 0.0)
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


def choose(looks: list[Look]) -> tuple[TagList, float]:
    """The list most like an article's tags and its worth, an estimate of its F1."""
    worths = [look.worth + _worth(agreement(rank, looks)) for rank, look in enumerate(looks)]
    best = max(range(len(looks)), key=worths.__getitem__)
    return looks[best].found, worths[best]


def _worth(features: dict[str, float]) -> float:
    return sum([WEIGHTS.get(name, 0.0) * value for name, value in features.items()])


def look_at(found: TagList, scene: Scene) -> Look:
    """One list as it shows without the others: how it was found, how long it is, and how much its labels look like
    tags of this very article, each from 0 to 1."""
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
        "in_title": sum([label in scene.title for label in lower]) * share,
        "in_lead": sum([label in scene.lead for label in lower]) * share,
        "site": len(keys & scene.sites) * share,
        "section": len(keys & scene.sections) * share,
        "long": sum([label.count(" ") > 3 for label in lower]) * share,
        "code": sum([_CODE.search(label) is not None for label in labels]) * share,
        "lower": sum([label.islower() for label in labels]) * share,
    }
    return Look(found, keys, features, _worth(features))


def agreement(rank: int, looks: list[Look]) -> dict[str, float]:
    """How far the lists that were found in other ways agree with one, from 0 to 1: the likest one, and all together."""
    own, marks = looks[rank].keys, looks[rank].found.marks
    others = [look.keys for look in looks if look.found.marks != marks]
    overlaps = [len(own & other) / len(own | other) for other in others]
    known = set().union(*others)
    return {"agree": max(overlaps, default=0.0), "known": len(own & known) / len(looks[rank].found.labels)}


def cleaned(labels: list[str], scene: Scene) -> list[str]:
    """Labels without the site's own name and tracking codes."""
    return [label for label in labels if key(label) not in scene.sites and not _TRACKING.search(label)]
