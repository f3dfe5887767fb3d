"""Reads the URLs of web archives: the page that was captured, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

# https://web.archive.org/web/20190203040506id_/http://a.example/b: the letters ask for the bytes as captured (id_),
# for a frame (if_), a script (js_), a style (cs_), an image (im_) and so on.
_CAPTURE: Final = re.compile(
    r"https?://(?:www\.)?web\.archive\.org(?::\d+)?/web/(\d{4,14})(?:[a-z]{2}_)?/((?:https?(?::|%3a)/?|www\.|[\w-]+\.).*)",
    re.IGNORECASE | re.DOTALL,
)

# The same in any archive that was asked: https://archive.example/crawls/20190203040506id_/http://a.example/b
_ASKED: Final = re.compile(r"https?://[^/\s]+/(?:[\w.-]+/){0,4}(\d{14})id_/(https?://.*)", re.IGNORECASE | re.DOTALL)


def original_url(url: str) -> str:
    """The URL of the page that `url` is a capture of, with a scheme; any other URL unchanged."""
    match = _CAPTURE.fullmatch(url)
    if match is None:
        return url
    captured = match[2]
    if re.match(r"https?%3a", captured, re.IGNORECASE):
        captured = unquote(captured)
    captured = re.sub(r"^(https?):/(?!/)", r"\1://", captured, flags=re.IGNORECASE)
    inner = captured if re.match(r"https?://", captured, re.IGNORECASE) else f"http://{captured}"
    return original_url(inner) if len(inner) < len(url) else inner


def captured_at(url: str) -> datetime | None:
    """The instant of a capture, from its URL; None for any other URL, and where the URL names no full second."""
    match = _CAPTURE.fullmatch(url)
    return _instant(match[1]) if match and len(match[1]) == 14 else None


def asked_capture(url: str) -> tuple[str, datetime] | None:
    """The URL of the page and the instant (aware UTC) of a capture that a web archive was asked for, whatever its host;
    None for any other URL. Only for archives that config names: any site can give its own pages such addresses."""
    match = _ASKED.fullmatch(url)
    at = _instant(match[1]) if match else None
    return (match[2], at) if match and at else None


def _instant(digits: str) -> datetime | None:
    """The instant (aware UTC) that 14 digits name; None where there is no such day or time."""
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
