"""The parse command: pages and JSON lines in, one JSON object each out."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command

PAGE = "<html><title>Council votes</title><h1>Council votes</h1><p>The council voted on Monday.</p></html>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_file_becomes_one_object(newsvane: Command, page: Path) -> None:
    done = newsvane("parse", str(page), "--url", "https://t.example/a", "--captured-at", "2026-01-05T12:00:00Z")
    assert done.status == 0
    assert json.loads(done.out)["title"] == "Council votes"


def test_json_lines_become_one_object_each(newsvane: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(json.dumps({"id": n, "url": "https://t.example/a", "html": PAGE}) + "\n" for n in (1, 2))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    done = newsvane("parse", "--jsonl")
    assert done.status == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give files to parse, or --jsonl"),
        (["--jsonl", "{page}"], "give files to parse, or --jsonl"),
        (["{page}", "--source", "kqtb"], "did you mean 'kqtv'?"),
        (["{page}", "--captured-at", "yesterday"], "--captured-at"),
    ],
)
def test_usage_errors_exit_with_2(newsvane: Command, page: Path, arguments: list[str], message: str) -> None:
    done = newsvane("parse", *[argument.format(page=page) for argument in arguments])
    assert done.status == 2
    assert message in done.err
