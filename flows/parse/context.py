"""What a parser may know besides the page: the sources and the rules of origin. Picklable, read once per process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows.model import Page
from flows.parse.article.origin import Origins, load_origins
from flows.settings import config_dir
from flows.sources import Source, SourceCatalog, load_sources


@dataclass(frozen=True, slots=True)
class Context:
    """Sources by name and host, and the rules of origin; empty ones read any page, knowing no zone."""

    catalog: SourceCatalog = field(default_factory=lambda: SourceCatalog({}, {}))
    origins: Origins = field(default_factory=Origins)

    def source_of(self, page: Page) -> Source | None:
        """The page's source by its name, else by its host; None if it is in no config file."""
        if page.source and page.source in self.catalog.sources:
            return self.catalog.sources[page.source]
        try:
            return self.catalog.by_url(page.url)
        except ValueError:
            return None

    def source_with(self, call_sign: str | None) -> Source | None:
        """The source with that call sign."""
        return next((s for s in self.catalog.sources.values() if call_sign and s.call_sign == call_sign), None)


def load_context(folder: Path | None = None) -> Context:
    """Read sources and origins of one config folder; raises ConfigError."""
    folder = folder or config_dir()
    return Context(load_sources(folder), load_origins(folder))
