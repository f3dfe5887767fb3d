"""Names the system a page was made with, and hashes its structure, so that a redesign shows."""

from __future__ import annotations

import hashlib
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

HEARTLAND_URL = re.compile(r"/content/(news|video|national|livestream)/(?:[^/?#]*-)?(\d{9})\.html")
# A page's head names its system; further down only other sites' names are met more.
_HEAD = 60_000
_DIGITS = re.compile(r"\d+")
_BLOX_URL = re.compile(r"/article_[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.html")


def system_of(url: str, markup: str) -> str:
    """The template's id: system, and the year its era began where a system has several looks; `generic` if unknown."""
    markup = markup[:_HEAD]
    if HEARTLAND_URL.search(url) or "media.heartlandtv.com" in markup or "wxRotate" in markup:
        return "heartland-2017"
    if _BLOX_URL.search(url) or "tncms" in markup or "bloximages" in markup:
        return "blox-2021"
    if "/wp-content/" in markup or "/wp-json/" in markup:
        return "wordpress"
    return "generic"


def fingerprint(tree: LexborHTMLParser) -> str | None:
    """Twelve hex digits over the tags, ids and classes of the page's two outermost levels: equal for the pages of one
    template, different after a redesign. Digits in names are folded, so that post ids do not count."""
    body = tree.body
    if body is None:
        return None
    names: list[str] = []
    for child in list(body.iter())[:40]:
        names.append(_name(child))
        names += [" " + _name(inner) for inner in list(child.iter())[:20]]
    unique = dict.fromkeys(_DIGITS.sub("0", "\n".join(names)).split("\n"))
    kept = "\n".join(name for name in unique if "script" not in name)
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()[:12]


def _name(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{node.tag}#{attributes.get('id') or ''}.{(attributes.get('class') or '')[:60]}"
