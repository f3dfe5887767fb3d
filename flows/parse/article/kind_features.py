"""Measures what tells an article from other pages: what the page states, how its text stands, and its address."""

from __future__ import annotations

import re
from collections import Counter
from math import log

from flows.model import Parsed
from flows.parse.article.body import Body
from flows.parse.page import jsonld
from flows.parse.page.addresses import host_of, path_of
from flows.parse.page.document import Document
from flows.parse.page.outline import MAX_TEASER, Outline
from flows.parse.page.text_weight import weight_of
from flows.parse.page.vocabulary import words

_TYPES = {
    "ld story": words("article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle"),
    "ld list": words("collectionpage searchresultspage itemlist profilepage offercatalog"),
    "ld product": words("product productgroup offer aggregateoffer"),
    "ld thread": words("discussionforumposting qapage question"),
    "ld breadcrumb": words("breadcrumblist"),
}
# Programs that make forums name themselves in the metadata.
_FORUM = re.compile(r"\s*(?:discourse|phpbb|vbulletin|xenforo|flarum|mybb|nodebb|simple machines)\b", re.IGNORECASE)
# Words in classes, and what elements of such classes show.
_CLASSES = {
    "classes of articles": words(
        "entry-content article-body article-content post-content articlebody story-body blog-post blog-content"
    ),
    "classes of authors": words("author byline"),
    "classes of filters": words("filter facet sort"),
    "classes of prices": words("price"),
    "classes of ratings": words("rating review"),
    "classes of votes": words("vote reaction"),
}
_HOSTS = {
    "host of threads": r"(?:^|\.|-)(?:forums?|community|discuss(?:ions?)?|boards?|talk|ask|answers?|discourse|bbs)"
    r"(?:\.|-)|forums?\.",
    "host of documents": r"^(?:docs?|developers?|dev|help|api|reference|wiki|manual|learn|guides?|support|kb)\.|"
    r"readthedocs",
    "host of offices": r"\.(?:edu|gov|ac|mil)(?:\.\w\w)?$",
}
_PATHS = {
    "path is root": r"^/?(?:index\.\w+)?$|^/[a-z]{2}(?:-[a-z]{2})?/?$",
    "path lists": r"/(?:tags?|categor(?:y|ies)|sections?|authors?|search|page/\d+|collections?|archives?|browse|"
    r"directory|list|all|genres?|hub|product-category|topics?|catalogs?|departments?)(?:/|$)",
    "path of stories": r"/(?:news|story|stories|articles?|blogs?|posts?|opinion|sports?|features?|magazine|insights?|"
    r"learn|guides?|resources?|advice|tips|how-to|knowledge[\w-]*|recipes?|education|a)/[^/]",
    "path of goods": r"/(?:products?|p|item|dp|itm|pdp|listing|sku|gp|store|shop|app|buy)/",
    "path ends in service": r"(?:services?|consulting|software|company|agency|solutions?|calculator|repair|movers?|"
    r"lawyers?|plans?|pricing|packages|coupons?|program|certification|department|insurance|rentals?|training|contact|"
    r"about|course|tool)(?:\.\w+|/)?$",
    "path of documents": r"/(?:docs?|documentation|reference|api|manual|wiki|help|support|kb|book|man\d|tutorials?|"
    r"user|users?guide|latest|stable|v?\d+\.\d+|spec|concepts|quickstart|getting-started|howto|library)(?:/|$)",
    "path of threads": r"/(?:forums?|threads?|t|topic|questions?|community|discussions?|comments|r|d|talk|boards?|"
    r"showthread\w*|viewtopic\w*|showtopic|viewthread|ask|answers?|q)(?:/|$|\.)|"
    r"/(?:thread|topic|discussion|show_?topic)[-.]",
}
_TITLES = {
    "title of list": r"\b(?:news|recipes|articles|stories|courses|events|jobs|categories|products|archives?|topics?|"
    r"collections?|results|directory|catalogs?|posts|videos|podcasts|shows|reviews|browse|explore|search|shop|all|"
    r"library|list of)\b",
    "title of service": r"\b(?:services?|company|companies|software|tool|calculator|consulting|agency|lawyers?|"
    r"attorneys?|repair|program|certification|certificate|degree|department|platform|solutions?|pricing|plans?|"
    r"coupons?|offers|deals|course|near you|free|official|online)\b",
    "title of document": r"\b(?:documentation|docs|manual|reference|api|tutorial|overview|quickstart|"
    r"getting started)\b|^\d+\.\d*|¶|\(\d\)",
    "title with digits": r"\d",
    "title that asks or tells": r"\?|\b(?:how|why|what|when|who|here's|is|are|was|to|your)\b",
}
# Hosts and paths are searched in lower case.
_HOST_PATTERNS = {name: re.compile(pattern) for name, pattern in _HOSTS.items()}
_PATH_PATTERNS = {name: re.compile(pattern) for name, pattern in _PATHS.items()}
_TITLE_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TITLES.items()}
MIN_RUNNING = 80
# A link with so much text may be a headline.
MIN_HEADLINE, MAX_HEADLINE = 25, 150
# Words by which a page speaks for a company.
_WE = (" we ", " We ", " our ", " Our ", " us ")
# Words by which a page speaks for one person.
_I = (" I ", "I'", " my ")
_CURRENCIES = "$€£¥₹"
# The address of another page of the same list.
_OTHER_PAGE = re.compile(r"(?:[?&;](?:page|paged)=|/page/?)\d")
MAX_LINKS = 200


