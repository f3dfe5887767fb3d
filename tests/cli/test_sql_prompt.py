"""The prompt of `newsvane sql`: statements, commands, completion and history, with the keys of a real session."""

from __future__ import annotations

from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from flows.cli.sql_prompt import NameCompleter, catalog, history_of, prompt
from flows.data_layout import Layout
from flows.settings import Query
from tests.trends.conftest import Fill, fill  # noqa: F401 - a fixture


@pytest.fixture
def layout(fill: Fill) -> Layout:  # noqa: F811 - the imported fixture
    return fill("insert into dim_tag (tag_id, folded, label) values (1, 'snow', 'Snow')")


def typed(layout: Layout, keys: str) -> list[str]:
    """Type the keys and leave; the statements that are in the history then."""
    history = InMemoryHistory()
    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        prompt(layout, Query(), 60, input=keyboard, output=DummyOutput(), history=history)
    return history.get_strings()


def test_a_statement_over_two_lines_runs_and_is_kept(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    kept = typed(layout, "select label\nfrom dim_tag;\n\x04")
    done = capsys.readouterr()
    assert "Snow" in done.out
    assert " s\n" in done.err
    assert kept == ["select label\nfrom dim_tag;"]


def test_an_error_and_ctrl_c_do_not_end_the_session(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    typed(layout, "drop table dim_tag;\nselect 1 as half\x03.nothing\n.schema none\nselect 7 as whole;\n.quit\n")
    done = capsys.readouterr()
    assert "give one SELECT" in done.err
    assert "unknown command '.nothing'" in done.err
    assert "no view or table 'none'" in done.err
    assert "whole" in done.out
    assert "half" not in done.out


def test_the_commands(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    typed(layout, ".help\n.tables\n.schema dim_tag\n.trends\n.trends topic_share\n\x04")
    out = capsys.readouterr().out
    for text in (".schema [NAME]", "fact_article", "folded", "newsvane trend topic_share ...", "wilson_low"):
        assert text in out


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("select lab", "label"),
        ("select count(lab", "label"),
        ("from dim_t", "dim_tag"),
        ("select dim_tag.fol", "folded"),
        (".sch", ".schema"),
        (".schema dim_t", "dim_tag"),
        (".trends topic_sh", "topic_share"),
    ],
)
def test_names_are_completed(layout: Layout, text: str, word: str) -> None:
    completer = NameCompleter(catalog(layout))
    found = [each.text for each in completer.get_completions(Document(text), CompleteEvent())]
    assert word in found
    assert not list(completer.get_completions(Document("select "), CompleteEvent()))


def test_the_history_is_private_and_missing_where_it_cannot_be_written(tmp_path: Path) -> None:
    history = history_of({"XDG_STATE_HOME": str(tmp_path)})
    history.append_string("select 1;")
    path = tmp_path / "newsvane" / "sql_history"
    assert "select 1;" in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    (tmp_path / "file").touch()
    assert isinstance(history_of({"XDG_STATE_HOME": str(tmp_path / "file")}), InMemoryHistory)
