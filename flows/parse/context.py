"""Holds what a parser knows besides the page: sources and origin rules. Picklable, read once per process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows.model import Page
from flows.parse.article.origin import Origins, load_origins
from flows.settings import config_dir
from flows.sources import Source, SourceCatalog, load_sources


@dataclass(frozen=True, slots=True)
class Context:
    """Sources by name and host, and the origin rules. An empty context reads any page, without zone and origin."""

    catalog: SourceCatalog = field(default_factory=lambda: SourceCatalog({}, {}))
    origins: Origins = field(default_factory=Origins)

    def source_of(self, page: Page) -> Source | None:
        """The page's source by name, else by host; None if no config file has it."""
        if page.source and page.source in self.catalog.sources:
            return self.catalog.sources[page.source]
        try:
            return self.catalog.by_url(page.url)
        except ValueError:
            return None

    def source_with(self, call_sign: str | None) -> Source | None:
        """The source with that call sign, None if there is none."""
        return next((s for s in self.catalog.sources.values() if call_sign and s.call_sign == call_sign), None)


def load_context(folder: Path | None = None) -> Context:
    """Read sources and origins of one config folder. Raises ConfigError."""
    folder = folder or config_dir()
    return Context(load_sources(folder), load_origins(folder))
