"""Tells whether a page shows an element: whether it or one around it is concealed by class, style or attributes."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from flows.parse.page.blocks import CONCEALING

_HIDDEN_TAGS = frozenset(["script", "style", "noscript", "template", "option", "select", "head"])
_HIDDEN_CLASS = re.compile(r"(?:^|[\s_-])(?:hide|hidden|d-none|template|placeholder|invisible)(?:$|[\s_-])", re.I)


def is_visible(node: LexborNode) -> bool:
    """Whether neither the element nor one around it is concealed."""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("body", "html", "-document"):
        attributes = above.attributes
        if above.tag in _HIDDEN_TAGS or "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return False
        if _HIDDEN_CLASS.search(attributes.get("class") or "") or CONCEALING.search(attributes.get("style") or ""):
            return False
        above = above.parent
    return True
