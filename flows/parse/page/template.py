"""Computes the structural fingerprint of a page, which changes when a site is redesigned."""

from __future__ import annotations

import hashlib
import re
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DIGITS = re.compile(r"\d+")


def fingerprint(tree: LexborHTMLParser) -> str | None:
    """Twelve hex digits over the tags, ids and classes of the page's two outermost levels: equal for the pages of one
    template, different after a redesign. Digits in names are replaced, so that post ids do not count."""
    body = tree.body
    if body is None:
        return None
    names: list[str] = []
    for child in islice(body.iter(), 40):
        names.append(_name(child))
        names += [" " + _name(inner) for inner in islice(child.iter(), 20)]
    unique = dict.fromkeys(_DIGITS.sub("0", "\n".join(dict.fromkeys(names))).split("\n"))
    kept = "\n".join(name for name in unique if "script" not in name)
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()[:12]


def _name(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{node.tag}#{attributes.get('id') or ''}.{(attributes.get('class') or '')[:60]}"
