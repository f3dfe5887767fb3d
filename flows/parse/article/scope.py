"""Tells the page's own article from its surroundings: masthead, menus, comments, and cards of other articles."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from flows.parse.page.boilerplate import names_of, names_side_content
from flows.parse.page.clean import clean_text
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key, similar

MAX_LEVELS = 40
MAX_HEADING = 500
# A link with more text than this is a card that leads to another article.
MAX_LINK = 100
_FOREIGN_TAGS = frozenset(["nav", "aside", "form"])
_FOREIGN_ROLES = frozenset(["navigation", "complementary", "search", "menu", "contentinfo"])
_FOREIGN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:masthead|site-?header|page-?header|global-?header|top-?bar|main-?nav\w*|mega-?menu|super-?nav|"
    r"navbar|navigation|nav|menu|ticker|weather|breadcrumbs?|most-?(?:read|viewed)|rail|site-?footer)"
    r"(?=$|[\s_-])|(?<!has-)(?<!with-)(?<!without-)(?<!no-)side-?bar(?=$|\s)|megamenu|Masthead|(?<=[a-z])(?:Nav|Sidebar)(?=$|[\s_A-Z-])",
)


class Scope:
    """The surroundings of one page's article. The headline anchors it: an element around the headline is never
    foreign, whatever its class says."""

    def __init__(self, document: Document, title: str | None) -> None:
        self.heading = _heading(document, title)
        self._anchors = _around(self.heading)
        self._known: dict[int, bool] = {}

    def excludes(self, node: LexborNode) -> bool:
        """Whether the node is in a part of the page that is not its article."""
        passed: list[int] = []
        above: LexborNode | None = node
        is_foreign = False
        while above is not None and len(passed) < MAX_LEVELS:
            place = above.mem_id
            if place in self._known:
                is_foreign = self._known[place]
                break
            if place in self._anchors or above.tag in ("body", "html"):
                break
            passed.append(place)
            if self._is_foreign(above):
                is_foreign = True
                break
            above = above.parent
        self._known.update(dict.fromkeys(passed, is_foreign))
        return is_foreign

    def is_chrome(self, node: LexborNode) -> bool:
        """Whether the node is foreign and outside of any `article` and `main`, as menus and tag clouds are."""
        above = node.parent if self.excludes(node) else None
        while above is not None and above.tag not in ("article", "main"):
            if above.tag in ("body", "html"):
                return True
            above = above.parent
        return False

    def surrounds(self, node: LexborNode, levels: int) -> bool:
        """Whether an element around the headline is the node's parent, or at most `levels` above it and smaller than
        the page's `main`."""
        above = node.parent
        for level in range(levels):
            if above is None or above.tag in ("body", "html") or (level and above.tag == "main"):
                return False
            if above.mem_id in self._anchors:
                return True
            above = above.parent
        return False

    def _is_foreign(self, element: LexborNode) -> bool:
        tag, attributes = element.tag, element.attributes
        if tag in _FOREIGN_TAGS or attributes.get("role") in _FOREIGN_ROLES:
            return True
        if tag in ("header", "footer") and self._anchors and _is_outermost(element):
            return True
        if tag == "a":
            return len(element.text_lexbor()) > MAX_LINK
        if tag == "article" and self._anchors and _is_card(element):
            return True
        names = names_of(attributes)
        return len(names) > 1 and (_names_foreign(names) or names_side_content(names))


def _heading(document: Document, title: str | None) -> LexborNode | None:
    """The heading that is the article's headline: the h1 that is most like its title."""
    best, best_score = None, 0.3
    for node in document.signals.headings[:12] if title else ():
        text = clean_text(node.text(separator=" ")[:MAX_HEADING])
        score = 1.0 if key(text) == key(title or "") else similar(text, title or "")
        if score > best_score:
            best, best_score = node, score
    return best


def _around(heading: LexborNode | None) -> set[int]:
    """Identities of the heading and all elements around it."""
    found: set[int] = set()
    while heading is not None and heading.tag not in ("body", "html"):
        found.add(heading.mem_id)
        heading = heading.parent
    return found


def _is_outermost(element: LexborNode) -> bool:
    """Whether a header or footer is the page's own, not that of an article or a section."""
    above = element.parent
    while above is not None and above.tag not in ("body", "html"):
        if above.tag in ("article", "main", "section"):
            return False
        above = above.parent
    return True


def _is_card(article: LexborNode) -> bool:
    """Whether an article element is the teaser of another page: its heading is a link."""
    heading = article.css_first("h1, h2, h3, h4")
    return heading is not None and (heading.css_first("a[href]") is not None or _is_linked(heading, article))


def _is_linked(node: LexborNode, root: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.mem_id != root.mem_id:
        if above.tag == "a":
            return True
        above = above.parent
    return False


@lru_cache(maxsize=8192)
def _names_foreign(names: str) -> bool:
    return bool(_FOREIGN_NAMES.search(names))
