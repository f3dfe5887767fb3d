"""What an HTML file needs to show charts without a network: scripts, styles and data inside it, and their policy."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import Any, Final

from flows.web.templating import STATIC

_VEGA: Final = ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")


def vega_scripts() -> list[str]:
    """The scripts of the chart library, in order."""
    return [_in_script((STATIC / "vendor" / name).read_text("utf-8")) for name in _VEGA]


def own_script() -> str:
    """The script of the explorer's pages, which draws their charts."""
    return _in_script((STATIC / "newsvane.js").read_text("utf-8"))


def own_style() -> str:
    """The style sheet of the explorer's pages."""
    return (STATIC / "newsvane.css").read_text("utf-8")


def icon() -> str:
    """The icon as a data URL."""
    return "data:image/svg+xml;base64," + base64.b64encode((STATIC / "icon.svg").read_bytes()).decode()


@cache
def report_policy() -> str:
    """The Content-Security-Policy of every report: it runs its own scripts and style, and loads nothing."""
    scripts, style = " ".join(map(_digest, [*vega_scripts(), own_script()])), _digest(own_style())
    return (
        f"default-src 'none'; script-src {scripts}; style-src {style}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def in_script(value: Any) -> str:
    """A value as JSON that cannot end the script element it stands in."""
    return json.dumps(value).replace("<", "\\u003c")


def linked_to(part: Any, base: str | None) -> Any:
    """A chart's specification whose links lead to the explorer at the address `base`; without one, it has none."""
    if isinstance(part, list):
        return [linked_to(value, base) for value in part]
    if not isinstance(part, dict):
        return part
    kept = {name: linked_to(value, base) for name, value in part.items() if base or name != "href"}
    if base and isinstance(address := kept.get("href"), str):
        kept["href"] = base + address
    return kept


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _in_script(text: str) -> str:
    return text.replace("</script", "<\\/script")
