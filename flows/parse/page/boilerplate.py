"""Recognizes the parts of a page that are not the article, by element, class and id."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

_ASIDE = re.compile(
    r"comment|kommentar|disqus|repl(?:y|ies)|sidebar|related|recommend|widget|footer|newsletter|subscribe|promo|teaser|"
    r"trending|popular|most-read|mostread|navigation|menu|breadcrumb|share|social|cookie|consent",
    re.IGNORECASE,
)
_SIDE_CONTENT = re.compile(
    r"(?:^|[\s_-])comment(?!ary|s?-?(?:count|open|closed|enabled))|kommentare|disqus|repl(?:y|ies)|respond|(?<!has-)(?<!with-)(?<!no-)(?<!content-)sidebar|related|recommend|teaser|widget-|popular|trending|consent|cookie|privacy|popup|newsletter",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])comment(?!ary|s?-?(?:count|open|closed|enabled))|kommentare|disqus|repl(?:y|ies)|respond|"
    r"cookie|consent|privacy|onetrust|qc-cmp|sp_message|didomi|usercentrics",
    re.IGNORECASE,
)
MAX_NAMES = 400
_ASIDE_TAGS = frozenset(["aside", "footer", "nav", "form"])


def is_aside(node: LexborNode, levels: int = 8) -> bool:
    """Whether the node is in comments, side columns, teasers, menus or the footer, at most `levels` elements up."""
    above: LexborNode | None = node
    for _ in range(levels):
        if above is None or above.tag in ("article", "main", "body"):
            return False
        if above.tag in _ASIDE_TAGS:
            return True
        if _names_aside(names_of(above)):
            return True
        above = above.parent
    return False


def is_side_content(node: LexborNode) -> bool:
    """Whether class or id mark the node as readers' comments or a list of other articles."""
    return _names_side_content(names_of(node))


def is_comments_or_consent(node: LexborNode) -> bool:
    """Whether class or id mark the node as readers' comments or a consent dialog: running text, but not the
    article's."""
    return bool(_COMMENTS.search(names_of(node)))


def names_of(node: LexborNode) -> str:
    """Class and id of an element, up to MAX_NAMES characters."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_NAMES]


@lru_cache(maxsize=8192)
def _names_aside(names: str) -> bool:
    return bool(_ASIDE.search(names))


@lru_cache(maxsize=8192)
def _names_side_content(names: str) -> bool:
    return bool(_SIDE_CONTENT.search(names))
