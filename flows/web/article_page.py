"""The articles behind a number, one article with all that is known of it, and its page as captured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException

from flows.errors import ConfigError, NewsvaneError
from flows.model import Page
from flows.topic_config import normalize_label
from flows.web.address import day_in, integer_in, listed, one_of
from flows.web.explorer import Explorer, Row
from flows.web.figure import grid_from
from flows.web.revisions import changes
from flows.web.security import CAPTURE_POLICY
from flows.web.templating import explorer_of, page, state_of

router: Final = APIRouter()
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LARGEST: Final = 2**62
_MARKUP: Final = ("text/html", "application/xhtml+xml")


@router.get("/articles")
def articles(request: Request) -> Response:
    """The articles that meet the filters in the address, fifty at a time."""
    explorer, state = explorer_of(request), state_of(request)
    rows, position = listed(explorer, "articles", state, **filters(state))
    return page(
        request,
        "articles.html",
        state=state,
        rows=rows,
        **position,
        sources=explorer.rows("source_names"),
    )


def filters(state: Mapping[str, str]) -> dict[str, object]:
    """The filters of an address as values of sql/web/articles.sql; raises ConfigError for an invalid one."""
    weekday = state.get("weekday")
    if weekday is not None and weekday not in _WEEKDAYS:
        raise ConfigError(f"parameter 'weekday': '{weekday}' is not one of {', '.join(_WEEKDAYS)}")
    return {
        **{name: state.get(name) for name in ("source", "url", "origin", "town", "words")},
        **{name: normalize_label(state[name]) if state.get(name) else None for name in ("topic", "other")},
        "clock": one_of(state, "clock", ("posted", "first_seen")),
        "since": day_in(state, "since"),
        "until": day_in(state, "until"),
        "story": integer_in(state, "story", _LARGEST),
        "hour": integer_in(state, "hour", 23),
        "weekday": _WEEKDAYS.index(weekday) + 1 if weekday else None,
        "observed": state.get("observed") == "1",
        "leaf": state.get("leaf") == "1",
    }


@router.get("/articles/{article_id}")
def article(request: Request, article_id: int) -> Response:
    """One article: fields, topics, towns, revisions, exchanges, and the page as captured."""
    explorer = explorer_of(request)
    found = _one(explorer, article_id)
    revisions = explorer.rows("article_revisions", article_id=article_id)
    exchanges = explorer.rows("article_exchanges", article_id=article_id)
    return page(
        request,
        "article.html",
        article=found,
        topics=explorer.rows("article_topics", article_id=article_id),
        towns=explorer.rows("article_towns", article_id=article_id),
        changes=changes(revisions),
        body=revisions[-1]["body"] if revisions else None,
        exchanges=grid_from(exchanges),
        captures=[row for row in exchanges if row["outcome"] in ("new", "changed")],
    )


@router.get("/captures/{exchange_id}")
def capture(request: Request, exchange_id: int) -> Response:
    """The page that an exchange brought, confined: no scripts, no network, an origin of its own."""
    explorer = explorer_of(request)
    found = explorer.rows("exchange", exchange_id=_id(exchange_id))
    if not found:
        raise HTTPException(404, f"there is no exchange {exchange_id} in this snapshot")
    row = found[0]
    headers = {"Content-Security-Policy": CAPTURE_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    captured, problem = _captured(explorer, row)
    if captured is None:
        return PlainTextResponse(f"{problem}\n", 404, headers)
    body = captured.body.encode("utf-8", "replace") if isinstance(captured.body, str) else captured.body
    return Response(body, headers={**headers, "Content-Type": _content_type(captured)})


def _captured(explorer: Explorer, row: Row) -> tuple[Page | None, str]:
    """The captured page, or None and why it cannot be shown."""
    if row["warc_file"] is None or row["warc_offset"] is None:
        return None, "This exchange has no archive record."
    path = explorer.layout.data / row["warc_file"]
    try:
        found = explorer.read_capture(path, row["warc_offset"])
    except (OSError, NewsvaneError) as error:
        return None, f"{row['warc_file']}: cannot be read at byte {row['warc_offset']}: {error}"
    if found is None:
        return None, f"{row['warc_file']}: the record at byte {row['warc_offset']} holds no page."
    return found, ""


def _content_type(captured: Page) -> str:
    """HTML stays HTML; anything else is shown as text. Without a charset the browser reads the page's own."""
    if isinstance(captured.body, str):
        return "text/html; charset=utf-8" if captured.media_type in _MARKUP else "text/plain; charset=utf-8"
    kind = "text/html" if captured.media_type in _MARKUP else "text/plain"
    charset = re.sub(r"[^\w.:-]", "", captured.charset or "", flags=re.ASCII)
    return f"{kind}; charset={charset}" if charset else kind


def _one(explorer: Explorer, article_id: int) -> dict[str, Any]:
    found = explorer.rows("article", article_id=_id(article_id))
    if not found:
        raise HTTPException(404, f"there is no article {article_id} in this snapshot")
    return found[0]


def _id(number: int) -> int:
    if not 0 <= number <= _LARGEST:
        raise HTTPException(404, f"there is no number {number}")
    return number
