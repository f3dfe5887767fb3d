"""Chooses the article's headline among JSON-LD, headings, Open Graph and <title>."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from flows.parse.page import jsonld
from flows.parse.page.addresses import path_of
from flows.parse.page.clean import clean_markup, clean_text
from flows.parse.page.document import Document
from flows.parse.page.text_keys import key, similar

_SEPARATOR = re.compile(r"\s+[-–—|»«·•*~:>/⋆★☆‹›⁄∙●■▪◆¦‖‑−→←]+\s+|\s*[|｜ㅣ]+\s*|(?<=\S)：(?=\S{2,12}$)")
_DOMAIN = re.compile(r"^[\w-]{2,40}(?:\.[\w-]{2,40})?\.[a-z]{2,6}$", re.IGNORECASE)
_DATE_LIKE = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$")
_HEADLINE_CLASS = (
    '[itemprop="headline"],h2[class*="title"],h2[class*="headline"],h3[class*="post-title"],'
    '[class*="entry-title"],[class*="post-title"],[class*="article-title"],[class*="headline"]'
)
_LABELS = '[class*="sr-only"],[class*="visually-hidden"],[class*="screen-reader"],[class~="badge"]'
# Blogs and guides write og:title for search engines; what JSON-LD calls NewsArticle has the editors' title there.
_BLOG_TYPES = frozenset(["article", "blogposting"])
MAX_LENGTH = 500
MIN_DENSE = 8
# A heading of fewer spaces that resembles no stated title may name the section.
MIN_SPACES = 2
# So much of a title that is cut off identifies the whole.
MIN_START = 15
_OTHER_META = ("headline", "citationtitle", "cxenseparsetitle", "title")
# A site's name at the start or end, with no white space between it and the sign.
_TIGHT_HEAD = re.compile(r"^([^:：]{2,60})[:：]\s*(?=\S)")
_TIGHT_TAIL = re.compile(r"\s*[_\-－—.:：,，]\s*([^_\-－—.:：,，]{2,60})$")
# A part of a title that holds a site's name is the name with a word or two, such as `Fernbrook Courier News`.
SITE_SHARE = 0.7


def read_title(document: Document) -> str | None:
    """The headline as readers see it, without site names; None when the page has none."""
    sites = document.sites
    node = document.article_node
    stated = {
        "jsonld": _string(node.get("headline")),
        "og": document.meta_first("og:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"),
        "twitter": document.meta_first("twitter:title"),
        "title": document.signals.titles[0] if document.signals.titles else None,
    }
    cleaned = {name: clean_markup(text[:MAX_LENGTH]) for name, text in stated.items() if text and text.strip()}
    own = {name: text for name, text in cleaned.items() if key(text) not in sites}
    if not own and (other := _other(document)):
        own = {"twitter": clean_markup(other[:MAX_LENGTH])}
    cleaned = own or cleaned
    heading = _heading(document, list(cleaned.values()), sites)
    wholes = [text for text in (heading, cleaned.get("jsonld")) if text]
    candidates = {name: without_site(text, sites, wholes) for name, text in cleaned.items()}
    heading = without_site(heading, sites, list(candidates.values()))
    if heading and _is_long(heading) and jsonld.types_of(node) & _BLOG_TYPES:
        return heading
    candidates["heading"] = heading
    return _whole(_choose(candidates), candidates) or None


def _other(document: Document) -> str | None:
    """The headline in microdata, rare metadata or the name in JSON-LD, for pages that state it in no common place."""
    marked = [node.attributes.get("content") or node.text() for node in document.signals.props.get("headline", ())[:1]]
    marked += [document.meta_joined[name][0] for name in _OTHER_META if name in document.meta_joined]
    return next((text for text in marked if text.strip()), None) or _string(document.article_node.get("name"))


def _whole(title: str, candidates: dict[str, str]) -> str:
    """The title, or the other one that it cuts off: a title that ends in dots."""
    start = title.rstrip(".… ")
    if not title.endswith(("...", "…")) or len(start) < MIN_START:
        return title
    others = (text for text in candidates.values() if text.startswith(start))
    return max((text for text in others if text[len(start) :].strip()[:1] not in ".…"), key=len, default=title)


def _is_long(heading: str) -> bool:
    return heading.count(" ") >= 2 or (not heading.isascii() and len(heading) >= MIN_DENSE)


def _choose(candidates: dict[str, str]) -> str:
    """The editors' headline. A <title> is written for search engines, so a heading or Open Graph title that differs
    from it is the editors' own; two independent signals that agree take precedence."""
    heading, ld, og = (candidates.get(name, "") for name in ("heading", "jsonld", "og"))
    title, twitter = candidates.get("title", ""), candidates.get("twitter", "")
    if not heading:
        return ld or og or twitter or _main_part(title)
    if not og:
        same = next((text for text in (ld, title) if text and key(text) == key(heading)), None)
        return same or _without_kicker(heading, [ld, twitter, title])
    if key(og) == key(heading):
        return og
    if key(og) == key(ld):
        return og
    if key(og) == key(title) or (key(heading) in (key(twitter), key(ld)) and key(title) == key(twitter)):
        return heading
    if key(heading) in (key(ld), key(title)) or key(og) == key(twitter):
        return og if len(og) > 25 or similar(og, heading) > 0.2 else heading
    return heading


