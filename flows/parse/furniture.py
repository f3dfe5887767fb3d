"""Knows the parts of a page that are not the article: by element, class and id, in the words that templates use."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_ASIDE = re.compile(
    r"comment|kommentar|disqus|repl(?:y|ies)|sidebar|related|recommend|widget|footer|newsletter|subscribe|promo|teaser|"
    r"trending|popular|most-read|mostread|navigation|menu|breadcrumb|share|social|cookie|consent",
    re.IGNORECASE,
)
_READERS = re.compile(
    r"(?:^|[\s_-])comment(?!ary|s?-?(?:count|open|closed|enabled))|kommentare|disqus|repl(?:y|ies)|respond|(?<!has-)(?<!with-)(?<!no-)(?<!content-)sidebar|related|recommend|teaser|widget-|popular|trending|consent|cookie|privacy|popup|newsletter",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset(["aside", "footer", "nav", "form"])


def is_aside(node: LexborNode, levels: int = 8) -> bool:
    """Whether the node stands in comments, side columns, teasers, menus or the footer."""
    above: LexborNode | None = node
    for _ in range(levels):
        if above is None or above.tag in ("article", "main", "body"):
            return False
        if above.tag in _ASIDE_TAGS:
            return True
        attributes = above.attributes
        if _ASIDE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}", 0, 400):
            return True
        above = above.parent
    return False


def is_reader_part(node: LexborNode, levels: int = 5) -> bool:
    """Whether the node stands among readers' comments or in a list of other articles."""
    above: LexborNode | None = node
    for _ in range(levels):
        if above is None or above.tag in ("main", "body"):
            return False
        if above.tag == "aside" or is_reader_block(above):
            return True
        above = above.parent
    return False


def is_reader_block(node: LexborNode) -> bool:
    """Whether class or id name the node a place for comments or other articles."""
    attributes = node.attributes
    return bool(_READERS.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}", 0, 400))
