"""The pages of the stories: those that several articles tell, and one over its sources with what each changed."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from flows.counts import count_text
from flows.web.address import day_in, integer_in, listed
from flows.web.explorer import Row
from flows.web.figure import grid_from, trend_figure
from flows.web.revisions import compare
from flows.web.templating import explorer_of, page, state_of
from flows.web.wording import value_text

router: Final = APIRouter()
_LARGEST: Final = 2**62
_COMPARED: Final = 20
_SHOWN: Final = (
    "title", "source", "posted_at", "minutes_behind", "origin_kind", "origin_service", "word_count", "revisions",
)  # fmt: skip


@router.get("/stories")
def stories(request: Request) -> Response:
    """The stories that several articles tell, fifty at a time."""
    explorer, state = explorer_of(request), state_of(request)
    rows, position = listed(
        explorer,
        "stories",
        state,
        source=state.get("source"),
        since=day_in(state, "since"),
        until=day_in(state, "until"),
        copies=max(2, integer_in(state, "copies", 10_000) or 2),
        sources=max(1, integer_in(state, "sources", 10_000) or 1),
    )
    shown = [{name: value for name, value in row.items() if name not in ("total", "story_id")} for row in rows]
    ids = iter(rows)
    return page(
        request,
        "stories.html",
        state=state,
        grid=grid_from(shown, lambda _: f"/stories/{next(ids)['story_id']}"),
        **position,
        sources=explorer.rows("source_names"),
        first=trend_figure(explorer, "first_with_story", {}),
        folded=trend_figure(explorer, "stories_folded", {}),
    )


@router.get("/stories/{story_id}")
def story(request: Request, story_id: int) -> Response:
    """One story: its articles in order, minutes behind the first, and how each text differs from the first one."""
    explorer = explorer_of(request)
    rows = explorer.rows("story", story_id=story_id) if 0 <= story_id <= _LARGEST else []
    if not rows:
        raise HTTPException(404, f"there is no story {story_id} in this snapshot")
    ids = iter(rows)
    return page(
        request,
        "story.html",
        story_id=story_id,
        title=rows[0]["title"],
        sentences=_sentences(rows),
        grid=grid_from(
            [{name: row[name] for name in _SHOWN} for row in rows], lambda _: f"/articles/{next(ids)['article_id']}"
        ),
        compared=_compared(rows),
        followers=rows[0]["total"] - 1,
    )


def _sentences(rows: list[Row]) -> list[str]:
    """Who was first, and how long the others took."""
    first, sources = rows[0], sorted({row["source"] for row in rows})
    total = first["total"]
    found = [f"{count_text(len(rows), 'article')} at {count_text(len(sources), 'source')}."]
    if total > len(rows):
        found = [f"{count_text(total, 'article')}; the first {len(rows)}, at {count_text(len(sources), 'source')}:"]
    if first["posted_at"] is None:
        return [*found, "When they were posted is not known."]
    tied = sorted({row["source"] for row in rows if row["minutes_behind"] == 0})
    found.append(f"First: {', '.join(tied)}.")
    seen = set(tied)
    for row in rows:
        if row["source"] not in seen and row["minutes_behind"] is not None:
            seen.add(row["source"])
            found.append(f"{row['source']} followed {value_text(row['minutes_behind'])} min later.")
    return found


def _compared(rows: list[Row]) -> list[dict[str, Any]]:
    """For each of the first later articles whether its text is that of the first one, else the words that differ."""
    first = rows[0]
    found = []
    for row in rows[1:_COMPARED]:
        known = first["body"] is not None and row["body"] is not None
        same = known and first["body"] == row["body"]
        parts = compare(first["body"], row["body"]) if known and not same else []
        headline = compare(first["state_title"] or "", row["state_title"] or "")
        found.append({"row": row, "known": known, "same": same, "parts": parts, "headline": headline})
    return found
