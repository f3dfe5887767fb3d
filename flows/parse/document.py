"""Turns a page's bytes into one parsed tree."""

from __future__ import annotations

from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from flows.model import Page


class Document:
    """One page, decoded once and parsed once; `notes` say what had to be guarded or guessed."""

    def __init__(self, page: Page) -> None:
        self.url = page.url
        self.notes: list[str] = []
        body = page.body
        self.text = body if isinstance(body, str) else body.decode(page.charset or "utf-8", "replace")
        self.text = self.text.replace("\x00", "").encode("utf-8", "replace").decode()

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Lower-case `property`, `name`, `itemprop` or `http-equiv` -> contents in page order."""
        found: dict[str, list[str]] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            content = attributes.get("content")
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = attributes.get(key)
                if name and content:
                    found.setdefault(name.strip().lower(), []).append(content)
        return found
