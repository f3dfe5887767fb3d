"""The command that searches the published snapshot."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from flows.cli.complete import complete_source, complete_topic
from flows.cli.options import DAY, Data, TableFormat, check_format, console_width, layout_of, notify
from flows.counts import count_text
from flows.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from flows.warehouse.search import Found, Hit, Parts

_BOLD, _PLAIN = "\033[1m", "\033[0m"
_LONGEST: Final = 100  # columns of a line of text
COLUMNS: Final = ("article_id", "source", "posted_at", "posted_date", "title", "excerpt", "url", "score")


def search(
    words: Annotated[
        list[str], typer.Argument(help="Words that an article has; 'two words' is a phrase, flood* a start.")
    ],
    without: Annotated[list[str] | None, typer.Option("--not", help="A word or phrase that it does not have.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="One source; default: all.", autocompletion=complete_source)
    ] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=DAY, help="First day of posting.")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=DAY, help="Last day of posting.")] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", help="Only with this topic.", autocompletion=complete_topic)
    ] = None,
    origin: Annotated[str | None, typer.Option("--origin", help="own, sister, network, wire ...")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The last posted first, not the best match.")] = False,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Maximum number of articles.")] = 10,
    format: TableFormat = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write JSON or CSV to this file.")] = None,
    data: Data = None,
) -> None:
    """Search headlines, summaries and stored bodies."""
    from flows.warehouse.search import Query, parse_words
    from flows.warehouse.search import search as find

    check_format(format)
    if out and format == "table":
        raise ConfigError("--out: give --format json or csv")
    phrases, minus = parse_words(" ".join(map(_quoted, words)))
    first, last = (day.date() if day else None for day in (since, until))
    query = Query(phrases, (*minus, *(without or ())), source, first, last, topic, origin, newest)
    found = find(layout_of(data), query, rows)
    if not found.hits:
        wanted = " and ".join(phrases)
        raise NotFound(f"no article has {wanted} and meets the filters; flood* finds every word that starts so")
    if format == "table":
        sys.stdout.writelines(_lines(found))
    else:
        _write(found, format, out)
    if len(found.hits) < found.total:
        notify(f"{len(found.hits)} of {count_text(found.total, 'article')} shown; more with --rows")


def _quoted(word: str) -> str:
    """An argument with a space is a phrase: its quotes went to the shell."""
    return f'"{word}"' if " " in word and '"' not in word else word


def _lines(found: Found) -> Iterator[str]:
    """Each article as headline, facts and excerpt; what was looked for is bold on a terminal."""
    from flows.trends.charts import cell

    width = min(console_width(), _LONGEST)
    for hit in found.hits:
        row = hit.row
        posted = row["posted_at"] or row["posted_date"]
        facts = [row["source"], cell(posted) if posted else "day unknown", row["origin_kind"], row["url"]]
        yield f"{_shown(hit.title) or '(no headline)'}\n"
        yield f"  {' · '.join(cell(fact) for fact in facts if fact)}\n"
        for line in textwrap.wrap(_shown(hit.excerpt), width - 2):
            yield f"  {line}\n"
        yield "\n"


def _shown(parts: Parts) -> str:
    from flows.trends.charts import cell

    bold = sys.stdout.isatty()
    return "".join(f"{_BOLD}{cell(text)}{_PLAIN}" if bold and mark else cell(text) for mark, text in parts)


def _write(found: Found, form: str, out: Path | None) -> None:
    from flows.warehouse.output_file import whole_file
    from flows.warehouse.text_rows import csv_parts, json_parts

    rows = [[_value(hit, name) for name in COLUMNS] for hit in found.hits]
    texts = csv_parts(COLUMNS, [rows]) if form == "csv" else json_parts(COLUMNS, [rows])
    if out is None:
        sys.stdout.writelines(texts)
        return
    with whole_file(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)


def _value(hit: Hit, name: str) -> object:
    from flows.warehouse.search import plain_text

    return plain_text(hit.excerpt) if name == "excerpt" else hit.row[name]
