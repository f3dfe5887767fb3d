"""Recognizes the parts of a page that are not the article, by element, class and id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

# These patterns read lower-case names. Each alternative starts with a literal, which `re` finds many times faster than
# a choice of starts; what must stand before a word is therefore checked behind it.
_ASIDE = re.compile(
    r"comment|kommentar|disqus|repl(?:y|ies)|sidebar|related|recommend|widget|footer|newsletter|subscribe|promo|teaser|"
    r"trending|popular|most-read|mostread|navigation|menu|breadcrumb|share|social|cookie|consent"
)
_COMMENT = (
    r"comment(?<![^\s_-]comment)(?!ary|s?-?(?:count|open|closed|enabled))|kommentare|disqus|repl(?:y|ies)|respond"
)
_OTHER_ARTICLES = (
    r"sidebar(?<!has-sidebar)(?<!with-sidebar)(?<!no-sidebar)(?<!content-sidebar)|related|recommend|teaser|widget-(?!span|type|text|theme)|"
    r"popular|trending|popup|newsletter"
)
_NOTICES = r"cookie|consent|privacy"
_DIALOGS = r"onetrust|qc-cmp|sp_message|didomi|usercentrics"
_SIDE_CONTENT = re.compile(f"{_COMMENT}|{_OTHER_ARTICLES}|{_NOTICES}")
_COMMENTS_OR_CONSENT = re.compile(f"{_COMMENT}|{_NOTICES}|{_DIALOGS}")
_OUTSIDE = re.compile(f"{_COMMENT}|{_OTHER_ARTICLES}|{_NOTICES}|{_DIALOGS}")
MAX_NAMES = 400
_CACHED = 16_384
_ASIDE_TAGS = frozenset(["aside", "footer", "nav", "form"])


def is_aside(node: LexborNode, levels: int = 8) -> bool:
    """Whether the node is in comments, side columns, teasers, menus or the footer, at most `levels` elements up."""
    above: LexborNode | None = node
    for _ in range(levels):
        if above is None or above.tag in ("article", "main", "body"):
            return False
        if above.tag in _ASIDE_TAGS:
            return True
        if _names_aside(names_of(above.attributes)):
            return True
        above = above.parent
    return False


def names_of(attributes: Mapping[str, str | None]) -> str:
    """Class and id among the attributes of an element, up to MAX_NAMES characters; blank where it has neither."""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_NAMES]


@lru_cache(maxsize=_CACHED)
def names_side_content(names: str) -> bool:
    """Whether class and id mark an element as readers' comments or a list of other articles."""
    return bool(_SIDE_CONTENT.search(names.lower()))


@lru_cache(maxsize=_CACHED)
def names_comments_or_consent(names: str) -> bool:
    """Whether class and id mark an element as readers' comments or a consent dialog: running text, but not the
    article's."""
    return bool(_COMMENTS_OR_CONSENT.search(names.lower()))


@lru_cache(maxsize=_CACHED)
def names_outside(names: str) -> bool:
    """Whether class and id mark an element as any of these: comments, other articles, a consent dialog."""
    return bool(_OUTSIDE.search(names.lower()))


@lru_cache(maxsize=_CACHED)
def _names_aside(names: str) -> bool:
    return bool(_ASIDE.search(names.lower()))
