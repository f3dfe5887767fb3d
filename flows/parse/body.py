"""Finds the article's text: the block of the tree that holds it, then its paragraphs without furniture."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from flows.parse import jsonld
from flows.parse.blocks import Block, Reader
from flows.parse.clean import clean_markup
from flows.parse.document import Document
from flows.parse.title import key

MIN_PARAGRAPH = 40
_DROPPED = re.compile(
    r"^(?:advertisement|anzeige|werbung|publicidad|publicité|read (?:more|also|next)|also read|see also|related|"
    r"sign up|subscribe|follow us|share this|click here|"
    r"lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|leia (?:também|mais)|"
    r"photo(?:graph)?s?\s?:|image\s?:|foto\s?:|©|copyright|all rights reserved|story continues below|"
    r"article continues|skip (?:past|to)|loading|watch\s?:|more\s?:|getty images|scroll for more)",
    re.IGNORECASE,
)


def read_body(document: Document, title: str | None) -> str | None:
    """The article's paragraphs, subheadings and list items, joined by blank lines; None when the page has none.
    The tree is pruned of invisible elements first."""
    document.prune()
    root = document.tree.body
    if root is None:
        return None
    container = find_container(document, root)
    blocks = select(Reader().read(container), title) if container is not None else []
    text = "\n\n".join(block.text for block in blocks)
    stated = _stated(document)
    if len(stated) > 2 * len(text) and len(stated) > 200:
        text = stated
    return text or None


def _stated(document: Document) -> str:
    values = jsonld.texts(document.article_node.get("articleBody"), limit=1)
    return "\n\n".join(
        part for line in values[:1] for part in (clean_markup(p) for p in re.split(r"\n+", line)) if part
    )


def find_container(document: Document, root: LexborNode) -> LexborNode | None:
    """The element that holds most of the page's running text: paragraphs vote for their ancestors, nearer ones more."""
    votes: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node in document.tree.css("p,pre,blockquote"):
        length = len(node.text().strip())
        if length < MIN_PARAGRAPH:
            continue
        weight = float(min(length, 1500))
        above = node.parent
        for _ in range(5):
            if above is None or above.mem_id == root.mem_id:
                break
            place = above.mem_id
            nodes[place] = above
            votes[place] = votes.get(place, 0.0) + weight
            weight *= 0.75
            above = above.parent
    if not votes:
        return root
    return nodes[max(votes, key=votes.__getitem__)]


def select(blocks: list[Block], title: str | None) -> list[Block]:
    """The blocks that are article text: no link lists, no repeated title, no trailing headings."""
    heading = key(title or "")
    kept: list[Block] = []
    for block in blocks:
        if block.linked > 0.6 * len(block.text) and (len(block.text) < 200):
            continue
        if _DROPPED.match(block.text) and len(block.text) < 200:
            continue
        if heading and key(block.text) == heading:
            continue
        kept.append(block)
    while kept and kept[-1].is_heading:
        kept.pop()
    return kept
