"""Reads hosts and paths from URLs, and collects a site's own names, which titles, authors and tags leave out."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from flows.captures import original_url
from flows.parse.page.clean import clean_text
from flows.parse.page.jsonld import Node, texts, types_of
from flows.parse.page.text_keys import key


def host_of(url: str) -> str:
    """Lower-case host without `www.`, for a capture that of the page captured; empty without one or when malformed."""
    try:
        return (urlsplit(original_url(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path, for a capture that of the page captured; empty when the URL is malformed."""
    try:
        return urlsplit(original_url(url)).path
    except ValueError:
        return ""


MAX_URL = 2000


def absolute_url(base: str, stated: str | None) -> str | None:
    """The http or https URL that a page at `base` states, absolute; None for another scheme, and for one that is
    malformed or longer than MAX_URL characters."""
    if not stated or len(stated) > MAX_URL:
        return None
    try:
        url = urljoin(base, clean_text(stated))
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")
_ORGANIZATIONS = frozenset(["organization", "newsmediaorganization", "website"])


def site_keys(meta: dict[str, list[str]], nodes: list[Node], article: Node, url: str) -> set[str]:
    """Keys (`text_keys.key`) of the site's names, from metadata, the publisher in JSON-LD, and the host's labels."""
    names = [name for field in _SITE_NAMES for name in meta.get(field, ())]
    for node in (article, *nodes):
        names += texts(node.get("publisher"), limit=3)
        if types_of(node) & _ORGANIZATIONS:
            names += texts(node.get("name"), limit=2)
    host = host_of(url)
    labels = host.split(".")
    names += [host, *(label for label in labels[:-1] if len(label) > 2), " ".join(labels[-2:])]
    return {name for text in names if len(name := key(text[:200])) > 1}
