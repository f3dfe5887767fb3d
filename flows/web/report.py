"""Freezes the pages Today and Topics to one HTML file that needs no network and no explorer."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from httpx import ASGITransport, AsyncClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.errors import NewsvaneError
from flows.warehouse.output_file import whole_file
from flows.web.app import create_app
from flows.web.explorer import Explorer
from flows.web.inline import icon, in_script, linked_to, own_script, own_style, report_policy, vega_scripts
from flows.web.templating import render

_PAGES: Final = ("/", "/topics")
# What needs the explorer: a file leaves it out.
_NEEDS_SERVER: Final = "form, nav, noscript, a[download]"


def write_report(explorer: Explorer, out: Path, base: str | None = None) -> None:
    """Write Today and Topics, as the explorer shows them now, to the file `out` (UTF-8), whole or not at all. Links
    lead to the explorer at the address `base`; without one there are none.

    Raises ConfigError if nothing is published or `out` cannot be written, NewsvaneError if a page cannot be made.
    """
    explorer.last_day()  # says what to do where nothing is published
    # In a thread of its own: the caller may have an event loop.
    with ThreadPoolExecutor(1) as thread:
        text = thread.submit(lambda: asyncio.run(_frozen(explorer, base))).result()
    with whole_file(out) as path:
        path.write_text(text, "utf-8", errors="replace")


async def _frozen(explorer: Explorer, base: str | None) -> str:
    async with AsyncClient(
        transport=ASGITransport(create_app(explorer), raise_app_exceptions=False), base_url="http://localhost"
    ) as client:
        pages = [await _page(client, address) for address in _PAGES]
        charts = dict[str, Any]()
        for tree in pages:
            for box in tree.css("[data-chart]"):
                name = f"chart-{len(charts) + 1}"
                charts[name] = await _chart(client, box, name, base)
    for tree in pages:
        _freeze(tree, base)
    mains = [str(main.inner_html) for tree in pages if (main := tree.css_first("main"))]
    footer = pages[0].css_first("footer")
    return render(
        "report.html",
        policy=report_policy(),
        icon=icon(),
        style=own_style(),
        scripts=[*vega_scripts(), own_script()],
        mains=mains,
        footer=footer.inner_html if footer else "",
        charts={name: in_script(spec) for name, spec in charts.items()},
        base=base,
    )


async def _page(client: AsyncClient, address: str) -> LexborHTMLParser:
    answer = await client.get(address)
    tree = LexborHTMLParser(answer.text)
    if answer.status_code != 200:
        main = tree.css_first("main")
        raise NewsvaneError(f"report: the page {address}: {' '.join(main.text().split()) if main else answer.text}")
    return tree


async def _chart(client: AsyncClient, box: LexborNode, name: str, base: str | None) -> Any:
    """The specification of a chart; its box names it instead of its address."""
    answer = await client.get(str(box.attributes["data-chart"]))
    if answer.status_code != 200:
        raise NewsvaneError(f"report: the chart {box.attributes['data-chart']}: status {answer.status_code}")
    del box.attrs["data-chart"]
    box.attrs["data-spec"] = name
    return linked_to(json.loads(answer.text), base)


def _freeze(tree: LexborHTMLParser, base: str | None) -> None:
    """Take out what needs the explorer; links lead to the explorer at `base`, or nowhere."""
    for node in tree.css(_NEEDS_SERVER):
        node.decompose()
    for line in tree.css("p.links"):
        if not line.css("a, button"):
            line.decompose()
    for node in tree.css('[href^="/"]'):
        if base:
            node.attrs["href"] = f"{base}{node.attributes['href']}"
        else:
            del node.attrs["href"]
