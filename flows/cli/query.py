"""The commands that read the published snapshot: sql, trend, trends, topics, report."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from flows.cli.browser import print_pdf, print_png
from flows.cli.complete import complete_source, complete_topic, complete_trend
from flows.cli.interrupt import keeping, own_end
from flows.cli.options import Data, Lake, TableFormat, check_format, console_width, layout_of, notify, read_layout
from flows.data_layout import Layout
from flows.errors import ConfigError, NotFound
from flows.settings import load_settings

if TYPE_CHECKING:
    from flows.trends.run import Table

PICTURES = (".svg", ".png", ".html")  # endings of --out that are drawn
_OPTION = re.compile(r"--([\w-]+(=.*)?)?", re.DOTALL)
_ROWS_SHOWN = 60  # of a table or chart on a terminal
TrendName = Annotated[
    str | None,
    typer.Argument(
        help="A trend that `newsvane trends` lists, such as topic_frequency.", autocompletion=complete_trend
    ),
]
Since = Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--until", help="Last day, YYYY-MM-DD.")]
By = Annotated[str | None, typer.Option("--by", help="day, week or month.")]
Topic = Annotated[
    str | None,
    typer.Option("--topic", help="One topic; default: the most frequent ones.", autocompletion=complete_topic),
]
OneSource = Annotated[
    str | None, typer.Option("--source", help="One source; default: all.", autocompletion=complete_source)
]
Phrase = Annotated[
    str | None, typer.Option("--phrase", help="Words that follow each other; several, separated by semicolons.")
]
AnyPhrase = Annotated[str | None, typer.Option("--any", help="Phrases of which an article has any.")]
NotPhrase = Annotated[str | None, typer.Option("--not", help="Phrases that an article must not have.")]
Tags = Annotated[
    str | None, typer.Option("--tags", help="Where topics come from: publisher (default), story, rules or all.")
]
OtherParam = Annotated[list[str] | None, typer.Option("--param", help="Any other parameter, NAME=VALUE.")]
TrendFormat = Annotated[str, typer.Option("--format", help="chart, table, json, csv or parquet.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Write to this file; a chart where it ends in .svg, .png or .html.")
]


class StatementCommand(TyperCommand):
    """A command whose statement may begin with a comment, such as the text of a file: that is no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a comment comes after the `--` that ends the options."""
        comments = [text for text in args if text.startswith("--") and not _OPTION.fullmatch(text)]
        if comments and "--" not in args:
            args = [*(text for text in args if text not in comments), "--", *comments]
        return super().parse_args(ctx, args)


def sql(
    statement: Annotated[str | None, typer.Argument(help="One SELECT; none: a prompt, or what stdin has.")] = None,
    data: Data = None,
    lake: Lake = None,
    format: Annotated[str, typer.Option("--format", help="table, json, csv or parquet.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Maximum number of rows of a table.")] = _ROWS_SHOWN,
) -> None:
    """Query the published snapshot, read-only."""
    from flows.cli.sql_output import check, write_rows
    from flows.warehouse.analyst_query import analyst_query

    check(format, out)
    if statement is None and sys.stdin.isatty():
        from flows.cli.sql_prompt import prompt

        with own_end():
            prompt(read_layout(data, lake), load_settings().query, rows)
        return
    statement = statement or sys.stdin.read()
    with keeping(lambda: _kept(out)), analyst_query(read_layout(data, lake), statement, load_settings().query) as query:
        for given, new in query.renamed:
            notify(f"column '{given}' is renamed to '{new}': another column has its name")
        write_rows(query, format, out, rows)


def trend(
    name: TrendName = None,
    since: Since = None,
    until: Until = None,
    by: By = None,
    topic: Topic = None,
    source: OneSource = None,
    phrase: Phrase = None,
    any_phrase: AnyPhrase = None,
    not_phrase: NotPhrase = None,
    tags: Tags = None,
    param: OtherParam = None,
    format: TrendFormat = "chart",
    out: Out = None,
    data: Data = None,
    lake: Lake = None,
) -> None:
    """Run one of the trends of sql/trends; without a name, list them."""
    from flows.trends.run import run

    if name is None:
        trends()
        return
    params = {
        "since": since, "until": until, "by": by, "topic": topic, "source": source, "tags": tags,
        "phrase": phrase, "any_phrase": any_phrase, "not_phrase": not_phrase,
    } | _pairs(param or [])  # fmt: skip
    layout = read_layout(data, lake)
    with keeping(lambda: _kept(out)):
        table = run(layout, name, params)
        if table.unknown:
            raise NotFound(table.unknown)
        for note in table.notes if format in ("chart", "table") and not out else (*table.notes, *table.footnotes):
            notify(note)
        if out is None:
            _print(table, format)
        else:
            _save(layout, table, params, format, out)


def _print(table: Table, format: str) -> None:
    from flows.trends.output import cut, text_parts

    shown = cut(table, format, _ROWS_SHOWN)
    is_table = format == "table" or table.trend.chart == "table"
    width = console_width() if is_table else shutil.get_terminal_size().columns
    sys.stdout.writelines(text_parts(shown, format, width))
    if len(shown.rows) < len(table.rows):
        notify(f"{len(shown.rows)} of {len(table.rows)} rows shown; for all: --format csv, or --out FILE")


def _save(layout: Layout, table: Table, params: Mapping[str, str | None], format: str, out: Path) -> None:
    """Write the table, or a chart of it, to a file."""
    if out.suffix.lower() in PICTURES:
        from flows.web.explorer import Explorer
        from flows.web.plot import save_plot

        save_plot(Explorer(layout, load_settings()), table, params, out)
    else:
        from flows.trends.output import save

        save(table, format, out)


def _kept(out: Path | None) -> str:
    """What an interrupted query has kept."""
    return f"{out} is as it was" if out else "what was printed is not the whole result"


def _pairs(texts: list[str]) -> dict[str, str]:
    """The values of `NAME=VALUE` by name; raises ConfigError for a text without `=`."""
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ConfigError(f"--param {text}: write NAME=VALUE")
        pairs[name] = value
    return pairs


def trends(
    name: Annotated[
        str | None, typer.Argument(help="One trend, with its parameters.", autocompletion=complete_trend)
    ] = None,
    data: Data = None,
) -> None:
    """List the trends, or one with its parameters; reads no data folder."""
    from flows.trends.catalog import load, names
    from flows.trends.listing import describe_trend, list_trends

    width = shutil.get_terminal_size().columns
    sys.stdout.write(
        describe_trend(load(name), width) if name else list_trends([load(each) for each in names()], width)
    )


def topics(
    finding: Annotated[
        str | None, typer.Option("--finding", help="spelling, case, renamed, loose or unused; default: all.")
    ] = None,
    support: Annotated[
        int, typer.Option("--support", min=1, help="Minimum number of articles of a loose or renamed label.")
    ] = 3,
    top: Annotated[int, typer.Option("--top", min=1, help="Maximum number of rows per finding.")] = 15,
    format: TableFormat = "table",
    data: Data = None,
) -> None:
    """List labels to review: similar spellings, variants in case, renamed labels, labels not in config/topics.toml."""
    from flows.trends.label_review import FINDINGS, review, show_findings
    from flows.trends.output import to_csv, to_json

    check_format(format)
    if finding is not None and finding not in FINDINGS:
        raise ConfigError(f"--finding {finding}: valid findings are {', '.join(FINDINGS)}")
    found = review(layout_of(data), finding, support, top)
    if format == "table":
        sys.stdout.write(show_findings(found, console_width()))
    else:
        sys.stdout.write(to_json(found) if format == "json" else to_csv(found))


def report(
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")] = Path("newsvane.html"),
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Print it to this PDF too; needs Chromium.")] = None,
    png: Annotated[Path | None, typer.Option("--png", help="Draw it to this picture too; needs Chromium.")] = None,
    data: Data = None,
) -> None:
    """Write today's page and the comparison of topics to one HTML file that needs no network, or print them."""
    from flows.web.explorer import Explorer
    from flows.web.report import write_report

    settings = load_settings()
    write_report(Explorer(layout_of(data), settings), out, settings.explorer.address)
    notify(f"wrote {out}")
    if pdf:
        print_pdf(out, pdf)
        notify(f"wrote {pdf}")
    if png:
        print_png(out, png)
        notify(f"wrote {png}")
