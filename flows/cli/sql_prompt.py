"""The prompt of `newsvane sql`: statements of several lines, history, completion of names, commands with a dot."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from flows.cli.options import console_width, notify
from flows.cli.sql_output import write_rows
from flows.data_layout import Layout
from flows.errors import ConfigError, NewsvaneError
from flows.settings import ROOT, Query
from flows.trends.catalog import load, names
from flows.trends.charts import grid
from flows.trends.listing import describe_trend, list_trends
from flows.warehouse.analyst_query import analyst_query
from flows.warehouse.statement_query import run_query

Tables = dict[str, list[dict[str, Any]]]

HELP: Final = """\
A statement ends with a semicolon and may span several lines.
.tables          views and tables
.schema [NAME]   the columns of a view or table, with their meaning
.trends [NAME]   the trends, or the SQL of one
.help  .quit     this text; leave (also Ctrl-D). Ctrl-C stops a statement or clears the line.
"""
COMMANDS: Final = (".tables", ".schema", ".trends", ".help", ".quit")
_KEYWORDS: Final = (
    "select", "from", "where", "group by", "order by", "limit", "join", "left join", "using", "with", "distinct",
    "having", "union all", "count(*)", "filter", "partition by", "date_trunc", "coalesce",
)  # fmt: skip
_CATALOG: Final = ROOT / "sql" / "web" / "catalog.sql"


class NameCompleter(Completer):
    """Completes commands, names of trends, tables and columns; after `table.` its columns only."""

    def __init__(self, tables: Tables) -> None:
        self._columns = {name: [str(row["column_name"]) for row in rows] for name, rows in tables.items()}
        columns = sorted({name for found in self._columns.values() for name in found})
        self._words = (*sorted(self._columns), *columns, *_KEYWORDS)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """The words that go on from the one before the cursor."""
        word = document.get_word_before_cursor(WORD=True).rpartition("(")[2].rpartition(",")[2]
        known, start = self._choices(document.text_before_cursor, word)
        if start or known is not self._words:
            for name in known:
                if name.startswith(start.casefold()):
                    yield Completion(name, -len(start))

    def _choices(self, text: str, word: str) -> tuple[Iterable[str], str]:
        if text.startswith("."):
            command, space, rest = text.partition(" ")
            if not space:
                return COMMANDS, text
            return (names() if command == ".trends" else tuple(self._columns)), rest
        table, dot, start = word.rpartition(".")
        return (self._columns.get(table, ()), start) if dot else (self._words, word)


def catalog(layout: Layout) -> Tables:
    """The columns of every view and table of the snapshot, by name."""
    found = run_query(layout, _CATALOG, {})
    tables: Tables = {}
    for values in found.rows:
        row = dict(zip(found.columns, values, strict=True))
        tables.setdefault(str(row["name"]), []).append(row)
    return tables


def history_of(environment: Mapping[str, str] = os.environ) -> History:
    """The statements of former sessions, in the state folder of the user; of this one only, if that cannot be
    written."""
    folder = Path(environment.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "newsvane"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "sql_history"
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)


def prompt(layout: Layout, limits: Query, rows: int, **options: Any) -> None:
    """Read statements and commands until Ctrl-D or .quit, and print what each gives and the time it took. `options` are
    those of prompt_toolkit's session. Raises ConfigError when nothing is published yet."""
    tables = catalog(layout)
    session: PromptSession[str] = PromptSession(
        message="newsvane> ",
        prompt_continuation="      ... ",
        completer=NameCompleter(tables),
        lexer=PygmentsLexer(SqlLexer),
        multiline=Condition(lambda: not _is_whole(session.default_buffer.text)),
        complete_while_typing=False,
        **{"history": history_of(), **options},
    )
    notify("one SELECT ends with `;`; .help lists the commands, Ctrl-D leaves")
    while (text := _read(session)) is not None:
        if text == ".quit":
            return
        if text:
            _answer(layout, limits, rows, tables, text)


def _is_whole(text: str) -> bool:
    """Whether Enter runs the text: it is a command, ends with a semicolon, or is empty."""
    stripped = text.strip()
    return not stripped or stripped.startswith(".") or stripped.endswith(";")


def _read(session: PromptSession[str]) -> str | None:
    """The next statement or command; empty after Ctrl-C, None after Ctrl-D."""
    try:
        return session.prompt().strip()
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return None


def _answer(layout: Layout, limits: Query, rows: int, tables: Tables, text: str) -> None:
    """Run a statement or command; an error or Ctrl-C ends it, not the session."""
    try:
        _run(layout, limits, rows, tables, text)
    except NewsvaneError as error:
        notify(str(error))
    except KeyboardInterrupt:
        notify("stopped")


def _run(layout: Layout, limits: Query, rows: int, tables: Tables, text: str) -> None:
    if text.startswith("."):
        sys.stdout.write(_command(tables, *text.split(maxsplit=1)))
        return
    start = time.perf_counter()
    with analyst_query(layout, text, limits) as query:
        write_rows(query, "table", None, rows)
    notify(f"{time.perf_counter() - start:.3f} s")


def _command(tables: Tables, command: str, name: str | None = None) -> str:
    width = shutil.get_terminal_size().columns
    if command == ".trends":
        if name:
            trend = load(name)
            return f"{describe_trend(trend, width)}\n{trend.path.read_text('utf-8').rstrip()}\n"
        return list_trends([load(each) for each in names()], width)
    if command == ".tables" or (command == ".schema" and not name):
        rows = [(table, found[0]["kind"], found[0]["comment"]) for table, found in tables.items()]
        return grid(("name", "kind", "comment"), rows, console_width())
    if command == ".schema":
        if name not in tables:
            raise ConfigError(f"no view or table '{name}': .tables lists them")
        found = [(row["column_name"], str(row["data_type"]).lower(), row["column_comment"]) for row in tables[name]]
        return grid(("column", "type", "meaning"), found, console_width())
    if command == ".help":
        return HELP
    raise ConfigError(f"unknown command '{command}': .help lists them")
