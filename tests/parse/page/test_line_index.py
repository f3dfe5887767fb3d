"""Lines found by the words they hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from flows.parse.page.line_index import LineIndex


@given(st.lists(st.text(alphabet="ab \nİ", max_size=8), max_size=12))
def test_matching_lines_are_found_in_order(lines: list[str]) -> None:
    found = LineIndex(lines).matching(["b"], re.compile("b"))
    assert found == [line for line in lines if "b" in line]
