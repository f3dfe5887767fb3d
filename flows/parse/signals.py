"""Collects in one pass over the tree everything a page states about itself: metadata, headings, times."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_QUERY = 'meta[content],title,h1,time,link[rel="canonical"],script[type*="ld+json"],[itemprop],[datetime]'


@dataclass(slots=True)
class Signals:
    """What a page states about itself; every list is in page order."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    headings: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    props: dict[str, list[LexborNode]] = field(default_factory=dict)
    jsonld: list[str] = field(default_factory=list)
    canonical: str | None = None


def read_signals(tree: LexborHTMLParser) -> Signals:
    """One selection over the tree, sorted by kind."""
    signals = Signals()
    for node in tree.css(_QUERY):
        tag = node.tag
        attributes = node.attributes
        for name in (attributes.get("itemprop") or "").lower().split():
            signals.props.setdefault(name, []).append(node)
        if tag == "meta":
            _add_meta(signals, attributes)
        elif tag == "time" or "datetime" in attributes:
            signals.times.append(node)
        elif tag == "h1":
            signals.headings.append(node)
        elif tag == "script":
            signals.jsonld.append(node.text())
        else:
            _add_head(signals, tag, node, attributes)
    return signals


def _add_head(signals: Signals, tag: str | None, node: LexborNode, attributes: dict[str, str | None]) -> None:
    if tag == "title":
        signals.titles.append(node.text())
    elif tag == "link" and signals.canonical is None:
        signals.canonical = attributes.get("href")


def _add_meta(signals: Signals, attributes: dict[str, str | None]) -> None:
    content = attributes.get("content")
    if content:
        for key in ("property", "name", "http-equiv"):
            if name := attributes.get(key):
                signals.meta.setdefault(name.strip().lower(), []).append(content)
