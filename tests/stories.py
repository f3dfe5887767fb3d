"""A made-up news page that is long enough to be an article beyond doubt."""

from __future__ import annotations

_PARAGRAPHS = (
    "The town council of Saint Orrin met on Monday evening and approved the new timetable of the county bus line.",
    "Buses will run every half hour from April on, the mayor said, and the fare for students stays as it is today.",
    "Two members voted against the plan because the stop at the old mill is closed; a petition asks to keep it open.",
)


def story(title: str = "Council approves the bus timetable") -> bytes:
    """HTML with this title as headline, an author, a date and three paragraphs."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS)
    head = f'<title>{title}</title><meta property="og:type" content="article"><meta name="author" content="Ada Field">'
    date = '<time datetime="2020-02-03T04:00:00Z">Feb. 3, 2020</time>'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{date}{body}</article></body></html>".encode()
