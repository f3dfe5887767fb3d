"""The dictionary: every view and table of the snapshot with its columns, from DuckDB's own comments."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from flows.web.templating import explorer_of, page, state_of

router: Final = APIRouter()


@router.get("/catalog")
def catalog(request: Request) -> Response:
    """Views first, then tables; `words` in the address narrows it to those whose names or comments contain them."""
    explorer, state = explorer_of(request), state_of(request)
    words = state.get("words", "").casefold()
    found = []
    for _, group in groupby(explorer.rows("catalog"), key=lambda row: (row["kind"], row["name"])):
        columns = list(group)
        texts = [columns[0]["name"], columns[0]["comment"]]
        texts += [text for row in columns for text in (row["column_name"], row["column_comment"])]
        if any(words in str(text or "").casefold() for text in texts):
            found.append({"table": columns[0], "columns": columns})
    return page(request, "catalog.html", found=found, words=state.get("words", ""))
