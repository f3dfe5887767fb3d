"""Finds the modules in `flows/parse/station/systems`, checks that each is complete, and picks the one for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from types import ModuleType
from typing import Final, Protocol, cast

from selectolax.lexbor import LexborNode

from flows.model import Page, Parsed
from flows.parse.context import Context
from flows.parse.page.document import Document
from flows.parse.station import systems
from flows.sources import Source

# A page's head names its system; further down other sites' names become likelier.
HEAD_CHARACTERS: Final = 60_000


class System(Protocol):
    """What a module in `systems` defines; its package's docstring explains each name."""

    ORDER: int

    def matches(self, url: str, head: str) -> bool:
        """Whether the system made the page."""

    def native_id(self, parsed: Parsed, body: LexborNode | None) -> str | None:
        """The system's own id of the article; `body` is None for a plain-text rendering."""

    def read(self, document: Document, page: Page, zone: tzinfo | None) -> Parsed:
        """The page's facts; `zone` is the source's own, for times that print none."""


class TextSystem(System, Protocol):
    """A system whose pages are also read from a plain-text rendering."""

    def read_text(self, page: Page, text: str, source: Source | None, context: Context) -> Parsed:
        """The facts of the rendering `text`, the template's id among them."""


@dataclass(frozen=True, slots=True)
class Template:
    """One registered system; `name` is its module's name with hyphens, such as `heartland-2017`."""

    name: str
    system: System


def load_systems(package: ModuleType) -> tuple[Template, ...]:
    """Every module of the package as a template, in the order they are tried. Raises ImportError for a module that is
    incomplete, naming the module and what is missing."""
    names = [f"{package.__name__}.{found.name}" for found in iter_modules(package.__path__)]
    templates = [_template(import_module(name)) for name in sorted(names)]
    return tuple(sorted(templates, key=lambda template: template.system.ORDER))


def _template(module: ModuleType) -> Template:
    wanted = {name: _parameters(vars(System)[name])[1:] for name in ("matches", "native_id", "read")}
    problems = [f"{name} is missing" for name in ("ORDER", *wanted) if not hasattr(module, name)]
    if hasattr(module, "read_text"):
        wanted["read_text"] = _parameters(TextSystem.read_text)[1:]
    for name, parameters in wanted.items():
        if hasattr(module, name) and _parameters(getattr(module, name)) != parameters:
            problems.append(f"{name} must take ({', '.join(parameters)})")
    if problems:
        raise ImportError(
            f"{module.__name__} is not a complete site system: {'; '.join(problems)}. "
            f"See the docstring of {systems.__name__}.",
            name=module.__name__,
            path=module.__file__,
        )
    return Template(module.__name__.rpartition(".")[2].replace("_", "-"), cast("System", module))


def _parameters(function: object) -> list[str]:
    return list(signature(function).parameters) if callable(function) else []


TEMPLATES: Final = load_systems(systems)


def template_of(url: str, markup: str) -> Template:
    """The template of an HTML page."""
    return _first(TEMPLATES, url, markup)


def text_system_of(url: str, text: str) -> TextSystem:
    """The system that reads a plain-text rendering."""
    readers = (template for template in TEMPLATES if hasattr(template.system, "read_text"))
    return cast("TextSystem", _first(readers, url, text).system)


def _first(templates: Iterable[Template], url: str, markup: str) -> Template:
    head = markup[:HEAD_CHARACTERS]
    return next(template for template in templates if template.system.matches(url, head))
