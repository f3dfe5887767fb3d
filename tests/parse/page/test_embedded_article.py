"""Articles in the scripts of a page: what is none, and nesting that has no end."""

from __future__ import annotations

import json

import pytest

from flows.parse.page.embedded_article import read_embedded


def streamed(row: str) -> str:
    return f"<script>self.__next_f.push([1,{json.dumps(row)}])</script>"


def test_a_text_row_without_paragraphs_is_no_article() -> None:
    style = ".lead { color: red } " * 99
    assert read_embedded(streamed(f"2:T{len(style):x},{style}3:null\n")) == []


@pytest.mark.parametrize("depth", [20, 400, 100_000])
def test_nesting_without_end_gives_no_text(depth: int) -> None:
    nested = "[" * depth + '"words"' + "]" * depth
    element = '["$", "p", null, {"children": ' + nested + "}]"
    assert read_embedded(streamed(f'3:["$", "div", null, {{"children": [{", ".join([element] * 3)}]}}]\n')) == []