def _main_part(title: str) -> str:
    """The first part of a title that has several words, else the longest part."""
    parts = re.split(r"\s+[|»]\s+", title)
    return next((part for part in parts if part.count(" ") > 2), None) or max(parts, key=len)


def _without_kicker(heading: str, others: list[str]) -> str:
    """The heading, or the other title that it repeats with a kicker or subtitle attached."""
    for other in others:
        if other and len(key(other)) > 20 and key(other) != key(heading) and key(other) in key(heading):
            return other
    return heading


def _heading(document: Document, stated: list[str], sites: set[str]) -> str:
    """The h1, or element with a headline's class, that is most similar to the stated titles."""
    found = _best(document.signals.headings, stated, sites)
    if found and (not stated or max(similar(found, other) for other in stated) >= 0.3):
        return found
    marked = _best(document.tree.css(_HEADLINE_CLASS)[:20], stated, sites, at_least=0.5)
    return marked or ("" if stated and _names_section(found, stated, sites) else found)


def _names_section(heading: str, stated: list[str], sites: set[str]) -> bool:
    """Whether a heading that is no stated title names the section: one word that begins none, not even behind the
    site's name, or two that no title holds."""
    if " " not in heading:
        starts = tuple(site + key(heading) for site in ("", *sites))
        return not any(key(text).startswith(starts) for text in stated)
    return heading.count(" ") < MIN_SPACES and not any(similar(heading, text) for text in stated)


def _best(nodes: list[LexborNode], stated: list[str], sites: set[str], at_least: float = 0.0) -> str:
    best, best_score = "", at_least
    for rank, node in enumerate(nodes[:12]):
        text = _shown(node)
        if not text or len(text) > MAX_LENGTH or key(text) in sites or _leads_home(node):
            continue
        score = max((similar(text, other) for other in stated), default=0.5) - rank * 0.001
        if score > best_score or (not best and not at_least):
            best, best_score = text, score
    return best


def _shown(heading: LexborNode) -> str:
    """The heading's text without labels and what is for screen readers only."""
    text = clean_text(heading.text(separator=" "))
    for label in heading.css(_LABELS)[:4] if text else ():
        text = clean_text(text.replace(clean_text(label.text(separator=" ")), " ", 1)) or text
    return text


def _leads_home(heading: LexborNode) -> bool:
    """Whether a heading is the site's name: a link to its start page."""
    link = heading.css_first("a[href]") or (heading.parent if heading.parent and heading.parent.tag == "a" else None)
    if link is None:
        return False
    href = (link.attributes.get("href") or "").strip()
    return "home" in (link.attributes.get("rel") or "").split() or path_of(href) == "/" or href == "/"


def without_site(text: str, sites: set[str], wholes: list[str]) -> str:
    """The title without site names and dates at either end, or the one of `wholes` that it only adds to."""
    for whole in wholes:
        if len(whole) > 10 and whole != text and (text.startswith(whole) or text.endswith(whole)):
            rest = text.removeprefix(whole) if text.startswith(whole) else text.removesuffix(whole)
            if _SEPARATOR.match(rest if text.startswith(whole) else rest[::-1]):
                return whole
    while matches := list(_SEPARATOR.finditer(text)):
        head, tail = text[: matches[0].start()], text[matches[-1].end() :]
        if _is_site(tail, sites):
            text = text[: matches[-1].start()]
        elif _is_site(head, sites):
            text = text[matches[0].end() :]
        else:
            break
    return _without_tight_site(text.strip(), sites)


def _without_tight_site(text: str, sites: set[str]) -> str:
    """The title without a site's whole name that no white space parts from the sign before or after it."""
    if (match := _TIGHT_TAIL.search(text)) and key(match.group(1)) in sites:
        return text[: match.start()]
    if (match := _TIGHT_HEAD.match(text)) and key(match.group(1)) in sites:
        return text[match.end() :]
    return text


def _is_site(part: str, sites: set[str]) -> bool:
    name = key(part)
    if not name or _DATE_LIKE.match(part.strip()) or _DOMAIN.match(part.strip()):
        return True
    return any(
        name == site
        or (min(len(site), len(name)) > 3 and (name in site or (site in name and len(site) > SITE_SHARE * len(name))))
        for site in sites
    )


def _string(value: object) -> str | None:
    found = jsonld.texts(value, limit=1)
    return found[0] if found else None
