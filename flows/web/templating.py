"""Renders the page templates: everything is escaped, values get their words, units and zone from `wording`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from flows.counts import count_text
from flows.trends.charts import cell
from flows.web.drilldown import link
from flows.web.explorer import Explorer
from flows.web.wording import column_text, day_text, moment_text, value_text

PAGES: Final = (
    ("/", "Today"),
    ("/topics", "Topics"),
    ("/search", "Search"),
    ("/trends", "Trends"),
    ("/stories", "Stories"),
    ("/articles", "Articles"),
    ("/weather", "Weather"),
    ("/sources", "Sources"),
    ("/sql", "SQL"),
    ("/catalog", "Catalog"),
)
STATIC: Final = Path(__file__).parent / "static"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(link=link, pages=PAGES, count=count_text)
    made.filters.update(column=column_text, day=day_text, plain=cell, moment=_moment, web_url=_web_url, value=_value)
    made.filters.update(pair=lambda value: (value, value), is_day=lambda value: isinstance(value, date))
    return made


@pass_context
def _moment(context: Context, value: datetime | None) -> str:
    return "unknown" if value is None else moment_text(value, context["zone"])


@pass_context
def _value(context: Context, value: object, column: str = "") -> str:
    return value_text(value, column, context["zone"])


def _web_url(text: object) -> str | None:
    """The text if it is an http(s) address, so that no link can run a script; None else."""
    try:
        parts = urlsplit(str(text or ""))
    except ValueError:
        return None
    return str(text) if parts.scheme in ("http", "https") and parts.netloc else None


_ENVIRONMENT: Final = _environment()


def explorer_of(request: Request) -> Explorer:
    """The explorer that answers this request."""
    explorer = request.app.state.explorer
    assert isinstance(explorer, Explorer)
    return explorer


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """One page: the template with these values."""
    explorer = explorer_of(request)
    shared = {"path": request.url.path, "zone": explorer.zone, "snapshot": explorer.snapshot(), "now": explorer.now()}
    text = render(template, **shared, **values)
    return HTMLResponse(text.encode("utf-8", "replace").decode(), status)


def render(template: str, **values: Any) -> str:
    """The text of the template with these values."""
    return _ENVIRONMENT.get_template(template).render(**values)


def state_of(request: Request) -> dict[str, str]:
    """The query of the address: names with their (last) values, empty ones left out."""
    return {name: value.strip() for name, value in request.query_params.items() if value.strip()}
