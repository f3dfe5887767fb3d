"""Draws the chart of a trend as a file of its own: SVG, PNG, or HTML that needs no network."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from flows.errors import ConfigError
from flows.trends.run import Table
from flows.warehouse.output_file import whole_file
from flows.web.explorer import Explorer
from flows.web.figure import drawable, trend_spec
from flows.web.inline import in_script, linked_to, vega_scripts
from flows.web.vega import Spec

_WIDTH, _SCALE = 760, 2.0
_CONFIG: Final[Spec] = {"background": "white", "view": {"stroke": None}, "font": "sans-serif"}
# Nothing is loaded, and expressions are interpreted, not evaluated.
_PAGE: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:860px;margin:1.5em auto;padding:0 1em}}#chart{{width:100%}}</style>
{scripts}</head><body>
<h1>{title}</h1><p>{question}</p>
<div id="chart" role="img" aria-label="{title}"></div>
{notes}<script type="application/json" id="spec">{spec}</script>
<script>vegaEmbed("#chart", JSON.parse(document.getElementById("spec").textContent), {{renderer: "svg", ast: true}});
</script></body></html>
"""


def save_plot(explorer: Explorer, table: Table, params: Mapping[str, str | None], out: Path) -> None:
    """Draw the trend's chart into the file `out`, whole or not at all; its ending says the format. Raises ConfigError
    where the result is no chart or the file cannot be written."""
    if not drawable(table):
        raise ConfigError(f"{out}: trend '{table.trend.name}' has no chart of these rows: give --format csv or json")
    spec = linked_to(trend_spec(explorer, table, params), None)  # in a file they lead nowhere
    with whole_file(out) as path:
        path.write_bytes(_drawn(spec, table, out.suffix.lower()))


def _drawn(spec: Spec, table: Table, form: str) -> bytes:
    if form == ".html":
        return _html(spec, table).encode("utf-8", "replace")
    import vl_convert

    still = {**spec, "width": _WIDTH, "config": _CONFIG, "title": table.trend.title}
    if form == ".svg":
        return str(vl_convert.vegalite_to_svg(still, allowed_base_urls=[])).encode()
    return bytes(vl_convert.vegalite_to_png(still, scale=_SCALE, allowed_base_urls=[]))


def _html(spec: Spec, table: Table) -> str:
    scripts = "".join(f"<script>{script}</script>\n" for script in vega_scripts())
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in (*table.notes, *table.footnotes))
    return _PAGE.format(
        title=escape(table.trend.title),
        question=escape(table.trend.question),
        notes=notes,
        scripts=scripts,
        spec=in_script({**spec, "config": _CONFIG}),
    )
