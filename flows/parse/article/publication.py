"""Reads what a page states around its article: publisher, other headline, lead image, video, whether it is free."""

from __future__ import annotations

from collections.abc import Iterator

from flows.model import Parsed
from flows.parse.article.title import without_site
from flows.parse.page import jsonld
from flows.parse.page.addresses import absolute_url
from flows.parse.page.clean import clean_markup
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key

_IMAGE_META = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "parsely-image-url")
_VIDEO_META = ("og:video:secure_url", "og:video:url", "og:video", "twitter:player")
_PUBLISHER_META = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_IMAGE_KEYS = ("url", "contentUrl", "@id")
_VIDEO_KEYS = ("contentUrl", "embedUrl", "url")
_VIDEO_TYPES = frozenset(["videoobject", "newsmediavideo"])
# article:content_tier of Facebook's metadata for publishers; a metered article is not free for every reader.
_TIERS = {"free": True, "metered": False, "locked": False}
_FALSE, _TRUE = frozenset(["false", "0", "no"]), frozenset(["true", "1", "yes"])
MAX_NAME, MAX_HEADLINE = 200, 500


def read_publication(document: Document, parsed: Parsed) -> None:
    """Set `publisher`, `alternative_headline`, `image_url`, `video_url` (absolute http or https) and `is_free` of an
    article whose title is known; each stays None where the page does not state it."""
    parsed.publisher = _publisher(document)
    parsed.alternative_headline = _alternative_headline(document, parsed.title)
    parsed.image_url = _first_url(document, _images(document))
    parsed.video_url = _first_url(document, _videos(document))
    parsed.is_free = _is_free(document)


def _publisher(document: Document) -> str | None:
    value = document.article_node.get("publisher")
    if isinstance(value, dict) and not value.get("name"):
        value = document.jsonld_ids.get(str(value.get("@id")), value)
    named = [*jsonld.texts(value, limit=1), document.meta_first(*_PUBLISHER_META) or ""]
    cleaned = (clean_markup(text[:MAX_NAME]) for text in named if not text.startswith(("http", "/", "@")))
    return next((name for name in cleaned if len(name) > 1), None)


def _alternative_headline(document: Document, title: str | None) -> str | None:
    """The first stated headline that differs from the title in more than punctuation; a title with the site's name or
    a section attached is not another one."""
    node = document.article_node
    stated = [
        *jsonld.texts([node.get("alternativeHeadline"), node.get("headline")], limit=4),
        document.meta_first("og:title") or "",
        document.meta_first("twitter:title") or "",
    ]
    known = key(title or "")
    for text in stated if known else ():
        headline = without_site(clean_markup(text[:MAX_HEADLINE]), document.sites, [])
        other = key(headline)
        if other and other not in known and known not in other and other not in document.sites:
            return headline
    return None


def _images(document: Document) -> Iterator[str]:
    """The image that is shown when the page is shared, else the article's own in JSON-LD or microdata."""
    for name in _IMAGE_META:
        yield from document.meta.get(name, ())[:1]
    yield from jsonld.texts(document.article_node.get("image"), _IMAGE_KEYS, limit=2)
    yield from jsonld.texts(document.article_node.get("thumbnailUrl"), limit=1)
    for node in document.signals.props.get("image", ())[:2]:
        yield node.attributes.get("content") or node.attributes.get("src") or node.attributes.get("href") or ""


def _videos(document: Document) -> Iterator[str]:
    """The article's video in JSON-LD, else the one that players of other sites show, else any in JSON-LD."""
    node = document.article_node
    own = [node.get("video")]
    if jsonld.types_of(node) & _VIDEO_TYPES:
        own.append({name: node.get(name) for name in _VIDEO_KEYS[:2]})
    yield from jsonld.texts(own, _VIDEO_KEYS, limit=2)
    for name in _VIDEO_META:
        yield from document.meta.get(name, ())[:1]
    for other in document.jsonld:
        if jsonld.types_of(other) & _VIDEO_TYPES:
            yield from jsonld.texts(other, _VIDEO_KEYS[:2], limit=1)


def _first_url(document: Document, stated: Iterator[str]) -> str | None:
    return next((url for text in stated if (url := absolute_url(document.url, text))), None)


def _is_free(document: Document) -> bool | None:
    """Whether the article is free to read, by schema.org's isAccessibleForFree, else by its content tier."""
    value = document.article_node.get("isAccessibleForFree")
    word = str(value).rpartition("/")[2].strip().lower() if isinstance(value, bool | str | int) else ""
    if word in _FALSE or word in _TRUE:
        return word in _TRUE
    tier = document.meta_first("article:content_tier") or ""
    return _TIERS.get(tier.strip().lower())
