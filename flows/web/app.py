"""Puts the explorer together: pages, static files, the guard of every request, and pages for errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from flows.errors import ConfigError, NewsvaneError
from flows.web import (
    article_page,
    catalog_page,
    report_page,
    search_page,
    source_page,
    sql_page,
    story_page,
    today_page,
    topics_page,
    trend_page,
    weather_page,
)
from flows.web.explorer import Explorer
from flows.web.security import guard
from flows.web.start_page import steps
from flows.web.templating import STATIC, explorer_of, page

_PAGES: Final = (
    today_page, topics_page, search_page, trend_page, story_page, article_page, weather_page, source_page, sql_page,
    catalog_page, report_page,
)  # fmt: skip


def create_app(explorer: Explorer) -> FastAPI:
    """The explorer as a web application; opens no file until the first request."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        explorer.analyst.close()

    app = FastAPI(title="newsvane", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.explorer = explorer
    app.middleware("http")(guard(explorer.hosts))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for module in _PAGES:
        app.include_router(module.router)
    app.add_exception_handler(NewsvaneError, _failed)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(RequestValidationError, _no_number)
    return app


def _failed(request: Request, error: Exception) -> Response:
    """What went wrong and the next step; 404 for a name that does not exist is not told from a wrong value. While
    nothing is published, the steps to the first page; that is no failure of the front page."""
    layout = explorer_of(request).layout
    if not layout.published.exists():
        status = 200 if request.url.path == "/" else 503
        return page(request, "start.html", status, steps=steps(layout), data=layout.data)
    status = 400 if isinstance(error, ConfigError) else 503
    return page(request, "error.html", status, title="This page cannot be shown", reason=str(error))


def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return page(request, "error.html", error.status_code, title="Not found", reason=str(error.detail))


def _no_number(request: Request, _: Exception) -> Response:
    return page(request, "error.html", 404, title="Not found", reason="the address needs a number")
