"""Serves the report that the last publish wrote: Today and Topics as they were then."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from flows.web.inline import report_policy
from flows.web.templating import explorer_of

router: Final = APIRouter()


@router.get("/report")
def report(request: Request) -> Response:
    """The report as a file that can be kept, under a policy that allows its own scripts only."""
    path = explorer_of(request).layout.report
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        reason = "no report is written yet: each publish writes one, unless publish.report in newsvane.toml is false"
        raise HTTPException(404, reason) from error
    return HTMLResponse(text, headers={"Content-Security-Policy": report_policy()})
