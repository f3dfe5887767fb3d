"""Markup beyond the limits is dropped, text inside it is kept."""

from __future__ import annotations

from flows.parse.page.markup_limits import MAX_DEPTH, limit_markup


def test_text_inside_deep_nesting_is_kept() -> None:
    limited, notes = limit_markup(b"<div>" * 5000 + b"deep text" + b"</div>" * 5000)
    assert b"deep text" in limited
    assert len(notes) == 1


def test_end_tags_of_other_names_do_not_hide_nesting() -> None:
    limited, notes = limit_markup(b"<div></x>" * 5000)
    assert limited.count(b"<div>") == MAX_DEPTH
    assert notes == [f"nesting: {5000 - MAX_DEPTH:,} tags too deeply nested dropped"]


def test_a_long_attribute_is_not_many_attributes() -> None:
    data = b'<img src="data:' + b"a b " * 20_000 + b'"><script>' + b"x = 1; y = 2; " * 5000 + b"</script>"
    assert limit_markup(data) == (data, [])