def kind_features(document: Document, parsed: Parsed, body: Body) -> dict[str, float]:
    """What tells an article from other pages, each from 0 to 1."""
    text = parsed.body or ""
    weight = weight_of(text)
    return {
        "bias": 1.0,
        **_stated(document, parsed),
        **_title(parsed),
        **_text(document, text, weight),
        **_layout(document, weight),
        "links among blocks": body.link_share,
        "times in text": _scaled(body.times, 6),
        "pagination": float(_has_pages(document)),
        **_address(document),
    }


def _stated(document: Document, parsed: Parsed) -> dict[str, float]:
    types = {name for node in document.jsonld for name in jsonld.types_of(node)}
    kind = (document.meta_first("og:type") or "").strip().lower()
    node = document.article_node
    return {
        **{name: float(not types.isdisjoint(known)) for name, known in _TYPES.items()},
        "ld author": float(bool(node.get("author"))),
        "forum": float(bool(_FORUM.match(document.meta_first("generator") or ""))),
        "og article": float(kind == "article"),
        "og product": float("product" in kind),
        "meta date": float(bool(document.meta_first("article:published_time", "datepublished", "date"))),
        "date": float(parsed.published is not None),
        "authors": float(bool(parsed.authors)),
    }


def _title(parsed: Parsed) -> dict[str, float]:
    title = parsed.title or ""
    is_short = weight_of(title) < 30
    return {
        **{name: float(bool(pattern.search(title))) for name, pattern in _TITLE_PATTERNS.items()},
        "title under 30": float(is_short),
        "title of two words": float(is_short and title.count(" ") < 2),
        "title in lower case": float(_is_sentence(title)),
    }


def _is_sentence(title: str) -> bool:
    """Whether many words of a title start in lower case, as those of sentences do."""
    parts = title.split()
    return bool(parts) and sum([part[0].islower() for part in parts]) >= 0.4 * len(parts)


def _text(document: Document, body: str, weight: int) -> dict[str, float]:
    return {
        "under 400": float(weight < 400),
        "share of text": min(1.0, weight / (len(document.body_text) + 1)),
        "mean paragraph": min(1.0, weight / (body.count("\n\n") + 1) / 300),
        "we": min(1.0, sum(map(body.count, _WE)) / (body.count(" ") + 1) * 20),
        "I": min(1.0, sum(map(body.count, _I)) / (body.count(" ") + 1) * 20),
        "prices": _scaled(sum(map(document.body_text.count, _CURRENCIES)), 20),
    }


def _layout(document: Document, weight: int) -> dict[str, float]:
    outline, page = document.outline, len(document.body_text) + 1
    links = [len(link.text_lexbor().strip()) for link in outline.select("a")]
    headlines = sum(MIN_HEADLINE <= length <= MAX_HEADLINE for length in links)
    linked = outline.linked_headings
    cards = sum(linked.values())
    return {
        "linked text": min(1.0, sum(links) / page),
        "headlines per text": min(1.0, 200 * headlines / (weight + 200)),
        "cards": min(1.0, cards / 12),
        "cards per text": min(1.0, 150 * cards / (weight + 200)),
        "one article": float(len(outline.select("article")) == 1),
        "code": min(1.0, len(outline.select("pre")) / 5),
        **_paragraphs(outline, linked, page, weight),
        **{name: _scaled(outline.count_in_classes(found), 15) for name, found in _CLASSES.items()},
    }


def _paragraphs(outline: Outline, linked: Counter[int], page: int, weight: int) -> dict[str, float]:
    """How the paragraphs stand: an article's are side by side, those of other pages each in a box of its own, and
    teasers each beside a heading that is a link."""
    own: dict[int, list[int]] = {}
    for above, length in outline.paragraphs:
        own.setdefault(above.mem_id, []).append(length)
    teasers = sum(length for place, texts in own.items() if (length := sum(texts)) <= MAX_TEASER * linked[place])
    running = [texts for all_texts in own.values() if (texts := [n for n in all_texts if n >= MIN_RUNNING])]
    most = max(map(sum, running), default=0)
    return {
        "text of teasers": teasers / (max(weight, sum(map(sum, own.values()))) or 1),
        "paragraphs together": _scaled(max(map(len, running), default=0), 30),
        "share of text together": min(1.0, most / page),
        "boxes per paragraph": len(running) / (sum(map(len, running)) or 1),
    }


def _address(document: Document) -> dict[str, float]:
    path, host = path_of(document.url).lower(), host_of(document.url)
    last = path.rstrip("/").rpartition("/")[2]
    return {
        **{name: float(bool(pattern.search(path))) for name, pattern in _PATH_PATTERNS.items()},
        **{name: float(bool(pattern.search(host))) for name, pattern in _HOST_PATTERNS.items()},
        "path words": min(1.0, (last.count("-") + last.count("_")) / 6),
    }


def _has_pages(document: Document) -> bool:
    """Whether the page links to other pages of the same list: its own address with the number of a page."""
    own = path_of(document.url).rstrip("/")
    for link in document.outline.select('a[href*="page"]')[:MAX_LINKS]:
        address = link.attributes.get("href") or ""
        path = path_of(address)
        if (not path or (own and path.startswith(own))) and _OTHER_PAGE.search(address):
            return True
    return False


def _scaled(count: int, full: int) -> float:
    """A count on a scale of logarithms that reaches 1 at `full`."""
    return min(1.0, log(1 + count) / log(1 + full))
