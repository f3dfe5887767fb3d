"""Knows addresses and the names that a page gives its own site, so that titles, authors and tags can leave them out."""

from __future__ import annotations

from urllib.parse import urlsplit

from flows.parse.page.jsonld import Node, texts, types_of
from flows.parse.page.text_keys import key


def host_of(url: str) -> str:
    """Lower-case host without `www.`; empty when the address has none or is malformed."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path; empty when the address is malformed."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


_NAMED = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")
_ORGANISATIONS = frozenset(["organization", "newsmediaorganization", "website"])


def site_keys(meta: dict[str, list[str]], nodes: list[Node], article: Node, url: str) -> set[str]:
    """Keys of the site's names: those it states, its publisher's in JSON-LD, and the labels of its host."""
    names = [name for field in _NAMED for name in meta.get(field, ())]
    for node in (article, *nodes):
        names += texts(node.get("publisher"), limit=3)
        if types_of(node) & _ORGANISATIONS:
            names += texts(node.get("name"), limit=2)
    host = host_of(url)
    labels = host.split(".")
    names += [host, *(label for label in labels[:-1] if len(label) > 2), " ".join(labels[-2:])]
    return {name for text in names if len(name := key(text[:200])) > 1}
